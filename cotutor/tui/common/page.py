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
from textual.screen import ModalScreen, Screen, ScreenResultCallbackType

from cotutor.conversation.command import Command
from cotutor.tui.keys import allows
from cotutor.tui.textual_seams.screen import AnsweredOnce, ThriftyScreen
from cotutor.tui.widgets.key_bar import KeyBar
from cotutor.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from cotutor.tui.app import CotutorApp

Result = TypeVar("Result")


class OfCotutor:
    """Beside Textual's own base class: what makes a screen one of this program."""

    KEYS: ClassVar[tuple[Command, ...]] = ()
    """The commands, most needed first."""
    conversation: object | None = None
    """What each command's ``when`` is asked with; None if all of them are always allowed."""

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

    # Where one goes from here. Keys typed quickly still wait in the queue of a screen that has led
    # on already; they must not lead on twice, or close what they led to.

    def lead_to(
        self, screen: "Screen[Result]", answered: "ScreenResultCallbackType[Result] | None" = None
    ) -> None:
        """Lay another screen over this one, unless this one is no longer on top."""
        if self._on_top:
            self.cotutor.push_screen(screen, answered)

    def make_way_for(self, screen: "Screen[Any]") -> None:
        """Put another screen in the place of this one, unless this one is no longer on top."""
        if self._on_top:
            self.cotutor.switch_screen(screen)

    def step_back(self) -> None:
        """Close this screen, unless it is no longer on top."""
        if self._on_top:
            self.cotutor.pop_screen()

    @property
    def _on_top(self) -> bool:
        return cast("Screen[Any]", self).is_active


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


class Sheet(OfCotutor, AnsweredOnce, ModalScreen[Result], Generic[Result]):
    """A sheet laid over a page until it is answered."""

    DEFAULT_CSS = """
    Sheet { align: center middle; background: $background 70%; }
    Sheet > #sheet {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    Sheet KeyBar { background: $surface; }
    """
