"""The words that people type in the line mode, and how a typed line is understood.

A word may be cut short as long as it stays plain which one is meant. What was typed is never
said back: it may be something that was meant for the other person only.
"""

from collections.abc import Sequence

from msgspec import Struct

from cotutor.domain import commands
from cotutor.domain.commands import SessionCommand
from cotutor.domain.duration import Length, parse_length
from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import MODE_NAMES, Mode
from cotutor.domain.text import nearest


class Word(Struct, frozen=True):
    """One word that may be typed."""

    name: str
    does: str
    example: str = ""
    """How it is typed, where more belongs to it."""


SESSION_WORDS = (
    Word("next", "go on to the next phase; an empty line does the same"),
    Word("pause", "hold the clock, without a reason"),
    Word("resume", "let the clock go on"),
    Word("more", "offer the speaker more time; the others get the same", "more 5, or more 90s"),
    Word("back", "the speaker gives time back", "back 2"),
    Word("started", "we began talking this long ago", "started 4"),
    Word("undo", "take back the last command, within ten seconds"),
    Word("mode", "the speaker chooses the listening", "mode listen, think or challenge"),
    Word("guide", "the nine steps, or the questions of one", "guide, or guide II-B"),
    Word("cue", "one cue for the listener"),
    Word("time", "who speaks, how long is left, when it ends"),
    Word("owed", "each person's time, and what is owed"),
    Word("stop", "stop and explain: safety or probity is at stake"),
    Word("signposts", "where help is, offline"),
    Word("jot", "a line on the speaker's scratchpad", "jot ask about Thursday"),
    Word("jottings", "read the scratchpad"),
    Word("keep", "the speaker keeps the scratchpad past the swap, if the plan lets them"),
    Word("count", "the time away counts"),
    Word("leave", "leave out the time away", "leave out"),
    Word("bell", "ring the bell, to hear whether it sounds"),
    Word("end", "end early: go to the close, or leave it"),
    Word("help", "this list"),
)
"""Everything that can be typed while a session runs."""

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
        return _MEASURED[word.name](length_called(rest))
    if word.name == "mode" and rest:
        return commands.ChooseMode(mode_called(rest))
    return _GIVEN.get(word.name)


def length_called(written: str) -> Length:
    """A length of time as somebody typed it.

    Raises:
        CotutorError: it is none.
    """
    try:
        return parse_length(written)
    except ValueError:
        raise CotutorError("Say how long: 5 for minutes, 90s, or 1h30m.") from None


def mode_called(written: str) -> Mode:
    """The kind of listening that was named, by its short name or as the screens call it.

    Raises:
        CotutorError: there is no such kind.
    """
    wanted = written.casefold()
    for mode, name in MODE_NAMES.items():
        if wanted and (mode.value.startswith(wanted) or name == wanted):
            return mode
    near = nearest(wanted, [mode.value for mode in Mode])
    raise CotutorError(
        f"The kinds of listening are {', '.join(Mode)}.{f' Did you mean {near}?' if near else ''}"
    )


def listed(words: Sequence[Word]) -> tuple[str, ...]:
    """The words with what they do, a line for each."""
    return tuple(f"{word.example or word.name}: {word.does}." for word in words)
