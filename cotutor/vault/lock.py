"""One writer at a time: the lock that a program holds for as long as it has a vault open.

The lock is the operating system's, on a file beside the vault. It dies with the program, so
no stale lock can shut a person out.
"""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Self

from cotutor.domain.errors import InUse, ReadOnly
from cotutor.vault.files import translated

LOCK_NAME = "vault.lock"
"""An empty file; only its lock means anything."""


class FolderLock:
    """Holds a vault's folder for this program until it is released.

    Raises:
        InUse: another program holds it.
    """

    def __init__(self, folder: Path) -> None:
        self.read_only = False
        """The folder refuses even the lock's file: nobody can write, so nobody need wait."""
        path = folder / LOCK_NAME
        self._descriptor: int | None = None
        try:
            self._descriptor = _opened(path)
        except ReadOnly:
            self.read_only = True
            return
        try:
            _lock(self._descriptor)
        except OSError:
            self.release()
            raise InUse(
                "Another cotutor has this vault open. Close it there, then try again; nothing was touched."
            ) from None

    def release(self) -> None:
        """Let the next program in."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def _opened(path: Path) -> int:
    safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    with translated("lock the vault"):
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT | safe, 0o600)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS) or not path.exists():
                raise
            # A lock that exists can be taken even where nothing may be written.
            return os.open(path, os.O_RDONLY | safe)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
