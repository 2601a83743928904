"""The backups there are; each can be tried, which touches nothing."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from cotutor.conversation.command import Command
from cotutor.conversation.vault import commands, copies
from cotutor.conversation.vault.unlocking import prove
from cotutor.conversation.vault.values import Drill
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import row
from cotutor.tui.vault.secret_page import SecretPage
from cotutor.tui.widgets.menu import Menu
from cotutor.tui.widgets.secret_field import SecretField


class BackupsPage(SecretPage):
    """The list, the newest first, and the field for the passphrase of the marked one."""

    KEYS: ClassVar[tuple[Command, ...]] = commands.BACKUPS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = "Backups"

    def body(self) -> ComposeResult:
        """The list above, the field below."""
        yield Static(Content(copies.ABOUT_BACKUPS), classes="lead")
        yield Menu(id="menu")
        yield row(self.label, SecretField(id="secret"))

    def on_mount(self) -> None:
        menu = self.query_one(Menu)
        self._found = copies.own_backups(self.vault.folder)
        for number in range(len(self._found) - 1, -1, -1):
            menu.entry(str(number), copies.backup_line(self._found[number]))
        if self._found:
            menu.choose_first()
        else:
            menu.heading(copies.NO_BACKUPS)
        menu.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for its passphrase."""
        event.stop()
        self.field.focus()

    @on(Input.Submitted)
    def action_try_it(self) -> None:
        key, typed = self.query_one(Menu).marked_key, self.field.take()
        if key is None or not typed:
            self.field.focus()
            return
        folder = self._found[int(key)].folder
        self.slowly("Trying", lambda: copies.drill(lambda: prove(folder, typed)), self._tried)

    def _tried(self, drill: Drill) -> None:
        self.show_notice(copies.drill_line(drill, self.now()))
