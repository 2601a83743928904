"""Puts up the fence, or one layer of it, and then tries everything it should refuse.

Arguments: which layer ("all", "Landlock", "seccomp"), and a folder that holds ``open`` (which may
be written), ``closed`` and ``read.txt``. Prints what became of each attempt as JSON.
"""

import ctypes
import json
import os
import pty
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cotutor.process import fence, landlock, seccomp

FOLDER = Path(sys.argv[2])
LIBC = ctypes.CDLL(None, use_errno=True)
LOCAL, PEER = socket.socketpair()
CLOSED = os.open(FOLDER / "closed", os.O_RDONLY)


def _in_c(name: str, *arguments: Any) -> None:
    """Go around Python, as a library written in C would."""
    if getattr(LIBC, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)


def _to_an_address() -> None:
    LOCAL.sendto(b"x", "\0nowhere")


def _write_over(path: Path) -> None:
    with path.open("w") as file:
        file.write("x")


def _executed() -> None:
    """Try to become another program; in a child, so that success can be told of."""
    arguments = (ctypes.c_char_p * 2)(b"/bin/true", None)
    child = LIBC.fork()
    if child == 0:
        LIBC.execv(b"/bin/true", arguments)
        os._exit(ctypes.get_errno())
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code:
        raise OSError(code, "execv")


def _in_a_terminal() -> None:
    """The child must not go on as a second probe if it cannot become another program."""
    own = os.getpid()
    try:
        pty.spawn("true")
    finally:
        if os.getpid() != own:
            os._exit(1)


ATTEMPTS: dict[str, Callable[[], object]] = {
    # the network
    "socket.__new__": socket.socket,
    "socket.connect": lambda: LOCAL.connect("/run/nothing"),
    "socket.bind": lambda: LOCAL.bind("\0somewhere"),
    "socket.sendto": _to_an_address,
    "socket.sendmsg": lambda: LOCAL.sendmsg([b"x"]),
    "socket.getaddrinfo": lambda: socket.getaddrinfo("localhost", 80),
    "socket.getnameinfo": lambda: socket.getnameinfo(("127.0.0.1", 80), 0),
    "socket.gethostbyname": lambda: socket.gethostbyname("localhost"),
    "socket.gethostbyaddr": lambda: socket.gethostbyaddr("127.0.0.1"),
    "socket.getservbyname": lambda: socket.getservbyname("http"),
    "socket.getservbyport": lambda: socket.getservbyport(80),
    "urlopen": lambda: urllib.request.urlopen("http://127.0.0.1:1/", timeout=1),
    # other programs
    "subprocess.Popen": lambda: subprocess.run(["true"], check=True),
    "os.system": lambda: os.system("true"),  # noqa: S605
    "os.posix_spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "os.spawn": lambda: os.spawnv(os.P_WAIT, "/bin/true", ["true"]),  # noqa: S606
    "os.fork": lambda: os.fork() or os._exit(0),
    "os.forkpty": lambda: os.forkpty()[0] or os._exit(0),
    "pty.spawn": _in_a_terminal,
    "webbrowser.open": lambda: webbrowser.GenericBrowser("true").open("file:///"),
    # files
    "open to write": lambda: _write_over(FOLDER / "closed" / "new"),
    "open to change": lambda: (FOLDER / "closed" / "old").open("r+").close(),
    "os.open to write": lambda: os.close(os.open(FOLDER / "closed" / "new", os.O_CREAT | os.O_WRONLY)),
    "os.mkdir": (FOLDER / "closed" / "new").mkdir,
    "os.rmdir": (FOLDER / "closed" / "folder").rmdir,
    "os.remove": (FOLDER / "closed" / "old").unlink,
    "os.remove from a folder": lambda: os.remove("old", dir_fd=CLOSED),
    "os.rename": lambda: (FOLDER / "closed" / "old").rename(FOLDER / "open" / "stolen"),
    "os.rename over": lambda: (FOLDER / "open" / "file").rename(FOLDER / "closed" / "old"),
    "os.link": lambda: (FOLDER / "closed" / "new").hardlink_to(FOLDER / "open" / "file"),
    "os.symlink": lambda: (FOLDER / "closed" / "new").symlink_to("old"),
    "os.truncate": lambda: os.truncate(FOLDER / "closed" / "old", 0),
    "os.chmod": lambda: (FOLDER / "closed" / "old").chmod(0o777),
    "os.utime": lambda: os.utime(FOLDER / "closed" / "old"),
    "os.mkfifo": lambda: os.mkfifo(FOLDER / "closed" / "pipe"),
    # around Python
    "ctypes.dlopen": lambda: ctypes.CDLL("libm.so.6"),
    "socket in C": lambda: _in_c("socket", socket.AF_INET, socket.SOCK_STREAM, 0),
    "datagrams in C": lambda: _in_c("socket", socket.AF_INET6, socket.SOCK_DGRAM, 0),
    "netlink in C": lambda: _in_c("socket", socket.AF_NETLINK, socket.SOCK_RAW, 0),
    "connect in C": lambda: _in_c("connect", LOCAL.fileno(), b"\1\0/run/x\0", 10),
    "exec in C": _executed,
    "ptrace in C": lambda: _in_c("ptrace", 16, 1 << 29, 0, 0),
    "io_uring in C": lambda: _in_c("syscall", 425, 1, ctypes.create_string_buffer(120)),
    "write in C": lambda: _in_c("creat", bytes(FOLDER / "closed" / "new"), 0o600),
    "read outside": (FOLDER / "closed" / "old").read_text,
    "list outside": lambda: list((FOLDER / "closed").iterdir()),
    "signal outside": lambda: os.kill(os.getppid(), 0),
    # what must still work
    "write inside": lambda: _write_over(FOLDER / "open" / "note"),
    "rename inside": lambda: (FOLDER / "open" / "note").rename(FOLDER / "open" / "note2"),
    "remove inside": (FOLDER / "open" / "note2").unlink,
    "remove a folder inside": lambda: shutil.rmtree(FOLDER / "open" / "folder"),
    "read what was named": (FOLDER / "read.txt").read_text,
    "local pair": socket.socketpair,
    "send": lambda: LOCAL.send(b"x"),
    "null": lambda: _write_over(Path(os.devnull)),
    "lazy import": lambda: __import__("textual.widgets._markdown"),
    "extension": lambda: __import__("sqlcipher3"),
    "time zone": lambda: __import__("zoneinfo").ZoneInfo("Europe/London"),
    "signal itself": lambda: os.kill(os.getpid(), 0),
}


def _arm(layer: str) -> dict[str, bool]:
    writable, readable = [FOLDER / "open"], [FOLDER / "read.txt"]
    if layer == "all":
        return {part.name: part.holds for part in fence.arm(writable, readable=readable)}
    if layer == "Landlock":
        return {layer: landlock.confine(readable=readable, writable=writable).holds}
    return {layer: seccomp.refuse_network_and_programs().holds}


def _attempt(what: Callable[[], object]) -> str:
    try:
        what()
    except BaseException as error:  # noqa: BLE001  the kind of the error is the result
        cause = getattr(error, "reason", error)
        return type(cause).__name__
    return "done"


def main() -> None:
    """Arm, try everything, tell."""
    signal.alarm(20)
    state = _arm(sys.argv[1])
    print(json.dumps({"state": state, "attempts": {name: _attempt(what) for name, what in ATTEMPTS.items()}}))


if __name__ == "__main__":
    main()
