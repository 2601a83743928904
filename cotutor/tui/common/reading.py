"""A page to read: text that scrolls, and a key that goes back."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.conversation.everywhere import BACK
from cotutor.domain.guidance import Guidance
from cotutor.tui.common.page import Page
from cotutor.tui.keys import bindings


class ReadingPage(Page[None]):
    """Text to read; subclasses say what it is."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        BACK._replace(key="escape,q,enter"),
        Command("down,j", "move(1)", "Down", "Read on.", shown="↓"),
        Command("up,k", "move(-1)", "Up", "Read back.", shown="↑"),
        Command("pagedown,space", "turn(1)", "Page", "Read the next page.", shown="space"),
        Command("pageup", "turn(-1)", "Page back", "Read the page before.", bar=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def body(self) -> ComposeResult:
        with VerticalScroll(id="reading", can_focus=False):
            yield Static(self.text(self.cotutor.guidance))

    def text(self, guidance: Guidance) -> Content:  # noqa: ARG002  for subclasses
        return Content("")

    def action_move(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_turn(self, pages: int) -> None:
        view = self.query_one(VerticalScroll)
        view.scroll_relative(y=pages * max(1, view.size.height - 1), animate=False)
