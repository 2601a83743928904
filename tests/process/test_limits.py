"""The memory of a guarded process, asked for from outside."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cotutor.process import limits
from tests.pseudo_terminal import ROOT, PseudoTerminal, clean_environment, probe

pytestmark = pytest.mark.blackbox

ORDINARY = (
    "import ctypes, os, pathlib, sys\n"
    "if os.geteuid() == 0:\n"
    "    os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
    "    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)\n"  # changing the user closes the memory; open it again
)
"""Become an ordinary person, whoever runs the tests."""

PEEK = (
    "pid = int(sys.argv[1])\n"
    "try:\n"
    "    pathlib.Path(f'/proc/{pid}/mem').open('rb').close(); print('memory is open')\n"
    "except PermissionError:\n"
    "    print('memory is closed')\n"
    "print('attached' if ctypes.CDLL(None).ptrace(0x4206, pid, None, None) == 0 else 'not attached')\n"
)
WAIT = "print(os.getpid(), flush=True); sys.stdin.readline()\n"


def started(program: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=clean_environment(),
        cwd=ROOT,
    )


def peeked_at(measure: str) -> str:
    """What another program of the same person learns of one that has taken a measure."""
    imports = "from cotutor.process.limits import keep_memory_private\n"
    with started(imports + ORDINARY + measure + WAIT) as process:
        assert process.stdout is not None
        pid = process.stdout.readline().strip()
        with started(ORDINARY + PEEK, pid) as other:
            told = other.communicate()[0]
        process.communicate("\n")
    return told


def test_another_program_of_the_same_person_cannot_read_or_trace() -> None:
    assert peeked_at("keep_memory_private()\n") == "memory is closed\nnot attached\n"


def test_without_the_measure_it_could() -> None:
    told = peeked_at("")
    yama = Path("/proc/sys/kernel/yama/ptrace_scope")
    closed = yama.exists() and yama.read_text().strip() != "0"
    assert told == ("memory is closed\nnot attached\n" if closed else "memory is open\nattached\n")


def test_guard_and_face_leave_no_core_file_and_nothing_to_a_crash_reporter() -> None:
    with PseudoTerminal(probe("lines")) as terminal:
        terminal.wait_for("ready")
        for pid in (terminal.guard, terminal.face):
            table = Path(f"/proc/{pid}/limits").read_text()
            assert "Max core file size        0                    0" in table
            # A process that may be dumped belongs to whoever runs it, any other to root.
            assert Path(f"/proc/{pid}/mem").stat().st_uid == 0
        face = terminal.face
        os.kill(face, signal.SIGSEGV)
        assert terminal.end() == 128 + signal.SIGSEGV


def test_the_kernel_dumps_nothing_even_where_there_is_no_limit(tmp_path: Path) -> None:
    # Where core_pattern is a pipe there is no limit; then only the closed memory is left.
    crash = (
        "import os, resource, signal\n"
        "from cotutor.process.limits import _no_readers\n"
        "assert _no_readers().holds\n"
        "hard = resource.getrlimit(resource.RLIMIT_CORE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))\n"
        f"os.chdir({str(tmp_path)!r})\n"
        "os.kill(os.getpid(), signal.SIGSEGV)\n"
    )
    with started(crash) as process:
        status = os.waitpid(process.pid, 0)[1]
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == -signal.SIGSEGV
    assert not os.WCOREDUMP(status)
    assert list(tmp_path.iterdir()) == []


LATE = (
    "import os, signal, sys\n"
    "from cotutor.process.limits import end_with_guard\n"
    "signal.signal(signal.SIGHUP, lambda *_: print('hung up'))\n"
    "print(end_with_guard(os.getppid() + int(sys.argv[1])))\n"
)


@pytest.mark.parametrize(("off", "shown"), [("0", "True\n"), ("1", "hung up\nTrue\n")])
def test_a_guard_that_ended_before_the_kernel_was_asked_still_hangs_its_face_up(off: str, shown: str) -> None:
    with started(LATE, off) as process:
        assert process.communicate()[0] == shown


@pytest.mark.parametrize("system", ["win32", "freebsd14", "darwin"])
def test_a_system_without_the_switches_says_so(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert limits.end_with_guard(os.getppid()) is False
    assert limits._no_readers().holds is False


def test_what_the_kernel_refuses_does_not_hold_and_its_kind_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> int:
        raise PermissionError

    monkeypatch.setattr(limits, "process_control", refuse)
    monkeypatch.setattr("resource.setrlimit", refuse)
    core, memory = limits.keep_memory_private()
    assert (core.holds, memory.holds) == (False, False)
    assert core.detail == "cannot be switched off here (PermissionError)"
    assert memory.detail == "could not be closed (PermissionError)"
    assert limits.end_with_guard(os.getppid()) is False


def test_both_measures_are_reported_when_they_hold() -> None:
    shown = "from cotutor.process.limits import keep_memory_private\nprint([one.holds for one in keep_memory_private()])"
    with started(shown) as process:
        assert process.communicate()[0] == "[True, True]\n"


@pytest.mark.parametrize("answer", [0, -1, 1])
def test_a_mac_is_asked_to_let_no_debugger_in_and_believed_only_when_it_agrees(
    answer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    class System:
        """A Mac's library, of which nothing but ptrace is called."""

        def ptrace(self, *arguments: object) -> int:
            asked.append(arguments)
            return answer

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr("ctypes.CDLL", lambda _everything: System())
    assert limits._no_readers().holds is (answer == 0)
    assert asked == [(31, 0, None, 0)], "PT_DENY_ATTACH"
