"""Moments that tests count in milliseconds."""

from datetime import UTC, datetime


def at(milliseconds: int) -> datetime:
    """So many milliseconds after the beginning of 1970."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
