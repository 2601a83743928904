"""NO_COLOR: not one colour, and everything that colours told is told by signs."""

import pytest
from rich.color import Color

from cotutor.content.loader import PLANS
from tests.tui.sitting import Sitting, sitting

PAIR = PLANS.named("pair").value


@pytest.fixture(autouse=True)
def _no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


def _colours(two: Sitting) -> set[Color]:
    strips = two.app.screen._compositor.render_strips()
    styles = [style for strip in strips for _text, style, _control in strip if style is not None]
    used = {colour for style in styles for colour in (style.color, style.bgcolor) if colour is not None}
    return {colour for colour in used if not colour.is_default}


async def test_no_screen_has_a_colour() -> None:
    async with sitting() as two:
        for key in ("", "?", "escape", "enter", "tab", "down", "f2", "escape", "enter"):
            await two.press(*([key] if key else []))
            assert not _colours(two), two.where
    async with sitting(plan=PAIR, quick=True) as two:
        for key in (
            "n",
            "g",
            "s",
            "x",
            "escape",
            "escape",
            "space",
            "space",
            "c",
            "!",
            "escape",
            "b",
            "b",
            "q",
        ):
            await two.press(key)
            assert not _colours(two), two.where


async def test_the_choice_the_mark_and_the_focus_are_signs() -> None:
    async with sitting() as two:
        assert any(row.lstrip().startswith("›") for row in two.rows)
        await two.press("enter")
        assert "[ We both agree: start ]" in two.shown
        assert "● help me think" in two.shown
        assert "○ listen only" in two.shown
        await two.press("down", "down", "down")
        assert "›● A" in two.shown


async def test_the_digits_and_the_bar_are_characters() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("n")
        await two.go(minutes=10)
        bar = next(row for row in two.rows if "━" in row).strip()
        assert bar == "━" * (len(bar) // 2) + "─" * (len(bar) // 2)
        assert any("█" in row for row in two.rows)


async def test_what_matters_has_a_sign_of_its_own() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("n")
        await two.go(minutes=18)
        assert "▲" in two.shown
        await two.go(minutes=2)
        assert "■" in two.shown
        await two.press("space")
        assert "‖" in two.shown
        await two.press("u")
        assert "↶" in two.shown
