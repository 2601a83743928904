"""Reading files that strangers wrote: whatever they are, one line says what is wrong."""

import datetime as dt
import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Meta, Struct

from cotutor.content.checking import USER_LIMIT, checked, load, load_shipped, read_toml, shipped_text
from cotutor.content.mistakes import MOST_LISTED, mistakes
from cotutor.content.shipped import WordingFile
from cotutor.domain.duration import MINUTE, Length
from cotutor.domain.errors import ContentProblems


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=5)]
    colour: Colour | None = None


class Whole(Struct, frozen=True, forbid_unknown_fields=True):
    """One field of every type that a file may hold."""

    format: Literal[1, 2] = 1
    line: str = ""
    code: Annotated[str, Meta(pattern="^[a-z]+$")] = "a"
    few: Annotated[tuple[Part, ...], Meta(max_length=2)] = ()
    many: Annotated[tuple[int, ...], Meta(min_length=1)] = (1,)
    places: list[Annotated[int, Meta(ge=1)]] = []
    below: Annotated[int, Meta(le=9)] = 0
    any_number: int = 0
    sure: bool = False
    day: dt.date | None = None
    length: Length | None = None
    choice: Literal["yes", "no"] = "no"
    words: dict[Annotated[str, Meta(pattern="^[a-z]{1,3}$")], Part] = {}
    either: int | str = 0
    share: float = 0.0


def refused(path: Path, limit: int = USER_LIMIT) -> str:
    with pytest.raises(ContentProblems) as caught:
        read_toml(path, limit)
    (problem,) = caught.value.problems
    assert problem.startswith(f"{path}: ")
    return problem.removeprefix(f"{path}: ")


def told(raw: dict[str, Any]) -> list[str]:
    value, problems = checked(raw, Whole, "file")
    assert value is None
    assert all(line.startswith("file: ") for line in problems)
    return [line.removeprefix("file: ") for line in problems]


def test_a_sound_file(tmp_path: Path) -> None:
    path = tmp_path / "whole.toml"
    path.write_text(
        'length = "90s"\nday = 2026-11-22\nmany = [1, 2]\n[[few]]\nname = "a"\ncolour = "red"\n[words.abc]\nname = "b"\n'
    )
    whole = load(path, Whole)
    assert (whole.length, whole.day, whole.many) == (90_000, dt.date(2026, 11, 22), (1, 2))
    assert (whole.few[0].colour, whole.words["abc"].name) == (Colour.RED, "b")


def test_text_is_cleaned_where_it_enters() -> None:
    raw = {
        "line": "\x1b[31mred\nline\u202e",
        "words": {"a\u200bb": {"name": " x\t"}},
        "few": [{"name": "\x07y"}],
    }
    whole, problems = checked(raw, Whole, "file")
    assert whole is not None
    assert not problems
    assert whole.line == "[31mred line"
    assert whole.words["ab"].name == "x"
    assert whole.few[0].name == "y"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ({"lien": "x"}, 'lien: there is no such key; did you mean "line"?'),
        ({"line": 5}, "line: found 5; allowed is text"),
        ({"code": "A B"}, 'code: found "A B"; allowed is text'),
        ({"few": {}}, "few: found a table; allowed is a list of at most 2 entries"),
        ({"few": [{"name": "a"}] * 3}, "few: found 3 of them; allowed is a list of at most 2 entries"),
        ({"few": [{"name": "a"}, {}]}, "few[2].name: is missing; allowed is text of 1 to 5 characters"),
        ({"few": ["a"]}, 'few[1]: found "a"; allowed is a table of keys and values'),
        ({"few": [{"name": ""}]}, "few[1].name: found nothing; allowed is text of 1 to 5 characters"),
        ({"many": []}, "many: found 0 of them; allowed is a list of at least 1 entries"),
        ({"many": [1, True, 2]}, "many[2]: found true; allowed is a whole number"),
        ({"places": [0]}, "places[1]: found 0; allowed is a whole number of at least 1"),
        ({"places": 1}, "places: found 1; allowed is a list"),
        ({"below": 10}, "below: found 10; allowed is a whole number of at most 9"),
        ({"any_number": 1.5}, "any_number: found 1.5; allowed is a whole number"),
        ({"sure": 1}, "sure: found 1; allowed is true or false"),
        ({"day": "tomorrow"}, 'day: found "tomorrow"; allowed is a date such as 2026-11-22'),
        (
            {"day": dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)},
            "day: found 2026-11-22 09:00:00+00:00; allowed is a date such as 2026-11-22",
        ),
        ({"day": dt.time(9)}, "day: found 09:00:00; allowed is a date such as 2026-11-22"),
        (
            {"length": "soon"},
            'length: found "soon"; allowed is a length of time such as 90s, 20m or 1h30m, at most 24h',
        ),
        (
            {"length": True},
            "length: found true; allowed is a length of time such as 90s, 20m or 1h30m, at most 24h",
        ),
        (
            {"length": 2.5},
            "length: found 2.5; allowed is a length of time such as 90s, 20m or 1h30m, at most 24h",
        ),
        ({"choice": "ye"}, 'choice: found "ye"; allowed is one of no, yes; did you mean "yes"?'),
        ({"choice": 1}, "choice: found 1; allowed is one of no, yes"),
        ({"words": 1}, "words: found 1; allowed is a table of keys and values"),
        ({"words": {"LONG": {"name": "a"}}}, "words.LONG: there is no such key; allowed is text"),
        (
            {"words": {"ab": {"nam": "a", "name": "b"}}},
            'words.ab.nam: there is no such key; did you mean "name"?',
        ),
        ({"format": 3}, "format: the file is in format 3; this version of cotutor reads format 1 or 2"),
        ({"format": True}, "format: found true; allowed is one of 1, 2"),
        ({"share": "half"}, "Expected `float`, got `str` - at `$.share`"),
        ({"either": 1.5}, "Expected `int | str`, got `float` - at `$.either`"),
        ({"any_number": 10**5000 // 3, "sure": 1}, "sure: found 1; allowed is true or false"),
    ],
)
def test_one_mistake_is_one_line(raw: dict[str, Any], problem: str) -> None:
    assert told(raw) == [problem]


def test_a_number_too_long_to_print_is_reported() -> None:
    assert told({"below": 10**5000}) == [
        "below: found an enormous number; allowed is a whole number of at most 9"
    ]


def test_every_mistake_is_reported_at_once() -> None:
    assert len(told({"a": 1, "line": 1, "few": [{}, 3, {"name": "toolong", "x": 1}], "sure": "no"})) == 8


def test_what_is_sound_is_not_reported_beside_a_mistake() -> None:
    sound = {
        "day": "2026-11-22",
        "length": "5m",
        "choice": "yes",
        "either": "a",
        "words": {"a": {"name": "b"}},
    }
    assert told(sound | {"line": 5}) == ["line: found 5; allowed is text"]


def test_the_mistakes_of_a_file_are_not_listed_for_ever() -> None:
    lines = told({f"key{number}": 1 for number in range(5_000)})
    assert len(lines) == MOST_LISTED + 1
    assert lines[-1] == "and there is more wrong than this"


def test_what_was_found_is_shown_clean_and_short() -> None:
    (line,) = told({"code": "X\x1b]0;t\x07\u202e" * 99, "format": 1})
    assert line.startswith('code: found "X]0;tX]0;t')
    assert line.isprintable()
    assert len(line) < 100


VALUES = st.recursive(
    st.sampled_from(
        [True, 0, 1, 7, 10**20, 1.5, "", "a", "red", "yes", "90s", "tooolong", dt.date(2026, 1, 1)]
    )
    | st.builds(lambda name: {"name": name}, st.sampled_from(["", "a", 3])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "abc", "X"]), inner),
    max_leaves=5,
)
RAW = st.dictionaries(st.sampled_from([*Whole.__struct_fields__, "other"]), VALUES)


@settings(max_examples=150)
@given(RAW)
def test_the_slow_look_finds_what_the_fast_one_found(raw: dict[str, Any]) -> None:
    left_to_msgspec = {"share", "either"}
    raw = {key: value for key, value in raw.items() if key not in left_to_msgspec}
    value, problems = checked(raw, Whole, "file")
    assert (value is None) == bool(problems) == bool(mistakes(raw, Whole))


def test_another_type_is_a_mistake_of_the_programmer() -> None:
    class Strange(Struct, forbid_unknown_fields=True):
        number: complex

    with pytest.raises(NotImplementedError, match="complex"):
        checked({"number": "1"}, Strange, "file")


def test_a_whole_number_is_a_length_in_minutes() -> None:
    whole, _ = checked({"length": 20}, Whole, "file")
    assert whole is not None
    assert whole.length == 20 * MINUTE


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.toml").write_text("a = 1")
    (tmp_path / "link.toml").symlink_to("real.toml")
    assert read_toml(tmp_path / "link.toml") == {"a": 1}


def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "round.toml").symlink_to("round.toml")
    assert refused(tmp_path) == "is a folder, not a file"
    assert refused(tmp_path / "pipe.toml") == "is not an ordinary file"
    assert refused(Path("/dev/zero")) == "is not an ordinary file"
    assert refused(tmp_path / "none.toml") == "cannot be read: No such file or directory"
    assert refused(tmp_path / "none.toml" / "x") == "cannot be read: No such file or directory"
    assert refused(tmp_path / "round.toml").startswith("cannot be read: Too many levels")


def test_impossible_names_are_reported() -> None:
    with pytest.raises(ContentProblems, match="cannot be read: its name"):
        read_toml(Path("a\0b.toml"))
    with pytest.raises(ContentProblems, match="File name too long"):
        read_toml(Path("a" * 5000))


def test_the_size_is_limited_before_anything_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "big.toml"
    path.write_bytes(b"#" * USER_LIMIT)
    assert read_toml(path) == {}
    path.write_bytes(b"#" * (USER_LIMIT + 1))
    assert refused(path) == "is larger than 16 kB, the most that is read"
    assert read_toml(path, limit=USER_LIMIT + 1) == {}


@pytest.mark.parametrize("text", ["[[[[[[[[[[1]]]]]]]]]]", "[{b = [{c = [{d = [{e = [{}]}]}]}]}]"])
def test_ten_brackets_deep_is_read_and_eleven_is_not(tmp_path: Path, text: str) -> None:
    path = tmp_path / "deep.toml"
    path.write_text(f"a = {text}")
    assert read_toml(path)
    path.write_text(f"a = [{text}]")
    assert refused(path) == "has brackets more than 10 deep (about line 1)"


@pytest.mark.parametrize(
    "text",
    [
        "a = '[[[[[[[[[[[[{{{{{{{{{{{'",
        'a = "[[[[[[[[[[[[{{{{{{{\\"[[[[["',
        'a = """[[[[[[[[[[[[\n"" [[[[[[[[[[[[ \\""" [[[[[[[[[[[""""',
        "a = '''[[[[[[[[[[[[\n'' [[[[[[[[[[[''''",
        "a = 1  # [[[[[[[[[[[[[[[[[[[['''",
        'a = "www.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p"',
    ],
)
def test_brackets_and_dots_inside_text_do_not_count(tmp_path: Path, text: str) -> None:
    path = tmp_path / "text.toml"
    path.write_text(text)
    assert read_toml(path)


def test_shipped_files_are_read_by_name() -> None:
    assert shipped_text("cues.toml").startswith("# Listening cues")
    with pytest.raises(ContentProblems, match=r"plans/none\.toml: cannot be read"):
        load_shipped("plans/none.toml", Part)
    with pytest.raises(ContentProblems, match="agreement: is missing; allowed is a table of keys and values"):
        load_shipped("cues.toml", WordingFile)
