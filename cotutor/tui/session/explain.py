"""Stop and explain: what the listener may say when safety or probity is at stake."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.conversation.session.commands import AFTER_EXPLAINING, RESUME
from cotutor.conversation.session.sections import explanation
from cotutor.domain.guidance import Guidance
from cotutor.tui.common.page import Sheet
from cotutor.tui.common.sections import sections
from cotutor.tui.keys import as_answers, bindings
from cotutor.tui.widgets.key_bar import KeyBar


class ExplainSheet(Sheet[str]):
    """The clock is held while this is read. It answers with the name of one of ``AFTER_EXPLAINING``.

    Args:
        guidance: the wording in force.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        *as_answers(AFTER_EXPLAINING),
        Command("down,j", "move(3)", "Down", "Read on.", shown="↓"),
        Command("up,k", "move(-3)", "Up", "Read back.", shown="↑"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(KEYS),
        Binding("escape", f"answer({RESUME.name!r})", show=False),
    ]

    def __init__(self, guidance: Guidance) -> None:
        super().__init__()
        self._guidance = guidance

    def compose(self) -> ComposeResult:
        """The words, then where to turn."""
        with Vertical(id="sheet"):
            with VerticalScroll(can_focus=False):
                yield Static(sections(explanation(self._guidance)))
            yield KeyBar(self.KEYS)

    def action_answer(self, answer: str) -> None:
        self.dismiss(answer)

    def action_move(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)
