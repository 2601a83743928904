"""Days as people write them and as they are shown."""

import re
from calendar import monthrange
from datetime import date, timedelta

_AHEAD = re.compile(r"\+?(\d{1,4}) ?([dwmy])", re.ASCII)
_BRITISH = re.compile(r"(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{4}))?", re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

HOW = "30/11/2026 or +2w"
"""How a day may be written, for hints and messages."""


def parse_day(text: str, today: date) -> date | None:
    """Read a day: ``2026-11-30``, ``30/11/2026``, ``30/11``, ``today``, ``+10d``, ``+2w``, ``+6m``, ``+1y``.

    Args:
        text: what somebody wrote; nothing at all is no day.
        today: what ``+2w`` counts from, and whose year a day without one has.

    Raises:
        ValueError: it is not a day; the message says how to write one.
    """
    written = text.strip().casefold()
    if not written:
        return None
    if written == "today":
        return today
    try:
        if match := _AHEAD.fullmatch(written):
            return _ahead(int(match[1]), match[2], today)
        if match := _BRITISH.fullmatch(written):
            return date(int(match[3] or today.year), int(match[2]), int(match[1]))
        return date.fromisoformat(written)
    except (ValueError, OverflowError):
        raise ValueError(f"That is not a day. Write {HOW}.") from None


def _ahead(count: int, unit: str, today: date) -> date:
    if unit in "dw":
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    months = today.month - 1 + count * (12 if unit == "y" else 1)
    year, month = today.year + months // 12, months % 12 + 1
    _, last = monthrange(year, month)
    return date(year, month, min(today.day, last))


def day_shown(day: date) -> str:
    """A day as it is shown, the same in every locale: ``5 Nov 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
