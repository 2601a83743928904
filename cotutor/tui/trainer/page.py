"""What the trainer's screens have in common: their own style sheet, and the way out."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual.content import Content
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from cotutor.tui.common.page import Page
from cotutor.tui.widgets.top_bar import TopBar

STYLE = "trainer.tcss"
"""Read when the first of these screens is shown, so that the home screen need not wait for it."""

Result = TypeVar("Result")


class TrainerPage(Page[Result], Generic[Result]):
    """A screen for trainers."""

    CSS_PATH = STYLE

    def top_bar(self) -> TopBar:
        """Where one is, the rehearsal's speed, and that nothing is kept."""
        return TopBar(self.heading, speed=self.cotutor.clock.speed)

    def action_back(self) -> None:
        """Go back to where one came from."""
        self.step_back()

    def put(self, name: str, text: str | Content) -> None:
        """Change a line if it differs."""
        put(self, name, text)


def put(screen: Widget, name: str, text: str | Content) -> None:
    """Change a line of a screen, by its id, if it differs."""
    line = screen.query_one(f"#{name}", Static)
    content = Content(text) if isinstance(text, str) else text
    if line.content != content:
        line.update(content)


def clickable(line: Content, action: str) -> Content:
    """A line that does something when it is clicked.

    Args:
        line: what it says.
        action: an action of the program's own.
    """
    return line.stylize(Style.from_meta({"@click": action}))


def heading(words: str) -> Content:
    """A heading among lines of text."""
    return Content.styled(words, "bold $primary")


def lines(texts: Iterable[str | Content]) -> Content:
    """Texts, each on a line of its own."""
    return Content("\n").join(Content(text) if isinstance(text, str) else text for text in texts)
