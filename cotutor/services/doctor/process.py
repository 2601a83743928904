"""What protects the program itself: its guard, its fence, its closed memory."""

import os
from collections.abc import Callable, Iterable, Iterator

from cotutor.process import fence, limits
from cotutor.process.protection import Protection
from cotutor.services.doctor.finding import Finding
from cotutor.services.doctor.table import found


def _put_up() -> Iterator[Protection]:
    yield from limits.keep_memory_private()
    yield from fence.arm()


def about_guard() -> Finding:
    """Whether a second process restores the terminal if the program is killed."""
    return found("guard" if hasattr(os, "fork") else "no guard")


def about_fence(put_up: Callable[[], Iterable[Protection]] = _put_up) -> Iterator[Finding]:
    """What a process like a session's is refused here; tried in a child, which then ends.

    Args:
        put_up: what the child does; returns what holds afterwards.
    """
    tried = _tried(put_up)
    for layer in tried:
        yield found(layer.name if layer.holds else f"no {layer.name}", detail=layer.detail)
    if not tried:
        yield found("fence not tried")


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
