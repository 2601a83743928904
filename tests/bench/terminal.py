"""A program in a pseudo-terminal, watched from outside: what it writes and when, and what it costs."""

import contextlib
import fcntl
import os
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from pathlib import Path

COLUMNS, ROWS = 100, 30
BIN = Path(sys.executable).parent
BARE = Path(__file__).with_name("bare.py")
COTUTOR = (str(BIN / "cotutor"),)
HOME = tempfile.mkdtemp(prefix="cotutor-bench-")

_ANSWERS = (
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[\?2048\$p"), b"\x1b[?2048;0$y"),
    (re.compile(rb"\x1b\[\?u"), b"\x1b[?0u"),
)
"""What a terminal answers when it is asked what it can do."""


def bare(kind: str) -> tuple[str, ...]:
    """The command of a bare Textual app; see ``bare.py``."""
    return (sys.executable, str(BARE), kind)


class Ended(SystemExit):
    """The program that is watched has ended; ends the benchmark, unless that was expected."""


class Program:
    """A program that was started in a terminal of its own.

    Args:
        command: the program and its arguments.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        name = os.ttyname(slave)
        files = [(os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0), (os.POSIX_SPAWN_DUP2, 0, 1)]
        files.append((os.POSIX_SPAWN_DUP2, 0, 2))
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": HOME,
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        self.began = time.monotonic_ns()
        self.pid = os.posix_spawn(command[0], list(command), environment, file_actions=files, setsid=True)
        os.close(slave)
        self.written = 0

    def read(self, seconds: float) -> tuple[int, bytes] | None:
        """The next output and the instant it came, in nanoseconds; None if none comes in time."""
        if not select.select([self._master], [], [], seconds)[0]:
            return None
        try:
            output = os.read(self._master, 65536)
        except OSError:
            raise Ended("The program has ended.") from None
        now = time.monotonic_ns()
        self.written += len(output)
        for question, answer in _ANSWERS:
            for _ in question.findall(output):
                self.send(answer)
        return now, output

    def send(self, keys: bytes) -> int:
        """Press keys; returns the instant, in nanoseconds."""
        now = time.monotonic_ns()
        os.write(self._master, keys)
        return now

    def until(self, text: bytes, seconds: float = 30) -> int:
        """The instant at which ``text`` was on its way to the screen, in nanoseconds."""
        seen = b""
        while True:
            got = self.read(seconds)
            if got is None:
                raise SystemExit(f"{text!r} was never shown.")
            seen = seen[-len(text) :] + got[1]
            if text in seen:
                return got[0]

    def watch(self, seconds: float) -> None:
        """Read whatever it writes for so long."""
        end = time.monotonic_ns() + round(seconds * 1e9)
        while (left := end - time.monotonic_ns()) > 0:
            self.read(left / 1e9)

    def processes(self) -> list[int]:
        """Its process and those below it."""
        found = [self.pid]
        for pid in found:
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                found += map(int, children.read_text().split())
        return found

    def cpu(self) -> float:
        """Seconds of computing so far, of all its processes."""
        return sum(time.clock_gettime_ns((~pid << 3) | 2) for pid in self.processes()) / 1e9

    def memory(self) -> float:
        """The most MiB that its largest process ever had in memory."""
        peaks = []
        for pid in self.processes():
            peak = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
            peaks.append(int(peak[1]) / 1024 if peak else 0)
        return max(peaks)

    def end(self) -> None:
        """End it, and everything below it."""
        for ending in (signal.SIGTERM, signal.SIGKILL):
            for pid in self.processes():
                with contextlib.suppress(ProcessLookupError):  # it ended by itself meanwhile
                    os.kill(pid, ending)
            for _ in range(60):
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    os.close(self._master)
                    return
                if select.select([self._master], [], [], 0.05)[0]:
                    try:
                        os.read(self._master, 65536)
                    except OSError:
                        select.select([], [], [], 0.02)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values are."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def report(name: str, ratios: Sequence[float], bar: float, aim: float, unit: str = "x") -> None:
    """Print a figure beside its bar, the median of all rounds."""
    middle = statistics.median(ratios)
    verdict = "aim met" if middle <= aim else "bar met" if middle <= bar else "MISSED"
    spread = f"{min(ratios):.2f}-{max(ratios):.2f}" if len(ratios) > 1 else ""
    print(f"{name:52} {middle:8.2f} {unit:4} {spread:13} bar {bar}, aim {aim}: {verdict}")
