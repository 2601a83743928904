"""What the vault's commands share: the guard and the fence around their work, and the open vault in it."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cotutor.cli.vault.asking import Asking
    from cotutor.conversation.vault.values import OpenedKey, Vault


def folder_of(options: argparse.Namespace) -> Path:
    """The vault's folder that is meant."""
    from cotutor.services.folders import vault_folder

    return vault_folder(options.vault)


def behind_fence(
    work: Callable[[], int],
    *,
    makes: Sequence[Path] = (),
    writable: Sequence[Path] = (),
    readable: Sequence[Path] = (),
) -> int:
    """Do something secret in a process of its own, of which nothing stays; returns the exit code.

    Args:
        work: what is to be done; nothing of the vault is loaded before it.
        makes: folders to make, private, and to write in. Those still empty afterwards are removed.
        writable: other folders that may be written in.
        readable: files and folders that may be read.
    """
    from cotutor.process.guard import run_guarded

    new = [one for folder in makes for one in (folder, *folder.parents) if not one.exists()]

    def face(_start: object) -> int:
        from cotutor.process.fence import arm

        if makes:
            from cotutor.conversation.vault.unlocking import private_folder

            for folder in makes:
                private_folder(folder)
        arm([*makes, *writable], readable=readable)
        return work()

    try:
        return run_guarded(face)
    finally:
        for folder in new:
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def opened(options: argparse.Namespace, asking: "Asking", *, damaged_too: bool = False) -> "Iterator[Vault]":
    """The vault that is meant, unlocked; it is locked again at the end.

    Args:
        options: which folder, and whether the recovery key opens it.
        asking: where the passphrase comes from.
        damaged_too: a damaged vault will do, for reading.

    Raises:
        WrongPassphrase, Damaged, NotAVault, VaultMissing, InUse, NewerVersion, CotutorError: it stays shut.
    """
    from cotutor.cli.reading import show
    from cotutor.cli.vault.progress import Working
    from cotutor.conversation.vault import unlocking
    from cotutor.conversation.vault.wording import database_damaged, saved_line

    folder = folder_of(options)
    unlocking.refuse_unreadable(folder)
    secret = asking.secret("recovery key" if options.recovery_key else "passphrase")
    with Working("Opening the vault"):
        vault = unlocking.unlock(proved(options, folder, secret), wall())
    try:
        if erased := unlocking.erased_line(vault):
            show([erased])
        if vault.damage is None:
            # An older date than its owner remembers means that an old copy was put back.
            show([f"Unlocked: {saved_line(vault.standing(), wall())}."])
        elif not damaged_too:
            raise database_damaged(vault.damage)
        yield vault
    finally:
        vault.close()


def proved(options: argparse.Namespace, folder: Path, secret: str) -> "OpenedKey":
    """The key of a vault or a backup, opened by its passphrase or its recovery key."""
    from cotutor.conversation.vault.unlocking import prove

    return prove(folder, secret, recovery=options.recovery_key)


def wall() -> datetime:
    """The local time of day."""
    from cotutor.services.clock import SystemClock

    return SystemClock().wall()
