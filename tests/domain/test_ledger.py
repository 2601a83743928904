"""Who had how much, and what is owed: for two, for three, for several turns, for one."""

import pytest

from cotutor.domain.agreement import Agreement
from cotutor.domain.commands import End, GiveBack, More, Next, Pause, Resume, StartedEarlier
from cotutor.domain.duration import MINUTE
from cotutor.domain.ledger import Account, Spell, accounts, allotted, credit, phase_length, speakers
from cotutor.domain.plan import Kind, Phase
from tests.domain.strategies import CLOSE, PAIR, TRIAD, TURNS, TWICE, Session, a_plan, turn


def spoke(session: Session, *turns: float) -> Session:
    """Let one turn after another take so many minutes."""
    for minutes in turns:
        session.wait(minutes=minutes)
        session.give(Next())
    return session


def test_a_phase_begins_with_no_time_that_ran_was_held_or_was_added() -> None:
    assert Spell(3) == Spell(index=3, ran=0, held=0, extra=0)


def test_a_turn_whose_length_was_never_agreed_on_is_not_counted_in_silence() -> None:
    with pytest.raises(ValueError, match="with_turn"):
        phase_length(turn(1))


def test_before_anybody_spoke_the_books_are_level() -> None:
    assert Session(TURNS).accounts == (
        Account(1, planned=20 * MINUTE, spoken=0, credit=0, waived=0, owed=0),
        Account(2, planned=20 * MINUTE, spoken=0, credit=0, waived=0, owed=0),
    )


def test_what_the_first_had_more_lengthens_the_turn_of_the_second() -> None:
    session = spoke(Session(TURNS), 25)
    assert session.state.allotted == 25 * MINUTE
    spoke(session, 25)
    assert (session.spoken, session.owed) == ([25, 25], [0, 0])


def test_the_second_sees_what_is_coming_as_soon_as_it_is_given() -> None:
    session = Session(TURNS)
    session.give(More(5 * MINUTE))
    assert [one.credit / MINUTE for one in session.accounts] == [0, 5]
    assert session.owed == [0, 0]


def test_more_that_was_not_used_is_not_repaid() -> None:
    session = Session(TURNS)
    session.give(More(5 * MINUTE))
    spoke(session, 22)
    assert session.state.allotted == 22 * MINUTE


def test_what_the_last_had_more_is_owed_to_the_first() -> None:
    assert spoke(Session(TURNS), 20, 23).owed == [3, 0]


def test_a_turn_cut_short_is_owed_when_no_other_is_to_come() -> None:
    session = spoke(Session(TURNS), 15)
    assert session.state.allotted == 20 * MINUTE
    assert session.owed == [5, 0]


def test_a_turn_cut_short_is_made_up_in_the_next_one() -> None:
    session = spoke(Session(TWICE), 6)
    assert [one.credit / MINUTE for one in session.accounts] == [4, 0]
    assert session.owed == [0, 0]
    spoke(session, 10)
    assert session.state.allotted == 14 * MINUTE
    assert spoke(session, 14, 10).owed == [0, 0]


def test_turns_cut_short_alike_are_not_made_up() -> None:
    session = spoke(Session(TWICE), 6, 6)
    assert session.state.allotted == 10 * MINUTE
    assert spoke(session, 10, 10).owed == [0, 0]


def test_time_given_back_is_owed_to_nobody() -> None:
    session = Session(TURNS)
    session.wait(minutes=10)
    session.give(GiveBack(4 * MINUTE))
    assert session.state.left == 6 * MINUTE
    spoke(session, 6, 20)
    assert (session.spoken, session.owed) == ([16, 20], [0, 0])
    assert [one.waived / MINUTE for one in session.accounts] == [4, 0]


def test_time_given_back_and_used_after_all_was_not_given_back() -> None:
    session = Session(TURNS)
    session.give(GiveBack(5 * MINUTE))
    spoke(session, 18)
    assert [one.waived / MINUTE for one in session.accounts] == [2, 0]
    assert session.state.allotted == 20 * MINUTE


def test_time_given_back_and_overrun_is_repaid_beyond_the_plan_only() -> None:
    session = Session(TURNS)
    session.give(GiveBack(5 * MINUTE))
    spoke(session, 23)
    assert [one.waived for one in session.accounts] == [0, 0]
    assert session.state.allotted == 23 * MINUTE


def test_time_given_back_and_then_cut_short_is_owed_beyond_what_was_given() -> None:
    session = Session(TURNS)
    session.give(GiveBack(5 * MINUTE))
    spoke(session, 12)
    assert session.owed == [3, 0]


def test_time_given_back_is_not_made_up_in_the_next_turn() -> None:
    session = Session(TWICE)
    session.give(GiveBack(4 * MINUTE))
    spoke(session, 6, 10)
    assert session.state.allotted == 10 * MINUTE


def test_a_credit_may_be_given_back_too() -> None:
    session = spoke(Session(TURNS), 25)
    session.give(GiveBack(5 * MINUTE))
    assert spoke(session, 20).owed == [0, 0]


def test_giving_back_undoes_what_was_added_before() -> None:
    session = Session(TURNS)
    session.give(More(5 * MINUTE), GiveBack(5 * MINUTE))
    assert spoke(session, 20).state.allotted == 20 * MINUTE
    assert [one.waived for one in session.accounts] == [0, 0]


def test_three_are_levelled_up_to_whoever_had_most() -> None:
    session = spoke(Session(TRIAD), 12)
    assert session.state.allotted == 12 * MINUTE
    spoke(session, 15)
    assert session.state.allotted == 15 * MINUTE
    assert spoke(session, 15).owed == [3, 0, 0]


def test_one_of_three_who_leaves_a_credit_unused_is_owed_it() -> None:
    assert spoke(Session(TRIAD), 12, 10, 12).owed == [0, 2, 0]


def test_one_of_three_who_gives_the_credit_back_is_owed_nothing() -> None:
    session = spoke(Session(TRIAD), 12)
    session.give(GiveBack(2 * MINUTE))
    assert spoke(session, 10, 12).owed == [0, 0, 0]


def test_a_credit_is_levelled_by_what_one_had_more_oneself() -> None:
    session = spoke(Session(TWICE), 13, 15)
    assert session.state.allotted == 12 * MINUTE
    spoke(session, 12)
    assert session.state.allotted == 10 * MINUTE
    spoke(session, 10)
    assert (session.spoken, session.owed) == ([25, 25], [0, 0])


def test_pauses_are_nobodys_time() -> None:
    session = Session(TURNS)
    session.wait(minutes=5)
    session.give(Pause())
    session.wait(minutes=9)
    session.give(Resume())
    assert spoke(session, 15, 20).spoken == [20, 20]


def test_a_turn_that_an_early_end_took_is_owed() -> None:
    session = spoke(Session(PAIR), 1, 20)
    session.give(End())
    assert session.owed == [0, 20]
    session.give(End())
    assert session.state.ended
    assert session.owed == [0, 20]


def test_an_early_end_in_the_first_turn_owes_what_the_other_had_less() -> None:
    session = spoke(Session(PAIR), 1)
    session.wait(minutes=8)
    session.give(End())
    assert session.owed == [0, 8]


def test_an_early_end_after_time_given_counts_that_too() -> None:
    session = spoke(Session(PAIR), 1, 25)
    session.give(End())
    assert session.owed == [0, 25]


def test_an_earlier_start_moves_time_from_one_to_the_other() -> None:
    session = spoke(Session(TURNS), 26)
    session.wait(minutes=1)
    session.give(StartedEarlier(6 * MINUTE))
    assert (session.spoken, session.state.allotted / MINUTE) == ([20, 7], 20)


def test_unequal_turns_stay_as_unequal_as_the_plan_means_them() -> None:
    plan = a_plan(turn(1, minutes=30), turn(2, minutes=10))
    session = spoke(Session(plan), 33)
    assert session.state.allotted == 13 * MINUTE
    assert spoke(session, 13).owed == [0, 0]
    assert [one.planned / MINUTE for one in session.accounts] == [30, 10]


def test_one_speaker_alone_owes_and_is_owed_nothing() -> None:
    session = Session(a_plan(turn(1), turn(1), CLOSE))
    session.give(More(5 * MINUTE))
    spoke(session, 28)
    assert session.state.allotted == 20 * MINUTE
    spoke(session, 9)
    assert session.accounts == (Account(1, 40 * MINUTE, spoken=37 * MINUTE, credit=0, waived=0, owed=0),)


def test_a_plan_without_turns_has_no_books() -> None:
    session = Session(a_plan(Phase(Kind.TOGETHER), CLOSE))
    session.give(More(MINUTE))
    assert session.accounts == ()
    assert session.state.allotted == 11 * MINUTE
    session.give(Next(), Next())
    assert session.accounts == ()


def test_other_phases_are_nobodys_time_even_with_a_speaker() -> None:
    session = Session(PAIR)
    spoke(session, 1, 20, 9)
    assert session.spoken == [20, 0]
    assert session.owed == [0, 0]


def test_whoever_has_no_turn_has_no_account() -> None:
    session = Session(a_plan(Phase(Kind.NEWS, speaker=2), turn(1), CLOSE))
    assert [one.place for one in session.accounts] == [1]


def test_the_pieces_agree_with_one_another() -> None:
    plan = TRIAD.with_turn(Agreement.usual(TRIAD).turn)
    done = (Spell(0, ran=14 * MINUTE),)
    assert speakers(plan) == (1, 2, 3)
    assert [credit(plan, done, place) / MINUTE for place in speakers(plan)] == [0, 4, 4]
    assert allotted(plan, done, Spell(1, extra=MINUTE)) == 15 * MINUTE
    assert [one.credit / MINUTE for one in accounts(plan, done, Spell(1, extra=MINUTE))] == [0, 0, 5]
