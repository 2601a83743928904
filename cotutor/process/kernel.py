"""Calls to the operating system for which Python has no function of its own."""

import os
import sys
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38

MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}


def machine() -> str:
    """The kind of processor as the Linux kernel names it, or "" where that is not known here."""
    if sys.platform == "win32" or sys.maxsize < 2**32:
        return ""  # a 32-bit process on a 64-bit kernel numbers its system calls differently
    return MACHINES.get(os.uname().machine.lower(), "")


def system_call(number: int, *arguments: Any) -> int:
    """Make a Linux system call by its number.

    Raises:
        OSError: the kernel refused.
    """
    import ctypes  # noqa: PLC0415  a command that arms nothing need not load it

    libc = ctypes.CDLL(None, use_errno=True)
    result: int = libc.syscall(ctypes.c_long(number), *map(_as_long, arguments))
    if result < 0:
        raise _error(ctypes.get_errno())
    return result


def process_control(option: int, first: Any = 0, second: Any = 0, third: Any = 0, fourth: Any = 0) -> int:
    """Linux's ``prctl`` (https://man7.org/linux/man-pages/man2/prctl.2.html).

    Raises:
        OSError: the kernel refused.
    """
    import ctypes  # noqa: PLC0415

    libc = ctypes.CDLL(None, use_errno=True)
    result: int = libc.prctl(option, *map(_as_long, (first, second, third, fourth)))
    if result < 0:
        raise _error(ctypes.get_errno())
    return result


def _as_long(argument: Any) -> Any:
    import ctypes  # noqa: PLC0415

    return ctypes.c_ulong(argument) if isinstance(argument, int) else argument


def _error(number: int) -> OSError:
    return OSError(number, os.strerror(number))
