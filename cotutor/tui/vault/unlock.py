"""Opening the vault: the passphrase, or the recovery key from paper."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from cotutor.conversation.command import Command
from cotutor.domain.errors import CotutorError
from cotutor.process.guard import Start
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import row
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from cotutor.vault.keys import OpenedKey

_GREETINGS = {
    Start.LOCKED: "Locked. What was being written has been kept, encrypted.",
    Start.LOCKED_UNSAVED: "Locked. What was written in the last moment could not be kept.",
}
_SLOW_ON_PURPOSE = "Opening takes a second or so on purpose: each guess of a stranger takes as long."


class UnlockPage(VaultPage):
    """One field; what goes wrong is told apart in words.

    Args:
        start: why this screen is shown.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "unlock", "Unlock", "Open the vault."),
        Command(
            "ctrl+r",
            "other_way",
            "Recovery key",
            "Type the recovery key from paper, or the passphrase again.",
        ),
        Command("f2", "show", "Show", "Show or hide what you type."),
        Command("escape", "app.home", "Home", "Go home; the vault stays locked.", shown="esc"),
        Command("f1", "app.keys", "Help", "What every key does."),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    heading = "Your reflections"

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._start = start
        self._recovering = False

    def body(self) -> ComposeResult:
        """What this is, and the field."""
        with VerticalScroll(id="form", can_focus=False):
            yield Static(
                Content(_GREETINGS.get(self._start, "Only your passphrase opens them.")), id="greeting"
            )
            yield Static(Content(str(self.vault_app.gate.folder)), id="where")
            yield row("Passphrase", SecretField(id="secret"))
            yield Static(Content(_SLOW_ON_PURPOSE), id="why")

    def on_mount(self) -> None:
        """Type at once."""
        self._field.focus()

    @property
    def _field(self) -> SecretField:
        return self.query_one("#secret", SecretField)

    @on(Input.Changed, "#secret")
    def _typed(self) -> None:
        self.vault_app.gate.exposed = bool(self._field.value)

    def action_other_way(self) -> None:
        """Passphrase or recovery key."""
        self._recovering = not self._recovering
        self.query_one(".label", Static).update(Content("Recovery key" if self._recovering else "Passphrase"))
        words = "Six groups of five, from paper. Capitals, spaces and hyphens don't matter."
        self.query_one("#why", Static).update(Content(words if self._recovering else _SLOW_ON_PURPOSE))
        self._field.wipe()
        self._field.focus()

    def action_show(self) -> None:
        """Show or hide what is typed."""
        self._field.password = not self._field.password

    @on(Input.Submitted, "#secret")
    def action_unlock(self) -> None:
        """Prove what was typed, in a thread; then open the vault here."""
        from cotutor.services import custody  # noqa: PLC0415  loads the vault

        if self.is_busy or not self._field.value:
            return
        folder, typed, recovering = self.vault_app.gate.folder, self._field.take(), self._recovering

        def prove() -> "OpenedKey":
            return (custody.prove_recovery if recovering else custody.prove)(folder, typed)

        self.slowly("Opening", prove, self._proved, self._refused)

    def _proved(self, key: "OpenedKey") -> None:
        from cotutor.services import custody  # noqa: PLC0415

        self.vault_app.opened(custody.unlock(key, self.now()), by_recovery=self._recovering)

    def _refused(self, problem: CotutorError) -> None:
        self.tell(problem.message)
        self._field.focus()
