"""One page of memory that the guard and the face process both read and write.

A face process writes into it what the guard must know if that process is suddenly gone: whether
the terminal shows our screen, how the process meant to end, whether something is not saved. The
page is shared across fork, so it stays when a process is killed. Nothing a person wrote is ever
put here. Without a guard the page is ordinary memory.

Layout, in bytes: 0 whose screen the terminal shows; 1 `Ending`; 2 the number of the signal that
ended the process; 3 whether something is not saved; 4 to 255 a message from one face process to
the next; 256 to 4095 the final line, which the guard prints once the terminal is restored.
"""

import enum
import mmap

_SCREEN, _ENDING, _SIGNAL, _UNSAVED, _MESSAGE = range(5)
_FINAL_LINE = 256
_SIZE = 4096
LONGEST_MESSAGE = _FINAL_LINE - _MESSAGE
"""Bytes that fit into the message for the next face process."""


class Ending(enum.IntEnum):
    """How a face process ends, and so what the guard does next."""

    NOTHING = 0
    """By itself: the program ends with its exit code."""
    LEAVE = enum.auto()
    """By a signal: the program ends."""
    LOCK = enum.auto()
    """To be replaced by a process that has never held anything of the vault."""
    LOCK_AND_STOP = enum.auto()
    """The same, but the job stops first (Ctrl+Z), and the new process starts after ``fg``."""
    VAULT = enum.auto()
    """To be replaced by a process that may change the vault's folder."""
    MAKE = enum.auto()
    """The same, and the person has confirmed that a vault is to be made."""
    HOME = enum.auto()
    """To be replaced by a process that can change no file."""


class Screen(enum.IntEnum):
    """Whose screen the terminal shows."""

    LEFT = 0
    """The shell's."""
    TAKEN = enum.auto()
    """Ours."""
    CLEARED = enum.auto()
    """Ours, but the guard blanked it because the face process had been stopped."""


class _Memory:
    """Holds the page, so that `share` can put another in its place."""

    def __init__(self) -> None:
        self.page: bytearray | mmap.mmap = bytearray(_SIZE)


_memory = _Memory()


def share() -> None:
    """Begin an empty page that every process forked from now on shares with this one."""
    _memory.page = mmap.mmap(-1, _SIZE)


def clear() -> None:
    """Empty the page for a new face process; the message stays until that process takes it."""
    _memory.page[:_MESSAGE] = bytes(_MESSAGE)
    set_final_line("")


def set_message(message: bytes) -> None:
    """Leave a message for the next face process.

    Args:
        message: at most `LONGEST_MESSAGE` bytes, none of them NUL at the end.

    Raises:
        ValueError: the message is too long.
    """
    if len(message) > LONGEST_MESSAGE:
        raise ValueError(f"a message has room for {LONGEST_MESSAGE} bytes")
    _memory.page[_MESSAGE:_FINAL_LINE] = message.ljust(LONGEST_MESSAGE, b"\0")


def take_message() -> bytes:
    """Take the message of the face process before, and clear it; empty if there is none."""
    message = bytes(_memory.page[_MESSAGE:_FINAL_LINE]).rstrip(b"\0")
    _memory.page[_MESSAGE:_FINAL_LINE] = bytes(LONGEST_MESSAGE)
    return message


def screen() -> Screen:
    """Whose screen the terminal shows."""
    return Screen(_memory.page[_SCREEN])


def set_screen(state: Screen) -> None:
    """Note whose screen the terminal shows: before ours is drawn, and after it is gone."""
    _memory.page[_SCREEN] = state


def ending() -> Ending:
    """How the face process ends, as far as it has decided."""
    return Ending(_memory.page[_ENDING])


def set_ending(ending: Ending, signal_number: int = 0) -> None:
    """Note how this process is about to end, and the signal that asked for it, or 0."""
    _memory.page[_SIGNAL] = signal_number
    _memory.page[_ENDING] = ending


def signal_number() -> int:
    """The signal that ended the face process, or 0."""
    return _memory.page[_SIGNAL]


def unsaved() -> bool:
    """Whether the face process ended before everything was saved."""
    return bool(_memory.page[_UNSAVED])


def set_unsaved(state: bool) -> None:  # noqa: FBT001  a setter of one bare truth
    """Note that saving has begun (True) or has succeeded (False)."""
    _memory.page[_UNSAVED] = state


def final_line() -> str:
    """The line to print once the terminal is restored, or nothing."""
    return bytes(_memory.page[_FINAL_LINE:]).rstrip(b"\0").decode(errors="ignore")


def set_final_line(line: str) -> None:
    """Leave a line to print once the terminal is restored: a problem, or the place of a fault."""
    room = _SIZE - _FINAL_LINE
    _memory.page[_FINAL_LINE:] = line.encode(errors="ignore")[:room].ljust(room, b"\0")
