"""What one look at this computer found, in words for somebody who is no expert."""

import enum
from typing import NamedTuple


class State(enum.Enum):
    """What a finding means for the person."""

    PROTECTS = "protects you"
    DOES_NOT = "does not protect you"
    UNKNOWN = "cannot be known"
    NOTE = "good to know"

    @property
    def counted(self) -> str:
        """The same after a number of findings."""
        return {
            State.PROTECTS: "protect you",
            State.DOES_NOT: "do not",
            State.UNKNOWN: "cannot be known",
            State.NOTE: "good to know",
        }[self]


class Finding(NamedTuple):
    """One thing that was looked at."""

    name: str
    state: State
    sentence: str
    advice: str = ""
    """What to do about it; empty if nothing need be done."""
