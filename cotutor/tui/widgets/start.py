"""The one button that a page leads up to."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


class StartButton(Widget, can_focus=True):
    """A button across the page, pressed with Enter or the mouse.

    Args:
        label: what pressing it means.
    """

    DEFAULT_CSS = """
    StartButton {
        height: 1; width: 100%; content-align: center middle; text-align: center;
        background: $panel; color: $text;
    }
    StartButton:focus { background: $primary; color: $background; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "press", "Start", show=False)]

    @dataclass
    class Pressed(Message):
        """The button was pressed."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label

    def render(self) -> Content:
        """The label; brackets show the focus without colours."""
        return Content(f"[ {self._label} ]" if self.has_focus else f"  {self._label}  ")

    def action_press(self) -> None:
        self.post_message(self.Pressed())

    def on_click(self) -> None:
        self.action_press()
