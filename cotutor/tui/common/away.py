"""The computer slept or the program was stopped: does the time count?"""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.conversation.session.commands import AFTER_ABSENCE
from cotutor.conversation.session.sections import absence
from cotutor.tui.common.page import Sheet
from cotutor.tui.keys import as_answers, bindings
from cotutor.tui.widgets.key_bar import KeyBar


class AwaySheet(Sheet[str]):
    """Asks whether the time away counts. It answers with the name of one of ``AFTER_ABSENCE``.

    Args:
        away: how long nobody looked at the clock, in milliseconds.
    """

    KEYS: ClassVar[tuple[Command, ...]] = as_answers(AFTER_ABSENCE)
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, away: int) -> None:
        super().__init__()
        self._away = away

    def compose(self) -> ComposeResult:
        question = absence(self._away)
        heading = Content.styled(question.heading, "bold $warning")
        with Vertical(id="sheet"):
            yield Static(Content("\n").join([heading, *map(Content, question.lines)]))
            yield KeyBar(self.KEYS)

    def action_answer(self, answer: str) -> None:
        self.dismiss(answer)
