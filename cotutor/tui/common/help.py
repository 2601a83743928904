"""What every key does, made from the keys themselves."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.tui.common.reading import ReadingPage

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

    def __init__(self, here: Iterable[Command], everywhere: Iterable[Command]) -> None:
        super().__init__()
        self._groups = (("On this screen", tuple(here)), ("Everywhere", tuple(everywhere)))

    def body(self) -> ComposeResult:
        """A line for each key, the key in a column of its own."""
        with VerticalScroll(id="reading", can_focus=False):
            for title, keys in self._groups:
                yield Static(Content.styled(title, "bold $primary"), classes="title")
                for command in keys:
                    with Horizontal(classes="key"):
                        yield Static(Content.styled(command.key_shown, "bold"), classes="name")
                        yield Static(Content(command.help), classes="what")
            yield Static(Content("\n").join(map(Content, ("", *_ABOUT))))
