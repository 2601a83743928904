"""Whatever a file holds, it is read or its problems are listed, after little work."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotutor.content.checking import USER_LIMIT, shipped_text
from cotutor.content.loader import PLANS, check_prompts
from cotutor.domain.errors import ContentProblems
from tests.content import vectors

READERS = st.sampled_from([PLANS.check, check_prompts])
Reader = Callable[[Path], object]
FULL = USER_LIMIT
MOST_CALLS = 300_000
"""Function calls: about eighteen for each byte that a file may have."""

# Each fills a whole file with what makes some parser slow, deep or greedy.
HOSTILE = {
    "brackets": "a = " + "[" * 5_000,
    "closed brackets": "a = " + "[" * 5_000 + "]" * 5_000,
    "braces": "a = " + "{b = " * 3_000,
    "brackets on lines": "a = [\n" + "[\n" * 5_000,
    "dotted key": "a" + ".a" * 8_000 + " = 1",
    "quoted dotted key": '"a"' + ' . "a"' * 2_600 + " = 1",
    "dotted keys": "".join(f"a{number}{'.b' * 12} = 1\n" for number in range(450)),
    "dotted tables": "".join(f"[a{number}{'.b' * 12}]\n" for number in range(450)),
    "one deep table again and again": "".join(f"[a{'.b' * 11}.c{number}]\n" for number in range(450)),
    "tables of tables": "[[a.b.c]]\n" * 1_600,
    "inline tables": "a = [" + "{b.c.d = 1},\n" * 1_100 + "]",
    "empty arrays": "a = [" + "[],\n" * 4_000 + "]",
    "keys": "".join(f"k{number} = 1\n" for number in range(1_700)),
    "keys that are nearly right": "".join(f"phase{number} = 1\n" for number in range(1_200)),
    "phases": "phases = [" + "{},\n" * 4_000 + "]",
    "misspelt kinds": "phases = [" + "{kind = 'trun'},\n" * 900 + "]",
    "quotes": '"' * FULL,
    "apostrophes": "'" * FULL,
    "open strings": 'a = """\\' * 1_800,
    "escapes": 'a = "' + "\\u0301" * 2_600 + '"',
    "line ends": "\n" * FULL,
    "carriage returns": "\r" * FULL,
    "comments": "#\n" * (FULL // 2),
    "blanks": " " * FULL,
    "one word": "a" * FULL,
    "words": "a " * (FULL // 2),
    "digits": "a = " + "9" * 16_000,
    "digits with underscores": "a = 1" + "_0" * 8_000,
    "a long fraction": "a = 0." + "1" * 16_000,
    "a large exponent": "turn = 1e400",
    "control characters": "".join(map(chr, range(32))) * 500,
}


@contextmanager
def file(content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.toml"
        path.write_bytes(content)
        yield path


class Work:
    """How many functions are called meanwhile, Python's and C's: work that no busy computer slows down."""

    def __enter__(self) -> Self:
        self.calls = 0
        sys.setprofile(self._called)
        return self

    def __exit__(self, *_raised: object) -> None:
        sys.setprofile(None)

    def _called(self, _frame: FrameType, event: str, _argument: object) -> None:
        self.calls += event in {"call", "c_call"}


def test_hostile_files_are_refused_after_little_work() -> None:
    for name, content in HOSTILE.items():
        assert len(content) <= USER_LIMIT, name
        for read in (PLANS.check, check_prompts):
            with file(content.encode()) as path, pytest.raises(ContentProblems), Work() as work:
                read(path)
            assert work.calls < MOST_CALLS, name


def test_three_megabytes_are_refused_unread() -> None:
    with file(b"a = 1\n" * 500_000) as path, pytest.raises(ContentProblems, match="larger than 16 kB"):
        PLANS.check(path)


@settings(deadline=None)
@given(st.binary(max_size=300), READERS)
def test_random_bytes_raise_nothing_else(content: bytes, read: Reader) -> None:
    with file(content) as path, suppress(ContentProblems):
        read(path)


SOUND = [
    shipped_text("plans/triad.toml"),
    shipped_text("example-pack.toml"),
    *(path.read_text() for path in vectors.good("plans") + vectors.good("prompts")),
]
PIECES = st.sampled_from(
    [
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ".",
        ",",
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        "#",
        "\n",
        "\r",
        "\0",
        "\ufeff",
    ]
) | st.sampled_from(
    [
        "1e400",
        "-1",
        "0x7",
        "nan",
        "true",
        "2026-11-22",
        "07:32:00",
        "9" * 30,
        "\x1b[2J",
        "\u202e",
        "\ud800",
        "kind",
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A sound file with a few pieces cut out, doubled or put in."""
    text = draw(st.sampled_from(SOUND))
    for _ in range(draw(st.integers(1, 4))):
        at, size = draw(st.integers(0, len(text))), draw(st.integers(0, 40))
        text = text[:at] + draw(PIECES | st.just(text[at : at + size] * 2)) + text[at + size :]
    return text.encode("utf-8", "surrogatepass")


@settings(deadline=None, max_examples=150)
@given(mutated(), READERS)
def test_damaged_files_are_read_or_reported_in_clean_lines(content: bytes, read: Reader) -> None:
    with file(content) as path:
        try:
            read(path)
        except ContentProblems as error:
            lines = error.problems
        else:
            lines = ("sound",)
    assert lines
    assert all(line.isprintable() and len(line) < 600 for line in lines)
