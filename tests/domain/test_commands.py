"""What each command does, when it is refused and in which words, and what undo restores."""

import pytest
from msgspec.structs import replace

from cotutor.domain.commands import (
    ChooseMode,
    CountAway,
    End,
    Explain,
    GiveBack,
    LeaveOutAway,
    More,
    Next,
    Pause,
    Resume,
    SessionCommand,
    StartedEarlier,
    Undo,
    apply,
)
from cotutor.domain.duration import MINUTE, SECOND, Length
from cotutor.domain.events import (
    AwayDecided,
    BeganEarlier,
    EndedEarly,
    GivenBack,
    Held,
    ModeChosen,
    MoreGiven,
    PhaseBegan,
    PhaseEnded,
    Resumed,
    SessionEnded,
    TimeUp,
    Undone,
    WarningDue,
    WentAway,
    Why,
)
from cotutor.domain.ledger import Spell
from cotutor.domain.plan import Kind, Mode, Phase, Plan, Stop
from cotutor.domain.reckoning import MOST_AT_ONCE
from cotutor.domain.session import MOST_UNDOS, Outcome, advance
from tests.domain.strategies import CLOSE, HARD, NOON, PAIR, SETTLE, SWAP, TURNS, Session, a_plan, turn

UNDECIDED = "Decide first whether the time away counts."


def in_turn(number: int, *, minutes: float = 0) -> Session:
    """The usual session, so many minutes into a turn; whatever was before took its time."""
    session = Session(PAIR)
    while session.state.spell.index < {1: 1, 2: 4}[number]:
        session.wait(milliseconds=session.state.left)
        session.give(Next())
    session.wait(minutes=minutes)
    return session


def test_pause_holds_the_clock_and_resume_lets_it_go() -> None:
    session = in_turn(1, minutes=5)
    assert session.give(Pause()) == (Held(session.now, Why.PAUSE),)
    session.wait(minutes=3)
    assert session.give(Resume()) == (Resumed(session.now, Why.PAUSE, 3 * MINUTE),)
    assert session.state.left == 15 * MINUTE


def test_a_clock_is_held_once_and_let_go_once() -> None:
    session = in_turn(1)
    assert session.refused(Resume()) == "The clock is running."
    session.give(Pause())
    assert session.refused(Pause()) == "The clock is held already."
    session.give(Explain())
    assert session.refused(Pause()) == session.refused(Explain()) == "The clock is held already."


def test_stop_and_explain_works_in_a_pause_and_one_key_ends_both() -> None:
    session = in_turn(1)
    session.give(Pause())
    session.wait(seconds=60)
    assert session.give(Explain()) == (Held(session.now, Why.EXPLAIN),)
    session.wait(seconds=60)
    assert session.give(Resume()) == (Resumed(session.now, Why.EXPLAIN, 2 * MINUTE),)
    assert session.state.hold is None


def test_going_on_ends_a_pause() -> None:
    session = in_turn(1, minutes=5)
    session.give(Pause())
    session.wait(minutes=2)
    assert session.give(Next()) == (PhaseEnded(session.now, 1, 5 * MINUTE), PhaseBegan(session.now, 2))
    assert session.state.hold is None
    session.wait(seconds=10)
    assert session.state.spell.ran == 10 * SECOND


def test_more_time_is_the_speakers_and_warns_again() -> None:
    session = in_turn(1, minutes=19)
    assert session.give(More(5 * MINUTE)) == (MoreGiven(session.now, 1, 5 * MINUTE),)
    session.wait(minutes=6)
    assert session.warned == [2, 2]
    assert session.state.left == 0


def test_more_time_after_the_end_ends_again() -> None:
    session = in_turn(1, minutes=22)
    session.give(More(5 * MINUTE))
    assert session.state.left == 3 * MINUTE
    assert session.wait(minutes=4) == (
        WarningDue(session.now - 3 * MINUTE, 2 * MINUTE),
        TimeUp(session.now - MINUTE, 1),
    )


def test_a_phase_is_lengthened_only_so_far() -> None:
    session = in_turn(1)
    session.give(More(MOST_AT_ONCE))
    assert session.refused(More(1)) == "A phase takes at most 3 hours more than was agreed."


@pytest.mark.parametrize("command", [More, GiveBack, StartedEarlier])
@pytest.mark.parametrize("amount", [-MINUTE, 0, MOST_AT_ONCE + 1, 10**30])
def test_absurd_amounts_are_refused_in_words(
    command: type[More | GiveBack | StartedEarlier], amount: int
) -> None:
    assert in_turn(1).refused(command(amount)) == (
        "Say a length of time of more than nought and at most 3 hours."
    )


def test_a_speaker_gives_back_at_most_what_is_left() -> None:
    session = in_turn(1, minutes=19)
    assert session.give(GiveBack(5 * MINUTE)) == (GivenBack(session.now, 1, MINUTE), TimeUp(session.now, 1))
    assert session.refused(GiveBack(MINUTE)) == "No time is left to give back."
    session.wait(seconds=30)
    assert session.state.left == -30 * SECOND


def test_giving_back_past_a_warning_says_what_is_left() -> None:
    session = in_turn(1, minutes=10)
    given = GivenBack(session.now, 1, 9 * MINUTE)
    assert session.give(GiveBack(9 * MINUTE)) == (given, WarningDue(session.now, MINUTE))
    assert session.wait(minutes=1) == (TimeUp(session.now, 1),)


def test_giving_back_at_a_warning_does_not_warn_again() -> None:
    session = in_turn(1, minutes=18)
    assert session.warned == [2]
    assert session.give(GiveBack(MINUTE)) == (GivenBack(session.now, 1, MINUTE),)


def test_giving_everything_back_moves_a_hard_phase_on() -> None:
    session = Session(HARD)
    session.wait(minutes=4)
    assert session.give(GiveBack(20 * MINUTE)) == (
        GivenBack(session.now, 1, 16 * MINUTE),
        TimeUp(session.now, 0),
        PhaseEnded(session.now, 0, 4 * MINUTE),
        PhaseBegan(session.now, 1),
    )


def test_a_turn_given_back_whole_takes_no_time() -> None:
    session = Session(HARD)
    session.give(GiveBack(20 * MINUTE))
    assert (session.state.spell.index, session.state.done[0].ran) == (1, 0)
    soft = Session(TURNS)
    assert soft.give(GiveBack(20 * MINUTE))[-1] == TimeUp(NOON, 0)
    assert soft.wait(seconds=5) == ()


def test_a_pause_outlasts_what_would_end_a_hard_phase() -> None:
    session = Session(HARD)
    session.give(Pause())
    assert session.give(GiveBack(20 * MINUTE)) == (GivenBack(NOON, 1, 20 * MINUTE),)
    assert session.wait(minutes=3) == ()
    session.give(Resume())
    assert session.wait(seconds=1)[0] == TimeUp(NOON + 3 * MINUTE, 0)
    assert session.state.spell == Spell(1, ran=SECOND)


def test_time_outside_a_turn_may_be_lengthened_and_shortened() -> None:
    session = Session(PAIR)
    assert session.give(More(MINUTE)) == (MoreGiven(NOON, None, MINUTE),)
    assert session.give(GiveBack(MINUTE)) == (GivenBack(NOON, None, MINUTE),)
    assert session.owed == [0, 0]


def test_the_speaker_changes_the_listening_at_any_second() -> None:
    session = in_turn(2)
    assert session.give(ChooseMode(Mode.LISTEN)) == (ModeChosen(session.now, 2, Mode.LISTEN),)
    assert session.state.modes == (Mode.THINK, Mode.LISTEN)


def test_between_turns_the_next_speaker_changes_the_listening() -> None:
    session = Session(PAIR)
    session.give(ChooseMode(Mode.CHALLENGE))
    session.give(Next(), Next(), Next(), ChooseMode(Mode.LISTEN))
    assert session.state.modes == (Mode.CHALLENGE, Mode.LISTEN)


def test_nobody_changes_the_listening_when_all_have_spoken() -> None:
    session = in_turn(2)
    session.give(Next())
    assert session.refused(ChooseMode(Mode.LISTEN)) == "Nobody speaks any more in this session."


@pytest.mark.parametrize("kind", [Kind.RETURN, Kind.FEEDBACK])
def test_nobody_changes_the_listening_while_the_turn_before_is_looked_back_on(kind: Kind) -> None:
    session = Session(a_plan(turn(1), Phase(kind, speaker=1), SWAP, turn(2)))
    session.give(Next())
    assert session.refused(ChooseMode(Mode.LISTEN)) == (
        "This turn is over; the next speaker chooses at the swap, or in their turn."
    )
    session.give(Next())
    session.give(ChooseMode(Mode.LISTEN))
    assert session.state.modes == (Mode.THINK, Mode.LISTEN)


def test_a_plan_may_allow_one_kind_of_listening_only() -> None:
    plan = replace(TURNS, mode=Mode.LISTEN, modes=(Mode.LISTEN,))
    assert Session(plan).refused(ChooseMode(Mode.THINK)) == "This plan is for listen only."


def test_we_started_four_minutes_ago_while_settling() -> None:
    session = Session(PAIR)
    session.wait(seconds=20)
    assert session.give(StartedEarlier(4 * MINUTE)) == (
        PhaseEnded(session.now, 0, 20 * SECOND),
        PhaseBegan(session.now, 1),
        BeganEarlier(session.now, 4 * MINUTE),
    )
    assert session.state.left == 16 * MINUTE
    assert session.state.done[0].ran == 0
    assert session.state.began == session.now - 4 * MINUTE


def test_an_earlier_start_of_the_second_turn_shortens_what_was_before() -> None:
    session = in_turn(1, minutes=20)
    session.give(Next())
    session.wait(minutes=1)
    session.give(Next())
    session.wait(minutes=2)
    session.give(StartedEarlier(4 * MINUTE))
    assert session.state.phase.speaker == 2
    assert [spell.ran / MINUTE for spell in session.state.done] == [1, 19, 0, 0]
    assert session.state.began == NOON
    assert session.owed == [1, 0]


def test_an_earlier_start_goes_back_no_further_than_the_turn_before() -> None:
    session = in_turn(2, minutes=3)
    assert session.refused(StartedEarlier(30 * MINUTE)) == (
        "Only 21 minutes 30 seconds counted since the turn before began."
    )
    session.give(StartedEarlier(21 * MINUTE + 30 * SECOND))
    assert session.spoken == [0, 24.5]


def test_an_earlier_start_of_a_phase_that_no_turn_follows() -> None:
    session = in_turn(1, minutes=20)
    session.give(Next())
    session.give(StartedEarlier(2 * MINUTE))
    assert session.state.phase.kind is Kind.RETURN
    assert (session.state.spell.ran, session.spoken[0]) == (2 * MINUTE, 18)
    session.give(End())
    session.give(StartedEarlier(MINUTE))
    assert session.state.spell.ran == MINUTE


def test_an_earlier_start_past_the_end_says_so() -> None:
    session = in_turn(1)
    assert session.give(StartedEarlier(25 * MINUTE))[-1] == TimeUp(session.now, 1)
    hard = Session(HARD)
    assert hard.give(StartedEarlier(25 * MINUTE))[-1] == PhaseBegan(NOON, 1)
    assert hard.state.allotted == 25 * MINUTE


def test_an_earlier_start_keeps_a_pause() -> None:
    session = in_turn(1)
    session.give(Pause(), StartedEarlier(MINUTE))
    assert session.state.hold is not None
    assert session.state.spell.ran == MINUTE


def test_an_absence_that_counts_is_spoken_time() -> None:
    session = in_turn(1, minutes=2)
    session.vanish(minutes=11)
    assert session.give(CountAway()) == (AwayDecided(session.now, 11 * MINUTE, counted=True),)
    assert (session.state.left, session.state.spell.held) == (7 * MINUTE, 0)
    assert session.wait(minutes=5)[0] == WarningDue(session.now, 2 * MINUTE)


def test_an_absence_that_does_not_count_is_left_out() -> None:
    session = in_turn(1, minutes=2)
    session.vanish(minutes=11)
    assert session.give(LeaveOutAway()) == (AwayDecided(session.now, 11 * MINUTE, counted=False),)
    session.wait(minutes=1)
    assert (session.state.left, session.state.spell.held) == (17 * MINUTE, 11 * MINUTE)


def test_talk_that_goes_on_under_the_question_counts_with_the_absence() -> None:
    session = in_turn(1, minutes=2)
    session.vanish(minutes=1)
    session.wait(minutes=10)
    session.give(CountAway())
    assert session.state.left == 7 * MINUTE


def test_an_absence_that_leapt_over_a_warning_tells_what_is_left() -> None:
    session = in_turn(1, minutes=10)
    session.vanish(minutes=9)
    assert session.give(CountAway())[1:] == (WarningDue(session.now, MINUTE),)


def test_an_absence_that_leapt_over_the_end_tells_that_the_time_is_up() -> None:
    session = in_turn(1, minutes=10)
    session.vanish(minutes=30)
    assert session.give(CountAway())[1:] == (TimeUp(session.now, 1),)
    assert session.state.left == -20 * MINUTE
    assert session.wait(minutes=1) == ()


def test_an_absence_beyond_a_hard_stop_moves_on_once_and_is_repaid() -> None:
    session = Session(HARD)
    session.wait(minutes=15)
    session.vanish(minutes=11)
    assert session.give(CountAway())[1:] == (
        TimeUp(session.now, 0),
        PhaseEnded(session.now, 0, 26 * MINUTE),
        PhaseBegan(session.now, 1),
    )
    assert session.state.left == 26 * MINUTE


def test_an_absence_is_decided_on_only_when_there_was_one() -> None:
    session = in_turn(1)
    words = "There is no time away to decide on."
    assert session.refused(CountAway()) == session.refused(LeaveOutAway()) == words
    session.give(Pause())
    assert session.refused(CountAway()) == words


@pytest.mark.parametrize(
    "command", [Next(), Pause(), Resume(), More(MINUTE), GiveBack(MINUTE), StartedEarlier(MINUTE)]
)
def test_what_depends_on_time_waits_for_the_decision(command: SessionCommand) -> None:
    session = in_turn(1, minutes=1)
    session.vanish(minutes=11)
    assert session.refused(command) == UNDECIDED


def test_the_speaker_may_change_the_listening_and_end_before_the_decision() -> None:
    session = in_turn(1, minutes=1)
    session.vanish(minutes=11)
    session.give(ChooseMode(Mode.LISTEN), End())
    assert session.state.phase.kind is Kind.CLOSE
    assert session.spoken == [1, 0]


def test_stop_and_explain_puts_the_decision_off() -> None:
    session = in_turn(1, minutes=1)
    session.vanish(minutes=11)
    session.give(Explain())
    session.wait(minutes=4)
    assert session.refused(Next()) == UNDECIDED
    assert session.refused(CountAway()) == "There is no time away to decide on."
    assert session.give(Resume()) == (Held(session.now, Why.AWAY), WentAway(session.now, 11 * MINUTE))
    session.give(CountAway())
    assert session.state.spell.ran == 12 * MINUTE
    assert session.state.spell.held == 4 * MINUTE


def test_ending_early_goes_to_the_close_and_ending_there_is_over() -> None:
    session = in_turn(1, minutes=3)
    assert session.give(End()) == (
        EndedEarly(session.now),
        PhaseEnded(session.now, 1, 3 * MINUTE),
        PhaseBegan(session.now, 5),
    )
    assert session.give(End()) == (PhaseEnded(session.now, 5, 0), SessionEnded(session.now))
    assert session.state.spell == Spell(len(PAIR.phases))
    assert session.refused(End()) == session.refused(Next()) == "The session is over."


def test_ending_a_plan_without_a_close_is_over_at_once() -> None:
    session = Session(a_plan(turn(1), turn(2), SWAP))
    assert session.give(End())[-1] == SessionEnded(NOON)
    assert session.state.ended


@pytest.mark.parametrize("plan", [PAIR, a_plan(turn(1), turn(2), SWAP), a_plan(CLOSE)])
def test_wherever_it_is_ended_it_goes_to_the_close_if_one_is_to_come_and_else_just_past_the_plan(
    plan: Plan,
) -> None:
    last = len(plan.phases) - 1
    for index in range(last + 1):
        session = Session(plan)
        session.give(*[Next()] * index)
        events = session.give(End())
        closes_later = plan.phases[last].kind.traits.closes and index < last
        assert session.state.spell.index == (last if closes_later else last + 1)
        assert (EndedEarly(NOON) in events) is (index < last)


def test_ending_works_in_a_pause() -> None:
    session = in_turn(1)
    session.give(Pause(), End())
    assert session.state.hold is None
    assert session.state.phase.kind is Kind.CLOSE


def test_a_refused_command_changes_nothing_and_loses_nothing() -> None:
    session = in_turn(1, minutes=17)
    before = session.state
    session.now += 30 * SECOND
    session.refused(Resume())
    assert session.state is before
    assert session.wait(minutes=1)[0].at == before.seen + MINUTE


def test_undo_of_a_skip_goes_on_as_if_it_had_not_been() -> None:
    session = in_turn(1, minutes=5)
    at = session.now
    session.give(Next())
    session.wait(seconds=8)
    assert session.give(Undo()) == (Undone(at + 8 * SECOND, "going on"),)
    assert session.state.left == 15 * MINUTE - 8 * SECOND
    assert session.state.undoable == ()


def test_undo_works_for_ten_seconds_and_no_longer() -> None:
    session = in_turn(1, minutes=1)
    session.give(Pause())
    session.wait(seconds=10)
    assert len(session.state.undoable) == 1
    assert apply(session.state, Undo(), session.now).state.hold is None
    session.now += 1
    assert session.refused(Undo()) == "Nothing to undo: a command can be undone for ten seconds."
    assert session.wait(milliseconds=1) == ()
    assert not session.state.undoable


def test_undo_of_the_end_brings_the_session_back() -> None:
    session = in_turn(1, minutes=5)
    at = session.now
    session.give(End(), End())
    assert session.state.ended
    session.wait(seconds=5)
    session.give(Undo())
    assert session.state.phase.kind is Kind.CLOSE
    session.give(Undo())
    assert session.state.spell.ran == session.now - at + 5 * MINUTE


def test_undo_after_a_jump_restores_everything_that_the_jump_left_behind() -> None:
    session = in_turn(1, minutes=5)
    session.give(More(2 * MINUTE), ChooseMode(Mode.CHALLENGE))
    session.wait(seconds=20)
    session.give(Pause())
    session.wait(seconds=12)
    before = session.state
    assert session.give(End())[-1] == PhaseBegan(session.now, 5)
    assert session.give(Undo()) == (Undone(session.now, "ending the session"),)
    assert session.state == before
    session.give(End(), End())
    session.wait(seconds=3)
    session.give(Undo(), Undo())
    assert session.state == advance(before, session.now).state


def test_looking_twice_at_one_instant_changes_nothing_even_when_a_hard_stop_is_due() -> None:
    session = Session(HARD)
    session.give(Pause(), GiveBack(20 * MINUTE), Resume())
    assert (session.state.left, session.state.hold) == (0, None)
    assert advance(session.state, session.now) == Outcome(session.state)
    assert session.wait(milliseconds=1)[0] == TimeUp(session.now - 1, 0)


def test_the_end_of_a_plan_without_a_close_is_just_past_its_last_phase() -> None:
    session = Session(TURNS)
    session.give(End())
    assert session.state.ended
    assert session.state.spell == Spell(len(TURNS.phases))


def test_what_can_be_undone_runs_out_after_the_end_too() -> None:
    session = in_turn(1)
    session.give(End(), End())
    session.wait(seconds=11)
    assert session.refused(Undo()).startswith("Nothing to undo")
    assert session.state.undoable == ()


def test_undo_of_a_pause_reports_what_the_pause_held_back() -> None:
    session = in_turn(1)
    session.wait(milliseconds=18 * MINUTE - 2000)
    at = session.now
    session.give(Pause())
    session.wait(seconds=5)
    assert session.give(Undo()) == (Undone(at + 5000, "the pause"), WarningDue(at + 2000, 2 * MINUTE))


def test_undo_reports_nothing_twice() -> None:
    session = in_turn(1)
    session.wait(milliseconds=18 * MINUTE - 2000)
    session.give(ChooseMode(Mode.LISTEN), ChooseMode(Mode.CHALLENGE))
    session.wait(seconds=5)
    assert session.warned == [2]
    assert session.give(Undo()) == (Undone(session.now, "the change of listening"),)
    assert session.give(Undo()) == (Undone(session.now, "the change of listening"),)
    assert session.state.modes == (Mode.THINK, Mode.THINK)


def test_undo_before_a_hard_stop_does_not_go_on_twice() -> None:
    breath = Phase(Kind.BREAK, Length(5 * SECOND), stop=Stop.HARD)
    session = Session(a_plan(breath, SETTLE, CLOSE, turn(1)))
    session.wait(seconds=3)
    session.give(ChooseMode(Mode.LISTEN))
    session.wait(seconds=4)
    assert session.give(Undo()) == (Undone(session.now, "the change of listening"),)
    assert (session.state.spell.index, session.state.spell.ran) == (1, 2 * SECOND)


def test_undo_under_a_clock_set_back_stays_in_order() -> None:
    session = in_turn(1, minutes=5)
    session.give(More(MINUTE))
    seen, session.now = session.now, NOON
    assert session.give(Undo()) == (Undone(seen, "the extra time"),)
    assert session.state.seen == seen


def test_undo_reaches_back_a_good_many_commands_but_not_for_ever() -> None:
    session = in_turn(1)
    session.give(*[More(MINUTE)] * (MOST_UNDOS + 5))
    session.give(*[Undo()] * MOST_UNDOS)
    assert session.state.spell.extra == 5 * MINUTE
    assert session.refused(Undo()).startswith("Nothing to undo")


def test_undo_of_the_decision_asks_again() -> None:
    session = in_turn(1)
    session.vanish(minutes=11)
    session.give(CountAway())
    session.wait(seconds=5)
    session.give(Undo())
    assert session.state.hold is not None
    assert session.state.hold.why is Why.AWAY
    assert session.state.spell.ran == 0
