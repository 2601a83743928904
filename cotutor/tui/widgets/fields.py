"""Fields to type in, which clean whatever is pasted and keep nothing for the clipboard."""

from rich.cells import cached_cell_len
from textual import events
from textual.widgets import Input, TextArea

from cotutor.domain.text import clean


def forget_measured() -> None:
    """Have Rich forget every line whose width it has measured: it remembers the last thousands of them."""
    cached_cell_len.cache_clear()


class LineField(Input):
    """One line of text, at most ``max_length`` characters."""

    DEFAULT_CSS = """
    LineField { height: 1; border: none; padding: 0 1; background: $panel; width: 22; }
    LineField:focus { border: none; background: $boost; text-style: bold; }
    """

    def __init__(
        self, value: str = "", *, id: str | None = None, max_length: int = 40, placeholder: str = ""
    ) -> None:
        super().__init__(
            value, id=id, max_length=max_length, placeholder=placeholder, compact=True, select_on_focus=True
        )
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        """Clean what is pasted; Textual goes on to its own handler, which puts it in."""
        event.text = clean(event.text, limit=self.max_length or 200)

    def action_copy(self) -> None:
        """Nothing is copied: a terminal's clipboard keeps it after the program has ended."""

    def action_cut(self) -> None:
        """Nothing is cut, for the same reason."""


class LinesField(TextArea):
    """Several lines of text.

    Args:
        text: the text to begin with.
        most: how many characters it takes.
        most_lines: how many lines it takes; any number if left out.
    """

    DEFAULT_CSS = """
    LinesField { border: none; padding: 0 1; background: $surface; height: 1fr; }
    LinesField:focus { border: none; }
    """

    def __init__(
        self, text: str = "", *, id: str | None = None, most: int = 4_000, most_lines: int | None = None
    ) -> None:
        super().__init__(text, id=id, soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False)
        self.cursor_blink = False
        self._most = most
        self._most_lines = most_lines

    def wipe(self) -> None:
        """Forget what was written, and what could be undone."""
        self.load_text("")
        self.history.clear()
        forget_measured()

    def on_paste(self, event: events.Paste) -> None:
        """Clean what is pasted, and cut it to the room that is left, before Textual puts it in."""
        room = self._most - len(self.text)
        text = clean(event.text, limit=room, lines=True) if room > 0 else ""
        if self._most_lines is not None:
            text = "\n".join(text.split("\n")[: self._most_lines - self.document.line_count + 1])
        event.text = text

    def on_key(self, event: events.Key) -> None:
        """Keep a full field from taking another character."""
        full = len(self.text) >= self._most
        last_line = self._most_lines is not None and self.document.line_count >= self._most_lines
        if (event.is_printable and full) or (event.key == "enter" and (full or last_line)):
            event.prevent_default()
            event.stop()

    def action_copy(self) -> None:
        """Nothing is copied: a terminal's clipboard keeps it after the program has ended."""

    def action_cut(self) -> None:
        """Nothing is cut, for the same reason."""
