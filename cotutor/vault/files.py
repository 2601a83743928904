"""Private files: 0600 in folders of 0700 whatever the umask, never through a link, replaced whole.

Every failure of the operating system leaves this module as an error that says what to do.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from cotutor.domain.errors import CotutorError, Damaged, DiskFull, ReadOnly
from cotutor.domain.text import one_line

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EROFS, errno.EACCES, errno.EPERM}


def label(path: Path) -> str:
    """A path as a message shows it."""
    return one_line(str(path), 200)


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Turn the operating system's error while ``doing`` something into one for a person.

    Args:
        doing: what was being done, to go after "could not": ``write the key file``.

    Raises:
        DiskFull, ReadOnly, CotutorError: instead of the ``OSError``.
    """
    try:
        yield
    except OSError as error:
        code, reason = error.errno, error.strerror
    else:
        return
    if code in _FULL:
        problem: CotutorError = DiskFull(
            f"The disk is full: cotutor could not {doing}. Nothing was lost; make room and try again."
        )
    elif code in _REFUSED:
        problem = ReadOnly(f"cotutor could not {doing}: the folder or the disk does not allow it.")
    elif code == errno.ELOOP:
        problem = CotutorError(
            f"cotutor could not {doing}: a link stands where a file should be. Remove the link."
        )
    else:
        problem = CotutorError(f"cotutor could not {doing}: {reason}.")
    raise problem from None


def private_folder(path: Path) -> None:
    """Make a folder, and the folders above it, that only its owner may enter (0700)."""
    with translated(f"make the folder {label(path)}"):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if stat.S_IMODE(path.stat().st_mode) != 0o700:
            path.chmod(0o700)


def read(path: Path, limit: int) -> bytes:
    """The whole of a regular file that is no link.

    Raises:
        FileNotFoundError: there is none; the caller knows what that means.
        Damaged: it has more than ``limit`` bytes.
        CotutorError: it is no ordinary file, or cannot be read.
    """
    with translated_but_missing(f"read {label(path)}"):
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | _NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise CotutorError(f"{label(path)} is not an ordinary file.")
            data = file.read(limit + 1)
    if len(data) > limit:
        raise Damaged(f"{label(path)} is larger than any that cotutor writes: it is damaged, or not ours.")
    return data


@contextmanager
def translated_but_missing(doing: str) -> Iterator[None]:
    """As ``translated``, letting ``FileNotFoundError`` through."""
    missing = False
    with translated(doing):
        try:
            yield
        except FileNotFoundError:
            missing = True
    if missing:
        raise FileNotFoundError(doing) from None


def create(path: Path) -> None:
    """Make an empty file of mode 0600; whatever has the name already, link or file, is refused."""
    with translated(f"make {label(path)}"):
        os.close(_new(path))


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet, down to the disk; on failure it is removed again."""
    with translated(f"write {label(path)}"):
        descriptor = _new(path)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(descriptor)
        except OSError:
            with suppress(OSError):
                path.unlink()
            raise


def write(path: Path, data: bytes) -> None:
    """Replace a file, or make it, at once: readers see the old bytes or the new, never a part.

    The bytes reach the disk before the name does. Mode 0600.
    """
    temporary = path.with_name(f".{path.name}.{token_hex(4)}.tmp")
    write_new(temporary, data)
    replace(temporary, path)


def replace(source: Path, target: Path) -> None:
    """Give ``source`` the name ``target`` at once and bring that to the disk."""
    with translated(f"write {label(target)}"):
        try:
            source.replace(target)
        except OSError:
            with suppress(OSError):
                source.unlink()
            raise
    sync_folder(target.parent)


def sync(path: Path) -> None:
    """Bring a file's bytes to the disk."""
    with translated(f"write {label(path)}"):
        descriptor = os.open(path, os.O_RDWR | _NOFOLLOW)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Bring a folder's names to the disk. Windows cannot, and does so by itself."""
    if os.name == "nt":
        return
    with translated(f"write the folder {label(path)}"):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def overwrite(descriptor: int) -> None:
    """Best effort: put zeros over a file that has lost its name.

    Journalling and copying file systems and solid-state disks may keep the old bytes all the same.
    """
    with suppress(OSError):
        size = os.fstat(descriptor).st_size
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, bytes(size))
        os.fsync(descriptor)


def remove(path: Path) -> None:
    """Remove a file if it is there."""
    with translated(f"remove {label(path)}"):
        path.unlink(missing_ok=True)


def is_plain(path: Path) -> bool:
    """Whether a regular file of at least one byte, and no link, has this name.

    Raises:
        CotutorError: a link or something stranger has the name.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise CotutorError(f"{label(path)} cannot be reached: {error.strerror}.") from None
    if not stat.S_ISREG(found.st_mode):
        raise CotutorError(f"{label(path)} is a link or no ordinary file. Remove it and try again.")
    return found.st_size > 0


def _new(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NOFOLLOW, 0o600)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, 0o600)
    return descriptor
