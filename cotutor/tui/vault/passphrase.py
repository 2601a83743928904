"""Choosing a passphrase: six words drawn by chance are offered; it must be typed back."""

import unicodedata
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from cotutor.conversation.command import Command
from cotutor.services import custody
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import row
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cotutor.vault.keyfile import NewPassphrase

_OFFERED = (
    "Six words drawn by chance: {bits} bits, far too many to try. Write them on paper, keep it away"
    " from this computer, and press Enter. They are shown only now."
)
_OWN = (
    "Your own: at least five words that do not belong together, from no book, song or name. Any language"
    " will do. The words drawn by chance are stronger."
)
_BACK = "Now type it back, from paper or from memory. What you typed can be shown with f2."


class PassphrasePage(VaultPage):
    """Offers, has it typed back, prepares; what then happens is the subclass's part in ``ready``."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "go_on", "Go on", "Take this passphrase and go on."),
        Command("ctrl+r", "draw", "Other words", "Draw six other words."),
        Command("ctrl+o", "own", "My own", "Choose your own passphrase, or take the words after all."),
        Command("f2", "show", "Show", "Show or hide what you type."),
        Command("escape", "back", "Back", "Go a step back.", shown="esc"),
        Command("f1", "app.keys", "Help", "What every key does."),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._offer: custody.Offer | None = custody.offer()
        self._typing_back = False

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
        """Offer."""
        self.vault_app.gate.exposed = True
        self._show()

    def _show(self) -> None:
        """Show the step that is on."""
        own, again = (self.query_one(f"#{name}", SecretField) for name in ("own", "again"))
        advice = _OFFERED.format(bits=self._offer.bits) if self._offer else _OWN
        self.query_one("#advice", Static).update(Content(_BACK if self._typing_back else advice))
        words = self.query_one("#words", Static)
        words.update(Content.styled(self._offer.passphrase if self._offer else "", "bold"))
        words.display = self._offer is not None and not self._typing_back
        self._row_of(own).display = self._offer is None and not self._typing_back
        self._row_of(again).display = self._typing_back
        if self._typing_back:
            self.set_focus(again)
        else:
            self.set_focus(own if self._offer is None else self.first_field())

    def first_field(self) -> Widget | None:
        """Where the typing begins while words are offered."""
        return None

    def _row_of(self, field: SecretField) -> Widget:
        assert isinstance(field.parent, Widget)  # noqa: S101  every field stands in a row
        return field.parent

    def action_draw(self) -> None:
        """Other words."""
        if not self._typing_back:
            self._offer = custody.offer()
            self._show()

    def action_own(self) -> None:
        """One's own, or the words drawn by chance."""
        if not self._typing_back:
            self.query_one("#own", SecretField).wipe()
            self._offer = None if self._offer else custody.offer()
            self.tell("")
            self._show()

    def action_show(self) -> None:
        """Show or hide what is typed."""
        for field in self.query(SecretField):
            field.password = not field.password

    def action_back(self) -> None:
        """To the words again, or away."""
        if self.is_busy:
            return
        self.tell("")
        self.query_one("#again", SecretField).wipe()
        if self._typing_back:
            self._typing_back = False
            self._show()
        else:
            self.leave()

    def leave(self) -> None:
        """Give it up."""
        self._forget()
        self.app.pop_screen()

    def _forget(self) -> None:
        for field in self.query(SecretField):
            field.wipe()
        self.query_one("#words", Static).update("")
        self._offer = None
        self.vault_app.gate.exposed = False

    @on(Input.Submitted)
    def action_go_on(self) -> None:
        """The next step: typing back, then preparing."""
        if self.is_busy:
            return
        own = self.query_one("#own", SecretField).value
        if not self._typing_back:
            problem = None if self._offer else custody.advice(own)
            self.tell(problem or "")
            if problem is None and self.may_go_on():
                self._typing_back = True
                self._show()
            return
        wanted = self._offer.passphrase if self._offer else own
        if _same(self.query_one("#again", SecretField).take()) != _same(wanted):
            self.tell("That is not the same. Type it again, or press esc to see the words once more.")
            return
        self._prepare(wanted)

    def may_go_on(self) -> bool:
        """Whether the fields that come first are filled in; tells if not."""
        return True

    def _prepare(self, passphrase: str) -> None:
        cost, clock, offered = self.vault_app.cost, self.vault_app.clock, self._offer is not None
        prove = self.proof()

        def prepare() -> "NewPassphrase":
            prove()
            chosen = cost or custody.measure(lambda: clock.now() / 1000)
            return custody.prepare(passphrase, chosen, offered=offered)

        def prepared(new: "NewPassphrase") -> None:
            self.ready(new)
            self._forget_if_here()

        self.slowly("Making the key", prepare, prepared)

    def _forget_if_here(self) -> None:
        if self.is_attached:
            self._forget()

    def proof(self) -> "Callable[[], object]":
        """What must be proved before, in the thread; nothing by default."""
        return lambda: None

    def ready(self, new: "NewPassphrase") -> None:
        """Use the passphrase that was chosen."""


class ChangePassphrase(PassphrasePage):
    """Another passphrase for the vault that is open.

    Args:
        recovered: the vault was opened by its recovery key, so nobody knows the passphrase.
    """

    heading = "Change the passphrase"

    def __init__(self, *, recovered: bool = False) -> None:
        super().__init__()
        self._recovered = recovered

    def before(self) -> "Iterable[Widget]":
        """The present passphrase, and whether to re-encrypt."""
        if self._recovered:
            yield Static(Content("You came in by the recovery key. Choose a new passphrase."), classes="lead")
        else:
            yield row("Present one", SecretField(id="present"))
        yield row(
            "Also",
            ChoiceField((False, "change only"), (True, "change and re-encrypt"), chosen=False, id="anew"),
        )
        yield Static(
            Content(
                "Re-encrypting makes old copies of the key file worthless for what is written from now on. An"
                " older backup still opens with the old passphrase. The recovery key ends with it."
            ),
            classes="hint-below",
        )

    def first_field(self) -> Widget | None:
        """The present passphrase."""
        return None if self._recovered else self.query_one("#present", SecretField)

    def may_go_on(self) -> bool:
        """Whether the present passphrase was typed."""
        if self._recovered or self.query_one("#present", SecretField).value:
            return True
        self.tell("Type the present passphrase first.")
        self.query_one("#present", SecretField).focus()
        return False

    def proof(self) -> "Callable[[], object]":
        """The present passphrase is the vault's."""
        if self._recovered:
            return lambda: None
        folder, typed = self.vault_app.gate.folder, self.query_one("#present", SecretField).value
        return lambda: custody.prove(folder, typed).wipe()

    def ready(self, new: "NewPassphrase") -> None:
        """Put it in force."""
        reencrypt = bool(self.query_one("#anew", ChoiceField).value)
        custody.change_passphrase(self.notebook, new, self.now(), reencrypt=reencrypt)
        self._forget()
        app = self.vault_app
        app.pop_screen()
        more = " Make a new recovery key now: the old one has ended." if reencrypt else ""
        app.call_after_refresh(app.tell, f"The new passphrase is in force.{more}")


def _same(typed: str) -> str:
    """What counts of a passphrase when two are compared."""
    return " ".join(unicodedata.normalize("NFC", typed).split())
