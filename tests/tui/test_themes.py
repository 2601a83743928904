"""The contrast of everything that is drawn, computed as WCAG 2.2 defines it."""

from collections.abc import Iterator

import pytest
from rich.segment import Segment
from textual.geometry import Region
from textual.theme import Theme

from cotutor.content.loader import PLANS
from cotutor.domain.agreement import Agreement
from cotutor.tui.themes import THEMES
from tests.tui.sitting import Sitting, sitting

PAIR = PLANS.named("pair").value
OF_TEXT = 7.0
"""Success criterion 1.4.6, enhanced contrast."""
OF_SIGNS = 3.0
"""Success criterion 1.4.11, of what is no text."""
SHEETS = {"AbsenceSheet", "ExplainSheet", "LeaveSheet", "SoundCheck"}


def _luminance(colour: tuple[int, int, int]) -> float:
    shares = (value / 255 for value in colour)
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_defined() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def _area(two: Sitting) -> Region:
    """What of the screen can be used: of a sheet over a page, the sheet."""
    if two.where in SHEETS:
        return two.app.screen.query_one("#sheet").region
    if two.where == "Palette":
        return two.app.screen.query_one("CommandList").region
    return two.app.screen.region


def _drawn(two: Sitting) -> Iterator[Segment]:
    area = _area(two)
    strips = two.app.screen._compositor.render_strips()
    for strip in strips[area.y : area.bottom]:
        yield from (one for one in strip.crop(area.x, area.right) if one.text.strip())


def _faint(two: Sitting) -> list[str]:
    """What is drawn with too little contrast."""
    faint = []
    for text, style, _control in _drawn(two):
        assert style is not None
        assert style.color is not None
        assert style.bgcolor is not None
        ratio = contrast(style.color.get_truecolor(), style.bgcolor.get_truecolor())
        needed = OF_TEXT if any(char.isalnum() for char in text) else OF_SIGNS
        if ratio < needed or style.dim:
            faint.append(f"{two.where}: {text.strip()!r} {ratio:.2f}")
    return faint


HOME = ("", "down", "?", "escape", "ctrl+p", "escape", "enter", "tab", "down", "down", "f2", "escape")
SESSION = ("n", "c", "+", "g", "9", "g", "s", "x", "escape", "escape", "space", "space", "f", "f", "b", "b")
AFTER = ("!", "space", "h", "escape", "?", "escape", "ctrl+q", "escape", "q", "q")


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_all_text_that_is_drawn_can_be_read(theme: Theme) -> None:
    faint: list[str] = []

    async def walk(two: Sitting, *keys: str) -> None:
        for key in keys:
            await two.press(*([key] if key else []))
            faint.extend(_faint(two))

    async with sitting() as two:
        two.app.theme = theme.name
        await walk(two, *HOME)
    async with sitting(plan=PAIR, agreement=Agreement.usual(PAIR), quick=True) as two:
        two.app.theme = theme.name
        await walk(two, *SESSION)
        for minutes in (19.5, 2):
            await two.go(minutes=minutes)
            faint.extend(_faint(two))
        two.clock.go(minutes=3)
        await two.look()
        await walk(two, "", "l", *AFTER)
    assert not sorted(set(faint))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_a_mistake_in_the_form_can_be_read(theme: Theme) -> None:
    async with sitting(plan=PAIR) as two:
        two.app.theme = theme.name
        two.app.screen.query_one("#turn").focus()
        await two.write("soon")
        await two.press("enter", "down", "down")
        two.app.screen.query_one("StartButton").focus()
        await two.press("enter")
        assert "Say how long" in two.shown
        assert not _faint(two)
