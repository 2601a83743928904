"""A program in a pseudo-terminal, seen from outside: its bytes, its screen, its processes."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

ROOT = Path(__file__).parents[1]
_SHELL = '{prelude} trap : INT QUIT; "$@" {redirect}; printf "<exit %s>" $?; read -r _'
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<=>]\d*u")
_TIOCGPTPEER = 0x5441  # opens the program's side of a pseudo-terminal; see ioctl_tty(2)
_TICK = 0.02
PATIENCE = 60
"""Seconds after which what a test waits for is given up: far more than a busy computer needs."""
_MOST_READS = 200_000
"""Reads after which a program that writes without end is given up."""
_MOST_KEYS = 1_000
_LOOKS = 5
"""How many looks in a row must find a program waiting: it may wait for another process for a moment."""


def clean_environment(**extra: str) -> dict[str, str]:
    """The environment of the tests without what a developer's own shell may have set."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TEXTUAL", "PYTHON", "COV", "COTUTOR"))
    }
    return own | {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | extra


def probe(name: str, *arguments: str) -> list[str]:
    """The command line that starts one of the programs in ``probes``."""
    return [sys.executable, "-m", f"tests.process.probes.{name}", *arguments]


def children(pid: int) -> list[int]:
    """The processes that ``pid`` has started and that still exist."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
                if int(parent) == pid:
                    found.append(int(entry.name))
    return sorted(found)


def family(pid: int) -> list[int]:
    """Everything that ``pid`` has started and that still exists, parents first."""
    found: list[int] = []
    rest = [pid]
    while rest:
        rest = [child for parent in rest for child in children(parent)]
        found += rest
    return found


def state(pid: int) -> str:
    """The state of a process as /proc gives it ("T" is stopped), or "" if there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def is_waiting(pid: int) -> bool:
    """Whether every thread of a process waits for something, and none could go on; True if there is none."""
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):
            if (task / "stat").read_text().rpartition(")")[2].split()[0] not in "STZ":
                return False
    return True


def processor_time(pid: int) -> int:
    """How long the main thread of a process has worked, in hundredths of a second."""
    fields = Path(f"/proc/{pid}/task/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def wait_until_waiting(pid: int) -> None:
    """Wait until a process has done all that it has to do at present."""
    looks = 0
    for _ in range(int(PATIENCE / _TICK)):
        looks = looks + 1 if is_waiting(pid) else 0
        if looks >= _LOOKS:
            return
        select.select([], [], [], _TICK)
    raise AssertionError(f"process {pid} never rests")


class ScrollingScreen(pyte.Screen):
    """A screen that remembers what was pushed off its top, in a fraction of the time of pyte's own."""

    def __init__(self, columns: int, lines: int) -> None:
        self.above: list[str] = []
        super().__init__(columns, lines)

    def index(self) -> None:
        """Go one row down; at the bottom the top row goes out of sight."""
        if self.cursor.y == (self.margins.bottom if self.margins else self.lines - 1):
            self.above.append(self.display[self.margins.top if self.margins else 0])
        super().index()


class PseudoTerminal:
    """A terminal in which a shell runs one program, then says how it ended and stays.

    The terminal has no alternate screen, so whatever a program leaves behind stays to be seen.
    """

    def __init__(
        self,
        command: list[str],
        *,
        env: Mapping[str, str] | None = None,
        redirect: str = "",
        prelude: str = "",
    ) -> None:
        self.raw = b""
        self.screen = ScrollingScreen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.shell, self.fd = pty.fork()
        if self.shell == 0:
            os.chdir(ROOT)
            script = _SHELL.format(redirect=redirect, prelude=prelude)
            os.execvpe("sh", ["sh", "-c", script, "sh", *command], dict(env or clean_environment()))  # noqa: S606
        os.set_inheritable(self.fd, False)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _tb: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End everything that was started, and the terminal."""
        for pid in (*self.family(), self.shell):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.close(self.fd)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.shell, 0)

    # Processes

    def family(self) -> list[int]:
        """Guard, face and whatever else the program has started, parents first."""
        return family(self.shell)

    @property
    def guard(self) -> int:
        return children(self.shell)[0]

    @property
    def face(self) -> int:
        return children(self.guard)[0]

    # What is on it

    def read(self, seconds: float = _TICK) -> bool:
        """Take in what comes within ``seconds``; returns whether the terminal is still there."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))
        return bool(data)

    def wait(self, reached: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Read until something is reached; fail once the terminal has been silent for ``seconds`` in all."""
        silent = 0
        for _ in range(_MOST_READS):
            if reached():
                return
            before = len(self.raw)
            self.read()
            silent += len(self.raw) == before
            if silent > seconds / _TICK:
                break
        raise AssertionError(f"not reached; the screen shows:\n{self.text}")

    def wait_for(self, text: str, seconds: float = PATIENCE) -> None:
        """Read until ``text`` is on the screen or above it."""
        self.wait(lambda: text in self.text, seconds)

    def settle(self) -> None:
        """Read until a key has done all it does: nothing is left to read, and every process of the program waits."""
        looks = 0

        def waits() -> bool:
            nonlocal looks
            silent = not select.select([self.fd], [], [], 0)[0]
            looks = looks + 1 if silent and all(is_waiting(pid) for pid in self.family()) else 0
            return looks >= _LOOKS

        self.wait(waits)

    def freeze(self, keys: str) -> None:
        """Type ``keys`` again and again and read nothing, until the face process stands still.

        First the terminal is full, then the thread that writes to it waits, and at last the main
        thread does nothing more for a key.
        """
        face = self.face
        theirs = fcntl.ioctl(self.fd, _TIOCGPTPEER, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            unmoved = 0
            for _ in range(_MOST_KEYS):
                before = processor_time(face)
                self.type(keys)
                wait_until_waiting(face)
                full = not select.select([], [theirs], [], 0)[1]
                unmoved = unmoved + 1 if full and processor_time(face) == before else 0
                if unmoved >= _LOOKS:
                    return
        finally:
            os.close(theirs)
        raise AssertionError("the program never stood still")

    def type(self, keys: str) -> None:
        """Send keys as a person would."""
        os.write(self.fd, keys.encode())

    def end(self) -> int:
        """Read until the program has ended; returns its exit code."""
        ended = re.compile(r"<exit (\d+)>")
        self.wait(lambda: ended.search(self.text) is not None)
        match = ended.search(self.text)
        assert match is not None
        return int(match[1])

    @property
    def text(self) -> str:
        """The screen, and everything that was pushed above it."""
        return "\n".join([*self.screen.above, *self.screen.display])

    @property
    def modes(self) -> set[str]:
        """Which of the modes that a full-screen program sets are still on, from the bytes themselves."""
        numbers = {1000, 1002, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048}
        on: set[str] = set()
        for number, switch in re.findall(rb"\x1b\[\?(\d+)([hl])", self.raw):
            if int(number) in numbers:
                (on.add if switch == b"h" else on.discard)(number.decode())
            if number in {b"25", b"7"}:  # these are on where nobody has asked for them
                (on.add if switch == b"l" else on.discard)(f"no {number.decode()}")
        for push, pop in re.findall(rb"\x1b\[(>)\d+u|\x1b\[(<)u", self.raw):
            (on.add if push else on.discard)("kitty")
            assert push or pop
        return on

    @property
    def echoes(self) -> bool:
        """Whether the terminal is back in the state a shell expects."""
        flags = termios.tcgetattr(self.fd)[3]
        return bool(flags & termios.ECHO) and bool(flags & termios.ICANON) and bool(flags & termios.ISIG)


def gone_within(pid: int, seconds: float = PATIENCE) -> bool:
    """Whether the process ends within ``seconds``."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], seconds)[0])
    finally:
        os.close(watched)


def end_with_family(pid: int) -> None:
    """Kill a process and everything that it has started, and wait until they are gone."""
    everyone = [pid, *family(pid)]
    for one in everyone:
        with contextlib.suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    assert all(gone_within(one) for one in everyone)
