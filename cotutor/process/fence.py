"""The fence around the process: no network, no other program, no file but those it was given.

Three layers. An audit hook (PEP 578) refuses in Python itself, in every mode and on every system;
it stops accidents and dependencies, not code that goes around Python. On Linux, Landlock and
seccomp have the kernel refuse the same. What the system has not is left out and reported.
"""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from cotutor.domain.errors import CotutorError
from cotutor.process import landlock, seccomp
from cotutor.process.protection import Protection
from cotutor.process.terminal import terminal_fd

_AF_UNIX = 1
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC

_NETWORK = (
    *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"),
    *("socket.getaddrinfo", "socket.getnameinfo", "socket.gethostbyname", "socket.gethostbyaddr"),
    *("socket.getservbyname", "socket.getservbyport"),
)
_PROGRAMS = (
    *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty"),
    *("os.startfile", "os.startfile/2", "pty.spawn", "webbrowser.open"),
)
_CHANGES: dict[str, tuple[tuple[int, int | None], ...]] = {
    **dict.fromkeys(("os.rmdir", "os.remove"), ((0, 1),)),
    **dict.fromkeys(("os.mkdir", "os.chmod"), ((0, 2),)),
    **dict.fromkeys(("os.chown", "os.utime"), ((0, 3),)),
    **dict.fromkeys(("os.truncate", "os.setxattr", "os.removexattr"), ((0, None),)),
    **dict.fromkeys(("os.rename", "os.link"), ((0, 2), (1, 3))),
    "os.symlink": ((0, None), (1, 2)),
}
"""Audit events of changes to files. For each path among their arguments: its place, and that of the
open folder it may be relative to (``shutil.rmtree`` goes from folder to folder like that)."""


class Refused(CotutorError, PermissionError):
    """The program tried something that it promises never to do; nothing was done."""


class FenceState(NamedTuple):
    """Which layers of the fence hold in this process."""

    hook: Protection
    landlock: Protection
    seccomp: Protection


Path = str | os.PathLike[str]
Check = Callable[[tuple[Any, ...]], None]


def arm(writable: Sequence[Path] = (), *, readable: Sequence[Path] = ()) -> FenceState:
    """Put up the fence around this process, for good.

    Call it in the face, with one thread, before Textual is imported: the kernel's layers count only
    for the thread that calls and those it starts. On Windows call `close_sockets` once the event
    loop exists.

    Args:
        writable: folders (or files) that must exist and may be changed; none in a session without notes.
        readable: folders or files to read besides those Python needs, such as the plan and the settings.

    Never fails: what the system lacks is reported in the result.
    """
    limits = _Limits(writable)
    # ctypes must be whole before the hook closes it.
    kernel = (landlock.confine(readable=readable, writable=writable), seccomp.refuse_network_and_programs())
    sys.addaudithook(limits.check)
    _limits.append(limits)
    hook = Protection("audit hook", holds=True, detail="sockets, programs and files are refused in Python")
    return FenceState(hook, *kernel)


def close_sockets() -> None:
    """Refuse the one pair of sockets an event loop needs, too, now that it has them.

    Only Windows needs it: elsewhere the pair is local by construction.
    """
    for limits in _limits:
        limits.refuse_every_socket()


class _Limits:
    """What one armed fence lets through; the checks by the name of the audit event."""

    def __init__(self, writable: Sequence[Path]) -> None:
        self._writable = tuple(os.path.realpath(path) for path in writable)
        self._devices = _terminal_devices()
        self._checks: dict[str, Check] = dict.fromkeys(_PROGRAMS, _refuse_program)
        self._checks["open"] = self._check_open
        for event, places in _CHANGES.items():
            self._checks[event] = self._check_changes(places)
        if os.name == "nt":
            return  # its event loop makes its pair of sockets by way of the loopback network
        self.refuse_every_socket()
        self._checks["ctypes.dlopen"] = _refuse_library

    def check(self, event: str, arguments: tuple[Any, ...]) -> None:
        """The audit hook; raises `Refused` where something is not let through."""
        check = self._checks.get(event)
        if check is not None:
            check(arguments)

    def refuse_every_socket(self) -> None:
        self._checks.update(dict.fromkeys(_NETWORK, _refuse_network))
        self._checks["socket.__new__"] = _only_local_pairs

    def _check_open(self, arguments: tuple[Any, ...]) -> None:
        path, mode, flags = arguments
        writes = flags & _WRITING if isinstance(flags, int) else mode is not None and set(mode) & set("wax+")
        if writes and not isinstance(path, int):
            self._require_writable(path)

    def _check_changes(self, places: tuple[tuple[int, int | None], ...]) -> Check:
        def check(arguments: tuple[Any, ...]) -> None:
            for path, folder in places:
                self._require_writable(arguments[path], -1 if folder is None else arguments[folder])

        return check

    def _require_writable(self, path: Any, folder: int = -1) -> None:
        if isinstance(path, int):
            return  # a file that is open already was let through when it was opened
        beneath = "" if folder == -1 else _place_of(folder)
        real = os.path.realpath(os.path.join(beneath, os.fsdecode(path)))  # noqa: PTH118  paths stay strings here
        if real in self._devices or any(
            real == top or real.startswith(top + os.sep) for top in self._writable
        ):
            return
        raise Refused("cotutor refused to change a file: in this mode it keeps nothing there.")


_limits: list[_Limits] = []


def _terminal_devices() -> frozenset[str]:
    """The terminal under its several names, and the device that keeps nothing."""
    fd = terminal_fd()
    own = {os.ttyname(fd)} if fd is not None and hasattr(os, "ttyname") else set()
    return frozenset({"/dev/tty", os.devnull, *own})


def _place_of(folder: int) -> str:
    """Where a folder is that somebody has open."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415  not on Windows

        return os.fsdecode(fcntl.fcntl(folder, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0"))
    return os.readlink(f"/proc/self/fd/{folder}")  # noqa: PTH115  paths stay strings here


def _only_local_pairs(arguments: tuple[Any, ...]) -> None:
    if os.name == "nt" or arguments[1] != _AF_UNIX:
        raise Refused("cotutor refused to open a network connection: it works offline only.")


def _refuse_network(_arguments: tuple[Any, ...]) -> None:
    raise Refused("cotutor refused to use the network: it works offline only.")


def _refuse_program(_arguments: tuple[Any, ...]) -> None:
    raise Refused("cotutor refused to start another program.")


def _refuse_library(_arguments: tuple[Any, ...]) -> None:
    raise Refused("cotutor refused to load a library by hand.")
