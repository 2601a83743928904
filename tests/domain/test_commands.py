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
from cotutor.domain.plan import Kind, Mode, Phase, Stop
from cotutor.domain.reckoning import MOST_AT_ONCE
from cotutor.domain.session import MOST_UNDOS
from tests.domain.strategies import CLOSE, HARD, NOON, PAIR, SETTLE, SWAP, TURNS, Talk, a_plan, turn

UNDECIDED = "Decide first whether the time away counts."


def in_turn(number: int, *, minutes: float = 0) -> Talk:
    """The usual session, so many minutes into a turn; whatever was before took its time."""
    talk = Talk(PAIR)
    while talk.state.spell.index < {1: 1, 2: 4}[number]:
        talk.wait(milliseconds=talk.state.left)
        talk.tell(Next())
    talk.wait(minutes=minutes)
    return talk


def test_pause_holds_the_clock_and_resume_lets_it_go() -> None:
    talk = in_turn(1, minutes=5)
    assert talk.tell(Pause()) == (Held(talk.now, Why.PAUSE),)
    talk.wait(minutes=3)
    assert talk.tell(Resume()) == (Resumed(talk.now, Why.PAUSE, 3 * MINUTE),)
    assert talk.state.left == 15 * MINUTE


def test_a_clock_is_held_once_and_let_go_once() -> None:
    talk = in_turn(1)
    assert talk.refused(Resume()) == "The clock is running."
    talk.tell(Pause())
    assert talk.refused(Pause()) == "The clock is held already."
    talk.tell(Explain())
    assert talk.refused(Pause()) == talk.refused(Explain()) == "The clock is held already."


def test_stop_and_explain_works_in_a_pause_and_one_key_ends_both() -> None:
    talk = in_turn(1)
    talk.tell(Pause())
    talk.wait(seconds=60)
    assert talk.tell(Explain()) == (Held(talk.now, Why.EXPLAIN),)
    talk.wait(seconds=60)
    assert talk.tell(Resume()) == (Resumed(talk.now, Why.EXPLAIN, 2 * MINUTE),)
    assert talk.state.hold is None


def test_going_on_ends_a_pause() -> None:
    talk = in_turn(1, minutes=5)
    talk.tell(Pause())
    talk.wait(minutes=2)
    assert talk.tell(Next()) == (PhaseEnded(talk.now, 1, 5 * MINUTE), PhaseBegan(talk.now, 2))
    assert talk.state.hold is None
    talk.wait(seconds=10)
    assert talk.state.spell.ran == 10 * SECOND


def test_more_time_is_the_speakers_and_warns_again() -> None:
    talk = in_turn(1, minutes=19)
    assert talk.tell(More(5 * MINUTE)) == (MoreGiven(talk.now, 1, 5 * MINUTE),)
    talk.wait(minutes=6)
    assert talk.warned == [2, 2]
    assert talk.state.left == 0


def test_more_time_after_the_end_ends_again() -> None:
    talk = in_turn(1, minutes=22)
    talk.tell(More(5 * MINUTE))
    assert talk.state.left == 3 * MINUTE
    assert talk.wait(minutes=4) == (
        WarningDue(talk.now - 3 * MINUTE, 2 * MINUTE),
        TimeUp(talk.now - MINUTE, 1),
    )


def test_a_phase_is_lengthened_only_so_far() -> None:
    talk = in_turn(1)
    talk.tell(More(MOST_AT_ONCE))
    assert talk.refused(More(1)) == "A phase takes at most 3 hours more than was agreed."


@pytest.mark.parametrize("command", [More, GiveBack, StartedEarlier])
@pytest.mark.parametrize("amount", [-MINUTE, 0, MOST_AT_ONCE + 1, 10**30])
def test_absurd_amounts_are_refused_in_words(
    command: type[More | GiveBack | StartedEarlier], amount: int
) -> None:
    assert in_turn(1).refused(command(amount)) == (
        "Say a length of time of more than nought and at most 3 hours."
    )


def test_a_speaker_gives_back_at_most_what_is_left() -> None:
    talk = in_turn(1, minutes=19)
    assert talk.tell(GiveBack(5 * MINUTE)) == (GivenBack(talk.now, 1, MINUTE), TimeUp(talk.now, 1))
    assert talk.refused(GiveBack(MINUTE)) == "No time is left to give back."
    talk.wait(seconds=30)
    assert talk.state.left == -30 * SECOND


def test_giving_back_past_a_warning_says_what_is_left() -> None:
    talk = in_turn(1, minutes=10)
    given = GivenBack(talk.now, 1, 9 * MINUTE)
    assert talk.tell(GiveBack(9 * MINUTE)) == (given, WarningDue(talk.now, MINUTE))
    assert talk.wait(minutes=1) == (TimeUp(talk.now, 1),)


def test_giving_back_at_a_warning_does_not_warn_again() -> None:
    talk = in_turn(1, minutes=18)
    assert talk.warned == [2]
    assert talk.tell(GiveBack(MINUTE)) == (GivenBack(talk.now, 1, MINUTE),)


def test_giving_everything_back_moves_a_hard_phase_on() -> None:
    talk = Talk(HARD)
    talk.wait(minutes=4)
    assert talk.tell(GiveBack(20 * MINUTE)) == (
        GivenBack(talk.now, 1, 16 * MINUTE),
        TimeUp(talk.now, 0),
        PhaseEnded(talk.now, 0, 4 * MINUTE),
        PhaseBegan(talk.now, 1),
    )


def test_a_turn_given_back_whole_takes_no_time() -> None:
    talk = Talk(HARD)
    talk.tell(GiveBack(20 * MINUTE))
    assert (talk.state.spell.index, talk.state.done[0].ran) == (1, 0)
    soft = Talk(TURNS)
    assert soft.tell(GiveBack(20 * MINUTE))[-1] == TimeUp(NOON, 0)
    assert soft.wait(seconds=5) == ()


def test_a_pause_outlasts_what_would_end_a_hard_phase() -> None:
    talk = Talk(HARD)
    talk.tell(Pause())
    assert talk.tell(GiveBack(20 * MINUTE)) == (GivenBack(NOON, 1, 20 * MINUTE),)
    assert talk.wait(minutes=3) == ()
    talk.tell(Resume())
    assert talk.wait(seconds=1)[0] == TimeUp(NOON + 3 * MINUTE, 0)
    assert talk.state.spell == Spell(1, ran=SECOND)


def test_time_outside_a_turn_may_be_lengthened_and_shortened() -> None:
    talk = Talk(PAIR)
    assert talk.tell(More(MINUTE)) == (MoreGiven(NOON, None, MINUTE),)
    assert talk.tell(GiveBack(MINUTE)) == (GivenBack(NOON, None, MINUTE),)
    assert talk.owed == [0, 0]


def test_the_speaker_changes_the_listening_at_any_second() -> None:
    talk = in_turn(2)
    assert talk.tell(ChooseMode(Mode.LISTEN)) == (ModeChosen(talk.now, 2, Mode.LISTEN),)
    assert talk.state.modes == (Mode.THINK, Mode.LISTEN)


def test_between_turns_the_next_speaker_changes_the_listening() -> None:
    talk = Talk(PAIR)
    talk.tell(ChooseMode(Mode.CHALLENGE))
    talk.tell(Next(), Next(), Next(), ChooseMode(Mode.LISTEN))
    assert talk.state.modes == (Mode.CHALLENGE, Mode.LISTEN)


def test_nobody_changes_the_listening_when_all_have_spoken() -> None:
    talk = in_turn(2)
    talk.tell(Next())
    assert talk.refused(ChooseMode(Mode.LISTEN)) == "Nobody speaks any more in this session."


def test_a_plan_may_allow_one_kind_of_listening_only() -> None:
    plan = replace(TURNS, mode=Mode.LISTEN, modes=(Mode.LISTEN,))
    assert Talk(plan).refused(ChooseMode(Mode.THINK)) == "This plan is for listen only."


def test_we_started_four_minutes_ago_while_settling() -> None:
    talk = Talk(PAIR)
    talk.wait(seconds=20)
    assert talk.tell(StartedEarlier(4 * MINUTE)) == (
        PhaseEnded(talk.now, 0, 20 * SECOND),
        PhaseBegan(talk.now, 1),
        BeganEarlier(talk.now, 4 * MINUTE),
    )
    assert talk.state.left == 16 * MINUTE
    assert talk.state.done[0].ran == 0
    assert talk.state.began == talk.now - 4 * MINUTE


def test_an_earlier_start_of_the_second_turn_shortens_what_was_before() -> None:
    talk = in_turn(1, minutes=20)
    talk.tell(Next())
    talk.wait(minutes=1)
    talk.tell(Next())
    talk.wait(minutes=2)
    talk.tell(StartedEarlier(4 * MINUTE))
    assert talk.state.phase.speaker == 2
    assert [spell.ran / MINUTE for spell in talk.state.done] == [1, 19, 0, 0]
    assert talk.state.began == NOON
    assert talk.owed == [1, 0]


def test_an_earlier_start_goes_back_no_further_than_the_turn_before() -> None:
    talk = in_turn(2, minutes=3)
    assert talk.refused(StartedEarlier(30 * MINUTE)) == (
        "Only 21 minutes 30 seconds counted since the turn before began."
    )
    talk.tell(StartedEarlier(21 * MINUTE + 30 * SECOND))
    assert talk.spoken == [0, 24.5]


def test_an_earlier_start_of_a_phase_that_no_turn_follows() -> None:
    talk = in_turn(1, minutes=20)
    talk.tell(Next())
    talk.tell(StartedEarlier(2 * MINUTE))
    assert talk.state.phase.kind is Kind.RETURN
    assert (talk.state.spell.ran, talk.spoken[0]) == (2 * MINUTE, 18)
    talk.tell(End())
    talk.tell(StartedEarlier(MINUTE))
    assert talk.state.spell.ran == MINUTE


def test_an_earlier_start_past_the_end_says_so() -> None:
    talk = in_turn(1)
    assert talk.tell(StartedEarlier(25 * MINUTE))[-1] == TimeUp(talk.now, 1)
    hard = Talk(HARD)
    assert hard.tell(StartedEarlier(25 * MINUTE))[-1] == PhaseBegan(NOON, 1)
    assert hard.state.allotted == 25 * MINUTE


def test_an_earlier_start_keeps_a_pause() -> None:
    talk = in_turn(1)
    talk.tell(Pause(), StartedEarlier(MINUTE))
    assert talk.state.hold is not None
    assert talk.state.spell.ran == MINUTE


def test_an_absence_that_counts_is_spoken_time() -> None:
    talk = in_turn(1, minutes=2)
    talk.vanish(minutes=11)
    assert talk.tell(CountAway()) == (AwayDecided(talk.now, 11 * MINUTE, counted=True),)
    assert (talk.state.left, talk.state.spell.held) == (7 * MINUTE, 0)
    assert talk.wait(minutes=5)[0] == WarningDue(talk.now, 2 * MINUTE)


def test_an_absence_that_does_not_count_is_left_out() -> None:
    talk = in_turn(1, minutes=2)
    talk.vanish(minutes=11)
    assert talk.tell(LeaveOutAway()) == (AwayDecided(talk.now, 11 * MINUTE, counted=False),)
    talk.wait(minutes=1)
    assert (talk.state.left, talk.state.spell.held) == (17 * MINUTE, 11 * MINUTE)


def test_talk_that_goes_on_under_the_question_counts_with_the_absence() -> None:
    talk = in_turn(1, minutes=2)
    talk.vanish(minutes=1)
    talk.wait(minutes=10)
    talk.tell(CountAway())
    assert talk.state.left == 7 * MINUTE


def test_an_absence_that_leapt_over_a_warning_tells_what_is_left() -> None:
    talk = in_turn(1, minutes=10)
    talk.vanish(minutes=9)
    assert talk.tell(CountAway())[1:] == (WarningDue(talk.now, MINUTE),)


def test_an_absence_that_leapt_over_the_end_tells_that_the_time_is_up() -> None:
    talk = in_turn(1, minutes=10)
    talk.vanish(minutes=30)
    assert talk.tell(CountAway())[1:] == (TimeUp(talk.now, 1),)
    assert talk.state.left == -20 * MINUTE
    assert talk.wait(minutes=1) == ()


def test_an_absence_beyond_a_hard_stop_moves_on_once_and_is_repaid() -> None:
    talk = Talk(HARD)
    talk.wait(minutes=15)
    talk.vanish(minutes=11)
    assert talk.tell(CountAway())[1:] == (
        TimeUp(talk.now, 0),
        PhaseEnded(talk.now, 0, 26 * MINUTE),
        PhaseBegan(talk.now, 1),
    )
    assert talk.state.left == 26 * MINUTE


def test_an_absence_is_decided_on_only_when_there_was_one() -> None:
    talk = in_turn(1)
    words = "There is no time away to decide on."
    assert talk.refused(CountAway()) == talk.refused(LeaveOutAway()) == words
    talk.tell(Pause())
    assert talk.refused(CountAway()) == words


@pytest.mark.parametrize(
    "command", [Next(), Pause(), Resume(), More(MINUTE), GiveBack(MINUTE), StartedEarlier(MINUTE)]
)
def test_what_depends_on_time_waits_for_the_decision(command: SessionCommand) -> None:
    talk = in_turn(1, minutes=1)
    talk.vanish(minutes=11)
    assert talk.refused(command) == UNDECIDED


def test_the_speaker_may_change_the_listening_and_end_before_the_decision() -> None:
    talk = in_turn(1, minutes=1)
    talk.vanish(minutes=11)
    talk.tell(ChooseMode(Mode.LISTEN), End())
    assert talk.state.phase.kind is Kind.CLOSE
    assert talk.spoken == [1, 0]


def test_stop_and_explain_puts_the_decision_off() -> None:
    talk = in_turn(1, minutes=1)
    talk.vanish(minutes=11)
    talk.tell(Explain())
    talk.wait(minutes=4)
    assert talk.refused(Next()) == UNDECIDED
    assert talk.refused(CountAway()) == "There is no time away to decide on."
    assert talk.tell(Resume()) == (Held(talk.now, Why.AWAY), WentAway(talk.now, 11 * MINUTE))
    talk.tell(CountAway())
    assert talk.state.spell.ran == 12 * MINUTE
    assert talk.state.spell.held == 4 * MINUTE


def test_ending_early_goes_to_the_close_and_ending_there_is_over() -> None:
    talk = in_turn(1, minutes=3)
    assert talk.tell(End()) == (
        EndedEarly(talk.now),
        PhaseEnded(talk.now, 1, 3 * MINUTE),
        PhaseBegan(talk.now, 5),
    )
    assert talk.tell(End()) == (PhaseEnded(talk.now, 5, 0), SessionEnded(talk.now))
    assert talk.refused(End()) == talk.refused(Next()) == "The session is over."


def test_ending_a_plan_without_a_close_is_over_at_once() -> None:
    talk = Talk(a_plan(turn(1), turn(2), SWAP))
    assert talk.tell(End())[-1] == SessionEnded(NOON)
    assert talk.state.ended


def test_ending_works_in_a_pause() -> None:
    talk = in_turn(1)
    talk.tell(Pause(), End())
    assert talk.state.hold is None
    assert talk.state.phase.kind is Kind.CLOSE


def test_a_refused_command_changes_nothing_and_loses_nothing() -> None:
    talk = in_turn(1, minutes=17)
    before = talk.state
    talk.now += 30 * SECOND
    talk.refused(Resume())
    assert talk.state is before
    assert talk.wait(minutes=1)[0].at == before.seen + MINUTE


def test_undo_of_a_skip_goes_on_as_if_it_had_not_been() -> None:
    talk = in_turn(1, minutes=5)
    at = talk.now
    talk.tell(Next())
    talk.wait(seconds=8)
    assert talk.tell(Undo()) == (Undone(at + 8 * SECOND, "going on"),)
    assert talk.state.left == 15 * MINUTE - 8 * SECOND
    assert talk.state.undoable == ()


def test_undo_works_for_ten_seconds_and_no_longer() -> None:
    talk = in_turn(1, minutes=1)
    talk.tell(Pause())
    talk.wait(seconds=10)
    assert len(talk.state.undoable) == 1
    assert apply(talk.state, Undo(), talk.now).state.hold is None
    talk.now += 1
    assert talk.refused(Undo()) == "Nothing to undo: a command can be undone for ten seconds."
    assert talk.wait(milliseconds=1) == ()
    assert not talk.state.undoable


def test_undo_of_the_end_brings_the_session_back() -> None:
    talk = in_turn(1, minutes=5)
    at = talk.now
    talk.tell(End(), End())
    assert talk.state.ended
    talk.wait(seconds=5)
    talk.tell(Undo())
    assert talk.state.phase.kind is Kind.CLOSE
    talk.tell(Undo())
    assert talk.state.spell.ran == talk.now - at + 5 * MINUTE


def test_what_can_be_undone_runs_out_after_the_end_too() -> None:
    talk = in_turn(1)
    talk.tell(End(), End())
    talk.wait(seconds=11)
    assert talk.refused(Undo()).startswith("Nothing to undo")
    assert talk.state.undoable == ()


def test_undo_of_a_pause_tells_what_the_pause_held_back() -> None:
    talk = in_turn(1)
    talk.wait(milliseconds=18 * MINUTE - 2000)
    at = talk.now
    talk.tell(Pause())
    talk.wait(seconds=5)
    assert talk.tell(Undo()) == (Undone(at + 5000, "the pause"), WarningDue(at + 2000, 2 * MINUTE))


def test_undo_tells_nothing_twice() -> None:
    talk = in_turn(1)
    talk.wait(milliseconds=18 * MINUTE - 2000)
    talk.tell(ChooseMode(Mode.LISTEN), ChooseMode(Mode.CHALLENGE))
    talk.wait(seconds=5)
    assert talk.warned == [2]
    assert talk.tell(Undo()) == (Undone(talk.now, "the change of listening"),)
    assert talk.tell(Undo()) == (Undone(talk.now, "the change of listening"),)
    assert talk.state.modes == (Mode.THINK, Mode.THINK)


def test_undo_before_a_hard_stop_does_not_go_on_twice() -> None:
    breath = Phase(Kind.BREAK, Length(5 * SECOND), stop=Stop.HARD)
    talk = Talk(a_plan(breath, SETTLE, CLOSE, turn(1)))
    talk.wait(seconds=3)
    talk.tell(ChooseMode(Mode.LISTEN))
    talk.wait(seconds=4)
    assert talk.tell(Undo()) == (Undone(talk.now, "the change of listening"),)
    assert (talk.state.spell.index, talk.state.spell.ran) == (1, 2 * SECOND)


def test_undo_under_a_clock_set_back_stays_in_order() -> None:
    talk = in_turn(1, minutes=5)
    talk.tell(More(MINUTE))
    seen, talk.now = talk.now, NOON
    assert talk.tell(Undo()) == (Undone(seen, "the extra time"),)
    assert talk.state.seen == seen


def test_undo_reaches_back_a_good_many_commands_but_not_for_ever() -> None:
    talk = in_turn(1)
    talk.tell(*[More(MINUTE)] * (MOST_UNDOS + 5))
    talk.tell(*[Undo()] * MOST_UNDOS)
    assert talk.state.spell.extra == 5 * MINUTE
    assert talk.refused(Undo()).startswith("Nothing to undo")


def test_undo_of_the_decision_asks_again() -> None:
    talk = in_turn(1)
    talk.vanish(minutes=11)
    talk.tell(CountAway())
    talk.wait(seconds=5)
    talk.tell(Undo())
    assert talk.state.hold is not None
    assert talk.state.hold.why is Why.AWAY
    assert talk.state.spell.ran == 0
