"""What every key does, made from the keys themselves."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cotutor.tui.common.reading import ReadingPage
from cotutor.tui.keys import Key

_ABOUT = (
    "Nothing is kept unless you ask. No network is used. The speaker is in charge.",
    "The program trains nobody and treats nobody.",
)


class HelpPage(ReadingPage):
    """The keys of the screen below, and those that work everywhere.

    Args:
        here: the keys of the screen below.
        everywhere: the app's own keys.
    """

    heading = "Help"

    def __init__(self, here: Iterable[Key], everywhere: Iterable[Key]) -> None:
        super().__init__()
        self._groups = (("On this screen", tuple(here)), ("Everywhere", tuple(everywhere)))

    def body(self) -> ComposeResult:
        """A line for each key, the key in a column of its own."""
        with VerticalScroll(id="reading", can_focus=False):
            for title, keys in self._groups:
                yield Static(Content.styled(title, "bold $primary"), classes="title")
                for key in keys:
                    with Horizontal(classes="key"):
                        yield Static(Content.styled(key.name, "bold"), classes="name")
                        yield Static(Content(key.help), classes="what")
            yield Static(Content("\n").join(map(Content, ("", *_ABOUT))))
