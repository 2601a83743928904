"""When a running session wakes its face: at whole seconds of the phase, at each event, and never for nothing."""

import pytest

from cotutor.content.loader import PLANS
from cotutor.domain.agreement import Agreement
from cotutor.domain.commands import End, More, Next, Pause, Undo
from cotutor.domain.duration import MINUTE, SECOND
from cotutor.domain.events import Event
from cotutor.domain.plan import Kind
from cotutor.domain.session import UNDO_FOR, SessionState
from cotutor.services.session_runner import SessionRunner
from tests.fakes import FakeClock


class Running:
    """A session in its first turn, with a clock that goes when told."""

    def __init__(self, speed: int = 1) -> None:
        self.clock = FakeClock(speed)
        self.events: list[Event] = []
        plan = PLANS.named("pair").value
        self.runner = SessionRunner(plan, Agreement.usual(plan), self.clock, self.heard)
        self.runner.start()
        self.runner.send(Next())
        assert self.runner.state.phase.kind is Kind.TURN
        self.clock.go(milliseconds=UNDO_FOR * speed + SECOND)
        self.runner.tick()  # nothing can be undone any more

    def heard(self, _state: SessionState, event: Event) -> None:
        self.events.append(event)

    def wait(self) -> int:
        """Milliseconds of the clock until the runner wants to be woken."""
        seconds = self.runner.seconds_to_wake()
        assert seconds is not None
        return round(seconds * SECOND * self.clock.speed)


@pytest.mark.parametrize("past", [0, 1, 250, 600, 899])
def test_it_wakes_at_the_next_whole_second_of_the_phase(past: int) -> None:
    running = Running()
    running.clock.go(milliseconds=past)
    running.runner.tick()
    left = running.runner.state.left
    running.clock.go(milliseconds=running.wait())
    running.runner.tick()
    assert running.runner.state.left == left - (left % SECOND or SECOND)
    assert running.wait() == SECOND


def test_a_late_look_shortens_the_wait_for_the_next_second() -> None:
    running = Running()
    running.clock.go(milliseconds=300)  # nobody has ticked since
    assert running.wait() == 700
    running.clock.go(seconds=2)
    assert running.wait() == 0


@pytest.mark.parametrize(("speed", "wait"), [(1, 100), (60, 6_000)])
def test_it_wakes_no_more_than_ten_times_a_real_second_to_be_read(speed: int, wait: int) -> None:
    running = Running(speed)
    running.clock.go(milliseconds=990)
    running.runner.tick()
    assert running.wait() == wait


def test_an_event_is_not_kept_waiting_for_a_whole_second_that_comes_later() -> None:
    running = Running(speed=60)
    running.clock.go(milliseconds=running.runner.state.left - 200)
    running.runner.tick()
    assert running.wait() == 200


def test_while_the_clock_is_held_it_wakes_only_when_undo_ends() -> None:
    running = Running()
    running.runner.send(Pause())
    running.clock.go(milliseconds=400)
    running.runner.tick()
    assert running.wait() == UNDO_FOR - 400 + 1
    running.clock.go(milliseconds=running.wait() - 1)
    running.runner.tick()
    assert running.runner.state.undoable
    running.clock.go(milliseconds=1)
    running.runner.tick()
    assert not running.runner.state.undoable
    assert running.runner.seconds_to_wake() is None


def test_after_the_end_it_wakes_when_undo_ends_so_that_nothing_is_remembered_longer() -> None:
    running = Running()
    running.runner.send(More(MINUTE))
    running.clock.go(seconds=4)
    running.runner.send(End())
    running.clock.go(seconds=1)
    running.runner.send(End())
    assert running.runner.state.ended
    for wait in (UNDO_FOR - 5_000 + 1, 4_000, 1_000):
        assert running.runner.state.undoable
        assert running.wait() == wait
        running.clock.go(milliseconds=wait)
        running.runner.tick()
    assert not running.runner.state.undoable
    assert running.runner.seconds_to_wake() is None


def test_undo_is_offered_as_long_in_a_rehearsal_as_in_life() -> None:
    running = Running(speed=60)
    running.runner.send(More(MINUTE))
    running.clock.go(seconds=9 * 60)
    running.runner.tick()
    running.runner.send(Undo())
    running.runner.send(More(MINUTE))
    running.clock.go(seconds=11 * 60)
    running.runner.tick()
    assert not running.runner.state.undoable


def test_nobody_need_be_there_for_a_session_to_end() -> None:
    running = Running()
    running.runner.send(Pause())
    while (wait := running.runner.seconds_to_wake()) is not None or not running.runner.state.ended:
        running.runner.go_on_alone()
        running.clock.go(milliseconds=round((wait or 0) * SECOND))
        running.runner.tick()
    assert running.runner.state.ended
    assert running.runner.seconds_to_wake() is None


def test_once_nobody_is_there_nothing_is_offered_to_be_taken_back() -> None:
    running = Running()
    running.runner.send(More(MINUTE))
    assert running.runner.state.undoable
    running.runner.go_on_alone()
    assert not running.runner.state.undoable
