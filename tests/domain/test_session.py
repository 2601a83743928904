"""The engine by itself: phases, marks, soft and hard stops, absences, a clock that jumps."""

import pytest

from cotutor.domain.agreement import Agreement
from cotutor.domain.commands import Next, Pause, Resume
from cotutor.domain.duration import MINUTE, SECOND, Length
from cotutor.domain.events import (
    Held,
    PhaseBegan,
    PhaseEnded,
    SessionEnded,
    TimeUp,
    WarningDue,
    WentAway,
    Why,
)
from cotutor.domain.ledger import phase_length
from cotutor.domain.plan import Kind, Mode, Phase, Stop
from cotutor.domain.session import AWAY_AFTER, Outcome, advance, begin, next_due, speaker_place
from tests.domain.strategies import HARD, NOON, PAIR, TRIAD, TURNS, Session, a_plan, turn


def test_a_session_begins_with_its_first_phase() -> None:
    outcome = begin(PAIR, Agreement.usual(PAIR), NOON)
    assert outcome.events == (PhaseBegan(NOON, 0),)
    assert outcome.state.phase.kind is Kind.SETTLE
    assert outcome.state.left == Kind.SETTLE.traits.length
    assert not outcome.state.ended


def test_every_turn_takes_the_length_agreed_on() -> None:
    session = Session(PAIR, Agreement.usual(PAIR).with_turn(Length(7 * MINUTE)))
    session.give(Next())
    assert session.state.left == 7 * MINUTE
    assert session.state.modes == (Mode.THINK, Mode.THINK)


def test_a_phase_with_a_length_of_its_own_keeps_it() -> None:
    plan = a_plan(turn(1, minutes=3), turn(2)).with_turn(Length(5 * MINUTE))
    assert [phase_length(phase) for phase in plan.phases] == [3 * MINUTE, 5 * MINUTE]


def test_a_plan_that_was_not_filled_in_has_no_lengths() -> None:
    with pytest.raises(ValueError, match="with_turn"):
        phase_length(turn(1))


def test_with_turn_without_a_length_keeps_the_plans_own() -> None:
    assert phase_length(TURNS.with_turn().phases[0]) == 20 * MINUTE


def test_a_plan_says_who_listens_and_who_observes() -> None:
    parts = [(phase.speaker, phase.listener, phase.observer) for phase in TRIAD.with_turn().phases]
    assert parts == [(1, 2, 3), (2, 3, 1), (3, 1, 2)]
    assert [(phase.listener, phase.observer) for phase in TURNS.with_turn().phases] == [(2, None), (1, None)]


def test_a_warning_and_the_end_of_the_time_are_reported_once_each_and_on_time() -> None:
    session = Session(TURNS)
    session.wait(minutes=30)
    assert session.events == [
        PhaseBegan(NOON, 0),
        WarningDue(NOON + 18 * MINUTE, 2 * MINUTE),
        TimeUp(NOON + 20 * MINUTE, 0),
    ]


def test_each_speaker_has_as_many_warnings_as_they_asked_for() -> None:
    agreement = Agreement.usual(TURNS).warned((5 * MINUTE, MINUTE, 10 * SECOND), 1).warned((), 2)
    session = Session(TURNS, agreement)
    session.wait(minutes=20)
    session.give(Next())
    session.wait(minutes=20)
    assert session.warned == [5, 1, 1 / 6]


def test_only_a_turn_is_warned_of() -> None:
    session = Session(a_plan(Phase(Kind.TOGETHER), Phase(Kind.NEWS, speaker=1)))
    session.wait(minutes=10)
    session.give(Next())
    session.wait(minutes=3)
    assert session.warned == []


def test_a_warning_that_does_not_fit_a_short_turn_is_not_given() -> None:
    session = Session(a_plan(turn(1, minutes=2), turn(2)))
    session.wait(minutes=2)
    assert session.warned == []


def test_a_soft_stop_counts_up_until_somebody_moves_on() -> None:
    session = Session(TURNS)
    session.wait(minutes=20, seconds=40)
    assert session.state.left == -40 * SECOND
    assert session.state.spell.index == 0
    assert session.give(Next()) == (
        PhaseEnded(session.now, 0, 20 * MINUTE + 40 * SECOND),
        PhaseBegan(session.now, 1),
    )


def test_a_hard_stop_goes_on_by_itself_and_on_time_however_late_the_look() -> None:
    session = Session(HARD)
    session.wait(minutes=19, seconds=50)
    due = NOON + 20 * MINUTE
    assert session.wait(seconds=25) == (TimeUp(due, 0), PhaseEnded(due, 0, 20 * MINUTE), PhaseBegan(due, 1))
    assert session.state.spell.ran == 15 * SECOND


def test_several_hard_phases_may_pass_between_two_looks() -> None:
    breath = Phase(Kind.BREAK, Length(5 * SECOND), stop=Stop.HARD)
    session = Session(a_plan(breath, breath, breath))
    session.wait(seconds=20)
    assert [event.at - NOON for event in session.events if isinstance(event, TimeUp)] == [5000, 10000, 15000]
    assert session.events[-1] == SessionEnded(NOON + 15 * SECOND)
    assert session.state.seen == NOON + 15 * SECOND


def test_a_session_that_is_over_stays_so() -> None:
    session = Session(TURNS)
    session.give(Next(), Next())
    ended = session.state
    assert ended.ended
    assert (ended.allotted, ended.left, ended.phase) == (0, 0, ended.plan.phases[1])
    assert session.wait(minutes=5) == ()
    assert (session.state.seen, next_due(session.state), speaker_place(session.state)) == (NOON, None, None)
    assert session.state.undoable == ()


def test_a_session_knows_who_speaks_next() -> None:
    session = Session(PAIR)
    assert speaker_place(session.state) == 1
    session.give(Next(), Next())
    assert speaker_place(session.state) == 2
    session.give(Next(), Next(), Next())
    assert speaker_place(session.state) is None


def test_a_long_gap_between_two_looks_holds_the_clock_and_nothing_fires_late() -> None:
    session = Session(HARD)
    session.wait(minutes=19)
    assert session.vanish(minutes=11) == (Held(session.now, Why.AWAY), WentAway(session.now, 11 * MINUTE))
    assert session.state.left == MINUTE
    assert session.state.hold is not None
    assert session.state.hold.away == 11 * MINUTE
    assert next_due(session.state) is None


def test_the_longest_gap_that_is_no_absence_counts() -> None:
    session = Session(TURNS)
    assert session.wait(milliseconds=AWAY_AFTER) == ()
    assert session.state.spell.ran == AWAY_AFTER
    assert session.vanish(minutes=(AWAY_AFTER + 1) / MINUTE)[-1] == WentAway(session.now, AWAY_AFTER + 1)


def test_how_long_an_absence_is_may_be_chosen() -> None:
    state = begin(TURNS, Agreement.usual(TURNS), NOON, away_after=60 * AWAY_AFTER).state
    assert advance(state, NOON + 10 * MINUTE).events == ()


def test_time_goes_on_being_away_until_the_pair_decides() -> None:
    session = Session(TURNS)
    session.vanish(minutes=11)
    assert session.wait(seconds=20) == ()
    assert session.vanish(minutes=2) == ()
    assert session.state.hold is not None
    assert session.state.hold.away == 13 * MINUTE + 20 * SECOND


def test_nobody_is_away_in_a_pause() -> None:
    session = Session(TURNS)
    session.wait(minutes=1)
    session.give(Pause())
    assert session.vanish(minutes=45) == ()
    session.give(Resume())
    assert session.state.spell.ran == MINUTE
    assert session.state.spell.held == 45 * MINUTE


def test_a_clock_set_back_changes_nothing() -> None:
    session = Session(TURNS)
    session.wait(minutes=5)
    assert advance(session.state, NOON) == Outcome(session.state)
    session.now = NOON
    session.give(Pause())
    assert session.events[-1] == Held(NOON + 5 * MINUTE, Why.PAUSE)


def test_the_next_mark_is_known() -> None:
    session = Session(TURNS)
    assert next_due(session.state) == NOON + 18 * MINUTE
    session.wait(minutes=18)
    assert next_due(session.state) == NOON + 20 * MINUTE
    session.wait(minutes=2)
    assert next_due(session.state) is None
