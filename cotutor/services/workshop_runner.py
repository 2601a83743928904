"""Drives a workshop: the items of a programme, one session after another, on one clock."""

from collections.abc import Callable
from datetime import timedelta

from cotutor.domain.agreement import Agreement
from cotutor.domain.commands import SessionCommand, Undo
from cotutor.domain.programme import Programme, Section, behind, expand, standing
from cotutor.domain.wording import session_left
from cotutor.services.clock import Clock
from cotutor.services.session_runner import Listener, SessionRunner


class WorkshopRunner:
    """One clock for everybody in a workshop.

    When an item is over, the next one begins by itself; a day that is over waits for the next.

    Args:
        programme: what is done in it.
        clock: the clock that everything is measured by.
        heard: called with each event of the item that runs, and the state after it.
        moved: called with the number of the section, from 0, whenever another one runs.
        first: the section to begin with, from 0.
    """

    def __init__(
        self,
        programme: Programme,
        clock: Clock,
        heard: Listener,
        moved: Callable[[int], None],
        first: int = 0,
    ) -> None:
        self.sections = expand(programme)
        self._clock = clock
        self._heard = heard
        self._moved = moved
        self._before: SessionRunner | None = None
        self.index = first
        self.runner = self._runner()
        self._open_day()

    @property
    def section(self) -> Section:
        """The section that runs, or the last one that ran."""
        return self.sections[self.index]

    @property
    def day_over(self) -> bool:
        """Whether this day's last item is over; ``go_to`` begins the next day, if there is one."""
        return self.runner.state.ended

    @property
    def undoable(self) -> bool:
        """Whether a command can still be undone, in this item or in the one before."""
        return _undoable(self.runner) or bool(self._before and _undoable(self._before))

    @property
    def last_of_day(self) -> bool:
        """Whether no part follows the present one on this day."""
        following = self.index + 1
        return following == len(self.sections) or self.sections[following].item.day != self.section.item.day

    def start(self) -> None:
        """Report the first section; apart from the constructor, so that a face can be ready for it."""
        self._moved(self.index)
        self.runner.start()

    def tick(self) -> None:
        """Bring the workshop up to the clock."""
        self.runner.tick()
        self._follow()

    def send(self, command: SessionCommand) -> None:
        """Obey a command. Undo reaches back over the end of an item.

        Raises:
            NotNow: it makes no sense at this point.
        """
        before = self._before
        if isinstance(command, Undo) and before and not self.runner.state.undoable and _undoable(before):
            # First there, so that whoever hears of the events asks about the right section.
            self.runner, self._before = before, None
            self.index -= 1
            self._moved(self.index)
            before.send(command)
            return
        self.runner.send(command)
        self._follow()

    def go_to(self, index: int) -> None:
        """Leave the present item and begin another one, from its beginning.

        Args:
            index: the section, from 0.
        """
        day = self.section.item.day
        self._before = None
        self._begin(index)
        if self.section.item.day != day:
            self._open_day()

    def seconds_to_wake(self) -> float | None:
        """Real seconds until the display or the workshop changes; None if nothing will by itself."""
        return self.runner.seconds_to_wake()

    def late(self) -> int:
        """How far the day is behind its programme, in milliseconds; below nought it is ahead."""
        left = session_left(self.runner.state)
        return behind(self.sections, self.index, left, self._clock.now() - self._began)

    def standing(self) -> str:
        """Ahead or behind in words, and when the day would end."""
        return standing(self.sections, self.index, self.late(), self._began_at)

    def _runner(self) -> SessionRunner:
        plan = self.section.plan
        return SessionRunner(plan, Agreement.usual(plan), self._clock, self._heard)

    def _begin(self, index: int) -> None:
        self.index = index
        self.runner = self._runner()
        self.start()

    def _open_day(self) -> None:
        """Count this day from when it should have begun for the present section to be on time."""
        self._began = self._clock.now() - self.section.begins
        self._began_at = self._clock.wall() - timedelta(milliseconds=self.section.begins)

    def _follow(self) -> None:
        if self.runner.state.ended and not self.last_of_day:
            self._before = self.runner
            self._begin(self.index + 1)


def _undoable(runner: SessionRunner) -> bool:
    """Whether a command of an item that is over can still be undone."""
    state, now = runner.state, runner.clock.now()
    return any(now - one.at <= state.undo_for for one in state.undoable)
