"""The nine steps to look through, outside a session."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from cotutor.conversation.command import Command
from cotutor.conversation.everywhere import BACK, HELP
from cotutor.tui.common.page import Page
from cotutor.tui.keys import bindings
from cotutor.tui.widgets.guidance_panel import GuidancePanel


class GuidancePage(Page[None]):
    """The questions, without a clock."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        BACK,
        Command(
            "left,right",
            "noted",
            "Step",
            "The step before or after; or press its number, 1 to 9.",
            shown="← →",
        ),
        Command("up,down", "noted", "Scroll", "Read on or back.", shown="↑ ↓"),
        HELP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(command for command in KEYS if command.name != "noted")
    heading = "Questions"

    def body(self) -> ComposeResult:
        yield GuidancePanel(self.cotutor.guidance)

    def on_mount(self) -> None:
        """The panel takes the keys."""
        self.query_one(GuidancePanel).focus()

    def action_noted(self) -> None:
        """The panel itself obeys these keys; they stand here to be read."""
