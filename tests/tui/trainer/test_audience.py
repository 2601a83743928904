"""The room's view: what to do, until when, who has which part; never a control, a note or a name in a second window."""

from pathlib import Path

import pytest
from textual.screen import Screen

from cotutor.content.workshop import PROGRAMMES
from cotutor.domain.commands import Next
from cotutor.domain.errors import ContentProblems
from cotutor.domain.scenes import LEGEND, Scene, scenes
from cotutor.services.noticeboard import STALE_AFTER, Lookout, Noticeboard, posted
from cotutor.services.workshop_runner import WorkshopRunner
from cotutor.tui.trainer.audience import AudienceWindow
from tests.fakes import FakeClock
from tests.tui.trainer.room import Room, trainer, workshop

LUNCH = PROGRAMMES.named("lunchtime").value


def _find(name: str) -> tuple[Scene, ...]:
    try:
        return scenes(PROGRAMMES.named(name).value)
    except ContentProblems:
        return ()


class Projected:
    """A second window, and a trainer's clock that writes notices for it."""

    def __init__(self, folder: Path, name: str = "lunchtime") -> None:
        self.clock = FakeClock()
        self.folder = folder
        self.name = name
        self.board = Noticeboard(folder, self.clock)
        self.runner = WorkshopRunner(LUNCH, self.clock, lambda *_: None, lambda _: None)
        self.runner.start()

    def first(self, clock: FakeClock) -> Screen[None]:
        clock.elapsed = self.clock.elapsed
        return AudienceWindow(Lookout(self.folder, self.clock), _find)

    def put_up(self) -> None:
        self.board.put_up(self.name, posted(self.runner, 5, ((4, 1), (2, 3, 5))))

    async def look(self, room: Room) -> None:
        room.top(AudienceWindow).look()
        await room.settle()


async def test_it_waits_follows_counts_down_by_itself_and_waits_again(tmp_path: Path) -> None:
    projected = Projected(tmp_path)
    async with trainer(projected.first) as room:
        assert "Waiting for the trainer" in room.shown
        assert room.digits == ""
        projected.put_up()
        await projected.look(room)
        assert "Welcome" in room.shown
        assert LUNCH.items[0].say[:30] in room.shown
        assert room.digits == "5:00"
        projected.clock.go(seconds=12)
        await projected.look(room)
        assert room.digits == "4:48"
        projected.runner.go_to(4)
        projected.runner.send(Next())
        projected.put_up()
        await projected.look(room)
        for text in (
            "Twelve minutes each",
            "Turn 1 of 2",
            "4→1",
            "2 + 3 + 5",
            LEGEND,
            "The three: three turns",
        ):
            assert text in room.shown.replace("\u00a0", " ")
        projected.board.take_down()
        await projected.look(room)
        assert "Waiting for the trainer" in room.shown
        projected.put_up()
        await projected.look(room)
        assert "Turn 1 of 2" in room.shown, "the trainer came back"
        projected.clock.go(milliseconds=STALE_AFTER + 1)
        await projected.look(room)
        assert "Waiting for the trainer" in room.shown, "nobody renewed it"


async def test_it_never_counts_below_nought_where_the_next_phase_begins_by_itself(tmp_path: Path) -> None:
    projected = Projected(tmp_path)
    projected.runner.go_to(4)
    projected.put_up()
    async with trainer(projected.first) as room:
        projected.clock.go(seconds=59)
        await projected.look(room)
        assert room.digits == "0:01"
        projected.clock.go(seconds=1)
        await projected.look(room)
        assert room.digits == "0:00"


async def test_it_counts_up_where_the_room_waits_for_the_trainer(tmp_path: Path) -> None:
    projected = Projected(tmp_path)
    projected.runner.send(Next())
    projected.clock.go(seconds=25)
    projected.runner.tick()
    projected.put_up()
    async with trainer(projected.first) as room:
        for _ in range(6):
            projected.clock.go(seconds=50)
            notice = Lookout(tmp_path, projected.clock).look()
            assert notice
            projected.board.put_up("lunchtime", notice.posted.after(50_000))
        await projected.look(room)
        assert room.digits == "+0:25"
        assert "over its time" in room.shown


async def test_a_programme_it_does_not_know_leaves_the_digits(tmp_path: Path) -> None:
    projected = Projected(tmp_path, "my-own")
    projected.put_up()
    async with trainer(projected.first) as room:
        assert room.digits == "5:00"
        assert "start this window with the trainer's programme" in room.shown


async def test_no_note_control_or_name_is_ever_shown_to_the_room() -> None:
    async with workshop(LUNCH, "Ana, Ben, Cem, Dee") as room:
        notes = [note for item in LUNCH.items for note in item.trainer]
        await room.press("v")
        for _ in range(len(LUNCH.items) + 6):
            for note in notes:
                assert note[:20] not in room.shown
            for control in ("Pause ", "Next", "Help", "ahead", "behind", "nothing kept"):
                assert control not in room.shown
            await room.press("n")


async def test_a_second_window_knows_seats_by_number_only(tmp_path: Path) -> None:
    board = Noticeboard(tmp_path)
    async with workshop(LUNCH, "Ana, Ben, Cem, Dee", board=board) as room:
        await room.press(*"nnnn")
        for file in tmp_path.iterdir():  # noqa: ASYNC240  a small folder of the test's own
            held = file.read_bytes()
            assert not any(name.encode() in held for name in ("Ana", "Ben", "Cem", "Dee"))


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_the_digits_grow_with_the_window(tmp_path: Path, size: tuple[int, int]) -> None:
    projected = Projected(tmp_path)
    projected.put_up()
    async with trainer(projected.first, size) as room:
        tall = sum("█" in row for row in room.rows)
        assert tall >= {12: 5, 24: 10, 60: 25}[size[1]]
        assert "until 09:05" in room.shown


async def test_it_closes_with_q_and_has_no_palette(tmp_path: Path) -> None:
    async with trainer(Projected(tmp_path).first) as room:
        await room.press("ctrl+p")
        assert room.where == "AudienceWindow"
        await room.press("q")
        assert room.app._exit
