"""Reading one line at a time from people or scripts, without ever waiting longer than asked.

A thread of its own does the reading, because that is the one way that works alike on Linux,
macOS and Windows. It keeps only so much of a line, and only so many lines: whoever pours five
megabytes in is made to wait, and harms nothing.
"""

import threading
from collections.abc import Iterator
from queue import Empty, Queue
from typing import Protocol

from cotutor.domain.text import one_line

LONGEST_LINE = 600
"""Characters that are kept of a line; the rest of it is thrown away."""
_MOST_WAITING = 200
_AT_ONCE = 65_536


class Lines(Protocol):
    """Where the commands come from."""

    ended: bool
    """Whether there will be no more lines."""

    def read(self, seconds: float) -> str | None:
        """The next line, cleaned and without its end; None if none comes within ``seconds``.

        Comes back at once when the end is reached, and from then on just waits.
        """


class InputLines:
    """The lines of a file descriptor, standard input if none is named."""

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._waiting: Queue[str | None] = Queue(_MOST_WAITING)
        self.ended = False
        threading.Thread(target=self._gather, daemon=True).start()

    def read(self, seconds: float) -> str | None:
        """The next line; see ``Lines.read``."""
        try:
            line = self._waiting.get(timeout=max(0.0, seconds))
        except Empty:
            return None
        self.ended = self.ended or line is None
        return line

    def _gather(self) -> None:
        kept = b""
        for chunk in self._chunks():
            *whole, rest = chunk.split(b"\n")
            for piece in whole:
                self._waiting.put(_as_line(kept + piece))
                kept = b""
            # No character is longer than four bytes, so nothing is cut that would have been kept.
            kept = (kept + rest)[: LONGEST_LINE * 4]
        if kept:
            self._waiting.put(_as_line(kept))
        self._waiting.put(None)

    def _chunks(self) -> Iterator[bytes]:
        """What arrives, until the end or until the terminal is gone.

        Unbuffered, because a buffer's lock held by this thread would end the program with an
        error; through ``open``, because on Windows that reads a console as UTF-8.
        """
        try:
            with open(self._descriptor, "rb", buffering=0, closefd=False) as source:
                while chunk := source.read(_AT_ONCE):
                    yield chunk
        except OSError:
            return


def _as_line(raw: bytes) -> str:
    return one_line(raw.decode("utf-8", "replace"), LONGEST_LINE)
