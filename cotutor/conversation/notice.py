"""What a conversation shows without being asked: a line about an event, and what can be done now."""

from enum import StrEnum

from msgspec import Struct

from cotutor.conversation.command import Command


class Medium(StrEnum):
    """How a face is talked to; only the names of commands differ by it."""

    KEYS = "keys"
    """The full screen: a command is a key."""
    WORDS = "words"
    """The line mode: a command is a typed word."""

    def how(self, command: Command) -> str:
        """How to give a command: ``Press space`` or ``Type resume``."""
        return f"Press {command.key_shown}" if self is Medium.KEYS else f"Type {command.typed}"


class Notice(Struct, frozen=True):
    """A line about something that has happened."""

    at: int
    """The instant at which it became true, in milliseconds of the session's clock."""
    text: str
    """What happened, in whole sentences; the same in every face."""
    to_do: str = ""
    """What can be done about it now, in the words of the face's medium."""
    sign: str = ""
    """A shape that goes with it, so that colour alone tells nothing; none for most."""
    strokes: int = 0
    """How often the bell rings for it."""
