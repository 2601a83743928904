"""A line about what takes so long, on the terminal only, and only if it does."""

import sys
import threading
from types import TracebackType
from typing import Self

from cotutor.services.clock import SystemClock

_PATIENCE = 0.5
"""Seconds before anything is shown, and between two changes of it."""


class Working:
    """While it lasts, a line on standard error counts the seconds; afterwards the line is gone.

    Args:
        doing: what is being done, in a word or three.
    """

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._share = ""
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        if sys.stderr is not None and sys.stderr.isatty():
            self._thread = threading.Thread(target=self._show, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _place: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def progress(self, done: int, of: int) -> None:
        """So much is done."""
        self._share = f" {100 * done // max(1, of)} %"

    def _show(self) -> None:
        clock = SystemClock()
        began, longest = clock.now(), 0
        while not self._over.wait(_PATIENCE):
            line = f"{self._doing}…{self._share}  {(clock.now() - began) // 1000} s"
            _put(f"\r{line:<{longest}}")
            longest = len(line)
        if longest:
            _put(f"\r{'':{longest}}\r")


def _put(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
