"""Drives one session: holds its state, reads the clock, passes on the events.

The full screen, the line mode and the workshop all use it. It runs no timer of its own: a face asks
``seconds_to_wake`` and calls ``tick`` then. It may also call ``tick`` at any other time, or late:
the state depends on the clock alone.
"""

from collections.abc import Callable

from msgspec.structs import replace

from cotutor.domain.agreement import Agreement
from cotutor.domain.commands import LeaveOutAway, Next, Resume, SessionCommand, apply
from cotutor.domain.duration import SECOND
from cotutor.domain.events import Event, Why
from cotutor.domain.plan import Plan, Stop
from cotutor.domain.session import AWAY_AFTER, UNDO_FOR, Outcome, SessionState, advance, begin, next_due
from cotutor.services.clock import Clock

_SHORTEST_WAKE = 100
"""Milliseconds of real time between two wake-ups for the display: more often than that nobody can read."""

Listener = Callable[[SessionState, Event], None]


class SessionRunner:
    """One running session.

    Args:
        plan: the plan as loaded.
        agreement: what the people agreed on.
        clock: the clock that everything is measured by.
        heard: called with each event and the state after it, in order.
    """

    def __init__(self, plan: Plan, agreement: Agreement, clock: Clock, heard: Listener) -> None:
        self.clock = clock
        self._heard = heard
        # People need their seconds in real time, however fast a rehearsal runs.
        outcome = begin(
            plan, agreement, clock.now(), away_after=AWAY_AFTER * clock.speed, undo_for=UNDO_FOR * clock.speed
        )
        self.state = outcome.state
        self._began = outcome.events

    def start(self) -> None:
        """Pass on the events of the first phase, which have waited until the face can show them."""
        events, self._began = self._began, ()
        for event in events:
            self._heard(self.state, event)

    def tick(self) -> None:
        """Bring the state up to the present, and pass on what has happened meanwhile."""
        self._take(advance(self.state, self.clock.now()))

    def send(self, command: SessionCommand) -> None:
        """Obey a command.

        Raises:
            NotNow: it makes no sense at this point.
        """
        self._take(apply(self.state, command, self.clock.now()))

    def go_on_alone(self) -> None:
        """Let the session run to its end although no command will come.

        Each phase then ends by itself at its time, a held clock goes on, and time away is left out.
        A face calls this once its input has ended, and again after each ``tick``.
        """
        while self.state.hold:
            self.send(LeaveOutAway() if self.state.hold.why is Why.AWAY else Resume())
        if not self.state.ended and self.state.left <= 0:
            self.send(Next())
        phases = tuple(replace(phase, stop=Stop.HARD) for phase in self.state.plan.phases)
        self.state = replace(self.state, plan=replace(self.state.plan, phases=phases), undoable=())

    def seconds_to_wake(self) -> float | None:
        """Real seconds until what a face shows will change; None if it will not by itself.

        It changes at each whole second of the phase, at the next event, and when undo ends: after the
        end of the session too, for until then what can be undone is remembered.
        """
        state = self.state
        wakes = [one.at + state.undo_for + 1 - state.seen for one in state.undoable[:1]]
        if state.hold is None and not state.ended:
            wakes.append((state.left - 1) % SECOND + 1)
        shown = max(min(wakes), _SHORTEST_WAKE * self.clock.speed) if wakes else None
        due = next_due(state)
        waits = [wait for wait in (shown, None if due is None else due - state.seen) if wait is not None]
        if not waits:
            return None
        since = self.clock.now() - state.seen
        return max(0, min(waits) - since) / (SECOND * self.clock.speed)

    def _take(self, outcome: Outcome) -> None:
        self.state = outcome.state
        for event in outcome.events:
            self._heard(outcome.state, event)
