"""A sealed full screen seen from outside: what is on the terminal after every kind of end."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.multiplexers import wait
from tests.process.probes.words import NOTE, UNSEEN
from tests.pseudo_terminal import PseudoTerminal, clean_environment, gone_within, probe

pytestmark = pytest.mark.blackbox

FAULTS = [
    "handler",
    "timer",
    "call_later",
    "worker",
    "thread_worker",
    "thread",
    "task",
    "render",
    "end",
    "panic",
]
GENTLE = [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT]
SUDDEN = [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT]


def wait_until_drawn(terminal: PseudoTerminal) -> None:
    terminal.wait_for(NOTE)
    terminal.wait(lambda: b"\x1b[?2004h" in terminal.raw)


@contextmanager
def full_screen(env: dict[str, str] | None = None) -> Iterator[PseudoTerminal]:
    with PseudoTerminal(probe("full_screen"), env=env) as terminal:
        wait_until_drawn(terminal)
        yield terminal


@pytest.fixture(scope="module")
def faulty() -> Iterator[dict[str, PseudoTerminal]]:
    """One probe for each kind of fault; together they start faster than one after the other."""
    with ExitStack() as stack:
        kinds = [*FAULTS, "message"]
        yield {kind: stack.enter_context(PseudoTerminal(probe("full_screen", kind))) for kind in kinds}


@pytest.fixture(scope="module")
def doomed() -> Iterator[dict[tuple[str, int], PseudoTerminal]]:
    """One probe for each signal and for whom it is."""
    whom = [*(("guard", number) for number in GENTLE), *(("face", number) for number in GENTLE + SUDDEN)]
    with ExitStack() as stack:
        yield {each: stack.enter_context(PseudoTerminal(probe("full_screen"))) for each in whom}


def assert_nothing_left(terminal: PseudoTerminal) -> None:
    """The terminal here has no alternate screen, so this is the hardest case."""
    assert NOTE not in terminal.text
    assert UNSEEN.encode() not in terminal.raw
    assert terminal.modes == set()
    assert terminal.echoes


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line_and_leaves_nothing(fault: str, faulty: dict[str, PseudoTerminal]) -> None:
    terminal = faulty[fault]
    wait_until_drawn(terminal)
    terminal.type("f")
    assert terminal.end() == 1
    assert_nothing_left(terminal)
    kind = "RuntimeError" if fault == "panic" else "ValueError"
    said = rf"cotutor stopped because of a fault in itself \({kind} at [\w?]+(\.py:\d+)?\)\. <exit 1>"
    assert re.fullmatch(said, " ".join(terminal.text.split()))


def test_a_message_at_the_end_is_not_printed(faulty: dict[str, PseudoTerminal]) -> None:
    terminal = faulty["message"]
    wait_until_drawn(terminal)
    terminal.type("f")
    assert terminal.end() == 4
    assert_nothing_left(terminal)
    assert terminal.text.split() == ["<exit", "4>"]


@pytest.mark.parametrize("number", GENTLE)
@pytest.mark.parametrize("whom", ["guard", "face"])
def test_a_signal_leaves_nothing(
    number: signal.Signals, whom: str, doomed: dict[tuple[str, int], PseudoTerminal]
) -> None:
    terminal = doomed[whom, number]
    wait_until_drawn(terminal)
    os.kill(getattr(terminal, whom), number)
    assert terminal.end() == 128 + number
    assert_nothing_left(terminal)
    assert terminal.text.split() == ["<exit", f"{128 + number}>"]


@pytest.mark.parametrize("number", SUDDEN)
def test_a_killed_face_leaves_nothing(
    number: signal.Signals, doomed: dict[tuple[str, int], PseudoTerminal]
) -> None:
    terminal = doomed["face", number]
    wait_until_drawn(terminal)
    os.kill(terminal.face, number)
    assert terminal.end() == 128 + number
    assert_nothing_left(terminal)
    assert "cotutor stopped unexpectedly." in terminal.text


def test_a_killed_guard_leaves_nothing() -> None:
    with full_screen() as terminal:
        face = terminal.face
        os.kill(terminal.guard, signal.SIGKILL)
        assert gone_within(face)
        terminal.wait(lambda: b"\x1b[?1049l" in terminal.raw)
        terminal.settle()
        assert_nothing_left(terminal)


def test_locking_wipes_the_screen_and_so_does_quitting() -> None:
    with full_screen() as terminal:
        terminal.type("l")
        terminal.wait_for("started locked")
        between = terminal.raw[terminal.raw.rindex(b"\x1b[24;1H\x1b[2K") :].partition(b"started")[0]
        assert NOTE.encode() not in between
        wait_until_drawn(terminal)
        terminal.type("q")
        assert terminal.end() == 0
        assert_nothing_left(terminal)
        assert terminal.text.split() == ["<exit", "0>"]


def test_a_frozen_terminal_does_not_hold_the_face() -> None:
    with full_screen() as terminal:
        face = terminal.face
        terminal.type("w")
        # Nobody reads now. The writing thread fills the terminal's buffer and its own queue.
        terminal.freeze("x")  # no key of its own
        os.kill(face, signal.SIGTERM)
        assert gone_within(face)
        assert terminal.end() == 143
        assert_nothing_left(terminal)


def _catches(pid: int, number: int) -> bool:
    """Whether a process has a handler for a signal."""
    caught = re.search(r"SigCgt:\t(\w+)", Path(f"/proc/{pid}/status").read_text())
    assert caught
    return bool(int(caught[1], 16) >> (number - 1) & 1)


def test_a_second_signal_ends_a_guard_that_a_frozen_terminal_holds() -> None:
    with full_screen() as terminal:
        guard, face = terminal.guard, terminal.face
        terminal.type("w")
        terminal.freeze("x")  # no key of its own
        os.kill(guard, signal.SIGTERM)
        assert gone_within(face)
        wait(lambda: not _catches(guard, signal.SIGTERM), lambda: "a guard that does not let itself be ended")
        os.kill(guard, signal.SIGTERM)
        assert gone_within(guard)


def test_a_frozen_terminal_that_closes_holds_nobody() -> None:
    with full_screen() as terminal:
        guard, face = terminal.guard, terminal.face
        terminal.type("w")
        terminal.freeze("x")  # no key of its own
        os.close(terminal.fd)
        assert gone_within(face)
        assert gone_within(guard)


def test_the_screen_is_refused_where_its_pictures_would_land_in_a_file(tmp_path: Path) -> None:
    for stream in ("2>", ">", "<"):
        caught = tmp_path / "caught"
        caught.touch()
        with PseudoTerminal(probe("full_screen"), redirect=f"{stream} {caught}") as terminal:
            assert terminal.end() == 2
            said = caught.read_text() if stream == "2>" else terminal.text
            assert "is not a terminal; use --plain" in said
            assert "\x1b" not in caught.read_text()


HOSTILE = {
    "TEXTUAL_LOG": "HERE/log",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_SCREENSHOT": "0",
    "TEXTUAL_SCREENSHOT_LOCATION": "HERE",
    "TEXTUAL": "devtools,debug",
    "TEXTUAL_PRESS": "q",
    "TEXTUAL_SHOW_RETURN": "1",
    "TEXTUAL_DRIVER": "no.such.module:Driver",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "PYTHONINSPECT": "1",
    "PYTHONVERBOSE": "1",
    "PYTHONDEVMODE": "1",
    "PYTHONPROFILEIMPORTTIME": "1",
    "PYTHONFAULTHANDLER": "1",
    "PYTHONTRACEMALLOC": "5",
    "PYTHONWARNINGS": "always",
    "PYTHONASYNCIODEBUG": "1",
    "COLUMNS": "20",
    "LINES": "5",
}


def test_no_variable_makes_it_write_or_tell(tmp_path: Path) -> None:
    hostile = {name: value.replace("HERE", str(tmp_path)) for name, value in HOSTILE.items()}
    before = sorted(Path.cwd().iterdir())
    with full_screen(env=clean_environment(HOME=str(tmp_path), **hostile)) as terminal:
        assert "▔" * 60 in terminal.text, "the exported size was believed"
        terminal.type("p")
        terminal.type("\x1b[1;2H\x03\x18")  # Shift+Home, Ctrl+C, Ctrl+X in the passphrase
        terminal.type("\x10")  # the palette
        terminal.settle()
        terminal.type("\x11")
        assert terminal.end() == 0
        assert_nothing_left(terminal)
        # Python has spoken before our first line ran; nothing does afterwards.
        assert terminal.text.split()[-2:] == ["<exit", "0>"]
        assert ">>>" not in terminal.text
        assert b"\x1b]52" not in terminal.raw
    assert list(tmp_path.iterdir()) == []
    assert sorted(Path.cwd().iterdir()) == before
