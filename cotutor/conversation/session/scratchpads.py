"""The speakers' scratchpads: a few lines each, in memory, for the length of a turn. No file ever holds them."""

from collections.abc import Callable

from msgspec import Struct

from cotutor.domain.errors import CotutorError
from cotutor.domain.session import SessionState

MOST_LINES = 40
MOST_CHARACTERS = 4_000
"""A scratchpad is for options and a plan, not for minutes of the meeting."""

_SPEAKERS_OWN = "The scratchpad is the speaker's, in their own turn."


class _Pad(Struct):
    """What one speaker wrote."""

    turn: int
    """The phase in which it was opened last, from 0."""
    text: str = ""
    kept: bool = False
    """Whether the speaker wants it until the close."""


class Scratchpads:
    """One scratchpad for each speaker, who alone can use it, and only in their own turn.

    At the end of the turn it is wiped, as soon as no undo can lead back there; where the plan allows
    it, a speaker may keep it, and then it can be read again at the close, and is wiped at the end.

    Args:
        state: the session as it is.
    """

    def __init__(self, state: Callable[[], SessionState]) -> None:
        self._now = state
        self._pads: dict[int, _Pad] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing is remembered of any of them."""
        return not self._pads

    @property
    def writer(self) -> int | None:
        """The place of who may write now: whose turn it is."""
        return None if self._now().ended else self._now().phase.turn_of

    @property
    def readable(self) -> bool:
        """Whether there is a scratchpad to look at now: the speaker's, or at the close what was kept."""
        return self.writer is not None or bool(self._kept_at_close())

    @property
    def keepable(self) -> bool:
        """Whether the speaker may say now that it is kept, or that it is not."""
        return self.writer is not None and self._now().plan.scratchpad == "may-keep"

    def text(self, place: int) -> str:
        """What the speaker at ``place`` has written."""
        return self._pads[place].text if place in self._pads else ""

    def kept(self, place: int) -> bool:
        """Whether the speaker at ``place`` keeps it until the close."""
        return place in self._pads and self._pads[place].kept

    @property
    def keeps(self) -> bool:
        """Whether any of them is remembered beyond its turn."""
        return any(pad.kept for pad in self._pads.values())

    def write(self, place: int, text: str) -> None:
        """Take down all that stands on the scratchpad of ``place``, as far as there is room."""
        text = "\n".join(text[:MOST_CHARACTERS].split("\n")[:MOST_LINES])
        pad = self._pads.setdefault(place, _Pad(self._now().spell.index))
        pad.text = text
        if self.writer == place:
            pad.turn = self._now().spell.index

    def open(self) -> int:
        """Let the present speaker write; returns their place.

        Raises:
            CotutorError: it is nobody's turn.
        """
        place = self.require_writer()
        self.write(place, self.text(place))
        return place

    def jot(self, line: str) -> None:
        """Add a line to the present speaker's.

        Raises:
            CotutorError: it is nobody's turn, there is nothing to add, or it is full.
        """
        place = self.require_writer()
        if not line:
            raise CotutorError("Write the line after the word: jot ask about Thursday.")
        before = self.text(place)
        text = f"{before}\n{line}" if before else line
        if len(text) > MOST_CHARACTERS or text.count("\n") >= MOST_LINES:
            raise CotutorError("The scratchpad is full.")
        self.write(place, text)

    def read(self) -> tuple[str, ...]:
        """The present speaker's, line by line; at the close, what was kept, each line with its name.

        Raises:
            CotutorError: it is neither a turn nor the close.
        """
        if self.writer is not None:
            return tuple(self.text(self.writer).splitlines())
        if self._now().ended or not self._now().phase.kind.traits.closes:
            raise CotutorError(_SPEAKERS_OWN)
        people = self._now().agreement.people
        return tuple(
            f"{people[place - 1]}: {line}"
            for place in self._kept_at_close()
            for line in self._pads[place].text.splitlines()
        )

    def keep(self) -> bool:
        """Let the present speaker's outlast the turn, or no longer; returns which.

        Raises:
            CotutorError: it is nobody's turn, there is nothing, or the plan does not allow it.
        """
        if self._now().plan.scratchpad != "may-keep":
            raise CotutorError("In this plan the scratchpad is wiped at the end of the turn.")
        place = self.require_writer()
        if not self.text(place):
            raise CotutorError("The scratchpad is empty.")
        pad = self._pads[place]
        pad.kept = not pad.kept
        return pad.kept

    def require_writer(self) -> int:
        """The place of who may write now.

        Raises:
            CotutorError: it is nobody's turn.
        """
        if self.writer is None:
            raise CotutorError(_SPEAKERS_OWN)
        return self.writer

    def wipe_what_is_over(self) -> bool:
        """Forget every scratchpad whose turn is over and can't be undone; returns whether any was written on."""
        over = [place for place, pad in self._pads.items() if self._is_over(pad)]
        wiped = [self._pads.pop(place) for place in over]
        return any(pad.text for pad in wiped)

    def wipe(self) -> None:
        """Forget every scratchpad, kept ones too."""
        self._pads.clear()

    def wiped_by(self) -> int | None:
        """The instant by which one is to be wiped because no undo leads back any more, if one waits for that."""
        state = self._now()
        turns = {pad.turn for pad in self._pads.values() if not pad.kept} - {state.spell.index}
        leading_back = [one.at for one in state.undoable if one.before.spell.index in turns]
        return max(leading_back) + state.undo_for + 1 if leading_back else None

    def _is_over(self, pad: _Pad) -> bool:
        state = self._now()
        present = [state, *(one.before for one in state.undoable)]
        if pad.kept:
            return all(one.ended for one in present)
        return all(one.spell.index != pad.turn for one in present)

    def _kept_at_close(self) -> tuple[int, ...]:
        state = self._now()
        if state.ended or not state.phase.kind.traits.closes:
            return ()
        return tuple(
            place for place in sorted(self._pads) if self._pads[place].kept and self._pads[place].text
        )
