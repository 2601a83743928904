"""What people decide about time itself: more of it, giving it back, an earlier start, time away.

Every one of these returns the next state and its events, and raises ``NotNow`` where it makes no
sense. Lengths are milliseconds.
"""

from msgspec.structs import replace

from cotutor.domain.agreement import LONGEST_TURN
from cotutor.domain.duration import in_words
from cotutor.domain.events import AwayDecided, BeganEarlier, Event, GivenBack, MoreGiven, Why
from cotutor.domain.session import NotNow, Outcome, SessionState, go_on, leap_marks

MOST_AT_ONCE = LONGEST_TURN
"""The most time that one command may be about, and that a phase may be lengthened by."""


def more(state: SessionState, amount: int) -> Outcome:
    """Lengthen the present phase; the ledger credits the others once it is used."""
    extra = state.spell.extra + _sensible(amount)
    if extra > MOST_AT_ONCE:
        raise NotNow(f"A phase takes at most {in_words(MOST_AT_ONCE)} more than was agreed.")
    state = replace(state, spell=replace(state.spell, extra=extra))
    return Outcome(state, (MoreGiven(state.seen, state.phase.speaker, amount),))


def give_back(state: SessionState, amount: int) -> Outcome:
    """Shorten the present phase by ``amount``, or by all that is left if that is less."""
    left = state.left
    if left <= 0:
        raise NotNow("No time is left to give back.")
    amount = min(_sensible(amount), left)
    state = replace(state, spell=replace(state.spell, extra=state.spell.extra - amount))
    return _then(GivenBack(state.seen, state.phase.speaker, amount), leap_marks(state, left))


def started_earlier(state: SessionState, amount: int) -> Outcome:
    """Take the time from the phases before, latest first, and what they lack from before the session.

    It goes back as far as the beginning of the turn before, and never into what was before that.
    """
    amount = _sensible(amount)
    began: tuple[Event, ...] = ()
    if not state.phase.is_turn and _next_is_turn(state):
        outcome = go_on(state)
        state, began = outcome.state, outcome.events
    since_turn = _since_turn(state)
    if since_turn is not None and amount > since_turn:
        raise NotNow(f"Only {in_words(since_turn)} counted since the turn before began.")
    needed = amount
    done = list(state.done)
    for number in range(len(done) - 1, -1, -1):
        taken = min(needed, done[number].ran)
        done[number] = replace(done[number], ran=done[number].ran - taken)
        needed -= taken
    spell = replace(state.spell, ran=state.spell.ran + amount)
    earlier = replace(state, done=tuple(done), began=state.began - needed, spell=spell)
    outcome = _then(BeganEarlier(state.seen, amount), leap_marks(earlier, state.left))
    return Outcome(outcome.state, began + outcome.events)


def _next_is_turn(state: SessionState) -> bool:
    following = state.spell.index + 1
    return following < len(state.plan.phases) and state.plan.phases[following].is_turn


def _since_turn(state: SessionState) -> int | None:
    """What has counted since the latest turn that is over began; None before any."""
    since = 0
    for spell in reversed(state.done):
        since += spell.ran
        if state.plan.phases[spell.index].is_turn:
            return since
    return None


def count_away(state: SessionState) -> Outcome:
    """The time away was time in this phase; what it leapt over is reported once, as it is now."""
    away = _away(state)
    spell = replace(state.spell, ran=state.spell.ran + away, held=state.spell.held - away)
    counted = replace(state, hold=None, spell=spell)
    return _then(AwayDecided(state.seen, away, counted=True), leap_marks(counted, state.left))


def leave_out_away(state: SessionState) -> Outcome:
    """The time away stays held."""
    return Outcome(replace(state, hold=None), (AwayDecided(state.seen, _away(state), counted=False),))


def _away(state: SessionState) -> int:
    if state.hold is None or state.hold.why is not Why.AWAY:
        raise NotNow("There is no time away to decide on.")
    return state.hold.away


def _sensible(amount: int) -> int:
    if not 0 < amount <= MOST_AT_ONCE:
        raise NotNow(f"Say a length of time of more than nought and at most {in_words(MOST_AT_ONCE)}.")
    return amount


def _then(event: Event, outcome: Outcome) -> Outcome:
    return Outcome(outcome.state, (event, *outcome.events))
