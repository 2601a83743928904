"""The installed program on the full screen, led by its keys to the places where there is something to hide."""

import fcntl
import os
import pty
import re
import select
import struct
import termios
from collections.abc import Callable, Mapping
from typing import Any

from tests.blackbox.program import COTUTOR
from tests.pseudo_terminal import PATIENCE, PseudoTerminal, clean_environment

CANARY = "Kanarienvogel-8163"
"""Typed into the scratchpad."""

ANA, BEN = "Ana-5521", "Ben-9047"
"""Typed into the agreement as aliases."""

ESCAPE = "\x1b[27u"
"""The key in the kitty keyboard protocol: a bare ESC would make Alt of whatever is typed next."""

START = "[ We both agree: start ]"
"""The button that starts the clock, when it has the focus."""


class FullScreen(PseudoTerminal):
    """A pseudo-terminal with `cotutor` in it, on the screen that it begins with.

    Args:
        words: the command line after ``cotutor``; without any it begins at home.
        command: what to start instead of the program.
        env: the environment.
        redirect: what the shell does to its standard streams.
    """

    def __init__(
        self,
        *words: str,
        command: list[str] | None = None,
        env: Mapping[str, str] | None = None,
        redirect: str = "",
    ) -> None:
        super().__init__([*(command or [COTUTOR]), *words], env=env or clean_environment(), redirect=redirect)

    def wait_until_drawn(self) -> None:
        """Wait for the first screen, and until the terminal is wholly taken."""
        self.wait_for("nothing kept")
        self.wait(lambda: b"\x1b[?2004h" in self.raw)

    def pour(self, data: bytes) -> None:
        """Type more than a terminal holds, and read meanwhile: both sides would wait for each other.

        Args:
            data: what is typed or pasted.
        """
        rest = memoryview(data)
        os.set_blocking(self.fd, False)
        try:
            while rest:
                ready = select.select([self.fd], [self.fd], [], PATIENCE)
                assert ready[1] or ready[0], f"{len(rest)} bytes were not taken"
                if ready[1]:
                    rest = rest[os.write(self.fd, rest[:4096]) :]
                self.read(0)
        finally:
            os.set_blocking(self.fd, True)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size; the kernel tells the program."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def attributes(self) -> list[Any]:
        """The terminal's line discipline and control characters."""
        return termios.tcgetattr(self.fd)


def fresh_attributes() -> list[Any]:
    """What `FullScreen.attributes` are before any program changes them."""
    ours, theirs = pty.openpty()
    try:
        return termios.tcgetattr(ours)
    finally:
        os.close(ours)
        os.close(theirs)


def to_agreement(terminal: FullScreen) -> None:
    """From home to the agreement, with both aliases typed and the start marked again."""
    terminal.type("\r")
    terminal.wait_for(START)
    for name in (ANA, BEN):
        terminal.type("\t")
        terminal.wait(lambda: START not in terminal.text)
        terminal.settle()
        terminal.type(name)
        terminal.wait_for(f"{name} wants")
    terminal.type("\x1b[Z\x1b[Z")
    terminal.wait_for(START)


def to_turn(terminal: FullScreen) -> None:
    """On to the first turn."""
    to_agreement(terminal)
    terminal.type("\r")
    terminal.wait_for("Settle")
    terminal.type("n")
    terminal.wait_for(f"{ANA} speaks")


def to_scratchpad(terminal: FullScreen) -> None:
    """On to the speaker's scratchpad, with words on it."""
    to_turn(terminal)
    terminal.type("s")
    terminal.wait_for("'s scratchpad")
    terminal.settle()
    terminal.type(CANARY)
    terminal.wait_for(CANARY)


def to_guidance(terminal: FullScreen) -> None:
    """On to the first turn, with the listener's questions."""
    to_turn(terminal)
    terminal.type("g")
    terminal.wait_for("III-C")


def to_cover(terminal: FullScreen) -> None:
    """The scratchpad is covered."""
    to_scratchpad(terminal)
    terminal.type("\x0c")
    terminal.wait(lambda: CANARY not in terminal.text)


PLACES: dict[str, Callable[[FullScreen], None]] = {
    "home": lambda _terminal: None,
    "agreement": to_agreement,
    "scratchpad": to_scratchpad,
    "guidance": to_guidance,
    "cover": to_cover,
}
"""How to get to each place from home."""


def assert_nothing_left(terminal: FullScreen, *, but: str = "") -> None:
    """The terminal is as it was found. It has no alternate screen, so this is the hardest case.

    Args:
        terminal: the terminal after the program's end.
        but: the words that may stand there, with the shell's mark at their end.
    """
    assert " ".join(terminal.text.split()) == but
    assert terminal.modes == set()
    assert terminal.attributes() == fresh_attributes()
    assert b"\x1b[?1049l" in terminal.raw
    assert_no_control_strings(terminal.raw)


def assert_no_control_strings(raw: bytes) -> None:
    """Neither a title nor a clipboard nor anything else of that kind; 22 is the shape of the pointer."""
    assert set(re.findall(rb"\x1b\](\d*)", raw)) <= {b"22"}
    assert not re.search(rb"\x1b[PX^_]", raw)
