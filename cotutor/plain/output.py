"""What the line mode writes: whole lines of plain text, and now and then the terminal's bell."""

from datetime import timedelta
from typing import TextIO

from cotutor.domain.text import clean
from cotutor.services.clock import Clock

_LONGEST_LINE = 2_000
"""Characters; the rest of a longer line is left out."""
_BELL = "\a"


class Output:
    """Where the line mode writes.

    Args:
        out: a text stream; each line reaches it at once.
        clock: what the time of day in front of a notice is read from.
        bell: whether the terminal's bell may ring.
    """

    def __init__(self, out: TextIO, clock: Clock, *, bell: bool) -> None:
        self._out = out
        self._clock = clock
        self.bell = bell
        """Whether the terminal's bell may ring."""

    def show(self, *lines: str) -> None:
        """Write lines without a time: an answer to somebody, or words that belong to a notice."""
        # Names and plans were cleaned where they came in; nothing else may act on a terminal either.
        whole = (clean(line, limit=_LONGEST_LINE, lines=True).replace("\n", " ") for line in lines)
        self._out.writelines(f"{line}\n" for line in whole)
        self._out.flush()

    def notice(self, text: str, at: int | None = None) -> None:
        """Write what happened, in one line with the time of day at which it became true.

        Args:
            text: what happened.
            at: the instant on the clock, in milliseconds; now if left out.
        """
        self.show(f"{self.time_of_day(at)}  {text}")

    def time_of_day(self, at: int | None = None) -> str:
        """``09:41:07``: the wall's time at an instant of the clock (milliseconds), or now."""
        now = self._clock.now()
        return f"{self._clock.wall() - timedelta(milliseconds=now - (now if at is None else at)):%H:%M:%S}"

    def ring(self) -> None:
        """Ring the terminal's bell, if it may ring."""
        if self.bell:
            self._out.write(_BELL)
            self._out.flush()

    def bell_checked(self) -> tuple[str, ...]:
        """Ring the bell; returns a line that asks whether it was heard, or that it is off."""
        self.ring()
        if self.bell:
            return (
                "That was the bell. If you heard nothing, your terminal keeps it quiet: go by the words.",
            )
        return ("The bell is off: this session is silent, or this is no terminal.",)
