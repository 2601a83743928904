"""Making, unlocking, backing up and restoring the vault; its passphrase and recovery key.

The slow functions here only read, so they may run in a thread: ``prove``, ``prove_recovery``,
``prepare``, ``measure``, ``drill``. A ``Notebook`` belongs to the thread that opened it.
"""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from cotutor.domain.errors import CotutorError
from cotutor.services.notebook import Notebook
from cotutor.services.upkeep import erase_expired, passphrase_was_set
from cotutor.vault import backup as backups
from cotutor.vault import kdf, keys, opening
from cotutor.vault.backup import Backup, Drill
from cotutor.vault.kdf import Cost
from cotutor.vault.keyfile import KEY_NAME, NewPassphrase
from cotutor.vault.keys import OpenedKey
from cotutor.vault.passphrase import entropy, new_passphrase, weakness
from cotutor.vault.recovery import new_recovery_key


class Offer(Struct, frozen=True):
    """A passphrase drawn by chance, to be offered before any other."""

    passphrase: str
    bits: int
    """Its strength: each bit more doubles the guesses."""


def offer(words: int = 6) -> Offer:
    """A passphrase of so many words, six at the least."""
    count = max(6, words)
    return Offer(new_passphrase(count), entropy(count))


def advice(passphrase: str) -> str | None:
    """Why one's own passphrase will not be taken, and what would be; None if it will."""
    return weakness(passphrase)


def exists(folder: Path) -> bool:
    """Whether there is a vault in a folder, whatever its state. Touches nothing."""
    return os.path.lexists(folder / KEY_NAME) or any(folder.glob("vault-*.db"))


def measure(timer: Callable[[], float]) -> Cost:
    """What a derivation may cost so that it takes about a second here.

    Args:
        timer: a steady clock in seconds.
    """
    return kdf.calibrate(timer)


def prepare(passphrase: str, cost: Cost, *, offered: bool = False) -> NewPassphrase:
    """Check a new passphrase and put it through its derivation. Slow; touches no file.

    Args:
        passphrase: what was typed, or drawn.
        cost: from ``measure``.
        offered: it was drawn by ``offer``, so it needs no check.

    Raises:
        CotutorError: it is too weak; the message is advice.
    """
    if not offered and (problem := weakness(passphrase)) is not None:
        raise CotutorError(problem)
    return keys.prepare(passphrase, cost)


def create(folder: Path, passphrase: NewPassphrase, now: datetime) -> Notebook:
    """Make a vault and open it.

    Raises:
        CotutorError, InUse, ReadOnly, DiskFull, Damaged: there is no new vault.
    """
    notebook = unlock(opening.create(folder, passphrase), now)
    passphrase_was_set(notebook, now)
    return notebook


def prove(folder: Path, passphrase: str) -> OpenedKey:
    """Prove a passphrase. Slow; only reads.

    Raises:
        WrongPassphrase, Damaged, NotAVault, NewerVersion, CotutorError: it opens nothing.
    """
    return keys.prove_passphrase(folder, passphrase)


def prove_recovery(folder: Path, typed: str) -> OpenedKey:
    """Prove a recovery key; afterwards a new passphrase should be chosen. Only reads.

    Raises:
        WrongPassphrase, Damaged, NotAVault, NewerVersion, CotutorError: it opens nothing.
    """
    return keys.prove_recovery(folder, typed)


def unlock(key: OpenedKey, now: datetime) -> Notebook:
    """Open the vault of a proved key, erase what has expired, and say how it stands.

    Raises:
        InUse, VaultMissing, Damaged, NewerVersion, CotutorError: it cannot be opened.
    """
    try:
        notebook = Notebook(opening.open_vault(key, now))
    except BaseException:
        key.wipe()
        raise
    notebook.erased = erase_expired(notebook, now)
    return notebook


def change_passphrase(
    notebook: Notebook, new: NewPassphrase, now: datetime, *, reencrypt: bool = False
) -> None:
    """Put a prepared passphrase in force. The caller has had the current one proved once more.

    Args:
        notebook: an open vault.
        new: from ``prepare``.
        now: the moment; rehearsals count from here.
        reencrypt: move everything to a fresh key as well, so that old copies of the key file open
            nothing written from now on. The recovery key ends with it: offer a new one.

    Raises:
        NotSynced: changed, but the disk did not confirm it; DiskFull, ReadOnly, Damaged: not changed.
    """
    notebook.vault.set_passphrase(new, reencrypt=reencrypt)
    passphrase_was_set(notebook, now)


def offer_recovery() -> str:
    """A recovery key to show once; it counts when ``add_recovery`` has had it typed back."""
    return new_recovery_key()


def add_recovery(notebook: Notebook, shown: str, typed: str) -> None:
    """Let a recovery key open the vault, once typed back from paper; it replaces an earlier one.

    Raises:
        WrongPassphrase: what was typed is not what was shown; nothing was changed.
        NotSynced, DiskFull, ReadOnly, Damaged: as for a passphrase.
    """
    notebook.vault.set_recovery(shown, typed)


def remove_recovery(notebook: Notebook) -> None:
    """Let only the passphrase open the vault.

    Raises:
        NotSynced, DiskFull, ReadOnly, Damaged: as for a passphrase.
    """
    notebook.vault.remove_recovery()


def list_backups(folder: Path) -> list[Backup]:
    """The backups in a vault's own folder, oldest first."""
    return backups.backups(folder / backups.FOLDER_NAME)


def drill(backup: Path, passphrase: str) -> Drill:
    """Try a backup with the passphrase it was made under, touching nothing. Slow; only reads.

    Raises:
        WrongPassphrase, Damaged, VaultMissing, NotAVault, NewerVersion: it could not be restored.
    """
    return backups.drill(lambda: keys.prove_passphrase(backup, passphrase))


def restore(folder: Path, backup: OpenedKey, now: datetime) -> Path | None:
    """Put a backup in the vault's place; what was there is set aside in the folder that is returned.

    Args:
        folder: the vault's folder; no notebook of it may be open.
        backup: from ``prove(backup_folder, passphrase)``.
        now: for the name of what is set aside.

    Raises:
        Damaged, VaultMissing, NewerVersion: the backup cannot be used.
        InUse, DiskFull, ReadOnly, CotutorError: the vault is as it was.
    """
    return opening.restore(folder, lambda: backup, now)
