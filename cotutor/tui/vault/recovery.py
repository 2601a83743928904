"""A recovery key: shown once, and typed back from paper before it counts."""

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from cotutor.conversation.command import Command
from cotutor.conversation.vault import commands
from cotutor.conversation.vault.keys import (
    RECOVERY_IN_FORCE,
    TYPE_IT_BACK,
    WRITE_IT_DOWN,
    new_recovery_key,
)
from cotutor.tui.keys import bindings
from cotutor.tui.vault.secret_page import SecretPage


class RecoveryPage(SecretPage):
    """Shows a new recovery key once; it counts when it has been typed back."""

    KEYS: ClassVar[tuple[Command, ...]] = commands.TYPING_RECOVERY_KEY
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = "Recovery key"
    label = "Typed back"

    def on_mount(self) -> None:
        self._code = new_recovery_key()
        self._written = False
        self._show_step()

    def _show_step(self) -> None:
        words = self.query_one("#words", Static)
        words.update("" if self._written else Content.styled(self._code, "bold"))
        words.display = not self._written
        self.query_one(".row").display = self._written
        self.show_advice(TYPE_IT_BACK if self._written else WRITE_IT_DOWN)
        if self._written:
            self.field.focus()

    @on(Input.Submitted)
    def action_go_on(self) -> None:
        """Type it back; then it counts."""
        if not self._written:
            self._written = True
            self._show_step()
            return
        typed = self.field.take()
        if self.attempt(lambda: self.vault.set_recovery(self._code, typed)):
            self._code = ""
            self.step_back(lambda: self.cotutor.show_notice(RECOVERY_IN_FORCE))

    def action_back(self) -> None:
        """See it again, or give it up."""
        if self._written:
            self._written = False
            self.field.wipe()
            self._show_step()
        else:
            super().action_back()
