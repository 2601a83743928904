"""The recovery key, rehearsing the passphrase, and trying backups."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from cotutor.conversation.command import Command
from cotutor.domain.days import day_shown
from cotutor.domain.errors import CotutorError, WrongPassphrase
from cotutor.services import custody, upkeep
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import row
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.menu import Menu
from cotutor.tui.widgets.secret_field import SecretField
from cotutor.vault.backup import Drill

_BACK = Command("escape", "back", "Back", "Go back.", shown="esc")
_SHOW = Command("f2", "show", "Show", "Show or hide what you type.")
_HELP = Command("f1", "app.keys", "Help", "What every key does.")


class SecretPage(VaultPage):
    """A page with one secret field under some words."""

    label = "Passphrase"

    def body(self) -> ComposeResult:
        """The words and the field."""
        with VerticalScroll(id="form", can_focus=False):
            yield Static(id="advice")
            yield Static(id="words")
            yield row(self.label, SecretField(id="secret"))

    @property
    def field(self) -> SecretField:
        """The field."""
        return self.query_one("#secret", SecretField)

    def say(self, advice: str) -> None:
        """Show what to do."""
        self.query_one("#advice", Static).update(Content(advice))

    def action_show(self) -> None:
        """Show or hide what is typed."""
        self.field.password = not self.field.password

    def action_back(self) -> None:
        """Go back."""
        if not self.is_busy:
            self.field.wipe()
            self.app.pop_screen()


class RecoveryPage(SecretPage):
    """Shows a new recovery key once; it counts when it has been typed back from paper."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "go_on", "Go on", "You have written it down; then: you have typed it back."),
        _SHOW,
        _BACK,
        _HELP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = "Recovery key"
    label = "Typed back"

    def on_mount(self) -> None:
        """Show it."""
        self._code = custody.offer_recovery()
        self._written = False
        self._show()

    def _show(self) -> None:
        words = self.query_one("#words", Static)
        words.update("" if self._written else Content.styled(self._code, "bold"))
        words.display = not self._written
        self.query_one(".row").display = self._written
        if self._written:
            self.say("Type it back from the paper. Capitals, spaces and hyphens don't matter.")
            self.field.focus()
        else:
            self.say(
                "Write this on paper, now: it is shown only once. It opens the vault without the passphrase, so"
                " keep it where you keep a will or a passport. An earlier recovery key ends."
            )

    @on(Input.Submitted)
    def action_go_on(self) -> None:
        """Type it back; then it counts."""
        if not self._written:
            self._written = True
            self._show()
            return
        typed = self.field.take()
        if self.doing(lambda: custody.add_recovery(self.notebook, self._code, typed)):
            self._code = ""
            app = self.vault_app
            app.pop_screen()
            app.call_after_refresh(
                app.tell, "The recovery key opens the vault from now on. Keep the paper safe."
            )

    def action_back(self) -> None:
        """See it again, or give it up."""
        if self._written:
            self._written = False
            self.field.wipe()
            self._show()
        else:
            super().action_back()


class RehearsalPage(SecretPage):
    """The passphrase from memory, before it is forgotten."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "try_it", "Try", "See whether it is right."),
        _SHOW,
        _BACK,
        _HELP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = "Rehearse the passphrase"

    def on_mount(self) -> None:
        """Ask."""
        self.say(
            "Type it from memory, without looking. If it is wrong, nothing happens: the vault stays open."
        )
        self.field.focus()

    @on(Input.Submitted)
    def action_try_it(self) -> None:
        """Prove it."""
        folder, typed = self.vault_app.gate.folder, self.field.take()
        if typed:
            self.slowly("Trying", lambda: custody.prove(folder, typed).wipe(), self._right, self._wrong)

    def _right(self, _done: None) -> None:
        upkeep.rehearsed(self.notebook, self.now().date())
        self.tell("Right. You know it by heart.")

    def _wrong(self, problem: CotutorError) -> None:
        if isinstance(problem, WrongPassphrase):
            self.tell("Not right. Look at your paper; or choose a new one while the vault is open.")
        else:
            self.tell(problem.message)


class BackupsPage(SecretPage):
    """The backups there are; each can be tried, which touches nothing."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "try_it", "Try", "Open the marked backup with its passphrase, check it and count."),
        _SHOW,
        _BACK,
        _HELP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = "Backups"

    def body(self) -> ComposeResult:
        """The list above, the field below."""
        yield Static(
            Content("A backup opens with the passphrase of its day. To put one back: cotutor vault restore."),
            classes="lead",
        )
        yield Menu(id="menu")
        yield row(self.label, SecretField(id="secret"))

    def on_mount(self) -> None:
        """Fill the list."""
        menu = self.query_one(Menu)
        found = custody.list_backups(self.vault_app.gate.folder)
        for number in range(len(found) - 1, -1, -1):
            made = found[number].made
            menu.entry(str(number), f"{day_shown(made.date()):>11}, {made:%H:%M}")
        if found:
            menu.choose_first()
        else:
            menu.heading("None yet.")
        self._found = found
        menu.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for its passphrase."""
        event.stop()
        self.field.focus()

    @on(Input.Submitted)
    def action_try_it(self) -> None:
        """Try the marked one."""
        key, typed = self.query_one(Menu).marked_key, self.field.take()
        if key is None or not typed:
            self.field.focus()
            return
        folder = self._found[int(key)].folder
        self.slowly("Trying", lambda: custody.drill(folder, typed), self._tried)

    def _tried(self, drill: Drill) -> None:
        if drill.damage is not None:
            self.tell(f"That backup is damaged: {drill.damage}. Make a new one.")
        else:
            self.tell(f"It opens and is sound: {drill.reflections} reflections.")
