"""The passphrase from memory, before it is forgotten."""

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from cotutor.conversation.command import Command
from cotutor.conversation.vault import commands
from cotutor.conversation.vault.keys import FROM_MEMORY, not_right, refuse_wrong, rehearse
from cotutor.domain.errors import CotutorError
from cotutor.tui.keys import bindings
from cotutor.tui.vault.secret_page import SecretPage


class RehearsalPage(SecretPage):
    """Asks for it, and shows whether it is right."""

    KEYS: ClassVar[tuple[Command, ...]] = commands.REHEARSING
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = "Rehearse the passphrase"

    def on_mount(self) -> None:
        self.show_advice(FROM_MEMORY)
        self.field.focus()

    @on(Input.Submitted)
    def action_try_it(self) -> None:
        folder, typed = self.vault.folder, self.field.take()
        if typed:
            self.slowly("Trying", lambda: refuse_wrong(folder, typed), self._right, self._wrong)

    def _right(self, _done: None) -> None:
        self.show_notice(rehearse(self.vault, self.now()))

    def _wrong(self, problem: CotutorError) -> None:
        self.show_notice(not_right(problem))
