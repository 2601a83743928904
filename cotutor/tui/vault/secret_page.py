"""A page of the vault with one secret field under some text."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cotutor.tui.vault.form import row
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.secret_field import SecretField


class SecretPage(VaultPage):
    """Subclasses show what to do with ``show_advice``, and take what was typed from ``field``."""

    label = "Passphrase"

    def body(self) -> ComposeResult:
        with VerticalScroll(id="form", can_focus=False):
            yield Static(id="advice")
            yield Static(id="words")
            yield row(self.label, SecretField(id="secret"))

    @property
    def field(self) -> SecretField:
        return self.query_one("#secret", SecretField)

    def show_advice(self, advice: str) -> None:
        """Show what to do."""
        self.query_one("#advice", Static).update(Content(advice))

    def action_show(self) -> None:
        self.field.password = not self.field.password

    def action_back(self) -> None:
        if not self.is_busy:
            self.field.wipe()
            self.step_back()
