"""What a person can tell the program: each command is declared once, with its key and its typed word.

The bar at the foot of a screen, the palette, the help page, the help of the line mode and the
tables of the README all come from these declarations. A face only renders them: on the full screen
a command is a key, in the line mode a word.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from cotutor.domain.errors import CotutorError
from cotutor.domain.text import nearest


def always(_conversation: Any) -> bool:
    """Whether a command is allowed that is allowed at any time."""
    return True


class Command(NamedTuple):
    """One thing that a person can tell the program, by a key, by a typed word, or by both."""

    key: str
    """The key as Textual names it, several separated by commas; empty if only a word says it."""
    name: str
    """What it is called in the code: the screen's action, or the app's behind ``app.``."""
    label: str
    """One or two words for the bar at the foot."""
    help: str
    """A sentence for every list in which it is explained."""
    shown: str = ""
    """The key as it is printed, if not as Textual names it."""
    bar: bool = True
    """Whether it stands in the bar at the foot."""
    priority: bool = False
    """Whether the key works even while somebody types in a field."""
    word: str = ""
    """What is typed in the line mode; empty if only a key says it."""
    example: str = ""
    """How the word is typed, where more belongs to it."""
    given: str = ""
    """What the key gives along with the word: ``1`` makes a key of ``more`` one of ``more 1``."""
    whole: bool = False
    """Whether the word must be typed to its last letter, as one slip of the finger would do harm."""
    when: Callable[[Any], bool] = always
    """Whether it is allowed at present; called with the conversation that it belongs to."""

    @property
    def key_shown(self) -> str:
        """The key as it is printed."""
        return self.shown or self.key.partition(",")[0]

    @property
    def typed(self) -> str:
        """The word as help shows it: an example where more belongs to it."""
        return self.example or self.word


def offered(commands: Iterable[Command], conversation: object) -> tuple[Command, ...]:
    """Those of ``commands`` that are allowed at present, in their order."""
    return tuple(command for command in commands if command.when(conversation))


def find(line: str, commands: Sequence[Command]) -> tuple[Command, str]:
    """The command whose word a typed line begins with, and the rest of the line.

    A word may be cut short as long as it stays plain which one is meant. What was typed is never
    shown again: it may have been meant for the other person only.

    Raises:
        CotutorError: there is no such word, or it could be several.
    """
    typed, _, rest = line.strip().partition(" ")
    typed = typed.casefold()
    worded = [command for command in commands if command.word]
    found = [command for command in worded if command.word == typed] or [
        command for command in worded if command.word.startswith(typed) and not command.whole
    ]
    if len(found) == 1:
        return found[0], rest.strip()
    if found:
        words = " or ".join(command.word for command in found)
        raise CotutorError(f"That could be {words}: type a letter more.")
    whole = next((command.word for command in worded if command.word.startswith(typed)), "")
    if whole:
        raise CotutorError(f"Type the whole word: {whole}.")
    near = nearest(typed, [command.word for command in worded])
    raise CotutorError(
        f"There is no such word. {f'Did you mean {near}? ' if near else ''}Type help for a list."
    )


def help_lines(commands: Iterable[Command]) -> tuple[str, ...]:
    """The commands that have a word, a line each: ``more 5, or more 90s: Offer the speaker more time.``."""
    return tuple(f"{command.typed}: {command.help}" for command in commands if command.word)
