"""The vault's settings: when it locks, what it keeps, its backups, its keys."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList

from cotutor.conversation.command import Command
from cotutor.conversation.vault import commands, copies, settings
from cotutor.conversation.vault.forgetting import forget
from cotutor.conversation.vault.questions import ERASE_HISTORY, FORGET_ALL, REMOVE_RECOVERY
from cotutor.tui.common.confirm import ConfirmSheet
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import row
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.menu import Menu


class VaultSettings(VaultPage):
    """What stands in the rows counts at once; the lines below lead on."""

    KEYS: ClassVar[tuple[Command, ...]] = commands.VAULT
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    heading = "The vault"

    def body(self) -> ComposeResult:
        """Rows of choices, then lines to go to."""
        with VerticalScroll(id="rows", can_focus=False):
            options, chosen = settings.lock_after(self.vault)
            yield row("Lock after", ChoiceField(*options, chosen=chosen, id="lock"))
            options, chosen = settings.backup_every(self.vault)
            yield row("Back up", ChoiceField(*options, chosen=chosen, id="backup"))
            kept = self.vault.reflections.keeps_history
            yield row("Versions", ChoiceField(*settings.HISTORY, chosen=kept, id="history"))
        yield Menu(id="menu")

    def on_mount(self) -> None:
        self.show()
        self.query_one(Menu).focus()

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile."""
        if self.query(Menu) and self.cotutor.auto_lock.vault is not None:
            self.show()

    def show(self) -> None:
        """Fill the lines, keeping the mark."""
        menu = self.query_one(Menu)
        marked = menu.highlighted
        menu.empty()
        menu.align(26)
        for command, stands in settings.lines(self.vault, self.now()):
            menu.entry(command.name, command.label, stands)
        menu.highlighted = min(marked or 0, menu.option_count - 1)

    # ------------------------------------------------------------ what the rows do

    @on(ChoiceField.Changed, "#lock")
    def _lock_after(self) -> None:
        milliseconds = self._value("lock")
        if self.attempt(lambda: settings.set_lock_after(self.vault, milliseconds)):
            self.cotutor.auto_lock.lock_after = milliseconds

    @on(ChoiceField.Changed, "#backup")
    def _backup_every(self) -> None:
        self.attempt(lambda: settings.set_backup_every(self.vault, self._value("backup")))

    def _value(self, name: str) -> int:
        value = self.query_one(f"#{name}", ChoiceField).value
        assert isinstance(value, int)  # noqa: S101  both rows hold numbers
        return value

    @on(ChoiceField.Changed, "#history")
    def _history(self) -> None:
        wanted = bool(self.query_one("#history", ChoiceField).value)
        if wanted:
            self._keep_history(wanted=True)
            return

        def answered(agreed: bool | None) -> None:  # noqa: FBT001  what the sheet answers
            if agreed:
                self._keep_history(wanted=False)
            else:
                self.query_one("#history", ChoiceField).choose(value=True)

        self.lead_to(ConfirmSheet(ERASE_HISTORY.text, ERASE_HISTORY.yes), answered)

    def _keep_history(self, *, wanted: bool) -> None:
        reflections = self.vault.reflections
        self.attempt(lambda: reflections.keep_history(self.now(), wanted=wanted))
        self.query_one("#history", ChoiceField).choose(reflections.keeps_history)

    # ------------------------------------------------------------ what the lines do

    def action_choose(self) -> None:
        self.query_one(Menu).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        getattr(self, f"action_{event.option_id}")()

    def action_back_up(self) -> None:

        def back_up() -> None:
            line, _ = copies.back_up(self.vault, self.now())
            self.show()
            self.show_notice(f"{line}.")

        self.attempt(back_up)

    def action_backups(self) -> None:
        from cotutor.tui.vault.backups import BackupsPage  # noqa: PLC0415

        self.lead_to(BackupsPage())

    def action_recovery(self) -> None:
        from cotutor.tui.vault.recovery import RecoveryPage  # noqa: PLC0415

        self.lead_to(RecoveryPage())

    def action_remove_recovery(self) -> None:
        self.ask(REMOVE_RECOVERY, self.vault.remove_recovery)

    def action_rehearse(self) -> None:
        from cotutor.tui.vault.rehearsal import RehearsalPage  # noqa: PLC0415

        self.lead_to(RehearsalPage())

    def action_change(self) -> None:
        from cotutor.tui.vault.change_passphrase import ChangePassphrase  # noqa: PLC0415

        self.lead_to(ChangePassphrase())

    def action_forget_all(self) -> None:
        self.ask(FORGET_ALL, lambda: forget(self.vault, None, self.now()))
