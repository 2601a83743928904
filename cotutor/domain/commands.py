"""The commands that people give a session, and what comes of each.

Every command can be undone for ten seconds: the state before it is restored and the clock goes
on as if the command had never been given.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from cotutor.domain import reckoning
from cotutor.domain.events import EndedEarly, Held, ModeChosen, Resumed, Undone, WentAway, Why
from cotutor.domain.plan import MODE_NAMES, Mode
from cotutor.domain.session import (
    MOST_UNDOS,
    Hold,
    NotNow,
    Outcome,
    SessionState,
    Undoable,
    advance,
    go_on,
    speaker_place,
)

__all__ = [
    "ChooseMode",
    "CountAway",
    "End",
    "Explain",
    "GiveBack",
    "LeaveOutAway",
    "More",
    "Next",
    "NotNow",
    "Pause",
    "Resume",
    "SessionCommand",
    "StartedEarlier",
    "Undo",
    "apply",
]


class Next(Struct, frozen=True):
    """Go on to the next phase."""


class Pause(Struct, frozen=True):
    """Hold the clock; nobody asks why."""


class Resume(Struct, frozen=True):
    """Let the clock go on."""


class More(Struct, frozen=True):
    """The speaker accepts more time; the others are credited with the same."""

    amount: int


class GiveBack(Struct, frozen=True):
    """The speaker gives time back, at most what is left."""

    amount: int


class Undo(Struct, frozen=True):
    """Restore the state before the last command."""


class StartedEarlier(Struct, frozen=True):
    """The talking began this long before the clock was started."""

    amount: int


class ChooseMode(Struct, frozen=True):
    """The speaker chooses the kind of listening."""

    mode: Mode


class Explain(Struct, frozen=True):
    """Stop and explain: safety or probity is at stake."""


class End(Struct, frozen=True):
    """End early: go to the close, or leave it."""


class CountAway(Struct, frozen=True):
    """The time away counts as time in this phase."""


class LeaveOutAway(Struct, frozen=True):
    """The time away does not count."""


SessionCommand = (
    Next
    | Pause
    | Resume
    | More
    | GiveBack
    | Undo
    | StartedEarlier
    | ChooseMode
    | Explain
    | End
    | CountAway
    | LeaveOutAway
)


def apply(state: SessionState, command: SessionCommand, now: int) -> Outcome:
    """Bring the state up to ``now`` and obey a command.

    Raises:
        NotNow: the command makes no sense at this point. The state is then as if only time
            had passed.
    """
    reached = advance(state, now)
    if isinstance(command, Undo):
        outcome = _undo(reached.state, max(now, reached.state.seen))
    else:
        outcome = _obey(reached.state, command)
    return Outcome(outcome.state, (*reached.events, *outcome.events))


def _obey(state: SessionState, command: SessionCommand) -> Outcome:
    if state.ended:
        raise NotNow("The session is over.")
    if type(command) in _ABOUT_TIME and state.hold and state.hold.away:
        raise NotNow(UNDECIDED)
    obeyed, what = _OBEYED[type(command)]
    outcome = obeyed(state, command)
    latest = Undoable(replace(state, undoable=()), at=state.seen, what=what)
    return Outcome(replace(outcome.state, undoable=(*state.undoable, latest)[-MOST_UNDOS:]), outcome.events)


def _undo(state: SessionState, now: int) -> Outcome:
    """Restore the state before the latest command, and report only what its absence changes."""
    earlier = [one for one in state.undoable if now - one.at <= state.undo_for]
    if not earlier:
        raise NotNow("Nothing to undo: a command can be undone for ten seconds.")
    last = earlier.pop()
    outcome = advance(replace(last.before, undoable=tuple(earlier)), now)
    news = tuple(event for event in outcome.events if event not in last.since)
    return Outcome(outcome.state, (Undone(now, last.what), *news))


def _next(state: SessionState, _command: Next) -> Outcome:
    return go_on(state)


def _pause(state: SessionState, _command: Pause) -> Outcome:
    if state.hold:
        raise NotNow("The clock is held already.")
    return Outcome(replace(state, hold=Hold(Why.PAUSE, state.seen)), (Held(state.seen, Why.PAUSE),))


def _explain(state: SessionState, _command: Explain) -> Outcome:
    """Hold the clock at any time: also in a pause, and before the time away is decided on."""
    hold = state.hold or Hold(Why.EXPLAIN, state.seen)
    if state.hold and hold.why is Why.EXPLAIN:
        raise NotNow("The clock is held already.")
    return Outcome(replace(state, hold=replace(hold, why=Why.EXPLAIN)), (Held(state.seen, Why.EXPLAIN),))


def _resume(state: SessionState, _command: Resume) -> Outcome:
    hold = state.hold
    if hold is None:
        raise NotNow("The clock is running.")
    if hold.why is Why.AWAY:
        raise NotNow(UNDECIDED)
    if hold.away:
        asked = replace(state, hold=replace(hold, why=Why.AWAY))
        return Outcome(asked, (Held(state.seen, Why.AWAY), WentAway(state.seen, hold.away)))
    return Outcome(replace(state, hold=None), (Resumed(state.seen, hold.why, state.seen - hold.since),))


def _choose(state: SessionState, command: ChooseMode) -> Outcome:
    place = speaker_place(state)
    if place is None:
        raise NotNow("Nobody speaks any more in this session.")
    if not state.phase.kind.traits.mode_may_change:
        raise NotNow("This turn is over; the next speaker chooses at the swap, or in their turn.")
    if command.mode not in state.plan.modes:
        allowed = ", ".join(MODE_NAMES[mode] for mode in state.plan.modes)
        raise NotNow(f"This plan is for {allowed}.")
    modes = tuple(
        command.mode if number == place else mode for number, mode in enumerate(state.modes, start=1)
    )
    return Outcome(replace(state, modes=modes), (ModeChosen(state.seen, place, command.mode),))


def _end(state: SessionState, _command: End) -> Outcome:
    last = len(state.plan.phases) - 1
    close = last if state.plan.phases[last].kind.traits.closes else last + 1
    outcome = go_on(state, close if state.spell.index < close else None)
    early = (EndedEarly(state.seen),) if state.spell.index < last else ()
    return Outcome(outcome.state, (*early, *outcome.events))


UNDECIDED = "Decide first whether the time away counts."
_ABOUT_TIME = frozenset({Next, Pause, More, GiveBack, StartedEarlier})
"""What has to wait until it is known how much time there was."""

_OBEYED: dict[type[SessionCommand], tuple[Callable[[SessionState, Any], Outcome], str]] = {
    Next: (_next, "going on"),
    Pause: (_pause, "the pause"),
    Resume: (_resume, "going on after the hold"),
    More: (lambda state, command: reckoning.more(state, command.amount), "the extra time"),
    GiveBack: (lambda state, command: reckoning.give_back(state, command.amount), "giving time back"),
    StartedEarlier: (
        lambda state, command: reckoning.started_earlier(state, command.amount),
        "the earlier start",
    ),
    ChooseMode: (_choose, "the change of listening"),
    Explain: (_explain, "stop and explain"),
    End: (_end, "ending the session"),
    CountAway: (lambda state, _command: reckoning.count_away(state), "counting the time away"),
    LeaveOutAway: (lambda state, _command: reckoning.leave_out_away(state), "leaving out the time away"),
}
