"""The words that people type in the line mode, and how a typed line is understood.

A word may be cut short as long as it stays plain which one is meant. What was typed is never
said back: it may be something that was meant for the other person only.
"""

from collections.abc import Sequence

from msgspec import Struct

from cotutor.conversation.session.typed import length_typed, mode_typed
from cotutor.domain import commands
from cotutor.domain.commands import SessionCommand
from cotutor.domain.errors import CotutorError
from cotutor.domain.text import nearest


class Word(Struct, frozen=True):
    """One word that may be typed."""

    name: str
    does: str
    example: str = ""
    """How it is typed, where more belongs to it."""


_GIVEN: dict[str, SessionCommand] = {
    "next": commands.Next(),
    "pause": commands.Pause(),
    "resume": commands.Resume(),
    "undo": commands.Undo(),
    "stop": commands.Explain(),
    "count": commands.CountAway(),
    "leave": commands.LeaveOutAway(),
    "end": commands.End(),
}
_MEASURED: dict[str, type[commands.More | commands.GiveBack | commands.StartedEarlier]] = {
    "more": commands.More,
    "back": commands.GiveBack,
    "started": commands.StartedEarlier,
}


def find(line: str, words: Sequence[Word]) -> tuple[Word, str]:
    """The word that a line begins with, and the rest of the line.

    Raises:
        CotutorError: there is no such word, or it could be several.
    """
    typed, _, rest = line.strip().partition(" ")
    typed = typed.casefold()
    # One slip of the finger must not end a session, so "end" is typed in full.
    found = [word for word in words if word.name == typed] or [
        word for word in words if word.name.startswith(typed) and word.name != "end"
    ]
    if len(found) == 1:
        return found[0], rest.strip()
    if found:
        names = " or ".join(word.name for word in found)
        raise CotutorError(f"That could be {names}: type a letter more.")
    near = nearest(typed, [word.name for word in words])
    raise CotutorError(
        f"There is no such word. {f'Did you mean {near}? ' if near else ''}Type help for a list."
    )


def command(word: Word, rest: str) -> SessionCommand | None:
    """The session's command that a word stands for; None if the word only asks for something.

    Raises:
        CotutorError: what belongs to the word is missing or not understood.
    """
    if word.name in _MEASURED:
        return _MEASURED[word.name](length_typed(rest))
    if word.name == "mode" and rest:
        return commands.ChooseMode(mode_typed(rest))
    return _GIVEN.get(word.name)


def listed(words: Sequence[Word]) -> tuple[str, ...]:
    """The words with what they do, a line for each."""
    return tuple(f"{word.example or word.name}: {word.does}." for word in words)
