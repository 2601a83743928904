"""The face process: the child of the guard in which a face runs.

A face is the full screen or the line mode. However it ends, the result is an exit code and at most
one plain line.
"""

import enum
import os
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

from cotutor.domain.errors import CotutorError
from cotutor.process import faults, limits, shared_memory, signals
from cotutor.process.terminal import TerminalFound


class Start(enum.Enum):
    """Why a face process is started."""

    FIRST = "first"
    """The program has just been started."""
    LOCKED = "locked"
    """The process before it locked the vault."""
    LOCKED_UNSAVED = "locked, not everything saved"
    """The process before it locked the vault and could not save the last changes."""
    VAULT = "to the vault"
    """The process before it could change no file, and the person wants to go to their vault."""
    MAKE = "to make a vault"
    """The person has confirmed that a vault is to be made."""
    HOME = "home"
    """The process before it had the vault, and the person wants to go back to the home screen."""


Face = Callable[[Start], int]
"""Runs the full screen or the line mode and returns the exit code of the program."""


def run(face: Face, start: Start) -> int:
    """Run the face and make every way it can end an exit code and at most one plain line."""
    faults.hide_tracebacks()
    try:
        return face(start)
    except CotutorError as problem:
        shared_memory.set_final_line(f"cotutor: {problem.message}")
        return problem.exit_code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        return 128 + 13  # what a program ended by SIGPIPE reports: nobody reads any more
    except BaseException as error:  # noqa: BLE001  nothing may reach Python's own traceback
        shared_memory.set_final_line(faults.fault_line(error))
        return 1


def run_and_exit(
    face: Face, start: Start, *, guard: int, link: int, terminal: TerminalFound | None
) -> NoReturn:
    """Run the face in this process, which has just been forked, and end the process with it.

    Args:
        face: what to run.
        start: why.
        guard: the process number of the guard.
        link: the reading end of a pipe that only the guard holds open.
        terminal: the terminal as the guard found it.
    """
    signals.install_handlers(guard=guard, terminal=terminal)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if limits.end_with_guard(guard):
        os.close(link)
    else:
        _hang_up_when_closed(link)
    code = run(face, start)
    for stream in (sys.stdout, sys.stderr):
        _flush(stream)
    # Not sys.exit: with PYTHONINSPECT that would open a prompt onto everything still in memory.
    os._exit(code)


def _hang_up_when_closed(link: int) -> None:
    """Send this process SIGHUP when the guard's end of the pipe closes, for systems without a parent-death signal."""
    import _thread  # noqa: PLC0415

    def wait() -> None:
        os.read(link, 1)
        os.kill(os.getpid(), signal.SIGHUP)

    _thread.start_new_thread(wait, ())


def _flush(stream: object) -> None:
    try:
        stream.flush()  # type: ignore[attr-defined]  # it may be None or closed by now
    except (AttributeError, OSError, ValueError):
        return
