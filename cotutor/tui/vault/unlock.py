"""Opening the vault: the passphrase, or the recovery key from paper."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from cotutor.conversation.command import Command
from cotutor.conversation.vault import commands, unlocking
from cotutor.domain.errors import CotutorError
from cotutor.process.guard import Start
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import row
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from cotutor.conversation.vault.values import OpenedKey


class UnlockPage(VaultPage):
    """One field; the line above the keys tells one failure from another.

    Args:
        start: why this screen is shown.
    """

    KEYS: ClassVar[tuple[Command, ...]] = commands.UNLOCKING
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    heading = "Your reflections"

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._start = start
        self._recovering = False

    def body(self) -> ComposeResult:
        """What this is, and the field."""
        with VerticalScroll(id="form", can_focus=False):
            greeting = unlocking.GREETINGS.get(self._start, unlocking.GREETING)
            yield Static(Content(greeting), id="greeting")
            yield Static(Content(str(self.cotutor.auto_lock.folder)), id="where")
            yield row("Passphrase", SecretField(id="secret"))
            yield Static(Content(unlocking.SLOW_ON_PURPOSE), id="why")

    def on_mount(self) -> None:
        self._field.focus()

    @property
    def _field(self) -> SecretField:
        return self.query_one("#secret", SecretField)

    @on(Input.Changed, "#secret")
    def _typed(self) -> None:
        self.cotutor.auto_lock.secret_shown = bool(self._field.value)

    def action_other_way(self) -> None:
        self._recovering = not self._recovering
        self.query_one(".label", Static).update(Content("Recovery key" if self._recovering else "Passphrase"))
        why = unlocking.FROM_PAPER if self._recovering else unlocking.SLOW_ON_PURPOSE
        self.query_one("#why", Static).update(Content(why))
        self._field.wipe()
        self._field.focus()

    def action_show(self) -> None:
        self._field.password = not self._field.password

    @on(Input.Submitted, "#secret")
    def action_unlock(self) -> None:
        """Prove what was typed, in a thread; then open the vault here."""
        if self.is_busy or not self._field.value:
            return
        folder, typed, recovering = self.cotutor.auto_lock.folder, self._field.take(), self._recovering

        def prove() -> "OpenedKey":
            return unlocking.prove(folder, typed, recovery=recovering)

        self.slowly("Opening", prove, self._proved, self._refused)

    def _proved(self, key: "OpenedKey") -> None:
        vault = unlocking.unlock(key, self.now())
        self.cotutor.opened(vault, instead_of=self, by_recovery=self._recovering)

    def _refused(self, problem: CotutorError) -> None:
        self.show_notice(problem.message)
        self._field.focus()
