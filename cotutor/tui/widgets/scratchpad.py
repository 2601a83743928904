"""A few lines for the speaker, in memory only, wiped at the swap."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cotutor.tui.widgets.fields import LinesField

MOST = 4_000
"""Characters; a scratchpad is for options and a plan, not for minutes of the meeting."""


class Scratchpad(Vertical):
    """The field, and a line above it that says what becomes of it.

    Args:
        owner: the speaker whose it is.
        text: what they have written so far.
        keepable: whether the plan lets the speaker keep it until the close.
        kept: whether the speaker said so.
    """

    DEFAULT_CSS = """
    Scratchpad { height: 1fr; background: $surface; }
    Scratchpad > Static { height: 1; padding: 0 1; background: $panel; color: $text; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "keep", "Keep until the close", show=False)]

    @dataclass
    class KeepAsked(Message):
        """The speaker wants to keep it until the close, or no longer."""

        kept: bool

    def __init__(self, owner: str, text: str = "", *, keepable: bool = False, kept: bool = False) -> None:
        super().__init__()
        self._owner = owner
        self._keepable = keepable
        self._kept = kept
        self._field = LinesField(text, most=MOST)

    @property
    def text(self) -> str:
        """What is written on it."""
        return self._field.text

    def compose(self) -> ComposeResult:
        """The line and the field."""
        yield Static(self._line(), id="whose")
        yield self._field

    def write(self) -> None:
        """Let the keys type."""
        self._field.focus()

    def wipe(self) -> None:
        """Forget what was written, and what could be undone in the field."""
        self._field.wipe()

    def action_keep(self) -> None:
        """Keep it until the close, or wipe it at the swap after all."""
        if self._keepable:
            self._kept = not self._kept
            self.query_one("#whose", Static).update(self._line())
            self.post_message(self.KeepAsked(self._kept))

    def _line(self) -> Content:
        fate, other = ("kept until the close", "wipe") if self._kept else ("wiped at the swap", "keep")
        change = f" · ctrl+s: {other} it" if self._keepable else ""
        return Content.assemble((f"{self._owner}'s scratchpad", "bold"), f" · esc leaves it · {fate}{change}")
