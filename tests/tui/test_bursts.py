"""Keys that come faster than screens can follow: held down, or typed into a computer that is busy."""

from textual.command import CommandPalette

from cotutor.content.loader import PLANS
from cotutor.tui.common.cover import Cover
from tests.tui.sitting import sitting

PAIR = PLANS.named("pair").value


async def test_a_palette_opens_while_the_last_one_is_still_being_closed() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("ctrl+p")
        assert isinstance(two.app.screen, CommandPalette)
        two.app.pop_screen()
        two.app.action_command_palette()
        await two.settle()
        assert isinstance(two.app.screen, CommandPalette)
        two.app.action_command_palette()
        await two.press("escape")
        assert two.where == "SessionPage"


async def test_a_cover_is_no_fault_before_its_digits_are_there() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        cover = Cover()
        two.app.push_screen(cover)
        cover.on_mount()
        two.app.pop_screen()
        await two.settle()
        assert two.where == "SessionPage"
