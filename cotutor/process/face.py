"""A face: the process that the person sees and talks to, in the care of a guard.

Whatever happens in it becomes an exit code and at most one plain line.
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
    """Why a face is started."""

    FIRST = "first"
    LOCKED = "locked"
    """The face before it locked itself."""
    LOCKED_UNSAVED = "locked, not everything saved"
    """The face before it locked itself and could not save the last changes."""
    VAULT = "to the vault"
    """The face before it could change no file, and the person wants to go to their vault."""
    MAKE = "to make a vault"
    """The person has confirmed that there shall be a vault."""
    HOME = "home"
    """The face before it had the vault, and the person wants to leave it."""


Face = Callable[[Start], int]
"""Runs the program for the person and returns its exit code."""


def run(face: Face, start: Start) -> int:
    """Run the face and make every way it can end an exit code and at most one plain line."""
    faults.tell_in_one_line()
    try:
        return face(start)
    except CotutorError as problem:
        shared_memory.set_last_words(f"cotutor: {problem.message}")
        return problem.exit_code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        return 128 + 13  # what a program ended by SIGPIPE reports: nobody reads any more
    except BaseException as error:  # noqa: BLE001  nothing may reach Python's own traceback
        shared_memory.set_last_words(faults.fault_line(error))
        return 1


def live(face: Face, start: Start, *, guard: int, link: int, terminal: TerminalFound | None) -> NoReturn:
    """Be the face: run it in this process, which has just been forked, and end the process with it.

    Args:
        face: what to run.
        start: why.
        guard: the process that takes care of this one.
        link: the end to read from of a pipe that only the guard holds open.
        terminal: the terminal as the guard found it.
    """
    signals.listen(guard=guard, terminal=terminal)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if limits.end_with_guard(guard).holds:
        os.close(link)
    else:
        _hang_up_when_closed(link)
    code = run(face, start)
    for stream in (sys.stdout, sys.stderr):
        _flush(stream)
    # Not sys.exit: with PYTHONINSPECT that would open a prompt onto everything still in memory.
    os._exit(code)


def _hang_up_when_closed(link: int) -> None:
    """Where the system does not tell, notice the guard's end by the pipe only it holds open."""
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
