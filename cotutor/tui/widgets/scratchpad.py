"""A few lines for the speaker, in memory only."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cotutor.tui.widgets.fields import LinesField, forget_measured


class Scratchpad(Vertical):
    """The field, and a line above it that says what becomes of it.

    Args:
        place: the place of the speaker whose it is.
        owner: their alias.
        text: what they have written so far.
        most: how many characters there is room for.
        most_lines: how many lines.
        keepable: whether the plan lets the speaker keep it until the close.
        kept: whether the speaker said so.
    """

    DEFAULT_CSS = """
    Scratchpad { height: 1fr; background: $surface; }
    Scratchpad > Static { height: 1; padding: 0 1; background: $panel; color: $text; }
    """

    def __init__(
        self, place: int, owner: str, text: str, *, most: int, most_lines: int, keepable: bool, kept: bool
    ) -> None:
        super().__init__()
        self.place = place
        self._owner = owner
        self._keepable = keepable
        self._kept = kept
        self._field = LinesField(text, most=most, most_lines=most_lines)

    @property
    def text(self) -> str:
        return self._field.text

    def compose(self) -> ComposeResult:
        yield Static(self._line(), id="whose")
        yield self._field

    def write(self) -> None:
        """Let the keys type."""
        self._field.focus()

    def wipe(self) -> None:
        """Forget what was written, and what could be undone in the field."""
        self._field.wipe()

    def show_kept(self, kept: bool) -> None:  # noqa: FBT001  the only thing there is to show
        """Show whether it is kept until the close."""
        if kept != self._kept:
            self._kept = kept
            self.query_one("#whose", Static).update(self._line())

    def _line(self) -> Content:
        fate, other = ("kept until the close", "wipe") if self._kept else ("wiped after the turn", "keep")
        change = f" · ctrl+s: {other} it" if self._keepable else ""
        return Content.assemble((f"{self._owner}'s scratchpad", "bold"), f" · esc leaves it · {fate}{change}")


class KeptScratchpads(VerticalScroll, can_focus=False):
    """What the speakers kept, to be read at the close."""

    DEFAULT_CSS = """
    KeptScratchpads { height: 1fr; background: $surface; padding: 0 1; }
    KeptScratchpads > Static { height: auto; }
    """

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__()
        self._text = Static(Content("\n").join(map(Content, lines)), id="kept")

    def compose(self) -> ComposeResult:
        yield self._text

    def wipe(self) -> None:
        """Take the scratchpads off the screen and out of the widget."""
        self._text.update("")
        forget_measured()

    def on_unmount(self) -> None:
        """Forget them too when the whole page goes."""
        forget_measured()
