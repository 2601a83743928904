"""What all screens have in common: a bar above, the keys below."""

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.screen import ModalScreen, Screen

from cotutor.conversation.command import Command
from cotutor.tui.textual_seams.compositor import ThriftyCompositor
from cotutor.tui.widgets.key_bar import KeyBar
from cotutor.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from cotutor.tui.app import CotutorApp

Result = TypeVar("Result")


class Page(Screen[Result], Generic[Result]):
    """A screen of the program.

    Subclasses set ``KEYS``, derive ``BINDINGS`` from them, and yield their own widgets in ``body``.
    """

    KEYS: ClassVar[tuple[Command, ...]] = ()
    heading: str = ""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = ThriftyCompositor()

    def compose(self) -> ComposeResult:
        """The bar, the body, the keys."""
        yield self.top_bar()
        yield from self.body()
        yield KeyBar(self.KEYS)

    def top_bar(self) -> TopBar:
        """The line above: where one is, and what is kept."""
        return TopBar(self.heading, cast("CotutorApp", self.app).keeping)

    def body(self) -> ComposeResult:
        """The screen's own widgets."""
        yield from ()


class Sheet(ModalScreen[Result], Generic[Result]):
    """A sheet laid over a page until it is answered."""

    KEYS: ClassVar[tuple[Command, ...]] = ()
    DEFAULT_CSS = """
    Sheet { align: center middle; background: $background 70%; }
    Sheet > #sheet {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    Sheet KeyBar { background: $surface; }
    """
