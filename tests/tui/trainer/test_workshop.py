"""The trainer's view: one clock, what comes next, the notes, and how far behind one is."""

from pathlib import Path

import msgspec
import pytest

from cotutor.content.workshop import PROGRAMMES
from cotutor.conversation.trainer.projector import Projector
from cotutor.domain.plan import Kind
from cotutor.domain.programme import expand
from cotutor.services.noticeboard import Lookout, Noticeboard
from cotutor.tui.trainer.audience import AudiencePage
from cotutor.tui.trainer.workshop_setup import WorkshopSetup
from tests.tui.sitting import sitting
from tests.tui.trainer.room import Room, trainer, workshop

LUNCH = PROGRAMMES.named("lunchtime").value
ROUND = 4
"""Where the round is in it, from 0."""


async def _to_the_round(room: Room) -> None:
    await room.press(*"nnnn")


async def test_a_whole_workshop_runs_from_the_welcome_to_the_end() -> None:
    async with workshop(LUNCH) as room:
        for number, section in enumerate(expand(LUNCH)):
            assert f"Part {number + 1} of 6: {section.item.title}" in room.shown
            for note in section.item.trainer:
                assert note[:25] in room.shown
            await room.go(seconds=section.item.lasts / 1000)
            if not section.item.turns:
                assert "■" in room.shown
                assert f"{section.item.title}: time is up. Press n to go on." in room.shown
                await room.press("n")
        assert "The workshop is over. Nothing was kept." in room.shown
        assert not room.app.return_value
        await room.press("q")
        assert not room.app._running or room.app._exit


async def test_ahead_and_behind_are_said_in_words_as_things_change() -> None:
    async with workshop(LUNCH) as room:
        assert "On time: ends 10:00" in room.shown
        await room.press("+", "+")
        assert "1 minute more. 2 minutes behind: would end 10:02. Press u to undo it." in room.shown
        await room.press("-")
        assert "1 minute less. 1 minute behind: would end 10:01." in room.shown
        await room.press("u", "u", "u")
        assert "On time: ends 10:00" in room.shown
        await room.press("n")
        assert "5 minutes ahead: would end 09:55" in room.shown
        await room.press("space")
        assert "‖ Paused for the whole room. Press space to go on." in room.shown
        assert "space Go on" in room.shown
        await room.go(minutes=7)
        await room.press("space")
        assert "▲ 2 minutes behind: would end 10:02" in room.shown


async def test_what_comes_next_comes_later_when_a_part_is_over_its_time() -> None:
    async with workshop(LUNCH) as room:
        assert "09:05  What we agree on (5m)" in room.line("following")
        await room.go(minutes=9)
        assert "09:09  What we agree on (5m)" in room.line("following")
        assert "09:14  A talk, twice (10m)" in room.line("following")


async def test_more_time_in_a_turn_counts_for_every_turn_of_the_round() -> None:
    async with workshop(LUNCH) as room:
        await _to_the_round(room)
        await room.press("n", "+")
        assert "1 minute more, and in the other turns of this round." in room.shown
        state = room.workshop.workshop.now.state
        assert (state.phase.kind, state.allotted) == (Kind.TURN, 13 * 60_000)
        await room.press("n", "n", "n", "n")
        assert room.workshop.workshop.now.state.allotted == 12 * 60_000, (
            "the first turn was left before its time"
        )


async def test_groups_take_their_parts_by_turns_and_the_odd_one_is_in_the_notes() -> None:
    async with workshop(LUNCH, "Ana, Ben, Cem, Dee, Eve") as room:
        await _to_the_round(room)
        assert "Find your group" in room.shown
        assert "The three: three turns of 8 minutes" in room.line("notes")
        await room.press("n")
        groups = room.line("groups").replace("\u00a0", " ")
        pair, three = sorted(groups.split("    "), key=len)
        first, second = pair.split("→")
        assert three.count(" + ") == 2
        await room.press("n", "n", "n", "n")
        assert f"{second}→{first}" in room.line("groups").replace("\u00a0", " ")


async def test_undo_takes_a_jump_back_over_the_end_of_a_part() -> None:
    async with workshop(LUNCH) as room:
        await room.press("n")
        assert "2 of 6" in room.shown
        await room.press("u")
        assert "1 of 6" in room.shown
        assert "Undone: going on." in room.shown


async def test_a_trainer_can_go_to_any_part_and_reads_its_notes_first() -> None:
    async with workshop(LUNCH) as room:
        await room.press("p")
        assert room.where == "PartsPage"
        await room.press("down", "down")
        assert LUNCH.items[2].trainer[0][:20] in room.shown
        await room.press("enter")
        assert "Part 3 of 6: A talk, twice" in room.shown
        assert room.digits == "10:00"
        await room.press("p", "escape")
        assert room.digits == "10:00"


async def test_seats_of_every_round_can_be_read() -> None:
    async with workshop(PROGRAMMES.named("half-day").value, "Ana Ben Cem Dee Eve Fay Gus") as room:
        await room.press("s")
        assert room.where == "SeatsPage"
        for number in range(1, 5):
            assert f"Round {number}" in room.shown
        for name in ("Ana", "Gus"):
            assert name in room.shown
        await room.press("escape")
        assert room.where == "WorkshopPage"


async def test_a_part_with_a_demonstration_plays_it_while_the_clock_goes_on() -> None:
    async with workshop(LUNCH) as room:
        assert not room.workshop.check_action("demonstration", ())
        await room.press("n", "n", "d")
        assert room.where == "DemoChoice"
        await room.go(minutes=1)
        await room.press("escape")
        assert room.digits == "9:00"


async def test_ending_is_asked_for_and_enter_does_not_end() -> None:
    async with workshop(LUNCH) as room:
        await room.press("q")
        assert "End the workshop for everybody?" in room.shown
        await room.press("enter", "escape")
        assert room.where == "WorkshopPage"
        await room.press("q", "y")
        assert room.app._exit


async def test_control_q_asks_too() -> None:
    async with workshop(LUNCH) as room:
        await room.press("ctrl+q")
        assert room.where == "LeaveSheet"
        await room.press("escape")
        assert room.where == "WorkshopPage"


async def test_a_computer_that_slept_asks_whether_the_time_counts() -> None:
    async with workshop(LUNCH) as room:
        room.clock.go(minutes=3)
        await room.look()
        assert "Away 3 minutes" in room.shown
        await room.press("c")
        assert room.digits == "2:00"


async def test_two_days_are_two_beginnings() -> None:
    async with workshop(PROGRAMMES.named("masterclass").value, "12") as room:
        last = sum(one.item.day == 1 for one in expand(PROGRAMMES.named("masterclass").value))
        await room.workshop.obey("go", str(last))
        assert "Day 1, part" in room.line("place")
        await room.press("n")
        assert "Day 1 is over. Press n to begin the next one." in room.shown
        assert "on time" not in room.shown
        await room.press("enter")
        assert "Day 2, part" in room.line("place")
        assert "On time" in room.shown


@pytest.mark.parametrize(("people", "fit"), [(5, "Made for 6 to 24 people; you are 5."), (6, "")])
async def test_a_number_the_programme_was_not_made_for_is_named(people: int, fit: str) -> None:
    programme = PROGRAMMES.named("half-day").value
    async with trainer(lambda _clock: WorkshopSetup(programme, Projector(), people)) as room:
        assert fit in room.shown
        assert ("Made for" in room.shown) == bool(fit)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_every_size_shows_the_clock_and_how_late_it_is(size: tuple[int, int]) -> None:
    async with workshop(LUNCH, "60", size) as room:
        await _to_the_round(room)
        await room.press("n")
        assert "5 of 6" in room.shown
        assert "ahead" in room.shown
        assert "█" in room.shown
        assert "? Help" in room.shown


async def test_a_rehearsal_says_so_on_every_screen() -> None:
    async with workshop(LUNCH, speed=60) as room:
        for key in ("v", "v", "o", "escape", "n", "n", "d", "enter"):
            assert "REHEARSAL 60x" in room.shown
            await room.press(key)
        assert room.where == "DemoPage"
        assert "REHEARSAL 60x" in room.shown


async def test_nothing_is_drawn_while_nothing_changes() -> None:
    async with workshop(LUNCH) as room:
        await room.press("space")
        drawn: list[object] = []
        room.app._driver.write = drawn.append  # type: ignore[union-attr,method-assign]  # watched
        await room.go(minutes=2)
        assert drawn == []


async def test_hostile_names_are_text_and_nothing_else() -> None:
    names = "[@click=app.quit]x, [/nope], \x1b]0;title\x07Eve, \u202eevil"
    async with workshop(LUNCH, names) as room:
        await _to_the_round(room)
        assert "[@click=app.quit]x" in room.line("groups").replace("\u00a0", " ")
        for key in ("s", "escape", "v", "v", "n"):
            await room.press(key)
            assert "\x1b" not in room.shown
            assert "\u202e" not in room.shown
        assert room.where == "WorkshopPage"


async def test_the_second_window_learns_of_every_change_and_of_the_end(tmp_path: Path) -> None:
    board = Noticeboard(tmp_path)
    lookout = Lookout(tmp_path)
    async with workshop(LUNCH, "Ana Ben Cem Dee", board=board) as room:
        await _to_the_round(room)
        notice = lookout.look()
        assert notice
        assert (notice.posted.section, notice.posted.phase) == (ROUND, 0)
        assert sorted(seat for group in notice.posted.seats for seat in group) == [1, 2, 3, 4]
        assert b"Ana" not in msgspec.json.encode(notice)
        await room.press("space")
        assert (again := lookout.look())
        assert again.posted.held
        await room.press("q", "y")
    assert lookout.look() is None
    assert not (tmp_path / "workshop").exists()


async def test_a_board_that_can_not_be_written_is_told_and_the_workshop_goes_on(tmp_path: Path) -> None:
    board = Noticeboard(tmp_path / "gone")
    async with workshop(LUNCH, board=board) as room:
        assert "second window can't follow" in room.shown
        await room.press("n")
        assert "2 of 6" in room.shown


async def test_from_home_a_workshop_runs_without_a_second_window_and_says_how_to_get_one() -> None:
    async with sitting((80, 30)) as two:
        menu = two.app.screen.query_one("#menu")
        menu.highlighted = menu.get_option_index("trainer('workshop')")  # type: ignore[attr-defined]  # a menu
        await two.press("enter", "enter")
        assert two.where == "WorkshopSetup"
        await two.write("4")
        await two.press("enter", "enter")
        assert two.where == "WorkshopPage"
        assert "cotutor workshop" in two.shown
        await two.press("q", "y")
        assert two.where == "WorkshopMenu"
        await two.press("escape")
        assert two.where == "Home"


async def test_the_rooms_view_obeys_a_few_keys_and_shows_none() -> None:
    async with workshop(LUNCH) as room:
        await room.press("v")
        assert room.where == AudiencePage.__name__
        await room.press("n")
        assert "What we agree on" in room.shown
        await room.press("space")
        assert "paused" in room.shown
        await room.press("space", "u", "u", "u")
        await room.press("ctrl+p")
        assert room.where == AudiencePage.__name__
        await room.press("v")
        assert room.where == "WorkshopPage"


async def test_a_yes_to_the_end_counts_although_an_absence_was_asked_about_meanwhile() -> None:
    async with workshop(LUNCH) as room:
        await room.press("q")
        room.clock.go(minutes=20)
        await room.look()
        assert room.where == "AwaySheet"
        await room.press("c")
        assert room.where == "ConfirmSheet"
        await room.press("y")
        assert room.app._exit


async def test_an_absence_is_asked_about_over_the_rooms_view_and_below_the_cover() -> None:
    async with workshop(LUNCH) as room:
        await room.press("v")
        room.clock.go(minutes=20)
        await room.look()
        assert room.where == "AwaySheet"
        await room.press("c", "v", "b")
        room.clock.go(minutes=20)
        await room.look()
        await room.look()
        assert room.where == "Cover"
        await room.press("b")
        assert room.where == "AwaySheet"
