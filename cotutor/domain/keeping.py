"""What is kept, in the words that every screen shows; apart, so that a first frame needs no engine."""

from enum import StrEnum


class Keeping(StrEnum):
    """What is kept of what happens on the screen. One of these is always shown."""

    NOTHING = "nothing kept"
    SESSION = "this session only"
    OPEN = "vault open"
    LOCKED = "vault locked"
