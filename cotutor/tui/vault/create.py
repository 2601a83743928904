"""The first visit: what a vault is and is not, shown before anything is made; then its making."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.conversation.vault import about, commands
from cotutor.conversation.vault.places import problem_of_making
from cotutor.domain.guidance import Guidance
from cotutor.process import shared_memory
from cotutor.services import auto_lock
from cotutor.tui.common.reading import ReadingPage
from cotutor.tui.keys import bindings
from cotutor.tui.vault.page import OfVault
from cotutor.tui.vault.passphrase import PassphrasePage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.widget import Widget

    from cotutor.conversation.vault.values import NewPassphrase


def about_text() -> Content:
    """What a vault is and is not."""
    parts: list[Content] = []
    for title, text in about.ABOUT:
        parts += [Content.styled(title, "bold $primary"), Content(text), Content("")]
    return Content("\n").join(parts)


class AboutVault(OfVault, ReadingPage):
    """Shows what a vault is, and makes none before that is confirmed."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        *commands.ABOUT[:-1],
        *ReadingPage.KEYS[1:],
        commands.ABOUT[-1],
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = "Your reflections"

    def body(self) -> ComposeResult:
        """The text; what can be done depends on the folder."""
        self.conversation = self.cotutor.auto_lock.folder
        yield from super().body()

    def text(self, guidance: Guidance) -> Content:  # noqa: ARG002  it shows nothing of the guidance
        """What a vault is, and where it would be."""
        folder = self.cotutor.auto_lock.folder
        where = Content.assemble(("There is none yet. ", "bold"), f"Enter makes one in {folder}")
        problem = problem_of_making(folder)
        return Content("\n").join([about_text(), Content.styled(problem, "bold") if problem else where])

    def action_make(self) -> None:
        """Confirmed: come back as a process that may write there."""
        if auto_lock.CAN_REPLACE_PROCESS:
            self.cotutor.auto_lock.go(shared_memory.Ending.MAKE)
        else:
            self.make_way_for(CreateVault())


class CreateVault(PassphrasePage):
    """Chooses the passphrase of a new vault and makes it."""

    heading = "A new vault"

    def before(self) -> "Iterable[Widget]":
        """What the passphrase is for."""
        yield Static(Content("Only this opens the vault; it is stored nowhere."), classes="lead")

    def leave(self) -> None:
        """Home; the empty folder goes."""
        self.cotutor.action_home()

    def ready(self, new: "NewPassphrase") -> None:
        """Make the vault and open it."""
        from cotutor.conversation.vault.keys import create  # noqa: PLC0415  loads the vault

        self.cotutor.opened(create(self.cotutor.auto_lock.folder, new, self.now()), instead_of=self)


class BeforeWriting(ReadingPage):
    """Shown before the very first reflection.

    Args:
        then: goes on to it.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        *commands.BEFORE_WRITING[:-1],
        *ReadingPage.KEYS[1:],
        commands.BEFORE_WRITING[-1],
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = "Before you write"

    def __init__(self, then: "Callable[[], None]") -> None:
        super().__init__()
        self._then = then

    def body(self) -> ComposeResult:
        lines = [Content.assemble((lead, "bold"), rest) for lead, rest in about.BEFORE_WRITING]
        lines.append(Content(about.TWO_BOXES))
        with VerticalScroll(id="reading", can_focus=False):
            yield Static(Content("\n\n").join(lines))

    def action_go_on(self) -> None:
        self.step_back(self._then)
