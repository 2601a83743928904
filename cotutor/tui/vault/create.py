"""The first visit: what a vault is and is not, said before anything is made; then its making."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.domain.guidance import Guidance
from cotutor.process import shared_memory
from cotutor.services import auto_lock
from cotutor.tui.common.reading import ReadingPage
from cotutor.tui.keys import bindings
from cotutor.tui.vault.passphrase import PassphrasePage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.widget import Widget

    from cotutor.tui.vault.app import VaultApp
    from cotutor.vault.keyfile import NewPassphrase

ABOUT = (
    (
        "What it is",
        "An encrypted vault for your own reflections: one person, one passphrase, on this computer only.",
    ),
    (
        "What encryption does",
        (
            "Whoever steals, repairs or copies this computer reads nothing of it without your passphrase:"
            " no word, no date, no tag."
        ),
    ),
    (
        "What it does not do",
        (
            "A court can order notes; encryption is not privilege. While the vault is open, whoever sees the"
            " screen or controls the computer can read along. If you lose the passphrase, nobody can help,"
            " unless you have made a recovery key."
        ),
    ),
    (
        "What belongs in it",
        "What you learned and what you plan. Never patients, never names, never another's story.",
    ),
)


def about_text() -> Content:
    """What a vault is and is not."""
    parts: list[Content] = []
    for title, words in ABOUT:
        parts += [Content.styled(title, "bold $primary"), Content(words), Content("")]
    return Content("\n").join(parts)


class AboutVault(ReadingPage):
    """Says what a vault is, and makes none before that is confirmed."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "make", "Make a vault", "Make the folder and choose a passphrase."),
        Command("escape,q", "app.home", "Home", "Go home; nothing is made.", shown="esc"),
        *ReadingPage.KEYS[1:],
        Command("question_mark,f1", "app.keys", "Help", "What every key does.", shown="?"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = "Your reflections"

    def text(self, guidance: Guidance) -> Content:  # noqa: ARG002  it says nothing of the guidance
        """What a vault is, and where it would be."""
        folder = str(self._vault_app.gate.folder)
        where = Content.assemble(("There is none yet. ", "bold"), f"Enter makes one in {folder}")
        return Content("\n").join([about_text(), where])

    @property
    def _vault_app(self) -> "VaultApp":
        app: VaultApp = self.app  # type: ignore[assignment]  # shown by no other
        return app

    def action_make(self) -> None:
        """Confirmed: come back as a process that may write there."""
        if auto_lock.CAN_BECOME:
            self._vault_app.gate.go(shared_memory.Ending.MAKE)
        else:
            self._vault_app.switch_screen(CreateVault())


class CreateVault(PassphrasePage):
    """Chooses the passphrase of a new vault and makes it."""

    heading = "A new vault"

    def before(self) -> "Iterable[Widget]":
        """What the passphrase is for."""
        yield Static(Content("Only this opens the vault; it is stored nowhere."), classes="lead")

    def leave(self) -> None:
        """Home; the empty folder goes."""
        self.vault_app.action_home()

    def ready(self, new: "NewPassphrase") -> None:
        """Make the vault and open it."""
        from cotutor.services import custody  # noqa: PLC0415

        notebook = custody.create(self.vault_app.gate.folder, new, self.now())
        self.vault_app.opened(notebook)


class BeforeWriting(ReadingPage):
    """Shown before the very first reflection.

    Args:
        then: goes on to it.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "go_on", "Write", "Go on to the first reflection."),
        Command("escape,q", "app.pop_screen", "Back", "Go back.", shown="esc"),
        *ReadingPage.KEYS[1:],
        Command("f1,question_mark", "app.keys", "Help", "What every key does.", shown="f1"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = "Before you write"

    def __init__(self, then: "Callable[[], None]") -> None:
        super().__init__()
        self._then = then

    def body(self) -> ComposeResult:
        """Four things to know."""
        words = (
            ("Courts can require reflections. ", "Write nothing that you could not stand by."),
            ("Learning and plan, ", "not the event: what you took from it, and what you will try."),
            (
                "Never patients, never names, ",
                "never what the other person told you. An alias or a role will do.",
            ),
            ("Facts belong elsewhere: ", "in the record, or in a report of the incident."),
        )
        lines = [Content.assemble((lead, "bold"), rest) for lead, rest in words]
        lines.append(
            Content(
                "There are two boxes. One is for you alone. The other is for what an appraiser or a supervisor"
                " could see; before it is saved it is looked through for what might name somebody."
            )
        )
        with VerticalScroll(id="reading", can_focus=False):
            yield Static(Content("\n\n").join(lines))

    def action_go_on(self) -> None:
        """Write."""
        self.app.pop_screen()
        self.app.call_after_refresh(self._then)
