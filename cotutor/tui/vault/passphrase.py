"""Choosing a passphrase on the screen."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from cotutor.conversation.command import Command
from cotutor.conversation.vault import commands
from cotutor.domain.errors import CotutorError
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import row
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cotutor.conversation.vault.values import NewPassphrase


class PassphrasePage(VaultPage):
    """Has a passphrase chosen and typed back; what then happens is the subclass's part in ``ready``."""

    KEYS: ClassVar[tuple[Command, ...]] = commands.CHOOSING_PASSPHRASE
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self) -> None:
        from cotutor.conversation.vault.passphrase import ChoosingPassphrase  # noqa: PLC0415  loads the vault

        super().__init__()
        self._choosing = ChoosingPassphrase()

    def body(self) -> ComposeResult:
        """The words, or the field for one's own; then the field to type it back."""
        with VerticalScroll(id="form", can_focus=False):
            yield from self.before()
            yield Static(id="advice")
            yield Static(id="words")
            yield row("Passphrase", SecretField(id="own"))
            yield row("Once more", SecretField(id="again"))

    def before(self) -> "Iterable[Widget]":
        """Fields that come first."""
        return ()

    def on_mount(self) -> None:
        self.cotutor.auto_lock.secret_shown = True
        self._show_step()

    def _show_step(self) -> None:
        choosing = self._choosing
        own, again = (self.query_one(f"#{name}", SecretField) for name in ("own", "again"))
        self.query_one("#advice", Static).update(Content(choosing.advice))
        words = self.query_one("#words", Static)
        words.update(Content.styled(choosing.offer.passphrase if choosing.offer else "", "bold"))
        words.display = choosing.offer is not None and not choosing.typing_back
        self._row_of(own).display = choosing.offer is None and not choosing.typing_back
        self._row_of(again).display = choosing.typing_back
        if choosing.typing_back:
            self.set_focus(again)
        else:
            self.set_focus(own if choosing.offer is None else self.first_field())

    def first_field(self) -> Widget | None:
        """Where the typing begins while words are offered."""
        return None

    def _row_of(self, field: SecretField) -> Widget:
        assert isinstance(field.parent, Widget)  # noqa: S101  every field stands in a row
        return field.parent

    def action_draw(self) -> None:
        self._choosing.draw()
        self._show_step()

    def action_own(self) -> None:
        """One's own, or the words drawn by chance."""
        if not self._choosing.typing_back:
            self.query_one("#own", SecretField).wipe()
            self._choosing.switch()
            self.show_notice("")
            self._show_step()

    def action_show(self) -> None:
        for field in self.query(SecretField):
            field.password = not field.password

    def action_back(self) -> None:
        if self.is_busy:
            return
        self.show_notice("")
        self.query_one("#again", SecretField).wipe()
        if self._choosing.back():
            self._show_step()
        else:
            self.leave()

    def leave(self) -> None:
        """Forget the passphrase and close the screen."""
        self._forget()
        self.step_back()

    def _forget(self) -> None:
        for field in self.query(SecretField):
            field.wipe()
        self.query_one("#words", Static).update("")
        self._choosing.forget()
        self.cotutor.auto_lock.secret_shown = False

    @on(Input.Submitted)
    def action_go_on(self) -> None:
        """The next step: typing back, then preparing."""
        if self.is_busy:
            return
        if self._choosing.typing_back:
            self._typed_back(self.query_one("#again", SecretField).take())
        elif self.may_go_on():
            try:
                self._choosing.take(self.query_one("#own", SecretField).value)
            except CotutorError as problem:
                self.show_notice(problem.message)
                return
            self.show_notice("")
            self._show_step()

    def _typed_back(self, typed: str) -> None:
        from cotutor.conversation.vault.passphrase import NOT_THE_SAME, prepare  # noqa: PLC0415

        if not self._choosing.is_typed_back(typed):
            self.show_notice(f"{NOT_THE_SAME} Type it again, or press esc to see the words once more.")
            return
        passphrase, cost, clock = self._choosing.chosen, self.cotutor.cost, self.cotutor.clock
        prove = self.proof()

        def work() -> "NewPassphrase":
            prove()
            return prepare(passphrase, clock, cost)

        def prepared(new: "NewPassphrase") -> None:
            self.ready(new)
            if self.is_attached:
                self._forget()

        self.slowly("Making the key", work, prepared)

    def may_go_on(self) -> bool:
        """Whether the fields that come first are filled in; shows which are not."""
        return True

    def proof(self) -> "Callable[[], object]":
        """What must be proved before, in the thread; nothing by default."""
        return lambda: None

    def ready(self, new: "NewPassphrase") -> None:
        """Use the passphrase that was chosen."""
