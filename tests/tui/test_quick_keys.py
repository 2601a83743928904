"""Keys typed faster than the screens change lead on once, and close nothing that lies behind."""

from pathlib import Path

import pytest
from textual import events
from textual.command import CommandList, CommandPalette

from cotutor.content.loader import PLANS
from cotutor.domain.agreement import Agreement
from cotutor.tui import app
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


def test_only_screens_that_are_on_top_lead_anywhere() -> None:
    ways = (".app.push_screen(", ".app.switch_screen(", ".app.pop_screen(", ".cotutor.switch_screen(")
    whatever_lies_above = {
        "common/page.py": "self.cotutor.switch_screen(screen)",
        "session/session.py": "self.app.push_screen(sheet, self._answered)",
        "trainer/app.py": "self.app.push_screen(self._waiting.pop()())",
        "trainer/workshop.py": "self.app.push_screen(AwaySheet(self.workshop.now.away), self._away_decided)",
        "vault/first_page.py": "self.app.push_screen(sheet, lambda line: log(self, line))",
    }
    folder = Path(app.__file__).parent
    found = {
        path.relative_to(folder).as_posix(): line.strip()
        for path in folder.rglob("*.py")
        for line in path.read_text().splitlines()
        if any(way in line for way in ways)
        and line.strip() != whatever_lies_above.get(path.relative_to(folder).as_posix())
    }
    assert found == {}
