"""The session engine: pure functions from a state and an instant to the next state.

``begin`` starts the clock and ``advance`` brings a state up to an instant; the commands that
people give are in ``commands.py``. Nothing here reads a clock or counts ticks: a timer only
pokes, the time elapsed is a subtraction, and a late poke yields the same events, in the same
order, as punctual ones would have.

All instants and lengths are whole milliseconds; instants count from any fixed origin.
"""

from msgspec import Struct
from msgspec.structs import replace

from cotutor.domain.agreement import Agreement
from cotutor.domain.duration import SECOND
from cotutor.domain.errors import CotutorError
from cotutor.domain.events import (
    Event,
    Held,
    PhaseBegan,
    PhaseEnded,
    SessionEnded,
    TimeUp,
    WarningDue,
    WentAway,
    Why,
)
from cotutor.domain.ledger import Spell, allotted
from cotutor.domain.plan import Mode, Phase, Plan, Stop

AWAY_AFTER = 30 * SECOND
"""A gap between two looks at the clock that means the computer slept or the program was stopped."""
UNDO_FOR = 10 * SECOND
"""How long a command can be undone."""
MOST_UNDOS = 20
"""How many commands in a row can be undone; a key held down gives more than anybody takes back."""


class NotNow(CotutorError):
    """A command makes no sense at this point of the session; the message says why."""


class Hold(Struct, frozen=True):
    """The clock does not count: since when, and why."""

    why: Why
    since: int
    away: int = 0
    """If not nought, the question is open: how long nobody looked at the clock, and when ``why``
    is AWAY also what has passed since, for people who talk on do not see the question."""


class Undoable(Struct, frozen=True):
    """The state as it was before a command, for as long as that can be undone."""

    before: "SessionState"
    at: int
    what: str
    since: tuple[Event, ...] = ()
    """What time alone brought about since the command; undoing it reports none of that again."""


class SessionState(Struct, frozen=True):
    """Everything about a session that runs."""

    plan: Plan
    agreement: Agreement
    modes: tuple[Mode, ...]
    """What each speaker wants at present, in speaking order."""
    began: int
    seen: int
    """The instant this state is up to."""
    spell: Spell
    """The present phase; its index is past the last phase when the session is over."""
    done: tuple[Spell, ...] = ()
    hold: Hold | None = None
    undoable: tuple[Undoable, ...] = ()
    """The commands that can still be undone, latest last."""
    away_after: int = AWAY_AFTER
    undo_for: int = UNDO_FOR

    @property
    def ended(self) -> bool:
        """Whether the last phase is over."""
        return self.spell.index >= len(self.plan.phases)

    @property
    def phase(self) -> Phase:
        """The present phase; the last one when the session is over."""
        return self.plan.phases[min(self.spell.index, len(self.plan.phases) - 1)]

    @property
    def allotted(self) -> int:
        """How long the present phase is to last, in milliseconds."""
        return 0 if self.ended else allotted(self.plan, self.done, self.spell)

    @property
    def left(self) -> int:
        """Milliseconds left in the present phase; below nought it is over its time."""
        return self.allotted - self.spell.ran


class Outcome(Struct, frozen=True):
    """What comes of an instant or a command: the next state, and what happened, in order."""

    state: SessionState
    events: tuple[Event, ...] = ()


def begin(
    plan: Plan, agreement: Agreement, now: int, *, away_after: int = AWAY_AFTER, undo_for: int = UNDO_FOR
) -> Outcome:
    """Start the first phase.

    Args:
        plan: the plan as loaded.
        agreement: what the people agreed on for it.
        now: the present instant.
        away_after: how long a gap between two looks must be to count as absence.
        undo_for: how long a command can be undone; not longer than ``away_after``.
    """
    state = SessionState(
        plan=plan.with_turn(agreement.turn),
        agreement=agreement,
        modes=tuple(wish.mode for wish in agreement.wishes),
        began=now,
        seen=now,
        spell=Spell(0),
        away_after=away_after,
        undo_for=undo_for,
    )
    return Outcome(state, (PhaseBegan(now, 0),))


def advance(state: SessionState, now: int) -> Outcome:
    """Bring a state up to ``now``; an earlier instant than it has seen changes nothing.

    After a gap longer than ``away_after`` nothing fires late: the clock is held, and the pair
    decides whether the time counts.
    """
    if now <= state.seen:
        return Outcome(state)
    state = replace(state, undoable=tuple(one for one in state.undoable if now - one.at <= state.undo_for))
    if state.ended:
        return Outcome(state)
    if state.hold:
        return Outcome(_held(state, now, state.hold))
    gap = now - state.seen
    if gap > state.away_after:
        state = _held(state, now, Hold(Why.AWAY, since=state.seen))
        return Outcome(state, (Held(now, Why.AWAY), WentAway(now, gap)))
    return _noted(_run(state, now))


def _held(state: SessionState, now: int, hold: Hold) -> SessionState:
    """Let time pass that does not count, unless the pair decides later that it does."""
    gap = now - state.seen
    if hold.why is Why.AWAY:
        hold = replace(hold, away=hold.away + gap)
    return replace(state, seen=now, hold=hold, spell=replace(state.spell, held=state.spell.held + gap))


def _noted(outcome: Outcome) -> Outcome:
    """Note what happened with every command that can be undone."""
    undoable = tuple(replace(one, since=one.since + outcome.events) for one in outcome.state.undoable)
    return Outcome(replace(outcome.state, undoable=undoable), outcome.events)


def next_due(state: SessionState) -> int | None:
    """The instant of the next warning or end of time, if the clock runs and one is still to come."""
    if state.ended or state.hold:
        return None
    marks = [mark for mark in _marks(state) if mark > state.spell.ran]
    if state.phase.stop is Stop.HARD and state.left <= 0:
        return state.seen
    return state.seen + min(marks) - state.spell.ran if marks else None


def _run(state: SessionState, now: int) -> Outcome:
    """Let the clock count up to ``now``, stopping at each mark on the way."""
    events: list[Event] = []
    while not state.ended:
        due = next_due(state)
        if due is None or due > now:
            return Outcome(_counted(state, now), tuple(events))
        state = _counted(state, due)
        outcome = reach_mark(state)
        state = outcome.state
        events.extend(outcome.events)
    return Outcome(state, tuple(events))


def _counted(state: SessionState, now: int) -> SessionState:
    return replace(state, seen=now, spell=replace(state.spell, ran=state.spell.ran + now - state.seen))


def _marks(state: SessionState) -> list[int]:
    """How much must have run for each warning, and for the time to be up."""
    return [state.allotted - warning for warning in (0, *_warnings(state))]


def _warnings(state: SessionState) -> tuple[int, ...]:
    place = state.phase.turn_of
    return state.agreement.wishes[place - 1].warnings if place else ()


def reach_mark(state: SessionState) -> Outcome:
    """What it means that the clock has just reached a mark: a warning, or the end of the time."""
    if state.left > 0:
        return Outcome(state, (WarningDue(state.seen, state.left),))
    up = TimeUp(state.seen, state.spell.index)
    if state.phase.stop is Stop.SOFT:
        return Outcome(state, (up,))
    outcome = go_on(state)
    return Outcome(outcome.state, (up, *outcome.events))


def leap_marks(state: SessionState, was_left: int) -> Outcome:
    """What it means that the time left fell at one go from ``was_left``.

    Of the warnings leapt over, one is given, with what is really left. A phase with a hard stop
    waits for a hold to be over before it goes on by itself.
    """
    if state.hold and state.phase.stop is Stop.HARD and state.left <= 0:
        return Outcome(state)
    if any(state.left <= mark < was_left for mark in (0, *_warnings(state))):
        return reach_mark(state)
    return Outcome(state)


def go_on(state: SessionState, index: int | None = None) -> Outcome:
    """End the present phase and begin the one at ``index``, or the next one."""
    ended = PhaseEnded(state.seen, state.spell.index, state.spell.ran)
    following = state.spell.index + 1 if index is None else index
    state = replace(state, done=(*state.done, state.spell), spell=Spell(following), hold=None)
    if state.ended:
        return Outcome(state, (ended, SessionEnded(state.seen)))
    return Outcome(state, (ended, PhaseBegan(state.seen, following)))


def speaker_place(state: SessionState) -> int | None:
    """The place of who speaks, or of who speaks next; None when no turn is left."""
    if state.ended:
        return None
    phases = state.plan.phases[state.spell.index :]
    return next((phase.turn_of for phase in phases if phase.is_turn), None)
