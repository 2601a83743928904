"""What protects the program itself: its guard, its fence, its closed memory."""

import os
from collections.abc import Callable, Iterable, Iterator

from cotutor.process import fence, limits
from cotutor.process.protection import Protection
from cotutor.services.doctor.finding import Finding, State

_OPEN_TO_OTHERS = "An administrator can still read it, and so can a program that runs as one."


def _put_up() -> Iterator[Protection]:
    yield from limits.keep_memory_private()
    yield from fence.arm()


def about_guard() -> Finding:
    """Whether a second process clears up if the program is killed."""
    if hasattr(os, "fork"):
        return Finding(
            "guard",
            State.PROTECTS,
            "A second process that knows nothing waits beside the program. If the program is killed, it wipes"
            " the screen; if you lock the vault, it starts a fresh program that knows nothing either.",
        )
    return Finding(
        "guard",
        State.DOES_NOT,
        "This system cannot keep a second process beside the program: if the program is killed, its last"
        " picture may stay on the screen.",
        "Close the terminal's window if the program ever ends by force.",
    )


def about_fence(put_up: Callable[[], Iterable[Protection]] = _put_up) -> Iterator[Finding]:
    """What a process like a session's is refused here; tried in a child, which then ends.

    Args:
        put_up: what the child does; it tells what holds afterwards.
    """
    tried = _tried(put_up)
    for layer in tried:
        yield _SAY[layer.name](layer)
    if not tried:
        yield Finding(
            "fence",
            State.UNKNOWN,
            "What the program is refused on this computer could not be tried out.",
            "Close other programs and try again.",
        )


def _hook(layer: Protection) -> Finding:
    return Finding(
        "own refusal",
        State.PROTECTS if layer.holds else State.DOES_NOT,
        "The program refuses itself every network connection, every other program, and every file but those"
        " it was asked to keep."
        if layer.holds
        else f"The program could not be made to refuse anything to itself ({layer.detail}).",
    )


def _landlock(layer: Protection) -> Finding:
    if layer.holds:
        sentence = (
            f"The system's kernel keeps the program to the folders it needs (Landlock, {layer.detail})."
        )
        return Finding("kernel, files", State.PROTECTS, sentence)
    return Finding(
        "kernel, files",
        State.DOES_NOT,
        f"The system does not keep the program to its folders: {layer.detail}.",
        "The program's own refusal still holds. Linux 5.13 and later can do more.",
    )


def _seccomp(layer: Protection) -> Finding:
    if layer.holds:
        sentence = "The system's kernel refuses the program the network and other programs (seccomp)."
        return Finding("kernel, network", State.PROTECTS, sentence)
    return Finding(
        "kernel, network",
        State.DOES_NOT,
        f"The system does not refuse the program the network: {layer.detail}.",
        "The program's own refusal still holds.",
    )


def _core_files(layer: Protection) -> Finding:
    if layer.holds:
        return Finding(
            "crashes", State.PROTECTS, "If the program crashes, no copy of its memory is written to the disk."
        )
    return Finding(
        "crashes",
        State.DOES_NOT,
        f"If the program crashes, the system may write a copy of its memory to the disk: it {layer.detail}.",
        "Switch off crash reports for your account.",
    )


def _memory(layer: Protection) -> Finding:
    if layer.holds:
        sentence = f"The program's memory is {layer.detail}. {_OPEN_TO_OTHERS}"
        return Finding("memory", State.PROTECTS, sentence)
    return Finding(
        "memory",
        State.DOES_NOT,
        f"Other programs of yours can read this program's memory while it runs: {layer.detail}.",
        "Keep the computer free of programs you do not trust.",
    )


_SAY = {
    "audit hook": _hook,
    "Landlock": _landlock,
    "seccomp": _seccomp,
    "core files": _core_files,
    "memory": _memory,
}


def _tried(put_up: Callable[[], Iterable[Protection]]) -> tuple[Protection, ...]:
    """What holds in a process that puts up the fence; not this one, which still has things to do."""
    if not hasattr(os, "fork"):
        return (Protection("audit hook", holds=True, detail=""), *limits.keep_memory_private())
    read, write = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(read)
        os.close(write)
        return ()
    if child == 0:
        os._exit(_report_to(write, put_up))
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as report:
        lines = [line.rstrip("\n").split("\t") for line in report]
    os.waitpid(child, 0)
    return tuple(Protection(name, holds=holds == "True", detail=detail) for name, holds, detail in lines)


def _report_to(pipe: int, put_up: Callable[[], Iterable[Protection]]) -> int:
    try:
        held = tuple(put_up())
        os.write(pipe, "".join(f"{part.name}\t{part.holds}\t{part.detail}\n" for part in held).encode())
    except Exception:  # noqa: BLE001  nothing of this child may go on in the program it was forked from
        return 1
    return 0
