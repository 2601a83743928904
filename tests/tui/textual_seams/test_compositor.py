"""The one private method of Textual's compositor that is overridden must go on doing what it did."""

from itertools import pairwise

import pytest
from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from cotutor.content.loader import PLANS
from cotutor.tui.textual_seams.compositor import ThriftyCompositor
from tests.tui.sitting import Sitting, sitting

PAIR = PLANS.named("pair").value
CROPS = (
    Region(0, 0, 80, 24),
    Region(70, 5, 6, 3),
    Region(0, 23, 80, 1),
    Region(5, 11, 40, 9),
    Region(79, 0, 1, 24),
)


def _cells(compositor: Compositor, crop: Region) -> list[Strip]:
    """What a partial update would paint of ``crop``."""
    chops = compositor._render_chops(crop, lambda y: crop.y <= y < crop.bottom)
    rows = []
    for y in range(crop.y, crop.bottom):
        cuts = compositor.cuts[y]
        ends = dict(pairwise(cuts))
        touched = [
            (x, strip) for x, strip in chops[y].items() if strip and x < crop.right and ends[x] > crop.x
        ]
        row = Strip.join([strip for _x, strip in touched])
        start = touched[0][0]
        rows.append(row.crop(crop.x - start, crop.right - start))
    return rows


async def _compare(two: Sitting) -> None:
    compositor = two.app.screen._compositor
    assert isinstance(compositor, ThriftyCompositor)
    for crop in CROPS:
        ours = _cells(compositor, crop)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ThriftyCompositor, "_get_renders", Compositor._get_renders)
            theirs = _cells(compositor, crop)
        assert [strip.text for strip in ours] == [strip.text for strip in theirs]
        assert [list(strip) for strip in ours] == [list(strip) for strip in theirs]


async def test_every_part_of_a_screen_is_painted_as_textual_paints_it() -> None:
    async with sitting(plan=PAIR) as two:
        await _compare(two)
        await two.press("enter", "n")
        for keys in ("c", "g", "down", "s", "f", "f", "escape", "q"):
            await two.press(keys)
            await _compare(two)


async def test_another_second_draws_neither_the_keys_nor_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("n")
        await two.go(seconds=15)
        drawn: set[str] = set()
        draw = Widget.render_lines

        def noted(widget: Widget, crop: Region) -> list[Strip]:
            drawn.add(widget.id or type(widget).__name__)
            return draw(widget, crop)

        monkeypatch.setattr(Widget, "render_lines", noted)
        await two.go(seconds=1)
        assert drawn == {"SessionPage", "stage", "clock", "digits", "Sign"}
