"""Leaving in the middle of a session: asked once."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.tui.common.page import Sheet
from cotutor.tui.keys import bindings
from cotutor.tui.widgets.key_bar import KeyBar


class LeaveSheet(Sheet[bool]):
    """Asks whether to leave. It answers yes or no."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command(
            "escape,n", "answer(False)", "Stay", "Go back to the session; the clock went on.", shown="esc"
        ),
        Command("y,ctrl+q", "answer(True)", "Leave", "Leave the session and the program.", shown="y"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(
                Content("A session is running. Leave it? Nothing is kept, so it can't be taken up again.")
            )
            yield KeyBar(self.KEYS)

    def action_answer(self, leave: bool) -> None:  # noqa: FBT001  an action's argument
        self.dismiss(leave)
