"""What people can tell a session to do, and what comes of it.

Every command can be undone for ten seconds: the state before it is restored and the clock goes
on as if the command had never been given.
"""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from cotutor.domain.errors import CotutorError
from cotutor.domain.events import (
    AwayDecided,
    BeganEarlier,
    EndedEarly,
    Event,
    GivenBack,
    Held,
    ModeChosen,
    MoreGiven,
    Resumed,
    Undone,
    Why,
)
from cotutor.domain.plan import MODE_NAMES, Kind, Mode
from cotutor.domain.session import (
    Hold,
    SessionState,
    Step,
    Undoable,
    advance,
    go_on,
    reach_mark,
    speaker_place,
)


class NotNow(CotutorError):
    """A command makes no sense at this point of the session; the message says why."""


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


class Choose(Struct, frozen=True):
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


Command = (
    Next
    | Pause
    | Resume
    | More
    | GiveBack
    | Undo
    | StartedEarlier
    | Choose
    | Explain
    | End
    | CountAway
    | LeaveOutAway
)


def apply(state: SessionState, command: Command, now: int) -> Step:
    """Bring the state up to ``now`` and obey a command.

    Raises:
        NotNow: the command makes no sense at this point. The state is then as if only time
            had passed.
    """
    reached = advance(state, now)
    if isinstance(command, Undo):
        step = _undo(reached.state, now)
    else:
        if reached.state.ended:
            raise NotNow("The session is over.")
        step = _OBEY[type(command)](reached.state, command)
        before = replace(reached.state, undoable=())
        undoable = (
            *reached.state.undoable,
            Undoable(before, at=reached.state.seen, what=_WHAT[type(command)]),
        )
        step = Step(replace(step.state, undoable=undoable), step.events)
    return Step(step.state, (*reached.events, *step.events))


def _undo(state: SessionState, now: int) -> Step:
    earlier = [one for one in state.undoable if now - one.at <= state.undo_for]
    if not earlier:
        raise NotNow("Nothing to undo: a command can be undone for ten seconds.")
    last = earlier.pop()
    step = advance(replace(last.before, undoable=tuple(earlier)), now)
    return Step(step.state, (Undone(now, last.what), *step.events))


def _on(state: SessionState, _command: Next) -> Step:
    return go_on(state)


def _pause(state: SessionState, _command: Pause) -> Step:
    return _held(state, Why.PAUSE)


def _explain(state: SessionState, _command: Explain) -> Step:
    return _held(state, Why.EXPLAIN)


def _held(state: SessionState, why: Why) -> Step:
    if state.hold and state.hold.why is Why.AWAY:
        raise NotNow("Decide first whether the time away counts.")
    if state.hold and why in (state.hold.why, Why.PAUSE):
        raise NotNow("The clock is held already.")
    since = state.hold.since if state.hold else state.seen
    return Step(replace(state, hold=Hold(why, since)), (Held(state.seen, why),))


def _resume(state: SessionState, _command: Resume) -> Step:
    if state.hold is None:
        raise NotNow("The clock is running.")
    if state.hold.why is Why.AWAY:
        raise NotNow("Decide first whether the time away counts.")
    held = state.seen - state.hold.since
    return Step(replace(state, hold=None), (Resumed(state.seen, state.hold.why, held),))


def _more(state: SessionState, command: More) -> Step:
    extra = replace(state.spell, extra=state.spell.extra + command.amount)
    return Step(replace(state, spell=extra), (MoreGiven(state.seen, state.phase.speaker, command.amount),))


def _give_back(state: SessionState, command: GiveBack) -> Step:
    amount = min(command.amount, state.left)
    if amount <= 0:
        raise NotNow("No time is left to give back.")
    state = replace(state, spell=replace(state.spell, extra=state.spell.extra - amount))
    given = GivenBack(state.seen, state.phase.speaker, amount)
    if state.left > 0:
        return Step(state, (given,))
    step = reach_mark(state)
    return Step(step.state, (given, *step.events))


def _started_earlier(state: SessionState, command: StartedEarlier) -> Step:
    """Take the time from the phases before, latest first, and what they lack from before the session."""
    events: tuple[Event, ...] = ()
    if state.phase.kind is not Kind.TURN and _next_is_turn(state):
        step = go_on(state)
        state, events = step.state, step.events
    needed = command.amount
    done = list(state.done)
    for number in range(len(done) - 1, -1, -1):
        taken = min(needed, done[number].ran)
        done[number] = replace(done[number], ran=done[number].ran - taken)
        needed -= taken
    spell = replace(state.spell, ran=state.spell.ran + command.amount)
    state = replace(state, done=tuple(done), began=state.began - needed, spell=spell)
    return Step(state, (*events, BeganEarlier(state.seen, command.amount)))


def _next_is_turn(state: SessionState) -> bool:
    following = state.spell.index + 1
    return following < len(state.plan.phases) and state.plan.phases[following].kind is Kind.TURN


def _choose(state: SessionState, command: Choose) -> Step:
    place = speaker_place(state)
    if place is None:
        raise NotNow("Nobody speaks any more in this session.")
    if command.mode not in state.plan.modes:
        allowed = ", ".join(MODE_NAMES[mode] for mode in state.plan.modes)
        raise NotNow(f"This plan is for {allowed}.")
    modes = tuple(
        command.mode if number == place else mode for number, mode in enumerate(state.modes, start=1)
    )
    return Step(replace(state, modes=modes), (ModeChosen(state.seen, place, command.mode),))


def _end(state: SessionState, _command: End) -> Step:
    last = len(state.plan.phases) - 1
    close = last if state.plan.phases[last].kind is Kind.CLOSE else last + 1
    going_to = close if state.spell.index < close else last + 1
    step = go_on(state, going_to)
    early = (EndedEarly(state.seen),) if state.spell.index < last else ()
    return Step(step.state, (*early, *step.events))


def _count_away(state: SessionState, _command: CountAway) -> Step:
    hold = _away(state)
    spell = replace(state.spell, ran=state.spell.ran + hold.away, held=state.spell.held - hold.away)
    return Step(replace(state, hold=None, spell=spell), (AwayDecided(state.seen, hold.away, counted=True),))


def _leave_out_away(state: SessionState, _command: LeaveOutAway) -> Step:
    hold = _away(state)
    return Step(replace(state, hold=None), (AwayDecided(state.seen, hold.away, counted=False),))


def _away(state: SessionState) -> Hold:
    if state.hold is None or state.hold.why is not Why.AWAY:
        raise NotNow("Nobody was away.")
    return state.hold


_OBEY: dict[type[Command], Callable[..., Step]] = {
    Next: _on,
    Pause: _pause,
    Resume: _resume,
    More: _more,
    GiveBack: _give_back,
    StartedEarlier: _started_earlier,
    Choose: _choose,
    Explain: _explain,
    End: _end,
    CountAway: _count_away,
    LeaveOutAway: _leave_out_away,
}

_WHAT: dict[type[Command], str] = {
    Next: "going on",
    Pause: "the pause",
    Resume: "going on after the hold",
    More: "the extra time",
    GiveBack: "giving time back",
    StartedEarlier: "the earlier start",
    Choose: "the change of listening",
    Explain: "stop and explain",
    End: "ending the session",
    CountAway: "counting the time away",
    LeaveOutAway: "leaving out the time away",
}
