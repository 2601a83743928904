"""The person's terminal: is there one, and how it is given back as it was found.

Rows are blanked one by one with EL (``CSI 2 K``). ED (``CSI 2 J``) must not be used: terminals push
what it clears into the scrollback. Blanking matters where there is no alternate screen to leave,
as in GNU screen and in tmux with ``alternate-screen off``.
"""

import errno
import os
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from cotutor.domain.errors import WrongUsage

_NORMAL_MODES = (
    "\x1b\\"  # ends a control string that was cut short
    "\x1b[?2026l"  # show what was held back by synchronised output
    "\x1b[0m"
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # mouse
    "\x1b[?1004l\x1b[?2004l\x1b[?2048l"  # focus, bracketed paste, in-band resize
    "\x1b[<u"  # keyboard protocol; popped before the alternate screen goes, which has its own stack
)
_OWN_SCREEN = "\x1b[?1049l\x1b[?25h\x1b[?7h"

_FALLBACK_ROWS = 60


def require_terminal() -> None:
    """Refuse to draw a full screen unless input, output and errors are all a terminal.

    The full screen is written to standard error, so ``2>file`` would receive everything shown.

    Raises:
        WrongUsage: one of them is a file, a pipe or closed.
    """
    names = {"input": sys.__stdin__, "output": sys.__stdout__, "error": sys.__stderr__}
    for name, stream in names.items():
        if stream is None or stream.closed or not stream.isatty():
            raise WrongUsage(
                f"Standard {name} is not a terminal; use --plain to work through files and pipes."
            )


def terminal_fd(candidates: Sequence[int] = (2, 1, 0)) -> int | None:
    """The first of the standard streams that is a terminal, or None."""
    for fd in candidates:
        if os.isatty(fd):
            return fd
    return None


def is_ours(fd: int) -> bool:
    """Whether this job has the terminal, or nobody's job can have it.

    Raises:
        OSError: the terminal is gone.
    """
    if not hasattr(os, "tcgetpgrp"):
        return True
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError as problem:
        if problem.errno == errno.ENOTTY:  # it controls no session of ours, as under some kinds of su
            return True
        raise


def rows_of(fd: int) -> int:
    """How many rows the terminal has; plenty if it does not say."""
    try:
        return os.get_terminal_size(fd).lines or _FALLBACK_ROWS
    except OSError:
        return _FALLBACK_ROWS


def blank_rows(rows: int) -> str:
    """What to write so that nothing is left to see, on the screen or in the scrollback."""
    return "\x1b[0m" + "".join(f"\x1b[{row};1H\x1b[2K" for row in range(1, rows + 1)) + "\x1b[H"


class TerminalFound(NamedTuple):
    """A terminal as it was found, to be given back the same."""

    fd: int
    attributes: list[Any] | None
    """What ``termios.tcgetattr`` said, or None where there is no termios."""

    def restore(self, *, blank: bool) -> None:
        """Set the terminal as it was; with ``blank`` also take our pictures off it.

        A terminal that is gone, or that belongs to another job now, is left alone.
        """
        try:
            if not is_ours(self.fd):
                return
            if blank:
                self._write(_NORMAL_MODES + blank_rows(rows_of(self.fd)) + _OWN_SCREEN)
            self._restore_attributes()
        except OSError:
            return

    def _write(self, sequence: str) -> None:
        data = sequence.encode()
        while data:
            data = data[os.write(self.fd, data) :]

    def _restore_attributes(self) -> None:
        if self.attributes is None:
            return
        import termios  # noqa: PLC0415  not on Windows, where attributes is None

        try:
            termios.tcsetattr(self.fd, termios.TCSANOW, self.attributes)
        except termios.error:
            return


def find_terminal() -> TerminalFound | None:
    """The terminal this program was started in, or None if it was started without one."""
    fd = terminal_fd()
    if fd is None:
        return None
    try:
        import termios  # noqa: PLC0415  not on Windows

        return TerminalFound(fd, termios.tcgetattr(fd))
    except ImportError:
        return TerminalFound(fd, None)
    except termios.error:
        return None
