"""The observer's tally: since when it counts, what it answers, when closing asks first, what is printed.

It lives in memory and is gone when its screen closes. Only the full screen counts; for paper there
is a handout.
"""

from collections.abc import Callable
from typing import NamedTuple

from cotutor.domain.duration import SECOND
from cotutor.domain.errors import CotutorError
from cotutor.domain.session import SessionState
from cotutor.domain.skills import ABOUT, Skill, for_key
from cotutor.domain.tally import FEEDBACK, THANK_YOU, Tally, picture
from cotutor.domain.wording import shown_left
from cotutor.services.clock import Clock

TITLE = "Observer's tally"
HOW = "One key each time. Count what the listener does, never what anybody says."
NOT_KEPT = "Gone when it closes. Nothing is kept."
WILL_BE_PRINTED = "It will be printed when cotutor ends."
_SHORTEST = 0.1
"""Seconds; a rehearsal's seconds are too short to be read one by one."""


class Question(NamedTuple):
    """A question that is answered with yes or no; no is the usual answer."""

    text: str
    yes: str
    """One or two words for doing it."""


CLOSE = Question(
    "Close the tally? What you counted is gone then. Enter, instead, shows the picture.", "Close it"
)
PRINT = Question(
    "Print this picture in the terminal when cotutor ends? It then stands in the terminal's"
    " scrollback until that is cleared. No file is written.",
    "Print it",
)


class Counting:
    """An observer counts what a listener does.

    Args:
        clock: what the minutes are measured by.
        turn: the session whose turn is observed, and whose turn's beginning is the tally's; None for
            counting on one's own, from now on.
    """

    def __init__(self, clock: Clock, turn: Callable[[], SessionState] | None = None) -> None:
        self.tally = Tally()
        """What has been counted."""
        self._clock = clock
        self._turn = turn
        state = turn() if turn else None
        self._began = clock.now() - (state.spell.ran if state and state.phase.is_turn else 0)
        self._index = state.spell.index if state else None

    @property
    def elapsed(self) -> int:
        """Milliseconds since the turn, or the counting, began."""
        return max(0, self._clock.now() - self._began)

    @property
    def length(self) -> int:
        """How long the picture is, in milliseconds; never nought."""
        return max(1, self.elapsed)

    def skill(self, letter: str | None) -> Skill | None:
        """What a typed letter counts, if anything."""
        return for_key(letter) if letter else None

    def count(self, skill: Skill) -> str:
        """Count one more of ``skill``; returns the line that answers it."""
        try:
            self.tally = self.tally.marked(skill, self.elapsed)
        except CotutorError as problem:
            return problem.message
        return f"{skill.capitalize()}, {self.tally.count(skill)}. {ABOUT[skill].line}"

    def undo(self) -> str:
        """Take the last mark back; returns the line that answers it."""
        if not self.tally.marks:
            return "Nothing to take back."
        last = self.tally.marks[-1].skill
        self.tally = self.tally.undone()
        return f"Taken back: {last}."

    @property
    def before_closing(self) -> Question | None:
        """What to ask before closing; None if nothing would be lost."""
        return CLOSE if self.tally.marks else None

    @property
    def left(self) -> str:
        """What is left of the turn that is observed, or that it is over; empty on one's own and after the end."""
        state = self._turn() if self._turn else None
        if state is None or state.ended:
            return ""
        if state.spell.index != self._index:
            return "the turn is over: Enter shows the picture"
        return f"{shown_left(state).removeprefix('+')} {'left' if state.left >= 0 else 'over'}"

    def seconds_to_wake(self) -> float:
        """Real seconds until the time that is shown changes."""
        return max(_SHORTEST, (SECOND - self.elapsed % SECOND) / SECOND / self._clock.speed)


def printed(tally: Tally, length: int) -> tuple[str, ...]:
    """A picture and how to talk about it, as lines for the terminal.

    Args:
        tally: what was counted.
        length: how long the turn lasted, in milliseconds.
    """
    return (TITLE, "", *picture(tally, length), "", *FEEDBACK.values(), THANK_YOU)
