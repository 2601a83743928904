"""Counting what a listener does: since when, what it answers, and when closing asks first."""

import pytest
from msgspec.structs import replace

from cotutor.conversation.trainer.tally import CLOSE, Counting, printed
from cotutor.domain.duration import MINUTE
from cotutor.domain.plan import Kind
from cotutor.domain.skills import Skill
from cotutor.domain.tally import MOST_MARKS, Mark, Tally
from tests.conversation.session.sat import Sat
from tests.fakes import FakeClock


def test_a_tally_of_ones_own_counts_from_now_on() -> None:
    clock = FakeClock()
    own = Counting(clock)
    assert (own.elapsed, own.length, own.left) == (0, 1, "")
    clock.go(seconds=2, milliseconds=300)
    assert (own.elapsed, own.length) == (2_300, 2_300)
    assert own.seconds_to_wake() == pytest.approx(0.7)
    clock.speed = 5
    assert own.seconds_to_wake() == pytest.approx(0.14)
    clock.speed = 60
    assert own.seconds_to_wake() == 0.1
    clock.go(seconds=-9)
    assert own.elapsed == 0


def test_a_turn_is_counted_from_its_beginning_and_told_when_it_is_over() -> None:
    sat = Sat("triad").until(Kind.TURN)
    sat.go(60)
    turn = Counting(sat.clock, lambda: sat.talk.state)
    assert (turn.elapsed, turn.left) == (60_000, "9:00 left")
    sat.go(sat.talk.state.left / 1000)
    assert turn.left == "0:00 left"
    sat.go(5)
    assert turn.left == "0:05 over"
    sat.talk.obey("next")
    assert turn.left == "the turn is over: Enter shows the picture"
    assert Counting(sat.clock, lambda: sat.talk.state).elapsed == 0
    sat.talk.obey("end")
    sat.talk.obey("end")
    assert turn.left == ""


def test_outside_a_turn_it_counts_from_now_on_however_long_that_phase_has_lasted() -> None:
    sat = Sat("triad").until(Kind.TURN)
    sat.talk.obey("next")
    sat.go(5)
    assert not sat.talk.state.phase.is_turn
    between = Counting(sat.clock, lambda: sat.talk.state)
    assert between.elapsed == 0
    sat.clock.go(seconds=2)
    assert between.elapsed == 2_000


def test_each_mark_is_answered_and_can_be_taken_back() -> None:
    own = Counting(FakeClock())
    assert own.undo() == "Nothing to take back."
    assert own.before_closing is None
    assert [own.skill(letter) for letter in ("o", "x", "", None)] == [Skill.OPEN, None, None, None]
    own.count(Skill.SILENCE)
    own.count(Skill.OPEN)
    assert own.count(Skill.OPEN).startswith("Open question, 2. ")
    assert own.before_closing is CLOSE
    assert own.undo() == "Taken back: open question."
    assert own.tally.count(Skill.OPEN) == own.tally.count(Skill.SILENCE) == 1
    own.tally = replace(own.tally, marks=(Mark(Skill.OPEN, 0),) * MOST_MARKS)
    assert "full" in own.count(Skill.OPEN)


def test_what_is_printed_ends_with_how_to_talk_about_it() -> None:
    lines = printed(Tally(), MINUTE)
    assert (lines[0], lines[1]) == ("Observer's tally", "")
    assert lines[-5] == ""
    assert all(lines[-4:])
