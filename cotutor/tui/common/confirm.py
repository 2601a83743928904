"""One question before something is lost."""

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


class ConfirmSheet(Sheet[bool]):
    """Asks whether to do something that can't be undone; Enter does nothing, so no habit says yes.

    Args:
        question: what will be lost, as a question.
        yes: one or two words for what ``y`` does.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("escape,n", "answer(False)", "Go back", "Nothing changes.", shown="esc"),
        Command("y", "answer(True)", "Yes", "Do it; it can't be undone."),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, question: str, yes: str) -> None:
        super().__init__()
        self._question = question
        back, do_it = self.KEYS
        self._shown = (back, do_it._replace(label=yes))

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(Content(self._question))
            yield KeyBar(self._shown)

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001  an action's argument
        self.dismiss(answer)
