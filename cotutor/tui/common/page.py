"""What all screens have in common: their commands, a bar above, the keys below.

A screen declares its commands in ``KEYS``, derives ``BINDINGS`` from them, and sets
``conversation`` if some of them are not always allowed. Keys, key bar, palette and help page
follow from that: a command whose ``when`` says no to the conversation is neither shown nor obeyed.
After the conversation has changed, call ``refresh_bindings``, and the key bar looks again.

What is a matter of the screen alone, such as letters that are typed and not obeyed while a field
has the focus, belongs in a ``check_action`` of the screen that ends with ``super().check_action``.
"""

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.screen import ModalScreen, Screen

from cotutor.conversation.command import Command
from cotutor.tui.keys import allows
from cotutor.tui.textual_seams.screen import ThriftyScreen
from cotutor.tui.textual_seams.stacked import Stacked
from cotutor.tui.widgets.key_bar import KeyBar
from cotutor.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from cotutor.tui.app import CotutorApp

Result = TypeVar("Result")


class OfCotutor(Stacked):
    """Beside Textual's own base class: what makes a screen one of this program."""

    KEYS: ClassVar[tuple[Command, ...]] = ()
    """The commands, most needed first."""
    conversation: object | None = None
    """What each command's ``when`` is asked with; None if all of them are always allowed."""
    covers: ClassVar[bool] = False
    """Whether it hides what is below, so that nothing may come over it."""

    @property
    def cotutor(self) -> "CotutorApp":
        """The app; Textual's ``app`` is of no particular class."""
        return cast("CotutorApp", cast("Screen[Any]", self).app)

    @property
    def running(self) -> bool:
        """Whether people are in the middle of something here that leaving the program would end."""
        return False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action is allowed at present: what its command's ``when`` says."""
        return allows(self.KEYS, self.conversation, action, parameters)

    def action_step_back(self) -> None:
        """Close this screen."""
        self.step_back()

    def action_nothing(self) -> None:
        """Do nothing, where a key must not do what it does elsewhere."""


class Page(OfCotutor, ThriftyScreen[Result], Generic[Result]):
    """A whole screen. Subclasses yield their own widgets in ``body``."""

    heading: str = ""

    def compose(self) -> ComposeResult:
        """The bar, the body, the keys."""
        yield self.top_bar()
        yield from self.body()
        yield KeyBar(self.KEYS)

    def top_bar(self) -> TopBar:
        """The line above: where one is, and what is kept."""
        return TopBar(self.heading, self.cotutor.keeping)

    def body(self) -> ComposeResult:
        """The screen's own widgets."""
        yield from ()


class Sheet(OfCotutor, ModalScreen[Result], Generic[Result]):
    """A sheet laid over a page until it is answered."""

    DEFAULT_CSS = """
    Sheet { align: center middle; background: $background 70%; }
    Sheet > #sheet {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    Sheet KeyBar { background: $surface; }
    """
