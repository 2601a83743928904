"""How a face process ends, is replaced or stops: signal handlers, exit hooks, stop hooks.

The event loop does not handle signals. When a terminal stops reading, the thread that writes to it
fills its queue and the loop waits for ever. A signal handler still runs, in the main thread. It
runs the exit hooks, which save what must not be lost, and ends the process with ``os._exit``. The
guard, another process, restores the terminal. If a hook hangs, an alarm set in the kernel ends the
process all the same.

A process that wants to lock the vault takes the same way: it notes in shared memory which process
the guard is to start in its place, runs its exit hooks and ends.
"""

import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from cotutor.process import shared_memory
from cotutor.process.shared_memory import Ending
from cotutor.process.terminal import TerminalFound

GRACE_SECONDS = 2.0
"""How long the exit hooks may take together."""
_WAKE_EVERY_SECONDS = 0.05

Hook = Callable[[], None]


def signals_here(*names: str) -> tuple[signal.Signals, ...]:
    """Those of the named signals that this system has."""
    return tuple(getattr(signal, name) for name in names if hasattr(signal, name))


EXIT_SIGNALS = signals_here("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT", "SIGBREAK")
"""The signals that ask a program to end."""


class _State:
    """What this process knows of its own end. There is one, because a process has one set of handlers."""

    def __init__(self) -> None:
        self.exit_hooks: list[Hook] = []
        self.stop_hooks: list[Hook] = []
        self.guard: int | None = None
        self.terminal: TerminalFound | None = None
        self.handlers_installed = False
        self.exiting = False
        self.ending = Ending.NOTHING
        self.signal_number = 0


_state = _State()


def install_handlers(*, guard: int | None, terminal: TerminalFound | None) -> None:
    """Handle the signals that ask a program to end. Call it in the main thread, before anything else.

    Args:
        guard: the process that restores the terminal after this one, or None if there is none.
        terminal: the terminal to restore if no guard can.
    """
    _state.guard = guard
    _state.terminal = terminal
    for number in EXIT_SIGNALS:
        signal.signal(number, _on_exit_signal)
    if hasattr(signal, "SIGUSR1"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.signal(signal.SIGUSR1, _on_wake)
    _state.handlers_installed = True


def start_signal_thread() -> None:
    """Start a thread that does nothing but wait for the signals, and block them in every other.

    The system delivers a signal to any thread that does not block it. The main thread, which alone
    runs Python's handlers, is then not woken from whatever it waits for. Call it after the
    fence is armed: it covers a thread only if that is started afterwards.
    """
    if not _state.handlers_installed or not hasattr(signal, "sigwait"):
        return
    import _thread  # noqa: PLC0415

    signal.pthread_sigmask(signal.SIG_BLOCK, EXIT_SIGNALS)
    _thread.start_new_thread(lambda: _exit_from_any_thread(Ending.LEAVE, signal.sigwait(EXIT_SIGNALS)), ())


def add_exit_hook(hook: Hook) -> None:
    """Have ``hook`` run before this process ends by a signal or is replaced; the newest runs first.

    It runs in the main thread, between any two instructions of it, and shares `GRACE_SECONDS` with the
    others. An exception in it counts as "not saved"; the other hooks run all the same.
    """
    _state.exit_hooks.append(hook)


def add_stop_hook(hook: Hook) -> None:
    """Have ``hook`` run before Ctrl+Z stops the job; it may call `replace_process` and never return."""
    _state.stop_hooks.append(hook)


def remove_hook(hook: Hook) -> None:
    """Take back an exit hook or a stop hook; one that was never added is no error."""
    for hooks in (_state.exit_hooks, _state.stop_hooks):
        if hook in hooks:
            hooks.remove(hook)


def run_stop_hooks() -> None:
    """Run the stop hooks, the newest first. The full screen calls this before it gives up the terminal."""
    for hook in reversed(_state.stop_hooks):
        hook()


def replace_process(ending: Ending) -> None:
    """Run the exit hooks and end this process; the guard starts the one that ``ending`` names.

    May be called from any thread; from the main thread it does not return.
    """
    _exit_from_any_thread(ending, 0)


def _exit_from_any_thread(ending: Ending, number: int) -> None:
    """Have the main thread run the exit hooks, whichever thread this is."""
    import threading  # noqa: PLC0415  loaded already wherever there is more than one

    _state.ending, _state.signal_number = ending, number
    main = threading.main_thread().ident
    if main is None or main == threading.get_ident() or not hasattr(signal, "pthread_kill"):
        _exit()
    _record_ending()
    pause = threading.Event()
    while not _state.exiting:  # one wake-up may come just before the main thread starts to wait
        signal.pthread_kill(main, signal.SIGUSR1)
        pause.wait(_WAKE_EVERY_SECONDS)


def _on_exit_signal(number: int, _frame: FrameType | None) -> None:
    if not _state.exiting:
        _state.ending, _state.signal_number = Ending.LEAVE, number
        _exit()


def _on_wake(_number: int, _frame: FrameType | None) -> None:
    """Exit if another thread of this process asked for it; SIGUSR1 from outside does nothing."""
    if not _state.exiting and _state.ending is not Ending.NOTHING:
        _exit()


def _record_ending() -> None:
    """Write down for the guard how this process ends, and start the grace period."""
    shared_memory.set_unsaved(True)
    shared_memory.set_ending(_state.ending, _state.signal_number)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, GRACE_SECONDS)


def _exit() -> NoReturn:
    _state.exiting = True
    _record_ending()
    if all([_succeeds(hook) for hook in reversed(_state.exit_hooks)]):  # noqa: C419  every one must run
        shared_memory.set_unsaved(False)
    if not _has_guard():
        _restore_terminal()
    os._exit(128 + _state.signal_number if _state.signal_number else 0)


def _succeeds(hook: Hook) -> bool:
    try:
        hook()
    except BaseException:  # noqa: BLE001  whatever it is, the others must have their turn
        return False
    return True


def _has_guard() -> bool:
    return _state.guard is not None and os.getppid() == _state.guard


def _restore_terminal() -> None:
    """Do the guard's work, because it is gone or there is none."""
    if _state.terminal is None:
        return
    # Other threads may still be writing to the terminal: from here on they write into a pipe.
    own = _state.terminal._replace(fd=os.dup(_state.terminal.fd))
    nowhere = os.pipe()[1]
    for fd in (1, 2):
        os.dup2(nowhere, fd)
    own.restore(blank=shared_memory.screen() is shared_memory.Screen.TAKEN)
    if shared_memory.unsaved():
        os.write(own.fd, b"cotutor: the last changes could not be saved.\r\n")
