import pytest

from cotutor.content.workshop import PROGRAMMES
from cotutor.domain.commands import More, Next, NotNow, Pause, Resume, Undo
from cotutor.domain.duration import MINUTE, SECOND, Length
from cotutor.domain.events import Event, PhaseEnded, SessionEnded
from cotutor.domain.plan import Kind
from cotutor.domain.programme import Item, ItemKind, Programme, Turns
from cotutor.domain.session import SessionState
from cotutor.services.workshop_runner import WorkshopRunner
from tests.fakes import FakeClock


def item(kind: ItemKind, minutes: int, day: int = 1) -> Item:
    return Item(kind, kind.capitalize(), "Together.", Length(minutes * MINUTE), day=day)


A_ROUND = Item(ItemKind.ROUND, "Round", "Begin.", turns=Turns(2, Length(5 * MINUTE)))
ITEMS = (item(ItemKind.WELCOME, 10), A_ROUND, item(ItemKind.CLOSE, 5), item(ItemKind.REVIEW, 20, day=2))
PROGRAMME = Programme(1, "a-test", "A test", Length(sum(one.lasts for one in ITEMS)), ITEMS)


class Room:
    """A room with a clock that goes when told, and what it told its face."""

    def __init__(self, programme: Programme = PROGRAMME, first: int = 0) -> None:
        self.clock = FakeClock()
        self.events: list[Event] = []
        self.moves: list[int] = []
        self.runner = WorkshopRunner(programme, self.clock, self.heard, self.moves.append, first)
        self.runner.start()

    def heard(self, _state: SessionState, event: Event) -> None:
        self.events.append(event)

    def go(self, *, minutes: float = 0, seconds: float = 0) -> None:
        for _ in range(round(minutes * 60 + seconds)):
            self.clock.go(seconds=1)
            self.runner.tick()


def test_an_item_over_its_time_waits_for_the_trainer() -> None:
    room = Room()
    room.go(minutes=13)
    assert room.moves == [0]
    assert room.runner.section.item.kind is ItemKind.WELCOME
    room.runner.send(Next())
    assert room.moves == [0, 1]


def test_a_round_goes_by_the_bell_and_into_the_next_item() -> None:
    room = Room(first=1)
    room.go(seconds=A_ROUND.lasts // SECOND - 1)
    assert room.moves == [1]
    room.go(seconds=1)
    assert room.moves == [1, 2]
    assert room.runner.section.item.kind is ItemKind.CLOSE
    assert sum(isinstance(event, SessionEnded) for event in room.events) == 1


def test_the_day_ends_and_the_next_one_waits() -> None:
    room = Room(first=2)
    room.runner.send(Next())
    assert room.runner.day_over
    # until nothing can be undone any more
    assert room.runner.seconds_to_wake() == pytest.approx(10, abs=0.01)
    room.go(minutes=10)
    assert room.runner.seconds_to_wake() is None
    assert room.moves == [2]
    room.clock.go(hours=15)
    room.runner.go_to(3)
    assert not room.runner.day_over
    assert room.runner.standing() == "on time: ends 00:30"
    room.runner.send(Next())
    assert room.runner.day_over
    assert room.moves == [2, 3]


def test_undo_reaches_back_over_the_end_of_an_item() -> None:
    room = Room()
    room.go(minutes=4)
    room.runner.send(Next())
    room.go(seconds=5)
    room.runner.send(Undo())
    assert room.moves == [0, 1, 0]
    assert room.runner.runner.state.left == 10 * MINUTE - 4 * MINUTE - 5 * SECOND
    with pytest.raises(NotNow):
        room.runner.send(Undo())


def test_undo_comes_too_late_after_ten_seconds_and_changes_nothing() -> None:
    room = Room()
    room.runner.send(Next())
    room.go(seconds=11)
    with pytest.raises(NotNow):
        room.runner.send(Undo())
    assert room.moves == [0, 1]


def test_undo_within_an_item_stays_in_it() -> None:
    room = Room()
    room.runner.send(Next())
    room.runner.send(Pause())
    room.runner.send(Undo())
    assert room.moves == [0, 1]
    assert room.runner.runner.state.hold is None


def test_a_trainer_can_go_anywhere_and_begins_it_afresh() -> None:
    room = Room()
    room.go(minutes=9)
    room.runner.go_to(2)
    room.runner.go_to(0)
    assert room.moves == [0, 2, 0]
    assert room.runner.runner.state.left == 10 * MINUTE
    with pytest.raises(NotNow):
        room.runner.send(Undo())


def test_ahead_and_behind() -> None:
    room = Room()
    total = ITEMS[0].lasts + A_ROUND.lasts + ITEMS[2].lasts
    assert total == 27 * MINUTE + 30 * SECOND
    assert room.runner.standing() == "on time: ends 09:27"
    room.go(minutes=16)
    assert room.runner.late() == 6 * MINUTE
    assert room.runner.standing() == "6 minutes behind: would end 09:33"
    room.runner.send(Next())
    assert room.runner.late() == 6 * MINUTE
    room.runner.go_to(2)
    assert room.runner.late() == 6 * MINUTE - A_ROUND.lasts
    assert room.runner.standing() == "7 minutes ahead: would end 09:21"


def test_a_pause_makes_the_room_late() -> None:
    room = Room()
    room.runner.send(Pause())
    room.go(minutes=3)
    room.runner.send(Resume())
    assert room.runner.late() == 3 * MINUTE


def test_more_time_for_one_speaker_is_given_to_the_other_of_the_pair_and_to_nobody_else() -> None:
    room = Room(Programme(1, "a-test", "A test", Length(2 * A_ROUND.lasts), (A_ROUND, A_ROUND)))
    room.runner.send(Next())
    room.runner.send(More(MINUTE))
    assert room.runner.late() == -2 * MINUTE + 2 * MINUTE
    room.go(seconds=(2 * A_ROUND.lasts + 2 * MINUTE) // SECOND)
    assert room.moves == [0, 1]
    assert room.runner.day_over
    turns = [
        number for number, phase in enumerate(room.runner.section.plan.phases) if phase.kind is Kind.TURN
    ]
    ran = [event.ran for event in room.events if isinstance(event, PhaseEnded) and event.index in turns]
    assert ran == [6 * MINUTE, 6 * MINUTE, 5 * MINUTE, 5 * MINUTE]


def test_a_shipped_programme_runs_from_end_to_end_as_planned() -> None:
    room = Room(PROGRAMMES.named("half-day").value)
    while not room.runner.day_over:
        wait = room.runner.seconds_to_wake()
        room.clock.go(milliseconds=round((wait or 0) * 1000))
        room.runner.tick()
        if room.runner.runner.state.left <= 0 and not room.runner.section.item.turns:
            room.runner.send(Next())
    assert room.moves == list(range(len(room.runner.sections)))
    assert room.runner.late() == 0
    assert room.runner.standing() == "on time: ends 12:00"
