"""Keys typed faster than the screens change lead on once, and close nothing that lies behind."""

import re
from pathlib import Path

import pytest
from textual import events
from textual.command import CommandList, CommandPalette

from cotutor.content.loader import PLANS
from cotutor.domain.agreement import Agreement
from cotutor.tui import app
from cotutor.tui.common.help import HelpPage
from cotutor.tui.textual_seams.stacked import Stacked
from cotutor.tui.widgets.key_bar import KeyBar
from tests.tui.sitting import Sitting, sitting

PAIR = PLANS.named("pair").value
ENTER, ESCAPE, COVER = ("enter", "\r"), ("escape", None), ("ctrl+l", None)


async def at_once(two: Sitting, *keys: tuple[str, str | None]) -> None:
    """Press keys without a pause in which a screen could change."""
    for name, character in keys:
        event = events.Key(name, character)
        event.set_sender(two.app)
        two.app.post_message(event)
    await two.settle()


async def look_up(two: Sitting, word: str) -> None:
    """Open the palette, type a word, and wait until it has found what there is."""
    await two.press("ctrl+p")
    await two.key_in(word)
    palette = two.app.screen
    assert isinstance(palette, CommandPalette)
    running = [worker for worker in two.app.workers if not worker.is_finished]
    await two.app.workers.wait_for_complete(running)
    await two.settle()
    assert palette.query_one(CommandList).option_count


def screens(two: Sitting) -> list[str]:
    return [type(screen).__name__ for screen in two.app.screen_stack]


@pytest.mark.parametrize("keys", [(ENTER,) * 2, (ENTER,) * 3, (ESCAPE,) * 2, (ESCAPE,) * 3, (ENTER, ESCAPE)])
async def test_a_palette_closes_no_session_behind_it(keys: tuple[tuple[str, str | None], ...]) -> None:
    async with sitting(plan=PAIR, agreement=Agreement.usual(PAIR), quick=True) as two:
        await look_up(two, "earlier")
        await at_once(two, *keys)
        assert screens(two) == ["Home", "SessionPage"]


@pytest.mark.parametrize("keys", [(ENTER, COVER), (ESCAPE, COVER), (ENTER, ENTER, COVER)])
async def test_a_palette_takes_no_cover_off(keys: tuple[tuple[str, str | None], ...]) -> None:
    async with sitting(plan=PAIR, agreement=Agreement.usual(PAIR), quick=True) as two:
        await look_up(two, "pause")
        await at_once(two, *keys)
        assert two.where == "Cover"
        assert two.state.hold is None
        await two.press("b")
        assert two.where != "Cover"
        assert "SessionPage" in screens(two)


async def test_agreeing_twice_begins_one_session() -> None:
    async with sitting(plan=PAIR) as two:
        await at_once(two, ENTER, ENTER, ENTER)
        assert screens(two) == ["Home", "AgreementPage", "SessionPage"]


async def test_a_plan_chosen_twice_is_agreed_on_once() -> None:
    async with sitting() as two:
        await at_once(two, ENTER, ENTER)
        assert screens(two)[:2] == ["Home", "AgreementPage"]
        assert screens(two).count("AgreementPage") == 1


@pytest.mark.parametrize("what", ["workshop", "demo", "practise"])
async def test_what_a_trainer_chooses_twice_opens_once(what: str) -> None:
    async with sitting() as two:
        await two.app.run_action(f"app.trainer('{what}')")
        await two.settle()
        before = screens(two)
        assert len(before) == 2
        await at_once(two, ENTER, ENTER, ENTER)
        assert len(screens(two)) == 3
        assert screens(two)[:2] == before


@pytest.mark.parametrize("opened", ["!", "?", "ctrl+q"])
async def test_a_sheet_left_twice_closes_itself_alone(opened: str) -> None:
    async with sitting(plan=PAIR, agreement=Agreement.usual(PAIR), quick=True) as two:
        await two.press(opened)
        assert len(screens(two)) == 3
        await at_once(two, ESCAPE, ESCAPE, ESCAPE)
        assert screens(two) == ["Home", "SessionPage"]


@pytest.mark.parametrize("clicks", [1, 2, 3])
async def test_back_clicked_twice_closes_one_screen(clicks: int) -> None:
    async with sitting(plan=PAIR, agreement=Agreement.usual(PAIR), quick=True) as two:
        await two.press("?")
        bar = two.one(KeyBar)
        y, start, _end, _command = next(spot for spot in bar._spots if spot[3].label == "Back")
        x, y = start + bar.gutter.left, y + bar.gutter.top
        at = {"screen_x": bar.region.x + x, "screen_y": bar.region.y + y}
        for _ in range(clicks):
            click = events.Click(bar, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False, style=None, **at)
            bar.post_message(click)
        await two.settle()
        assert screens(two) == ["Home", "SessionPage"]


@pytest.mark.parametrize("first", [(), ("ctrl+p",), ("ctrl+q",)])
async def test_a_question_waits_below_the_cover(first: tuple[str, ...]) -> None:
    async with sitting(plan=PAIR, agreement=Agreement.usual(PAIR), quick=True) as two:
        await two.press("n", "b", *first)
        two.clock.go(minutes=11)
        await two.look()
        assert "AbsenceSheet" not in screens(two)
        assert "Palette" not in screens(two)
        await two.press("escape", "escape")
        assert screens(two) == ["Home", "SessionPage", "AbsenceSheet"]


async def test_a_question_is_asked_once_the_cover_is_off_and_once() -> None:
    async with sitting(plan=PAIR, agreement=Agreement.usual(PAIR), quick=True) as two:
        await two.press("n", "b")
        two.clock.go(minutes=11)
        await two.look()
        await two.look()
        assert screens(two) == ["Home", "SessionPage", "Cover"]
        await two.press("b")
        assert screens(two) == ["Home", "SessionPage", "AbsenceSheet"]


async def test_what_a_covered_screen_wanted_happens_once_it_is_uncovered_and_once() -> None:
    async with sitting(plan=PAIR, agreement=Agreement.usual(PAIR), quick=True) as two:
        await two.press("?")
        page, done = two.app.screen, []
        assert isinstance(page, Stacked)
        await two.press("ctrl+l")
        page.step_back(lambda: done.append("back"))
        page.step_back(lambda: done.append("twice"))
        page.make_way_for(HelpPage((), ()))
        page.lead_to(HelpPage((), ()))
        await two.settle()
        assert (screens(two), done) == (["Home", "SessionPage", "HelpPage", "Cover"], [])
        await two.press("b")
        assert (screens(two), done) == (["Home", "SessionPage"], ["back"])
        page.step_back()
        page.dismiss()
        await two.settle()
        assert screens(two) == ["Home", "SessionPage"]


def test_only_screens_that_keep_to_their_place_in_the_stack_lead_anywhere() -> None:
    folder = Path(app.__file__).parent
    ways = re.compile(r"\.(push|switch|pop)_screen\(")
    assert {
        path.relative_to(folder).as_posix() for path in folder.rglob("*.py") if ways.search(path.read_text())
    } == {
        "textual_seams/stacked.py",  # the one place for all pages and sheets
        "textual_seams/sealed_app.py",  # the palette, at a key that works on whatever is on top
        "app.py",  # the cover, help and the question before leaving, at such keys too
        "home/app.py",  # what the command line asked for, and the trainer's screens at home's own keys
        "trainer/app.py",  # the first screen
        "vault/app.py",  # the first screen, and the question before a draft is lost
        "session/session.py",  # the question after an absence, over help or the palette too
        "trainer/workshop.py",  # the same
    }
