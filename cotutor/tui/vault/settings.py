"""The vault's settings: when it locks, what it keeps, its backups, its keys."""

from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList

from cotutor.conversation.command import Command
from cotutor.domain.days import day_shown
from cotutor.domain.duration import MINUTE
from cotutor.services import custody, upkeep
from cotutor.tui.common.confirm import ConfirmSheet
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import row
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.menu import Menu

_MINUTES = (1, 2, 5, 10, 15)
_BACKUPS = ((0, "never"), (1, "daily"), (7, "weekly"), (30, "monthly"))


class VaultSettings(VaultPage):
    """What stands in the rows counts at once; the lines below lead on."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "choose", "Choose", "Do what the marked line says."),
        Command("tab", "app.focus_next", "Next row", "Go to the next row; the arrow keys choose in it."),
        Command("escape,q", "app.pop_screen", "Back", "Back to the reflections.", shown="esc"),
        Command("question_mark,f1", "app.keys", "Help", "What every key does.", shown="?"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    heading = "The vault"

    def body(self) -> ComposeResult:
        """Rows of choices, then lines to go to."""
        wanted = upkeep.preferences(self.notebook)
        minutes = sorted({*_MINUTES, max(1, wanted.lock_after // MINUTE)})
        every = dict(_BACKUPS) | (
            {} if wanted.backup_every in dict(_BACKUPS) else {wanted.backup_every: "as it is"}
        )
        with VerticalScroll(id="rows", can_focus=False):
            options = [(count * MINUTE, f"{count} min") for count in minutes]
            chosen = max(1, wanted.lock_after // MINUTE) * MINUTE
            yield row("Lock after", ChoiceField(*options, chosen=chosen, id="lock"))
            yield row("Back up", ChoiceField(*every.items(), chosen=wanted.backup_every, id="backup"))
            history = self.notebook.keeps_history
            yield row(
                "Versions",
                ChoiceField(
                    (False, "the last only"), (True, "earlier ones too"), chosen=history, id="history"
                ),
            )
        yield Menu(id="menu")

    def on_mount(self) -> None:
        """Fill the lines."""
        self.show()
        self.query_one(Menu).focus()

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile."""
        if self.query(Menu) and self.vault_app.gate.notebook is not None:
            self.show()

    def show(self) -> None:
        """Fill the lines, keeping the mark."""
        menu = self.query_one(Menu)
        marked = menu.highlighted
        backups = custody.list_backups(self.vault_app.gate.folder)
        last = f"{len(backups)}, the last of {day_shown(backups[-1].made.date())}" if backups else "none yet"
        recovery = self.notebook.standing().has_recovery
        due = upkeep.rehearsal_due(self.notebook, self.now().date())
        menu.empty()
        menu.align(26)
        menu.entry("back_up", "Back up now", "a copy that is opened once before it counts")
        menu.entry("backups", "Backups", last)
        menu.entry(
            "recovery",
            "Replace the recovery key" if recovery else "Make a recovery key",
            "on paper, shown once",
        )
        if recovery:
            menu.entry("remove_recovery", "Remove the recovery key", "only the passphrase opens it then")
        menu.entry("rehearse", "Rehearse the passphrase", "due now" if due else "type it from memory")
        menu.entry("change", "Change the passphrase", "or change and re-encrypt")
        menu.entry("forget_all", "Erase every reflection", "with their steps; log and ratings stay")
        menu.highlighted = min(marked or 0, menu.option_count - 1)

    @on(ChoiceField.Changed)
    def _settle(self) -> None:
        wanted = replace(
            upkeep.preferences(self.notebook),
            lock_after=self._value("lock"),
            backup_every=self._value("backup"),
        )
        if self.doing(lambda: upkeep.set_preferences(self.notebook, wanted)):
            self.vault_app.gate.lock_after = wanted.lock_after

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

        self.app.push_screen(
            ConfirmSheet("Erase the earlier versions that were kept?", "Erase them"), answered
        )

    def _keep_history(self, *, wanted: bool) -> None:
        self.doing(lambda: self.notebook.keep_history(self.now(), wanted=wanted))
        self.query_one("#history", ChoiceField).choose(self.notebook.keeps_history)

    # ------------------------------------------------------------ what the lines do

    def action_choose(self) -> None:
        """Do what the marked line says."""
        self.query_one(Menu).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what it says."""
        event.stop()
        getattr(self, f"action_{event.option_id}")()

    def action_back_up(self) -> None:
        """Make a backup."""
        if self.doing(lambda: upkeep.back_up(self.notebook, self.now())):
            self.show()
            self.tell("Backed up; the copy was opened once to be sure.")

    def action_backups(self) -> None:
        """The backups there are."""
        from cotutor.tui.vault.keys_and_copies import BackupsPage  # noqa: PLC0415

        self.app.push_screen(BackupsPage())

    def action_recovery(self) -> None:
        """Make or replace the recovery key."""
        from cotutor.tui.vault.keys_and_copies import RecoveryPage  # noqa: PLC0415

        self.app.push_screen(RecoveryPage())

    def action_remove_recovery(self) -> None:
        """Remove it, once confirmed."""

        def answered(agreed: bool | None) -> None:  # noqa: FBT001  what the sheet answers
            if agreed and self.doing(lambda: custody.remove_recovery(self.notebook)):
                self.show()
                self.tell("Removed. Older copies of the key file still know it.")

        question = "Remove the recovery key? If you forget the passphrase, nothing opens the vault then."
        self.app.push_screen(ConfirmSheet(question, "Remove it"), answered)

    def action_rehearse(self) -> None:
        """Type the passphrase from memory."""
        from cotutor.tui.vault.keys_and_copies import RehearsalPage  # noqa: PLC0415

        self.app.push_screen(RehearsalPage())

    def action_change(self) -> None:
        """Another passphrase."""
        from cotutor.tui.vault.passphrase import ChangePassphrase  # noqa: PLC0415

        self.app.push_screen(ChangePassphrase())

    def action_forget_all(self) -> None:
        """Erase every reflection, once confirmed."""

        def answered(agreed: bool | None) -> None:  # noqa: FBT001  what the sheet answers
            if agreed and self.doing(lambda: upkeep.forget(self.notebook, None, self.now())):
                self.show()
                self.tell("Erased, with the vault's own backups. Copies elsewhere are yours to delete.")

        question = (
            "Erase every reflection, draft and step that came of one, and this vault's own backups? The rest"
            " moves to a fresh key. There is no way back."
        )
        self.app.push_screen(ConfirmSheet(question, "Erase them all"), answered)
