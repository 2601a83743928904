"""Who is in the room: a number of people, or their first names."""

import re

from cotutor.domain.errors import CotutorError
from cotutor.domain.seatings import FEWEST, MOST
from cotutor.domain.text import one_line

LONGEST_NAME = 20
"""Characters of a first name."""


def people_called(written: str) -> tuple[str, ...]:
    """The people that were written down: ``12``, or ``Ana, Ben, Cem``.

    Names are parted by commas, or by blanks if there is no comma. They stay in memory.

    Raises:
        CotutorError: there are too few or too many, or two have the same name.
    """
    text = one_line(written, len(written))
    if re.fullmatch(r"\d{1,4}", text, re.ASCII):
        return numbered(int(text))
    parts = text.split(",") if "," in text else text.split()
    names = tuple(name for part in parts if (name := one_line(part, LONGEST_NAME)))
    if not names:
        raise CotutorError(f"Say how many you are, {FEWEST} to {MOST}, or give first names.")
    _require(len(names))
    if len({name.casefold() for name in names}) < len(names):
        raise CotutorError("Two people have the same name; give each their own, or use a number.")
    return names


def numbered(count: int) -> tuple[str, ...]:
    """So many people, by number.

    Raises:
        CotutorError: there are too few or too many.
    """
    _require(count)
    return tuple(str(number) for number in range(1, count + 1))


def _require(count: int) -> None:
    if not FEWEST <= count <= MOST:
        raise CotutorError(f"A workshop is for {FEWEST} to {MOST} people.")
