"""A key derivation that costs nothing. It exists here only; the program refuses it."""

from cotutor.vault import kdf

CHEAP = kdf.Cost(memory=8, passes=1, lanes=1)


def allow_cheap() -> None:
    """For test programs that run in a process of their own."""
    kdf.FLOOR = CHEAP
