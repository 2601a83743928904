"""What one protective measure achieved on this computer."""

from typing import NamedTuple


class Protection(NamedTuple):
    """One measure, whether it holds here, and a few words on why or how."""

    name: str
    holds: bool
    detail: str
