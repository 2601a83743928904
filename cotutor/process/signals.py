"""Leaving, locking and stopping: how a face ends when it is told to, whatever it is doing.

Signals are not left to the event loop: when a terminal stops reading, the thread that writes to it
fills its queue and the loop stands still, and with it everything the loop should have done. A
signal handler still runs then, in the main thread. It asks those who have something to save, and
ends the process; the guard, which is a process of its own, gives the terminal back. If saving
hangs, an alarm set in the kernel ends the process all the same.
"""

import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from cotutor.process import shared_memory
from cotutor.process.terminal import TerminalFound

GRACE_SECONDS = 2.0
"""How long saving may take once the face has been told to go."""
_NUDGE_SECONDS = 0.05

Hook = Callable[[], None]


def signals_here(*names: str) -> tuple[signal.Signals, ...]:
    """Those of the named signals that this system has."""
    return tuple(getattr(signal, name) for name in names if hasattr(signal, name))


LEAVE_ON = signals_here("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT", "SIGBREAK")
"""The signals that tell a program to go."""


class _Departure:
    """What this process must do before it goes."""

    def __init__(self) -> None:
        self.before_leaving: list[Hook] = []
        self.before_stopping: list[Hook] = []
        self.guard: int | None = None
        self.terminal: TerminalFound | None = None
        self.listening = False
        self.going = False
        self.wish = shared_memory.Ending.NOTHING
        self.number = 0


_departure = _Departure()


def listen(*, guard: int | None, terminal: TerminalFound | None) -> None:
    """Take the signals that mean "go". Call it in the main thread, before anything else.

    Args:
        guard: the process that clears up after this one, or None if there is none.
        terminal: the terminal to give back if nobody else can.
    """
    _departure.guard = guard
    _departure.terminal = terminal
    for number in LEAVE_ON:
        signal.signal(number, _on_leave)
    if hasattr(signal, "SIGUSR1"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.signal(signal.SIGUSR1, _on_nudge)
    _departure.listening = True


def listen_in_a_thread() -> None:
    """Have a thread that does nothing else wait for the signals, from now on.

    A process with several threads needs it. The system gives a signal to any of them, and then the
    main thread, which alone runs handlers, is not woken from whatever it waits for. Call it after
    the fence is up: a thread is fenced in only if it is started behind it.
    """
    if not _departure.listening or not hasattr(signal, "sigwait"):
        return
    import _thread  # noqa: PLC0415

    signal.pthread_sigmask(signal.SIG_BLOCK, LEAVE_ON)
    _thread.start_new_thread(lambda: _ask(shared_memory.Ending.LEAVE, signal.sigwait(LEAVE_ON)), ())


def before_leaving(hook: Hook) -> None:
    """Have ``hook`` run when the process is told to leave or to lock; the newest runs first.

    It runs in the main thread, between any two steps of it, and has `GRACE_SECONDS` together with
    the others. An exception in it counts as "not saved" and does not stop the departure.
    """
    _departure.before_leaving.append(hook)


def before_stopping(hook: Hook) -> None:
    """Have ``hook`` run before Ctrl+Z stops the job; it may call `lock` and never return."""
    _departure.before_stopping.append(hook)


def forget(hook: Hook) -> None:
    """Take a hook back."""
    for hooks in (_departure.before_leaving, _departure.before_stopping):
        if hook in hooks:
            hooks.remove(hook)


def about_to_stop() -> None:
    """Run what must happen before the job stops. The face calls this before it gives up the screen."""
    for hook in reversed(_departure.before_stopping):
        hook()


def lock(*, then_stop: bool = False) -> None:
    """Save, end this process, and have the guard start a fresh one that knows nothing.

    May be called from any thread; from the main thread it does not return. With ``then_stop`` the
    job stops first, and the fresh face appears when it is continued.
    """
    become(shared_memory.Ending.LOCK_AND_STOP if then_stop else shared_memory.Ending.LOCK)


def become(wish: shared_memory.Ending) -> None:
    """Save, end this process, and have the guard start the face that is wished for; see `lock`."""
    _ask(wish, 0)


def _ask(wish: shared_memory.Ending, number: int) -> None:
    """Have the main thread depart, whichever thread this is, and see to it that it does."""
    import threading  # noqa: PLC0415  loaded already wherever there is more than one

    _departure.wish, _departure.number = wish, number
    main = threading.main_thread().ident
    if main is None or main == threading.get_ident() or not hasattr(signal, "pthread_kill"):
        _depart()
    _write_slate()
    pause = threading.Event()
    while not _departure.going:  # a nudge may come just before the main thread starts to wait
        signal.pthread_kill(main, signal.SIGUSR1)
        pause.wait(_NUDGE_SECONDS)


def _on_leave(number: int, _frame: FrameType | None) -> None:
    if not _departure.going:
        _departure.wish, _departure.number = shared_memory.Ending.LEAVE, number
        _depart()


def _on_nudge(_number: int, _frame: FrameType | None) -> None:
    """Depart if this process asked itself to; a signal from outside means nothing."""
    if not _departure.going and _departure.wish is not shared_memory.Ending.NOTHING:
        _depart()


def _write_slate() -> None:
    shared_memory.set_unsaved(True)
    shared_memory.set_ending(_departure.wish, _departure.number)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, GRACE_SECONDS)


def _depart() -> NoReturn:
    _departure.going = True
    _write_slate()
    if all([_succeeds(hook) for hook in reversed(_departure.before_leaving)]):  # noqa: C419  every one must run
        shared_memory.set_unsaved(False)
    if not _is_guarded():
        _clear_up()
    os._exit(128 + _departure.number if _departure.number else 0)


def _succeeds(hook: Hook) -> bool:
    try:
        hook()
    except BaseException:  # noqa: BLE001  whatever it is, the others must have their turn
        return False
    return True


def _is_guarded() -> bool:
    return _departure.guard is not None and os.getppid() == _departure.guard


def _clear_up() -> None:
    """Do the guard's work, because it is gone or there is none."""
    if _departure.terminal is None:
        return
    # Other threads may still be writing to the terminal: from here on they write into a pipe.
    own = _departure.terminal._replace(fd=os.dup(_departure.terminal.fd))
    nowhere = os.pipe()[1]
    for fd in (1, 2):
        os.dup2(nowhere, fd)
    own.give_back(blank=shared_memory.screen() is shared_memory.Screen.TAKEN)
    if shared_memory.unsaved():
        os.write(own.fd, b"cotutor: the last changes could not be saved.\r\n")
