"""Reading TOML files that strangers wrote, and checking them against a struct type.

``read_toml`` turns a file into plain dicts and lists, whatever the file is; ``checked`` turns
those into a frozen struct, or into one line for every mistake. Both are for plans, guidance,
programmes and demonstrations alike.
"""

import os
import re
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, ValidationError, convert

from cotutor.domain.duration import Length, parse_length
from cotutor.domain.errors import ContentProblems
from cotutor.domain.text import one_line

USER_LIMIT = 16 * 1024
"""The most bytes a file may have that a person or a scheme wrote."""

_TEXT_LIMIT = 2_000
_DEEPEST = 10
_MOST_DOTS = 12
_QUOTED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\[^\n])*+(?:"|$)'
    r"|'[^'\n]*+(?:'|$)"
    r"|#[^\n]*+",
    re.DOTALL | re.MULTILINE,
)
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")

T = TypeVar("T", bound=Struct)


class _Refused(Exception):
    """Why a file is not read, in words that follow its name."""


def label(path: Path) -> str:
    """The name of a file as problems show it: one clean line."""
    return one_line(str(path), 120)


def read_toml(path: Path, limit: int = USER_LIMIT) -> dict[str, Any]:
    """Read a TOML file into plain values, in bounded time and memory, whatever the path leads to.

    Args:
        path: a regular file, or a link to one; pipes, devices and folders are refused unopened.
        limit: the most bytes it may have.

    Raises:
        ContentProblems: one line that says why the file cannot be read, with the line number
            where its TOML goes wrong.
    """
    return _parsed_file(lambda: _bytes(path, limit), label(path))


def checked(raw: dict[str, Any], kind: type[T], where: str) -> tuple[T | None, list[str]]:
    """Turn plain values into a struct, its text cleaned to single lines; or list every mistake.

    Args:
        raw: what ``read_toml`` returned.
        kind: a struct type that forbids unknown fields; lengths of time are fields of type ``Length``.
        where: the file's name, which begins every problem.

    Returns:
        The struct and no problems, or None and one line for each mistake: the file, the key
        (``phases[2].speaker`` is the speaker of the second phase), what was found, what is allowed.
    """
    cleaned = _cleaned(raw)
    try:
        return convert(cleaned, kind, dec_hook=_decoded), []
    except ValidationError as error:
        from cotutor.content.mistakes import mistakes  # noqa: PLC0415  only a faulty file needs it

        # msgspec stops at the first mistake; what the list does not know, it still reports.
        found = mistakes(cleaned, kind) or [one_line(str(error), 200)]
        return None, [f"{where}: {line}" for line in found]


def load(path: Path, kind: type[T], limit: int = USER_LIMIT) -> T:
    """Read and check a file in one go.

    Raises:
        ContentProblems: everything that is wrong with it.
    """
    return _sound(read_toml(path, limit), kind, label(path))


def load_shipped(name: str, kind: type[T]) -> T:
    """Read and check a file of this package, also from inside a zip archive.

    Args:
        name: its place below this folder: ``plans/pair.toml``.
        kind: the struct type that it holds.

    Raises:
        ContentProblems: as ``load``.
    """
    return _sound(_parsed_file(lambda: _shipped(name), name), kind, name)


def shipped_text(name: str) -> str:
    """The text of a file of this package."""
    return _shipped(name).decode()


def _shipped(name: str) -> bytes:
    # The import system's own reader; importlib.resources would cost more than all the rest.
    loader: Any = __spec__.loader
    data: bytes = loader.get_data(str(Path(__file__).parent / name))
    return data


def _sound(raw: dict[str, Any], kind: type[T], where: str) -> T:
    value, problems = checked(raw, kind, where)
    if value is None:
        raise ContentProblems(problems)
    return value


def _parsed_file(read: Callable[[], bytes], where: str) -> dict[str, Any]:
    """Parse what ``read`` returns; whatever goes wrong is one line about ``where``."""
    try:
        text = read().decode("utf-8-sig")
        _refuse_costly(text)
        return _parsed(text)
    except _Refused as refusal:
        problem = str(refusal)
    except UnicodeDecodeError:
        problem = "is not UTF-8 text"
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
    except ValueError:
        # What Python says of a path with a NUL in it, and of a number of 5,000 digits.
        problem = "cannot be read: its name, or a number in it, is impossible"
    raise ContentProblems([f"{where}: {problem}"])


def _bytes(path: Path, limit: int) -> bytes:
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise _Refused("is a folder, not a file" if stat.S_ISDIR(mode) else "is not an ordinary file")
    # Some files of /proc are regular and yet block; Windows has none of them and no such flag.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    data = bytearray()
    try:
        while len(data) <= limit and (piece := os.read(descriptor, limit + 1 - len(data))):
            data += piece
    finally:
        os.close(descriptor)
    if len(data) > limit:
        raise _Refused(f"is larger than {limit // 1024} kB, the most that is read")
    return bytes(data)


def _refuse_costly(text: str) -> None:
    """Refuse what makes the parser recurse deeply or, with long dotted keys, take seconds and gigabytes."""
    if "\0" in text:
        raise _Refused("is not text: it holds a NUL byte")
    bare = _QUOTED.sub("s", text.replace("\r\n", "\n"))
    depth = 0
    for number, line in enumerate(bare.split("\n"), start=1):
        if line.count(".") > _MOST_DOTS:
            raise _Refused(
                f"has more than {_MOST_DOTS} dots outside quotes on one line (about line {number})"
            )
        for bracket in re.findall(r"[][{}]", line):
            depth += 1 if bracket in "[{" else -1
            if depth > _DEEPEST:
                raise _Refused(f"has brackets more than {_DEEPEST} deep (about line {number})")


def _parsed(text: str) -> dict[str, Any]:
    """Parse; the parser's message gets its place in front: ``line 7: expected '=' after a key``."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _PLACE.search(message)
        wrong = one_line(message[: place.start()] if place else message, 120)
        wrong = "this key is given twice" if wrong == "Cannot overwrite a value" else wrong
        line = (place and place[1]) or text.count("\n") + 1
        raise _Refused(f"line {line}: {wrong[:1].lower()}{wrong[1:]}") from None


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return one_line(value, _TEXT_LIMIT)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {one_line(key, _TEXT_LIMIT): _cleaned(item) for key, item in value.items()}
    return value


def _decoded(kind: type, value: object) -> object:
    """Read a length of time, which TOML writes as text or, in minutes, as a whole number."""
    if kind is not Length:
        raise NotImplementedError(f"no file holds a {kind.__name__}")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("a length of time is written like 90s, 20m or 1h30m")  # noqa: TRY004  msgspec tells a ValueError with its place
    return parse_length(str(value))
