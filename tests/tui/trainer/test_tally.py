"""The observer's tally: a key each, a picture afterwards, and nothing left of it."""

import pytest

from cotutor.content.loader import PLANS
from cotutor.domain.skills import ABOUT, COUNTED
from cotutor.domain.tally import BORROWED, FEEDBACK, THANK_YOU
from cotutor.tui.trainer.tally import TallyPage
from cotutor.tui.widgets.tally_table import TallyTable
from tests.tui.sitting import sitting
from tests.tui.trainer.room import trainer


def _row(rows: list[str], skill: str) -> list[str]:
    return next(row for row in rows if skill in row).split(skill)[1].split()


async def test_each_behaviour_has_its_key_and_its_column() -> None:
    async with trainer(TallyPage) as room:
        for skill in COUNTED:
            await room.press(ABOUT[skill].key)
        await room.go(minutes=5)
        await room.press("e", "e")
        for skill in COUNTED:
            expected = ["1", "2", "3"] if skill == "encourager" else ["1", "·", "1"]
            assert _row(room.rows, skill)[:3] == expected
        assert "Encourager, 3." in room.shown


async def test_undo_takes_back_the_last_and_no_more_than_there_is() -> None:
    async with trainer(TallyPage) as room:
        await room.press("o", "d", "u")
        assert "Taken back: closed question." in room.shown
        await room.press("backspace", "u")
        assert "Nothing to take back." in room.shown


async def test_a_click_counts_too() -> None:
    async with trainer(TallyPage) as room:
        await room.click(TallyTable, (6, 1))
        await room.click(TallyTable, (6, 11))
        assert "Floor taken, 1." in room.shown
        assert _row(room.rows, "open question")[-2] == "1"


async def test_the_picture_says_what_is_borrowed_and_who_talks_when() -> None:
    async with trainer(TallyPage, (80, 40)) as room:
        await room.press(*"oodpe", "enter")
        for text in ("2 of 3: 67% open", "1 to 3: 0.3 to 1", "1 encourager, floor taken 0 times", THANK_YOU):
            assert text in room.shown
        assert BORROWED[:40] in room.shown
        places = [room.shown.find(line[:30]) for line in FEEDBACK.values()]
        assert places == sorted(places)
        assert -1 not in places


async def test_closing_asks_if_something_was_counted_and_then_it_is_gone() -> None:
    async with sitting((80, 30)) as two:
        menu = two.app.screen.query_one("#menu")
        menu.highlighted = menu.get_option_index("trainer('tally')")  # type: ignore[attr-defined]  # a menu
        await two.press("enter", "e", "escape")
        assert "What you counted is gone then." in two.shown
        await two.press("escape")
        assert two.where == "TallyPage"
        await two.press("escape", "y")
        assert two.where == "Home"
        await two.press("enter")
        assert "Encourager" not in two.shown
        await two.press("escape")
        assert two.where == "Home", "nothing was counted, nothing is asked"


async def test_it_is_printed_only_when_that_was_confirmed(capsys: pytest.CaptureFixture[str]) -> None:
    async with trainer(TallyPage) as room:
        await room.press(*"oe", "enter", "p")
        assert "scrollback" in room.shown
        await room.press("escape")
        assert room.app._to_print == []
        await room.press("p", "y")
        assert "It will be printed when cotutor ends." in room.shown
        assert "Observer's tally" in room.app._to_print
        assert any(line.startswith("open question") and line.endswith("#") for line in room.app._to_print)
        assert capsys.readouterr().out == ""


async def test_in_a_triads_turn_it_counts_from_the_turns_beginning_and_sees_it_end() -> None:
    async with sitting(plan=PLANS.named("triad").value, quick=True) as three:
        assert not three.page.check_action("tally", ())
        await three.press("n")
        await three.go(minutes=6)
        await three.press("o")
        assert three.where == "TallyPage"
        await three.press("e")
        assert _row(three.rows, "encourager")[:3] == ["·", "1", "1"]
        assert "4:00 left" in three.shown
        await three.press("enter", "escape")
        assert three.where == "SessionPage"


async def test_forty_by_twelve_holds_every_key() -> None:
    async with trainer(TallyPage, (40, 12)) as room:
        await room.press("t")
        for skill in COUNTED:
            count = "1" if skill == "floor taken" else "·"
            assert any(f"{ABOUT[skill].key}  {count} {skill[:12]}" in row for row in room.rows)
