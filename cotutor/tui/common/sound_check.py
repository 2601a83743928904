"""Does the bell reach anybody? Better known before the session than in it."""

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

_UNHEARD = (
    "Then warnings come in words, signs and colour only; nothing is missed if somebody can glance "
    "at the screen. Some terminals swallow the bell until it is switched on in their settings; over "
    "SSH the bell sounds on the computer you sit at; in tmux look for the option bell-action."
)


class SoundCheck(Sheet[None]):
    """Rings the terminal's bell and asks whether it was heard."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("y", "heard", "Heard it", "Keep the bell for warnings."),
        Command("n", "unheard", "Heard nothing", "Do without the bell.", shown="n"),
        Command("r,space", "ring", "Ring again", "Ring once more.", shown="r"),
        Command("escape", "dismiss", "Back", "Go back.", shown="esc"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(Content("The bell has just rung once. Did you both hear it?"), id="question")
            yield KeyBar(self.KEYS)

    def on_mount(self) -> None:
        self.action_ring()

    def action_ring(self) -> None:
        """Ring, even if the session is to be silent."""
        self.app.bell()

    def action_heard(self) -> None:
        self.cotutor.silent = False
        self.dismiss()

    def action_unheard(self) -> None:
        """Say what happens without a bell; the next key closes."""
        self.cotutor.silent = True
        self.query_one("#question", Static).update(Content(_UNHEARD))
