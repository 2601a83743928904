"""The slate between the guard and its face: a few bytes that both can read.

The face writes what the guard must know when the face is suddenly gone: whether its pictures are
on the terminal, whether it meant to leave or to lock, whether something is not saved. The bytes
are memory shared across fork, so they outlive a face that is killed. No content is ever written
here, and without a guard the slate is plain memory.
"""

import enum
import mmap

_SCREEN, _WISH, _SIGNAL, _UNSAVED = range(4)


class Wish(enum.IntEnum):
    """What the face was about to do when it ended."""

    NOTHING = 0
    LEAVE = 1
    """End the program, because of a signal."""
    LOCK = 2
    """Be replaced by a fresh face that knows nothing."""
    LOCK_AND_STOP = 3
    """The same, but the job stops first (Ctrl+Z) and the fresh face waits for ``fg``."""


class Screen(enum.IntEnum):
    """Whose pictures are on the terminal."""

    LEFT = 0
    """The shell's."""
    TAKEN = 1
    """Ours."""
    CLEARED = 2
    """Ours, but the guard wiped them because the face had been stopped."""


class _Slate:
    def __init__(self) -> None:
        self.page: bytearray | mmap.mmap = bytearray(4)


_slate = _Slate()


def share() -> None:
    """Make the slate shared with every process forked from now on."""
    _slate.page = mmap.mmap(-1, 4)


def wipe() -> None:
    """Start a new slate for a new face."""
    _slate.page[:] = bytes(4)


def screen() -> Screen:
    """Whose pictures are on the terminal."""
    return Screen(_slate.page[_SCREEN])


def set_screen(state: Screen) -> None:
    """Say whose pictures are on the terminal; before they are drawn and after they are gone."""
    _slate.page[_SCREEN] = state


def wish() -> Wish:
    """What the face was about to do."""
    return Wish(_slate.page[_WISH])


def set_wish(wanted: Wish, signal_number: int = 0) -> None:
    """Say what the face is about to do, and which signal asked for it."""
    _slate.page[_SIGNAL] = signal_number
    _slate.page[_WISH] = wanted


def signal_number() -> int:
    """The signal that made the face leave, or 0."""
    return _slate.page[_SIGNAL]


def unsaved() -> bool:
    """Whether the face ended before everything was saved."""
    return bool(_slate.page[_UNSAVED])


def set_unsaved(state: bool) -> None:  # noqa: FBT001  a setter of one bare truth
    """Say that saving has begun (True) or has succeeded (False)."""
    _slate.page[_UNSAVED] = state
