"""The slate between the guard and its face: a few bytes that both can read.

The face writes what the guard must know when the face is suddenly gone: whether its pictures are
on the terminal, whether it meant to leave or to lock, whether something is not saved. The bytes
are memory shared across fork, so they outlive a face that is killed. Nothing a person wrote is ever
put here, and without a guard the slate is plain memory.

Behind them is room for an errand, a few bytes that one face leaves for the next and that never
touch a disk, and for last words, which the guard says once the screen is clear.
"""

import enum
import mmap

_SCREEN, _WISH, _SIGNAL, _UNSAVED, _ERRAND = range(5)
_LAST_WORDS = 256
_SIZE = 4096


class Ending(enum.IntEnum):
    """What the face was about to do when it ended."""

    NOTHING = 0
    LEAVE = 1
    """End the program, because of a signal."""
    LOCK = 2
    """Be replaced by a fresh face that knows nothing."""
    LOCK_AND_STOP = 3
    """The same, but the job stops first (Ctrl+Z) and the fresh face waits for ``fg``."""
    VAULT = 4
    """Be replaced by a face that may change the vault's folder."""
    MAKE = 5
    """The same, and the person has confirmed that there shall be a vault."""
    HOME = 6
    """Be replaced by a face that can change no file."""


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
        self.page: bytearray | mmap.mmap = bytearray(_SIZE)


_slate = _Slate()


def share() -> None:
    """Make the slate shared with every process forked from now on."""
    _slate.page = mmap.mmap(-1, _SIZE)


def wipe() -> None:
    """Start a new slate for a new face; an errand stays until the face takes it."""
    _slate.page[:_ERRAND] = bytes(_ERRAND)
    set_last_words("")


def leave_for_next(errand: bytes) -> None:
    """Leave at most 251 bytes without NUL for the next face."""
    if len(errand) > _LAST_WORDS - _ERRAND:
        raise ValueError("an errand has no room for more than a few words")
    _slate.page[_ERRAND:_LAST_WORDS] = errand.ljust(_LAST_WORDS - _ERRAND, b"\0")


def take_from_last() -> bytes:
    """What the face before left, once; empty if it left nothing."""
    errand = bytes(_slate.page[_ERRAND:_LAST_WORDS]).rstrip(b"\0")
    _slate.page[_ERRAND:_LAST_WORDS] = bytes(_LAST_WORDS - _ERRAND)
    return errand


def screen() -> Screen:
    """Whose pictures are on the terminal."""
    return Screen(_slate.page[_SCREEN])


def set_screen(state: Screen) -> None:
    """Say whose pictures are on the terminal; before they are drawn and after they are gone."""
    _slate.page[_SCREEN] = state


def ending() -> Ending:
    """What the face was about to do."""
    return Ending(_slate.page[_WISH])


def set_ending(wanted: Ending, signal_number: int = 0) -> None:
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


def last_words() -> str:
    """What the face has left to be said, or nothing."""
    return bytes(_slate.page[_LAST_WORDS:]).rstrip(b"\0").decode(errors="ignore")


def set_last_words(words: str) -> None:
    """Leave something to be said once the screen is clear: a problem, or the place of a fault."""
    room = _SIZE - _LAST_WORDS
    _slate.page[_LAST_WORDS:] = words.encode(errors="ignore")[:room].ljust(room, b"\0")
