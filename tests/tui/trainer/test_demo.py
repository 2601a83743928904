"""A demonstration on the screen: always called fiction, at any speed, with stops to answer."""

import pytest
from textual.screen import Screen

from cotutor.content.workshop import DEMOS
from cotutor.conversation.trainer.demonstration import SPEEDS
from cotutor.domain.demonstration import FICTION, Which, starts, tallied
from cotutor.domain.skills import Skill
from cotutor.domain.tally import BORROWED
from cotutor.tui.trainer.demo import DemoPage
from cotutor.tui.trainer.demo_menu import DemoChoice, DemoMenu
from tests.fakes import FakeClock
from tests.tui.trainer.room import trainer

LETTER = DEMOS.named("the-letter").value


def helpful(clock: FakeClock) -> Screen[None]:
    return DemoPage(LETTER, Which.HELPFUL, clock)


def unhelpful(clock: FakeClock) -> Screen[None]:
    return DemoPage(LETTER, Which.UNHELPFUL, clock)


async def test_the_menu_leads_to_both_versions_and_every_screen_says_it_is_fiction() -> None:
    async with trainer(lambda _clock: DemoMenu()) as room:
        for script in DEMOS.shipped():
            assert script.title in room.shown
        assert FICTION in room.shown
        await room.press("down", "enter")
        assert room.where == "DemoChoice"
        for text in (FICTION, LETTER.setting[:40], LETTER.unhelpful.watch[:40], "The helpful version"):
            assert text in room.shown
        await room.press("enter")
        assert room.where == "DemoPage"
        assert FICTION in room.shown
        await room.press("e")
        assert room.where == "DemoEnd"
        assert FICTION in room.shown
        await room.press("c")
        assert room.where == "DemoCompare"
        assert FICTION in room.shown
        await room.press("escape", "w")
        assert room.top(DemoPage).demonstration.playback.which is Which.HELPFUL


async def test_lines_come_on_the_clock() -> None:
    times = starts(LETTER.lines(Which.HELPFUL))
    async with trainer(helpful) as room:
        assert "You said you wanted to be listened to" in room.shown
        assert "There's been a complaint." not in room.shown
        await room.go(seconds=times[2] / 1000 - 0.01)
        assert "There's been a complaint." not in room.shown
        await room.go(seconds=0.01)
        assert "There's been a complaint. The letter came on Monday. [I-A]" in room.shown


async def test_a_stop_waits_takes_an_answer_and_says_why() -> None:
    stop = LETTER.helpful.stops[0]
    async with trainer(helpful) as room:
        for _ in range(stop.after):
            await room.press("right")
        assert "What would you say next?" in room.shown
        await room.go(minutes=2)
        assert room.top(DemoPage).demonstration.playback.stop is stop
        for number, choice in enumerate(stop.choices, start=1):
            await room.press(str(number))
            assert f"{'That helps' if choice.helps else 'That hinders'}. {choice.why[:30]}" in room.shown
        await room.press("right")
        assert "What would you say next?" not in room.shown


async def test_a_click_answers_and_goes_on() -> None:
    async with trainer(helpful) as room:
        for _ in range(LETTER.helpful.stops[0].after):
            await room.press("right")
        row = next(y for y, text in enumerate(room.rows) if text.strip().startswith("2 (Wait.)"))
        await room.pilot.click(offset=(8, row))
        await room.settle()
        assert room.top(DemoPage).demonstration.playback.choice is LETTER.helpful.stops[0].choices[1]


async def test_faster_slower_pause_and_back() -> None:
    async with trainer(helpful) as room:
        for speed in SPEEDS[1:]:
            await room.press("+")
            assert room.top(DemoPage).demonstration.playback.speed == speed
        await room.press("+")
        assert room.top(DemoPage).demonstration.playback.speed == SPEEDS[-1]
        for _ in SPEEDS:
            await room.press("-")
        assert room.top(DemoPage).demonstration.playback.speed == 1
        await room.press("right", "right", "space")
        await room.go(minutes=1)
        assert "Line 3 of" in room.shown
        assert "paused" in room.shown
        await room.press("left", "space")
        assert "Line 2 of" in room.shown


async def test_labels_can_be_hidden_so_that_the_room_guesses() -> None:
    async with trainer(unhelpful) as room:
        await room.press("right", "right", "right", "right")
        assert "[closed question, hinders]" in room.shown
        await room.press("l")
        assert "[" not in " ".join(room.rows[2:-3])
        await room.press("l")
        assert "[closed question, hinders]" in room.shown


async def test_the_end_counts_and_compares() -> None:
    async with trainer(unhelpful, (80, 60)) as room:
        await room.press("e")
        for text in ("closed question", "advice given", BORROWED[:40], LETTER.unhelpful.debrief[0]):
            assert text in room.shown
        await room.press("c")
        row = next(row for row in room.rows if "silence kept" in row).split()
        count = tallied(LETTER, Which.HELPFUL).count(Skill.SILENCE)
        assert row[2:] == ["·", str(count), "█" * count]


async def test_played_to_the_end_it_says_so_and_enter_goes_on() -> None:
    async with trainer(unhelpful) as room:
        for _ in range(len(LETTER.lines(Which.UNHELPFUL)) + len(LETTER.unhelpful.stops)):
            await room.press("right")
        assert "That was the unhelpful version." in room.shown
        await room.press("enter")
        assert room.where == "DemoEnd"


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_every_size_shows_the_latest_line(size: tuple[int, int]) -> None:
    async with trainer(helpful, size) as room:
        for _ in range(30):
            await room.press("right")
            playback = room.top(DemoPage).demonstration.playback
            if playback.stop is None:
                words = playback.lines[playback.index].say.split()
                assert words[-1] in room.shown
        assert "? Help" in room.shown


async def test_nothing_is_drawn_while_nothing_is_said() -> None:
    async with trainer(helpful) as room:
        await room.press("space")
        drawn: list[object] = []
        room.app._driver.write = drawn.append  # type: ignore[union-attr,method-assign]  # watched
        await room.go(minutes=2)
        assert drawn == []


async def test_the_choice_of_a_script_can_come_first() -> None:
    async with trainer(lambda _clock: DemoChoice(LETTER)) as room:
        await room.press("escape")
        assert room.app._exit
