"""Lengths of time as people write them and as a clock shows them.

The domain counts time in whole milliseconds, so that sums are exact; files and people use
``90s``, ``20m``, ``1h30m``, and a bare number means minutes.
"""

import re

SECOND = 1_000
"""Milliseconds in a second."""
MINUTE = 60 * SECOND
"""Milliseconds in a minute."""

_WRITTEN = re.compile(r"(?:(?P<h>\d{1,2})h)?(?:(?P<m>\d{1,4})m)?(?:(?P<s>\d{1,5})s)?", re.ASCII)
_LONGEST = 24 * 60 * MINUTE


class Length(int):
    """A length of time in milliseconds, written ``20m`` in a file."""


def parse_length(text: str) -> Length:
    """Read a length of time: ``90s``, ``20m``, ``1h``, ``1h30m``; a bare number is minutes.

    Raises:
        ValueError: the text is not a length of time, is nought, or is over twenty-four hours.
    """
    written = text.strip().casefold()
    if re.fullmatch(r"\d{1,4}", written, re.ASCII):
        written += "m"
    match = _WRITTEN.fullmatch(written)
    if not written or match is None:
        raise ValueError("a length of time is written like 90s, 20m or 1h30m")
    hours, minutes, seconds = (int(match[unit] or 0) for unit in "hms")
    total = (hours * 60 + minutes) * MINUTE + seconds * SECOND
    if total == 0 or total > _LONGEST:
        raise ValueError("a length of time is more than nought and at most 24h")
    return Length(total)


def short(milliseconds: int) -> str:
    """The shortest way to write a length that ``parse_length`` reads back: ``1h30m``, ``90s`` as ``1m30s``."""
    seconds = milliseconds // SECOND
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = (f"{hours}h" if hours else "", f"{minutes}m" if minutes else "", f"{seconds}s" if seconds else "")
    return "".join(parts) or "0s"


def digits(milliseconds: int) -> str:
    """Minutes and seconds as a clock shows them: ``19:59``, ``1:02:03``; whole seconds, rounded down."""
    seconds = max(0, milliseconds // SECOND)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def in_words(milliseconds: int) -> str:
    """A length said aloud: ``20 minutes``, ``1 minute 30 seconds``, ``less than a second``."""
    seconds = max(0, milliseconds // SECOND)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [
        f"{count} {unit}{'' if count == 1 else 's'}"
        for count, unit in ((hours, "hour"), (minutes, "minute"), (seconds, "second"))
        if count
    ]
    return " ".join(parts) or "less than a second"
