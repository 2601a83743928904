"""What holds in every session, whatever people do and whenever somebody looks at the clock."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from cotutor.domain.agreement import Agreement
from cotutor.domain.commands import LeaveOutAway, Next, NotNow, Pause, Resume, SessionCommand, Undo, apply
from cotutor.domain.duration import MINUTE, SECOND
from cotutor.domain.events import (
    Event,
    Held,
    PhaseBegan,
    PhaseEnded,
    SessionEnded,
    TimeUp,
    Undone,
    WarningDue,
    Why,
)
from cotutor.domain.ledger import Spell, accounts
from cotutor.domain.plan import Kind, Stop
from cotutor.domain.session import AWAY_AFTER, MOST_UNDOS, UNDO_FOR, SessionState, advance, begin, next_due
from tests.domain.strategies import (
    NOON,
    PAIR,
    agreements,
    apt,
    carried_on,
    commands,
    full,
    histories,
    plans,
    sessions,
)

History = Sequence[tuple[int, SessionCommand | None]]


def spells_of(state: SessionState) -> tuple[Spell, ...]:
    return state.done if state.ended else (*state.done, state.spell)


def without_undo(state: SessionState) -> SessionState:
    return replace(state, undoable=())


@full(20)
@given(sessions())
def test_times_add_up_to_the_clock(state: SessionState) -> None:
    assert sum(spell.ran + spell.held for spell in spells_of(state)) == state.seen - state.began
    assert all(spell.ran >= 0 and spell.held >= 0 for spell in spells_of(state))
    assert state.began <= NOON


@full(20)
@given(sessions())
def test_the_books_balance_or_show_what_is_owed(state: SessionState) -> None:
    books = accounts(state.plan, state.done, state.spell)
    still_to_come = {
        phase.speaker for phase in state.plan.phases[state.spell.index + 1 :] if phase.kind is Kind.TURN
    }
    assert min((one.owed for one in books), default=0) == 0
    for one in books:
        turns = [
            spell
            for spell in spells_of(state)
            if (phase := state.plan.phases[spell.index]).kind is Kind.TURN and phase.speaker == one.place
        ]
        assert one.spoken == sum(spell.ran for spell in turns)
        assert 0 <= one.waived <= max(0, sum(max(0, -spell.extra) for spell in turns))
        assert one.credit >= 0
        if one.place in still_to_come:
            assert one.owed == 0
        else:
            assert one.credit == 0


@full(20)
@given(sessions())
def test_when_all_is_over_everybody_had_the_same_or_the_difference_is_owed(state: SessionState) -> None:
    for _phase in state.plan.phases:
        state = carried_on(_no_hold(state), Next(), state.seen + 1).state
    assert state.ended
    books = accounts(state.plan, state.done, state.spell)
    assert len({one.spoken + one.waived + one.owed - one.planned for one in books}) <= 1


@full(20)
@given(sessions())
def test_nothing_is_owed_to_whoever_has_a_whole_turn_after_the_others(state: SessionState) -> None:
    assume(not state.ended)
    state = _no_hold(state)
    last = max((n for n, one in enumerate(state.plan.phases) if one.kind is Kind.TURN), default=-1)
    assume(state.spell.index < last)
    for _phase in range(state.spell.index, last + 1):
        state = _spent(state)
    books = {one.place: one for one in accounts(state.plan, state.done, state.spell)}
    place = state.plan.phases[last].speaker
    assert place is not None
    assert books[place].owed == 0


def _spent(state: SessionState) -> SessionState:
    """Let the present phase take exactly what is left of it, and go on."""
    index = state.spell.index
    for _look in range(state.left // AWAY_AFTER + 1):
        state = advance(state, state.seen + min(max(state.left, 1), AWAY_AFTER)).state
        if state.spell.index != index:
            return state
    return apply(state, Next(), state.seen).state


def _no_hold(state: SessionState) -> SessionState:
    if state.hold is None:
        return state
    asked = apply(state, Resume(), state.seen) if state.hold.why is not Why.AWAY else None
    state = asked.state if asked else state
    return apply(state, LeaveOutAway(), state.seen).state if state.hold else state


@full(20)
@given(sessions(), st.integers(0, AWAY_AFTER), st.data())
def test_looking_late_tells_the_same_as_looking_often(
    state: SessionState, gap: int, data: st.DataObject
) -> None:
    assume(state.hold is None or state.hold.why is not Why.AWAY)
    until = state.seen + gap
    looks = sorted(data.draw(st.lists(st.integers(state.seen, until), max_size=12)))
    often, events = state, tuple[Event, ...]()
    for now in (*looks, until):
        outcome = advance(often, now)
        often, events = outcome.state, (*events, *outcome.events)
    assert (often, events) == (advance(state, until).state, advance(state, until).events)


@full(20)
@given(sessions(), st.lists(st.integers(0, 5 * MINUTE), max_size=6))
def test_a_held_clock_may_be_looked_at_as_seldom_as_you_like(state: SessionState, gaps: list[int]) -> None:
    state = state if state.hold else carried_on(state, Pause(), state.seen).state
    often, now = state, state.seen
    for gap in gaps:
        now += gap
        outcome = advance(often, now)
        often = outcome.state
        assert outcome.events == ()
    assert often == advance(state, now).state


@full(20)
@given(sessions(), commands, st.integers(0, AWAY_AFTER), st.integers(0, AWAY_AFTER))
def test_a_command_finds_the_same_session_however_late_the_look(
    state: SessionState, command: SessionCommand, first: int, then: int
) -> None:
    assume(first + then <= AWAY_AFTER)
    looked = advance(state, state.seen + first)
    late = carried_on(state, command, state.seen + first + then)
    punctual = carried_on(looked.state, command, state.seen + first + then)
    assert late.state == punctual.state
    assert late.events == looked.events + punctual.events


@full(30)
@given(st.data())
def test_the_events_are_in_order_and_make_one_story(data: st.DataObject) -> None:
    plan = data.draw(plans())
    outcome = begin(plan, data.draw(agreements(plan)), NOON)
    state, events, now = outcome.state, list(outcome.events), NOON
    for gap, command in data.draw(histories):
        now += gap
        outcome = carried_on(state, None if command == Undo() else apt(state, command), now)
        state = outcome.state
        events += outcome.events
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert events[0] == PhaseBegan(NOON, 0)
    begun = [event.index for event in events if isinstance(event, PhaseBegan)]
    over = [event.index for event in events if isinstance(event, PhaseEnded)]
    assert begun == sorted(set(begun))
    assert over == (begun if state.ended else begun[:-1])
    assert [spell.index for spell in spells_of(state)] == begun
    assert sum(isinstance(event, SessionEnded) for event in events) == state.ended
    assert not state.ended or isinstance(events[-1], SessionEnded)


@full(20)
@given(st.data())
def test_a_session_nobody_touches_tells_every_mark_once(data: st.DataObject) -> None:
    """What is to be reported follows from the plan alone; each hard stop is punctual, each soft one waits."""
    plan = data.draw(plans())
    agreement = data.draw(agreements(plan))
    state = begin(plan, agreement, NOON).state
    expected: list[Event] = []
    at = NOON
    for index, phase in enumerate(plan.with_turn(agreement.turn).phases):
        length = phase.length or 0
        wish = agreement.wishes[phase.speaker - 1].warnings if phase.speaker else ()
        warnings = wish if phase.kind is Kind.TURN else ()
        expected += [WarningDue(at + length - warning, warning) for warning in warnings if warning < length]
        at += length
        expected.append(TimeUp(at, index))
        if phase.stop is Stop.SOFT:
            break
        expected += [PhaseEnded(at, index, length)]
        last = index == len(plan.phases) - 1
        expected += [SessionEnded(at) if last else PhaseBegan(at, index + 1)]
    reported: list[Event] = []
    for now in range(NOON, at + 2 * AWAY_AFTER, data.draw(st.integers(AWAY_AFTER // 2, AWAY_AFTER))):
        outcome = advance(state, now)
        state = outcome.state
        reported += outcome.events
    assert reported == expected


@full(20)
@given(sessions(), st.integers(1, AWAY_AFTER))
def test_the_next_mark_is_when_the_next_thing_happens(state: SessionState, gap: int) -> None:
    due = next_due(state)
    if due is None:
        assert (
            state.ended
            or state.hold
            or not [event for event in advance(state, state.seen + gap).events if not isinstance(event, Held)]
        )
        return
    assert due >= state.seen
    if state.seen < due <= state.seen + AWAY_AFTER:
        assert advance(state, due - 1).events == ()
        assert advance(state, due).events[0].at == due


@full(30)
@given(sessions(), commands, st.integers(0, AWAY_AFTER), st.integers(0, UNDO_FOR), st.data())
def test_undo_restores_exactly(
    state: SessionState, command: SessionCommand, gap: int, pause: int, data: st.DataObject
) -> None:
    """Whatever the command and however many looks since, it is as if it had never been given."""
    assume(command != Undo())
    at = state.seen + gap
    before = advance(state, at).state
    try:
        given_ = apply(state, command, at).state
    except NotNow:
        return
    at = before.seen
    until = at + pause
    for now in sorted(data.draw(st.lists(st.integers(at, until), max_size=4))):
        given_ = advance(given_, now).state
    undone = apply(given_, Undo(), until)
    assert without_undo(undone.state) == without_undo(advance(before, until).state)
    assert sum(isinstance(event, Undone) for event in undone.events) == 1


@full(20)
@given(sessions(), st.lists(st.tuples(st.integers(0, 2 * SECOND), commands), max_size=5))
def test_several_undos_go_back_one_by_one(
    state: SessionState, given_: list[tuple[int, SessionCommand]]
) -> None:
    state = without_undo(advance(state, state.seen + 1).state)
    assume(not state.ended)
    now, trail = state.seen, [state]
    for gap, command in given_:
        now += gap
        try:
            if command != Undo():
                after = apply(trail[-1], command, now).state
                trail.append(after)
        except NotNow:
            continue
    state = trail.pop()
    for before in reversed(trail):
        state = apply(state, Undo(), now).state
        assert without_undo(state) == without_undo(advance(before, now).state)
    with pytest.raises(NotNow):
        apply(state, Undo(), now)


@full(20)
@given(st.data())
def test_undoing_never_tells_a_thing_twice(data: st.DataObject) -> None:
    plan = data.draw(plans())
    state = begin(plan, data.draw(agreements(plan)), NOON).state
    now, reported = NOON, list[Event]()
    for gap, command in data.draw(histories):
        now += max(1, gap)
        outcome = carried_on(state, apt(state, command), now)
        state = outcome.state
        reported += [event for event in outcome.events if isinstance(event, WarningDue)]
    assert len(reported) == len(set(reported))


@full(20)
@given(sessions(), st.lists(commands, min_size=MOST_UNDOS, max_size=MOST_UNDOS * 2))
def test_what_can_be_undone_stays_bounded(state: SessionState, held_down: list[SessionCommand]) -> None:
    for command in held_down:
        state = carried_on(state, command, state.seen).state
    assert len(state.undoable) <= MOST_UNDOS
    assert all(one.before.undoable == () for one in state.undoable)
    later = advance(state, state.seen + UNDO_FOR + 1).state
    assert later.undoable == ()


@full(20)
@given(sessions(), st.integers(0, 10**7))
def test_an_earlier_instant_changes_nothing(state: SessionState, back: int) -> None:
    assert advance(state, state.seen - back) == advance(state, state.seen)
    assert advance(state, state.seen).events == ()


@full(20)
@given(histories)
def test_in_the_usual_session_the_second_turn_repays_the_first(history: History) -> None:
    """Whatever happens in the first turn, a second turn that takes its whole time is owed nothing."""
    state = begin(PAIR, Agreement.usual(PAIR), NOON).state
    state = apply(state, Next(), NOON).state
    for gap, command in history:
        if state.spell.index > 1:
            break
        state = carried_on(state, apt(state, command), state.seen + max(0, gap)).state
    state = without_undo(_no_hold(state))
    for _phase in range(state.spell.index, 4):
        state = apply(state, Next(), state.seen).state
    assume(state.spell.index == 4)
    first = accounts(state.plan, state.done, state.spell)[0]
    for _look in range(state.left // AWAY_AFTER + 1):
        state = advance(state, state.seen + min(state.left, AWAY_AFTER)).state
    a, b = accounts(state.plan, state.done, state.spell)
    assert b.owed == 0
    assert a.spoken == first.spoken
    assert b.spoken == max(20 * MINUTE, a.spoken)
    assert a.owed == max(0, 20 * MINUTE - a.spoken - a.waived)
