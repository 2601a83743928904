"""The guard and its face, with a line mode as the face, seen from outside."""

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.multiplexers import Tmux
from tests.pseudo_terminal import (
    ROOT,
    PseudoTerminal,
    children,
    clean_environment,
    gone_within,
    probe,
    state,
)

pytestmark = pytest.mark.blackbox


def lines(prelude: str = "") -> PseudoTerminal:
    terminal = PseudoTerminal(probe("lines"), prelude=prelude)
    terminal.wait_for("ready Start.FIRST")
    return terminal


def test_the_face_runs_in_a_child_and_its_exit_code_is_the_programs() -> None:
    with lines() as terminal:
        assert children(terminal.guard) == [terminal.face]
        terminal.type("end\n")
        assert terminal.end() == 0


def test_without_a_terminal_pipes_work() -> None:
    done = subprocess.run(
        probe("lines"),
        input="hello\nexit\n",
        text=True,
        capture_output=True,
        cwd=ROOT,
        check=False,
        env=clean_environment(),
    )
    assert (done.returncode, done.stderr) == (5, "")
    assert done.stdout.split("\n") == ["ready Start.FIRST", "done hello", ""]


def test_a_fault_is_one_line_with_its_kind_and_place_and_nothing_else() -> None:
    with lines() as terminal:
        terminal.type("crash\n")
        assert terminal.end() == 1
        assert re.search(
            r"^cotutor stopped because of a fault in itself \(ValueError at \w+\.py:\d+\)\.",
            terminal.text,
            re.MULTILINE,
        )
        assert "SECRET" not in terminal.text
        assert "Traceback" not in terminal.text


def test_what_the_fence_refuses_is_told_in_one_line() -> None:
    with lines() as terminal:
        terminal.type("file\n")
        assert terminal.end() == 1
        assert "cotutor: cotutor refused to change a file" in terminal.text.replace("\n", "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT])
@pytest.mark.parametrize("whom", ["guard", "face"])
def test_signals_end_both_with_128_and_their_number(number: signal.Signals, whom: str) -> None:
    with lines() as terminal:
        face = terminal.face
        os.kill(getattr(terminal, whom), number)
        assert terminal.end() == 128 + number
        assert state(face) == ""
        assert "unexpectedly" not in terminal.text


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_face_that_is_killed_is_told_in_one_line(number: signal.Signals) -> None:
    with lines() as terminal:
        os.kill(terminal.face, number)
        assert terminal.end() == 128 + number
        assert "cotutor stopped unexpectedly." in terminal.text


def test_ctrl_c_ends_the_line_mode() -> None:
    with lines() as terminal:
        terminal.type("\x03")
        assert terminal.end() == 130
        assert terminal.echoes


def test_exit_hooks_run_the_newest_first() -> None:
    with lines() as terminal:
        terminal.type("hook\nother-hook\n")
        terminal.wait_for("done other-hook")
        os.kill(terminal.guard, signal.SIGTERM)
        assert terminal.end() == 143
        assert terminal.text.index("covered") < terminal.text.index("saved")
        assert "could not be saved" not in terminal.text


def test_a_failing_hook_is_confessed() -> None:
    with lines() as terminal:
        terminal.type("failing-hook\nhook\n")
        terminal.wait_for("done hook")
        os.kill(terminal.guard, signal.SIGTERM)
        assert terminal.end() == 143
        assert terminal.text.count("cotutor: the last changes could not be saved.") == 1


def test_a_hanging_hook_is_cut_short_and_confessed() -> None:
    with lines() as terminal:
        terminal.type("hanging-hook\n")
        terminal.wait_for("done hanging-hook")
        os.kill(terminal.face, signal.SIGTERM)
        terminal.wait_for("waiting")
        assert terminal.end() == 143
        assert "cotutor: the last changes could not be saved." in terminal.text


def test_a_second_signal_runs_no_exit_hook_twice() -> None:
    with lines() as terminal:
        terminal.type("hook\nsignalled-hook\n")
        terminal.wait_for("done signalled-hook")
        os.kill(terminal.face, signal.SIGTERM)
        assert terminal.end() == 143
        shown = [line.strip() for line in terminal.text.splitlines()]
        assert (shown.count("signalled"), shown.count("saved")) == (1, 1)
        assert "could not be saved" not in terminal.text


def test_a_face_that_does_not_go_is_killed() -> None:
    with lines() as terminal:
        terminal.type("ignore-term\n")
        terminal.wait_for("done ignore-term")
        os.kill(terminal.guard, signal.SIGTERM)
        assert terminal.end() == 143


def test_a_face_may_take_ctrl_c_as_it_likes_and_still_lock() -> None:
    with lines() as terminal:
        terminal.type("ignore-int\n")
        terminal.wait_for("done ignore-int")
        os.kill(terminal.guard, signal.SIGINT)
        terminal.type("lock\n")
        terminal.wait_for("ready Start.LOCKED")


def test_a_main_thread_that_never_answers_is_ended_and_the_loss_is_confessed() -> None:
    with lines() as terminal:
        terminal.type("deaf\nlock-from-thread\n")
        terminal.wait_for("ready Start.LOCKED_UNSAVED")


def test_signals_that_whoever_started_it_had_blocked_still_end_it() -> None:
    blocked = "import os, signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, {1, 15}); os.execv(sys.argv[1], sys.argv[1:])"
    with PseudoTerminal([sys.executable, "-c", blocked, *probe("lines")]) as terminal:
        terminal.wait_for("ready Start.FIRST")
        os.kill(terminal.guard, signal.SIGTERM)
        assert terminal.end() == 143


@pytest.mark.parametrize("how", ["lock", "lock-from-thread"])
def test_locking_replaces_the_face(how: str) -> None:
    with lines() as terminal:
        before = terminal.face
        terminal.type(f"{how}\n")
        terminal.wait_for("ready Start.LOCKED")
        assert state(before) == ""
        assert terminal.face != before
        terminal.type("end\n")
        assert terminal.end() == 0


def test_a_fresh_face_is_told_when_something_could_not_be_saved() -> None:
    with lines() as terminal:
        terminal.type("failing-hook\nlock\n")
        terminal.wait_for("ready Start.LOCKED_UNSAVED")


def test_nobody_outside_can_lock() -> None:
    with lines() as terminal:
        before = terminal.face
        os.kill(before, signal.SIGUSR1)
        terminal.type("hello\n")
        terminal.wait_for("done hello")
        assert terminal.face == before


def test_a_killed_guard_takes_its_face_along() -> None:
    with lines() as terminal:
        face = terminal.face
        os.kill(terminal.guard, signal.SIGKILL)
        assert gone_within(face)


@pytest.mark.parametrize("prelude", ["", "trap '' HUP;"], ids=["hang-up passed on", "hang-up ignored"])
def test_a_closed_terminal_ends_both(prelude: str) -> None:
    with lines(prelude) as terminal:
        terminal.type("wait\n")
        terminal.wait_for("waiting")
        guard, face = terminal.guard, terminal.face
        os.close(terminal.fd)
        assert gone_within(face)
        assert gone_within(guard)


def test_a_face_that_does_not_go_is_killed_after_its_terminal_has_closed() -> None:
    with lines("trap '' HUP;") as terminal:
        terminal.type("ignore-hup\nwait\n")
        terminal.wait_for("waiting")
        guard, face = terminal.guard, terminal.face
        os.close(terminal.fd)
        assert gone_within(face)
        assert gone_within(guard)


def test_the_guard_rests_while_a_face_runs_and_again_after_a_signal() -> None:
    with lines() as terminal:
        terminal.settle()
        os.kill(terminal.guard, signal.SIGCONT)
        terminal.settle()


def test_pythoninspect_opens_no_prompt() -> None:
    with PseudoTerminal(probe("lines"), env=clean_environment(PYTHONINSPECT="1")) as terminal:
        terminal.wait_for("ready Start.FIRST")
        terminal.type("end\n")
        assert terminal.end() == 0
        assert ">>>" not in terminal.text


def test_an_inspecting_interpreter_can_only_look_into_the_guard() -> None:
    command = probe("lines")
    with PseudoTerminal([command[0], "-i", *command[1:]]) as terminal:
        terminal.wait_for("ready Start.FIRST")
        terminal.type("crash\n")
        terminal.wait_for(">>>")
        terminal.type("import gc; secret = '-'.join(['SECRET', '7391'])\n")
        terminal.type(
            "print('fou' + 'nd', sum(secret in str(o) for o in gc.get_objects() if o is not globals()))\n"
        )
        terminal.wait_for("found")
        assert "found 0" in terminal.text


def test_ctrl_z_can_lock_first_and_fg_shows_the_fresh_face() -> None:
    with Tmux() as tmux:
        tmux.type(shlex.join(probe("lines")), "Enter")
        tmux.wait_for("ready Start.FIRST")
        _, before = tmux.processes("lines")
        tmux.type("lock-when-stopped", "Enter")
        tmux.wait_for("Stopped")
        assert state(before) == ""
        tmux.type("fg", "Enter")
        tmux.wait_for("ready Start.LOCKED")


def test_ctrl_z_stops_the_line_mode_and_fg_continues_it() -> None:
    with Tmux() as tmux:
        tmux.type(shlex.join(probe("lines")), "Enter")
        tmux.wait_for("ready Start.FIRST")
        _, face = tmux.processes("lines")
        for word in ("hello", "again"):  # a second time it must go the same way
            tmux.type("C-z")
            tmux.wait_for("Stopped")
            assert state(face) == "T"
            tmux.type("clear; fg", "Enter")
            tmux.type(word, "Enter")
            tmux.wait_for(f"done {word}")


def patched_probe(patch: str) -> list[str]:
    """The line mode of the probes on a system that lacks something."""
    return [
        sys.executable,
        "-c",
        f"{patch}\nfrom tests.process.probes import lines; raise SystemExit(lines.main())",
    ]


BETWEEN_FACES = """
import os, signal
from cotutor.process import shared_memory
clear, cleared = shared_memory.clear, []
def signalled():
    cleared.append(1)
    if len(cleared) == 2:
        os.kill(os.getpid(), signal.SIGTERM)
    clear()
shared_memory.clear = signalled
"""
WHILE_LOCKING = """
import os, signal
from cotutor.process import shared_memory
ending = shared_memory.ending
def signalled():
    os.kill(os.getpid(), signal.SIGTERM)
    return ending()
shared_memory.ending = signalled
"""
BEFORE_HANDLERS = """
import os, signal
fork = os.fork
def signalled():
    child = fork()
    if child == 0:
        os.kill(os.getpid(), signal.SIGTERM)
    return child
os.fork = signalled
"""
COUNTING = """
import os
fork = os.fork
def counted():
    print("guard has", len(os.listdir("/proc/self/fd")), flush=True)
    return fork()
os.fork = counted
"""


def test_a_signal_between_two_faces_ends_the_second() -> None:
    with PseudoTerminal(patched_probe(BETWEEN_FACES)) as terminal:
        terminal.wait_for("ready Start.FIRST")
        terminal.type("lock\n")
        assert terminal.end() == 143


def test_a_signal_while_the_face_locks_ends_the_program() -> None:
    with PseudoTerminal(patched_probe(WHILE_LOCKING)) as terminal:
        terminal.wait_for("ready Start.FIRST")
        terminal.type("lock\n")
        assert terminal.end() == 143
        assert "ready Start.LOCKED" not in terminal.text


def test_a_signal_before_the_face_has_its_handlers_is_not_lost() -> None:
    with PseudoTerminal(patched_probe(BEFORE_HANDLERS)) as terminal:
        assert terminal.end() == 143
        assert "ready" not in terminal.text


def test_a_face_has_no_open_file_of_the_guard_and_its_signals_wake_nobody_else() -> None:
    with lines() as terminal:
        before = len(list(Path(f"/proc/{terminal.shell}/fd").iterdir()))
        terminal.type("inherited\n")
        terminal.wait_for(f"open {before}, wakes -1")


def test_a_lock_leaves_no_open_file_in_the_guard() -> None:
    with PseudoTerminal(patched_probe(COUNTING)) as terminal:
        terminal.wait_for("ready Start.FIRST")
        terminal.type("lock\n")
        terminal.wait_for("ready Start.LOCKED")
    counts = re.findall(r"guard has (\d+)", terminal.text)
    assert len(counts) == 2
    assert counts[0] == counts[1]


def test_what_a_face_wrote_last_is_not_lost_in_a_pipe() -> None:
    done = subprocess.run(
        probe("lines"),
        input="last-words\n",
        text=True,
        capture_output=True,
        cwd=ROOT,
        check=False,
        env=clean_environment(),
    )
    assert (done.returncode, done.stdout) == (0, "ready Start.FIRST\nall of it\n")


def test_where_the_system_does_not_tell_of_the_guards_end_a_pipe_does() -> None:
    untold = "from cotutor.process import limits; limits.end_with_guard = lambda guard: False"
    with PseudoTerminal(patched_probe(untold)) as terminal:
        terminal.wait_for("ready")
        terminal.type("wait\n")
        terminal.wait_for("waiting")
        face = terminal.face
        os.kill(terminal.guard, signal.SIGKILL)
        assert gone_within(face)


WATCHING = """
import os, select, sys
from cotutor.process.guard import _Guard
guard = _Guard(None)
events, (reader, writer) = select.poll(), os.pipe()
watched, closed = {
    "no more to read": (reader, writer),
    "nobody reads": (writer, reader),
    "closed here": (reader, reader),
}[sys.argv[1]]
events.register(watched, 0)
os.close(closed)
guard._wait(events)
print(guard.exit_signal, events.poll(0))
"""


@pytest.mark.parametrize(
    ("what", "number"), [("no more to read", 1), ("nobody reads", 1), ("closed here", 0)]
)
def test_a_hang_up_is_told_from_a_terminal_that_cannot_be_watched_and_neither_wakes_twice(
    what: str, number: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHING, what], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{number} []\n"


WITHOUT_GUARD = """
import os, sys, threading
from cotutor.process import shared_memory, signals, terminal
signals.install_handlers(guard=None, terminal=terminal.find_terminal())
shared_memory.set_screen(shared_memory.Screen[sys.argv[1]])
hook = {"saved": lambda: None, "lost": lambda: 1 / 0}[sys.argv[2]]
signals.add_exit_hook(hook)
print("shown", flush=True)
def late(code):
    for fd in (1, 2):
        os.write(fd, b"written late")
    end(code)
end, os._exit = os._exit, late
os.kill(os.getpid(), 15)
"""


@pytest.mark.parametrize("screen", ["TAKEN", "LEFT"])
@pytest.mark.parametrize("saved", ["saved", "lost"])
def test_a_face_without_guard_gives_the_terminal_back_and_no_thread_draws_on_it_again(
    screen: str, saved: str
) -> None:
    with PseudoTerminal([sys.executable, "-c", WITHOUT_GUARD, screen, saved]) as terminal:
        assert terminal.end() == 143
        assert ("shown" in terminal.text) == (screen == "LEFT")
        assert "written late" not in terminal.text
        assert ("the last changes could not be saved" in terminal.text) == (saved == "lost")


def test_where_there_is_no_fork_the_face_runs_by_itself() -> None:
    with PseudoTerminal(patched_probe("import os; del os.fork")) as terminal:
        terminal.wait_for("ready Start.FIRST")
        assert children(terminal.guard) == []
        terminal.type("crash\n")
        assert terminal.end() == 1
        assert "ready Start.FIRST" in terminal.text
        assert "cotutor stopped because of a fault in itself (ValueError at " in terminal.text
    with PseudoTerminal(patched_probe("import os; del os.fork")) as terminal:
        terminal.wait_for("ready Start.FIRST")
        terminal.type("failing-hook\n")
        terminal.wait_for("done failing-hook")
        os.kill(terminal.guard, signal.SIGTERM)
        assert terminal.end() == 143
        assert "could not be saved" in terminal.text


WITH_A_SCREEN = """
import os
from cotutor.process import shared_memory
del os.fork
shared_memory.set_screen(shared_memory.Screen.TAKEN)
"""


def test_where_there_is_no_fork_the_screen_is_blanked_before_the_last_line() -> None:
    with PseudoTerminal(patched_probe(WITH_A_SCREEN)) as terminal:
        terminal.wait_for("ready Start.FIRST")
        terminal.type("crash\n")
        assert terminal.end() == 1
        assert "ready" not in terminal.text
        assert "cotutor stopped because of a fault in itself (ValueError at " in terminal.text
