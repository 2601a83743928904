"""Stop and explain: what the listener may say when safety or probity is at stake."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.domain.guidance import Guidance
from cotutor.tui.common.page import Sheet
from cotutor.tui.common.signposts import signpost_lines
from cotutor.tui.keys import bindings
from cotutor.tui.widgets.key_bar import KeyBar


class ExplainSheet(Sheet[bool]):
    """The clock is held while this is read. It answers whether the session ends.

    Args:
        guidance: the wording in force.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("space,escape", "answer(False)", "Go on", "Go on with the session.", shown="space"),
        Command("q", "answer(True)", "End the session", "End the session and go to the close."),
        Command("down,j", "move(3)", "Down", "Read on.", shown="↓"),
        Command("up,k", "move(-3)", "Up", "Read back.", shown="↑"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, guidance: Guidance) -> None:
        super().__init__()
        self._guidance = guidance

    def compose(self) -> ComposeResult:
        """The words, then where to turn."""
        words = self._guidance.wording.stop
        lines = [
            Content.styled(words.heading, "bold $warning"),
            Content.styled(words.records, "bold"),
            Content(" ".join(words.when)),
            *_list("What to do", words.steps),
            *_list("Words to borrow", words.say),
            *_list("If somebody is in distress", words.distress),
            *_list("Afterwards", words.afterwards),
            Content(""),
            *signpost_lines(self._guidance),
        ]
        with Vertical(id="sheet"):
            with VerticalScroll(can_focus=False):
                yield Static(Content("\n").join(lines))
            yield KeyBar(self.KEYS)

    def action_answer(self, end: bool) -> None:  # noqa: FBT001  an action's argument
        """Close the sheet with an answer."""
        self.dismiss(end)

    def action_move(self, rows: int) -> None:
        """Scroll."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)


def _list(title: str, lines: tuple[str, ...]) -> list[Content]:
    return [Content(""), Content.styled(title, "bold $primary"), *(Content(f"• {line}") for line in lines)]
