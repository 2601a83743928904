"""Asking for secrets and for a yes: on the terminal, or line by line on standard input.

The terminal is asked directly, not by way of the standard streams, so that a secret neither comes
from a file by mistake nor goes into one. What is typed there is not shown.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from cotutor.cli.reading import show
from cotutor.domain.errors import CotutorError, WrongUsage
from cotutor.domain.text import clean

LONGEST = 400
"""Characters of a secret; a passphrase of sixty words fits."""
_MOST_BYTES = 8_192
_LONGEST_LINE = 1_000_000
"""Characters; a whole box of a reflection may be one line."""
_DISABLED = b"\0" if sys.platform == "linux" else b"\xff"


class Asking:
    """Where secrets and answers come from.

    Args:
        from_input: secrets are the lines of standard input, unless somebody types there: then they
            are asked for as ever, and not shown.

    Raises:
        WrongUsage: they are to be typed, and there is no terminal.
    """

    def __init__(self, *, from_input: bool) -> None:
        self._terminal = _terminal()
        self.from_input = from_input and not (self._terminal and sys.stdin and sys.stdin.isatty())
        if not self.from_input and self._terminal is None:
            raise WrongUsage(
                "There is no terminal to type a passphrase on; with --passphrase-stdin it is read from"
                " standard input."
            )

    @property
    def has_terminal(self) -> bool:
        """Somebody can be asked."""
        return self._terminal is not None

    def secret(self, what: str) -> str:
        """A secret, which is neither shown nor kept anywhere.

        Args:
            what: its name: ``passphrase of the backup``.

        Raises:
            CotutorError: there was none, or it is too long.
            WrongUsage: standard input has ended.
        """
        if self.from_input:
            line = sys.stdin.buffer.readline(_MOST_BYTES) if sys.stdin else b""
            if not line:
                raise WrongUsage(
                    f"Standard input ended before the {what}. Type cotutor vault --help for the order of lines."
                )
        else:
            line = self._typed(f"{what[0].upper()}{what[1:]}: ", shown=False)
        # As a field of the full screen takes it: the same keys must give the same secret everywhere.
        typed = clean(line.decode(errors="replace"), limit=LONGEST + 1)
        if not typed:
            raise CotutorError(f"The {what} was left empty, so nothing was done.")
        if len(typed) > LONGEST:
            raise CotutorError(f"The {what} is longer than {LONGEST} characters: choose a shorter one.")
        return typed

    def answer(self, question: str) -> str:
        """What is typed after a question, in small letters."""
        return clean(self._typed(question, shown=True).decode(errors="replace"), limit=80).casefold()

    def confirmed(self, question: str, *, yes: bool) -> None:
        """Go on only after a yes.

        Args:
            question: what is about to be done.
            yes: it was given on the command line.

        Raises:
            CotutorError: no; WrongUsage: there is nobody to ask.
        """
        if yes:
            return
        if self._terminal is None:
            raise WrongUsage("This asks before it does anything: say --yes, or run it in a terminal.")
        if self.answer(f"{question} [y/N] ") not in ("y", "yes"):
            raise CotutorError("You did not say yes, so nothing was done.")

    def show(self, lines: Sequence[str]) -> None:
        """Show lines where the questions are, broken between words; without a terminal, on standard output."""
        if self._terminal is None:
            show(lines)
        else:
            self.show_text(self._broken(lines))

    def show_text(self, lines: Sequence[str]) -> None:
        """Show the lines of a file as they are."""
        if self._terminal is None:
            show(lines)
        else:
            self._write("".join(f"{clean(line, limit=_LONGEST_LINE, lines=True)}\n" for line in lines))

    def show_once(self, lines: Sequence[str], question: str) -> str:
        """Show something until a question is answered, then take it off the screen; returns the answer."""
        self.show(lines)
        answer = self.answer(question)
        columns = _columns(self._terminal)
        rows = sum(max(1, -(-len(line) // columns)) for line in [*self._broken(lines), question + answer])
        # Row by row: terminals push what is cleared all at once into what can be scrolled back to.
        self._write("\x1b[A\x1b[2K" * rows)
        return answer

    def _broken(self, lines: Sequence[str]) -> list[str]:
        from textwrap import wrap

        columns = _columns(self._terminal)
        return [part for line in lines for part in wrap(line, columns, drop_whitespace=True) or [""]]

    def _typed(self, prompt: str, *, shown: bool) -> bytes:
        if self._terminal is None:
            raise WrongUsage("This asks questions: run it in a terminal.")
        # Hidden before it is asked for: what is typed from then on is neither shown nor lost.
        with _listening(self._terminal, shown=shown):
            self._write(prompt)
            line = _line(self._terminal, shown=shown)
        if not line:
            self._write("\n")
            raise CotutorError("Nothing was typed, so nothing was done.")
        return line

    def _write(self, text: str) -> None:
        data = text.encode(errors="replace")
        while data and self._terminal is not None:
            data = data[os.write(_output(self._terminal), data) :]


def _terminal() -> int | None:
    """A descriptor of the terminal that this program was started in, or None."""
    if os.name == "nt":
        return 0 if sys.stdin and sys.stdin.isatty() and sys.stderr.isatty() else None
    with suppress(OSError):
        return os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    return None


def _output(terminal: int) -> int:
    return 2 if os.name == "nt" else terminal


def _columns(terminal: int | None) -> int:
    with suppress(OSError):
        if terminal is not None:
            return os.get_terminal_size(_output(terminal)).columns or 80
    return 80


@contextmanager
def _listening(terminal: int, *, shown: bool) -> Iterator[None]:
    """The terminal as it should be while a line is typed; what was typed before is dropped."""
    if sys.platform == "win32":
        yield
        return
    import termios

    before = termios.tcgetattr(terminal)
    quiet = [*before[:6], [*before[6]]]
    if not shown:
        quiet[3] = quiet[3] & ~termios.ECHO | termios.ECHONL
    # Stopping here would leave the shell with a terminal that shows nothing.
    quiet[6][termios.VSUSP] = _DISABLED
    try:
        termios.tcsetattr(terminal, termios.TCSAFLUSH, quiet)
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


def _line(terminal: int, *, shown: bool) -> bytes:
    """One line as it was typed, with its end; empty if the input has ended."""
    if sys.platform == "win32":
        return _line_on_windows(shown=shown)
    line = b""
    while not line.endswith(b"\n") and len(line) < _MOST_BYTES and (more := os.read(terminal, 4_096)):
        line += more
    return line


def _line_on_windows(*, shown: bool) -> bytes:
    import getpass

    if shown:
        return sys.stdin.readline().encode()
    return f"{getpass.getpass('')}\n".encode()
