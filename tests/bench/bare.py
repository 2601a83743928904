"""Bare Textual apps, to compare with: ``python tests/bench/bare.py hello|clock|editor``."""

import sys
import time

from textual.app import App, ComposeResult
from textual.widgets import Digits, Static, TextArea


class Hello(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        yield Static("Hello, World")


class Clock(App[None]):
    """Digits that count down once a second."""

    def compose(self) -> ComposeResult:
        yield Digits("20:00")

    def on_mount(self) -> None:
        self._end = time.monotonic_ns() + 20 * 60 * 10**9
        self.set_interval(1, self._count)

    def _count(self) -> None:
        minutes, seconds = divmod((self._end - time.monotonic_ns()) // 10**9, 60)
        self.query_one(Digits).update(f"{minutes}:{seconds:02}")


class Editor(App[None]):
    """An empty field of several lines, its cursor steady like ours."""

    def compose(self) -> ComposeResult:
        field = TextArea()
        field.cursor_blink = False
        yield field


if __name__ == "__main__":
    {"hello": Hello, "clock": Clock, "editor": Editor}[sys.argv[1]]().run()
