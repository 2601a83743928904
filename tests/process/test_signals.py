"""The hooks that run before a process ends or stops; how it ends is seen from outside in test_guard.py."""

import signal
import subprocess
import sys

import pytest

from cotutor.process import signals


@pytest.fixture(autouse=True)
def _own_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signals, "_state", signals._State())


def test_stop_hooks_run_the_newest_first_and_those_taken_back_not_at_all() -> None:
    ran: list[str] = []
    hooks = [lambda name=name: ran.append(name) for name in ("first", "second", "third")]
    for hook in hooks:
        signals.add_stop_hook(hook)
    signals.remove_hook(hooks[1])
    signals.remove_hook(hooks[1])  # no error
    signals.run_stop_hooks()
    assert ran == ["third", "first"]


def test_taking_a_hook_back_takes_it_from_both_lists() -> None:
    def hook() -> None:
        raise AssertionError

    signals.add_exit_hook(hook)
    signals.add_stop_hook(hook)
    signals.remove_hook(hook)
    signals.run_stop_hooks()
    assert signals._state.exit_hooks == []


def test_without_handlers_no_thread_waits_for_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr("_thread.start_new_thread", refuse)
    signals.start_signal_thread()


def ended(program: str) -> "subprocess.CompletedProcess[str]":
    """Run a program that has handlers and no guard."""
    prelude = (
        "import os, signal, threading\n"
        "from cotutor.process import shared_memory, signals\n"
        "signals.install_handlers(guard=None, terminal=None)\n"
    )
    command = [sys.executable, "-c", prelude + program]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)


def test_one_thread_waits_for_the_signals_and_every_other_blocks_them() -> None:
    done = ended(
        "signals.start_signal_thread()\n"
        "print(signal.pthread_sigmask(signal.SIG_BLOCK, ()) == set(signals.EXIT_SIGNALS), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
        "threading.Event().wait(20)\n"
    )
    assert (done.stdout, done.returncode) == ("True\n", 143)


@pytest.mark.parametrize(
    "thread", ["_replace()", "threading.Thread(target=_replace).start(); signal.pause()"]
)
def test_a_process_that_is_replaced_ends_without_a_signal_and_has_saved_first(thread: str) -> None:
    done = ended(
        "signals.add_exit_hook(lambda: print('saved', shared_memory.unsaved(), flush=True))\n"
        "def _replace(): signals.replace_process(shared_memory.Ending.HOME)\n"
        f"{thread}\n"
    )
    assert (done.stdout, done.returncode) == ("saved True\n", 0)


def test_a_second_signal_runs_no_hook_again_and_changes_nothing() -> None:
    done = ended(
        "def hook():\n"
        "    print('once', flush=True)\n"
        "    for number in (signal.SIGHUP, signal.SIGUSR1):\n"
        "        os.kill(os.getpid(), number)\n"
        "signals.add_exit_hook(hook)\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
    )
    assert (done.stdout, done.returncode) == ("once\n", 143)


def test_a_hook_that_hangs_is_cut_short_by_the_system() -> None:
    done = ended(
        "signals.GRACE_SECONDS = 0.01\n"
        "signals.add_exit_hook(lambda: threading.Event().wait(20))\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
    )
    assert done.returncode == -signal.SIGALRM


def test_a_wake_from_outside_ends_nothing() -> None:
    done = ended("os.kill(os.getpid(), signal.SIGUSR1); print('still here')")
    assert (done.stdout, done.returncode) == ("still here\n", 0)


@pytest.mark.parametrize("fails", [0, 1, 2])
def test_every_hook_has_its_turn_and_only_if_all_succeed_is_everything_saved(fails: int) -> None:
    done = ended(
        f"def hook(number):\n    print(number, flush=True)\n    1 // (number != {fails})\n"
        "for number in (1, 2):\n    signals.add_exit_hook(lambda number=number: hook(number))\n"
        "def end(code): print(code, shared_memory.unsaved(), shared_memory.signal_number(), flush=True); leave(0)\n"
        "leave, os._exit = os._exit, end\n"
        "os.kill(os.getpid(), signal.SIGHUP)\n"
    )
    assert done.stdout == f"2\n1\n129 {fails > 0} 1\n"
