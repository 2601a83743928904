"""The speaker's scratchpad: a few lines in memory, for the length of a turn. No file ever holds it."""

from cotutor.domain.errors import CotutorError
from cotutor.domain.keeping import Keeping
from cotutor.domain.plan import Kind
from cotutor.domain.session import SessionState

MOST_LINES = 40
"""A scratchpad is no minutes."""


class Scratchpads:
    """One scratchpad for each speaker, who alone can use it, and only in their own turn.

    Args:
        people: the aliases, in speaking order.
        may_keep: whether the plan lets a speaker keep it past the swap.
    """

    def __init__(self, people: tuple[str, ...], *, may_keep: bool) -> None:
        self._people = people
        self._may_keep = may_keep
        self._lines: dict[int, list[str]] = {}
        self._kept: set[int] = set()

    def jot(self, state: SessionState, text: str) -> tuple[str, ...]:
        """Add a line to the present speaker's.

        Raises:
            CotutorError: nobody speaks, there is nothing to add, or it is full.
        """
        lines = self._lines.setdefault(_speaker(state), [])
        if not text:
            raise CotutorError("Write the line after the word: jot ask about Thursday.")
        if len(lines) >= MOST_LINES:
            raise CotutorError("The scratchpad is full.")
        lines.append(text)
        return (f"Jotted: {Keeping.SESSION}.",)

    def read(self, state: SessionState) -> tuple[str, ...]:
        """What the present speaker jotted down; when nobody speaks, what speakers chose to keep."""
        if state.phase.speaker is not None:
            return tuple(self._lines.get(state.phase.speaker, ())) or ("The scratchpad is empty.",)
        kept = [
            f"{self._people[place - 1]}: {line}"
            for place in sorted(self._kept)
            for line in self._lines[place]
        ]
        return tuple(kept) or ("Nothing was kept past the swap.",)

    def keep(self, state: SessionState) -> tuple[str, ...]:
        """Let the present speaker's outlast the turn, until the session ends.

        Raises:
            CotutorError: nobody speaks, there is nothing, or the plan does not allow it.
        """
        if not self._may_keep:
            raise CotutorError("In this plan the scratchpad is wiped at the end of the turn.")
        place = _speaker(state)
        if not self._lines.get(place):
            raise CotutorError("The scratchpad is empty.")
        self._kept.add(place)
        return (f"Kept in memory until the session ends: {Keeping.SESSION}.",)

    def wipe(self, place: int | None) -> bool:
        """Forget what the speaker at ``place`` jotted down, unless they keep it; say whether anything was."""
        return place is not None and place not in self._kept and bool(self._lines.pop(place, None))


def _speaker(state: SessionState) -> int:
    if state.phase.kind is not Kind.TURN or state.phase.speaker is None:
        raise CotutorError("The scratchpad is the speaker's, in their own turn.")
    return state.phase.speaker
