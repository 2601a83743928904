"""What a conversation shows without being asked: a line about an event, and what can be done now."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from cotutor.conversation.command import Command
from cotutor.domain import events

SIGNS: dict[type[events.Event], str] = {
    events.WarningDue: "▲",
    events.TimeUp: "■",
    events.Held: "‖",
    events.WentAway: "?",
    events.Undone: "↶",
}
"""A shape for each event that matters, so that colour alone tells nothing."""

STROKES: dict[type[events.Event], int] = {events.WarningDue: 1, events.TimeUp: 2}
"""How often the bell rings for an event; never for the others."""


class Medium(StrEnum):
    """Whether commands are given by keys or by words; only their names differ by it."""

    KEYS = "keys"
    """The full screen: a command is a key."""
    WORDS = "words"
    """The line mode: a command is a typed word."""

    def names(self, command: Command) -> tuple[str, ...]:
        """What a command is given by: its keys, or its word; nothing if this face has none for it."""
        given = command.key if self is Medium.KEYS else command.word
        return tuple(given.split(",")) if given else ()

    def named(self, command: Command) -> str:
        """The command as it is printed in a sentence: ``u`` or ``undo``."""
        return command.key_shown if self is Medium.KEYS else command.typed

    def how(self, command: Command) -> str:
        """How to give a command: ``Press space`` or ``Type resume``."""
        return f"{'Press' if self is Medium.KEYS else 'Type'} {self.named(command)}"

    def meant(self, commands: Sequence[Command], conversation: object) -> tuple[Command, ...]:
        """The commands that the keys, or the words, mean at present.

        Of several with the same key, or the same word, that is the one that is allowed; if none is,
        the first of them, which then says why not.
        """
        rivals: dict[str, list[Command]] = {}
        for command in commands:
            for name in self.names(command):
                rivals.setdefault(name, []).append(command)
        first = [
            next((one for one in several if one.when(conversation)), several[0])
            for several in rivals.values()
        ]
        return tuple(command for command in commands if command in first)


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
    until: int | None = None
    """The last instant at which the text is true; None if it stays so."""
    to_do_until: int | None = None
    """The last instant at which ``to_do`` can be done; None if it can for as long as the text is true."""
    new_phase: bool = False
    """Whether it is about another phase, whose headline a screen shows anyway."""
    outlasts: bool = False
    """Whether it still matters in the phase that begins at the same instant."""
    lines: tuple[str, ...] = ()
    """What is read out with it, a line each; a screen shows it in its place."""

    def standing_after(self, before: "Notice | None") -> "Notice | None":
        """The notice that stands once this one has come, after ``before``; None if none does.

        A screen's headline shows a new phase, so its notice does not stand; what outlasts the phase
        that it led to, at the same instant, does.
        """
        if not self.new_phase:
            return self
        return before if before and before.outlasts and before.at == self.at else None

    def at_instant(self, now: int) -> str:
        """What of it is still true at an instant: text and ``to_do``, the text alone, or nothing."""
        if self.until is not None and now > self.until:
            return ""
        outdated = self.to_do_until is not None and now > self.to_do_until
        return self.text if outdated or not self.to_do else f"{self.text} {self.to_do}"
