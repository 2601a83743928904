"""Limits that a process sets on itself: no core dump, no reader of its memory, no life without its guard.

``RLIMIT_CORE`` alone is not enough: where ``core_pattern`` is a pipe (systemd-coredump, apport) the
kernel ignores it (https://man7.org/linux/man-pages/man5/core.5.html). ``PR_SET_DUMPABLE`` stops
those too, and keeps other programs of the same person from reading the memory. An administrator
can still read it.
"""

import os
import signal
import sys

from cotutor.process.kernel import PR_SET_DUMPABLE, PR_SET_PDEATHSIG, process_control
from cotutor.process.protection import Protection

_PT_DENY_ATTACH = 31


def keep_memory_private() -> tuple[Protection, ...]:
    """Switch off core dumps and, as far as the system can, reading this process's memory.

    Children made by fork inherit both. Never fails: what does not hold says so.
    """
    return (_no_core_file(), _no_readers())


def _no_core_file() -> Protection:
    try:
        import resource  # noqa: PLC0415  not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError) as problem:
        return Protection(
            "core files", holds=False, detail=f"cannot be switched off here ({type(problem).__name__})"
        )
    return Protection("core files", holds=True, detail="switched off")


def _no_readers() -> Protection:
    name = "memory"
    try:
        if sys.platform == "linux":
            process_control(PR_SET_DUMPABLE, 0)
            return Protection(name, holds=True, detail="closed to other programs and to crash reporters")
        if sys.platform == "darwin":
            import ctypes  # noqa: PLC0415

            if ctypes.CDLL(None).ptrace(_PT_DENY_ATTACH, 0, None, 0) == 0:
                return Protection(name, holds=True, detail="closed to debuggers")
    except (OSError, AttributeError) as problem:
        return Protection(name, holds=False, detail=f"could not be closed ({type(problem).__name__})")
    return Protection(name, holds=False, detail="this system has no switch for it")


def end_with_guard(guard: int) -> bool:
    """Have the kernel send this process SIGHUP when its parent, ``guard``, is gone; False if it cannot.

    SIGHUP rather than SIGKILL: the face process then still saves, and restores the terminal itself.
    """
    if sys.platform != "linux":
        return False
    try:
        process_control(PR_SET_PDEATHSIG, signal.SIGHUP)
    except OSError:
        return False
    if os.getppid() != guard:
        os.kill(os.getpid(), signal.SIGHUP)  # it ended before the line above
    return True
