"""Proving a passphrase or a recovery key, and putting a new key file in force.

Proving is the slow part of unlocking. It only reads, so it may run in a thread; the database is
opened afterwards, by whoever will use it.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cotutor.domain.errors import CotutorError, Damaged, NotAVault, WrongPassphrase
from cotutor.vault import files
from cotutor.vault.kdf import SALT_BYTES, Cost, derive, normal
from cotutor.vault.keyfile import (
    DATA_KEY_BYTES,
    KEY_NAME,
    LIMIT,
    KeyFile,
    NewPassphrase,
    SlotName,
    damaged_slots,
    decode,
    encode,
    unwrap,
)
from cotutor.vault.recovery import read_recovery_key, recovery_root

TEMPORARY_NAME = "vault.key.tmp"
UNFINISHED_NAME = "vault.key.new"
"""The key file of a vault whose creation has not finished."""


class OpenedKey:
    """A vault's key file with its data key; ``wipe`` it when it is no longer needed."""

    def __init__(self, folder: Path, key_file: KeyFile, data_key: bytes, *, whole: bool = True) -> None:
        self.folder = folder
        self.key_file = key_file
        self.data_key = bytearray(data_key)
        self.whole = whole and not damaged_slots(key_file, data_key)
        """The key file is byte for byte what was written."""

    @property
    def database(self) -> Path:
        """The database that the key file names."""
        return self.folder / self.key_file.database

    @property
    def has_recovery(self) -> bool:
        """Whether there is a recovery key."""
        return self.key_file.recovery is not None

    def wipe(self) -> None:
        """Overwrite the data key in memory."""
        self.data_key[:] = bytes(len(self.data_key))


class NotSynced(CotutorError):
    """The new key file is in force, but the disk did not confirm that it will stay."""


def prepare(passphrase: str, cost: Cost) -> NewPassphrase:
    """Derive a new passphrase's root. Slow; touches no file, so it may run in a thread.

    Raises:
        CotutorError: there is nothing in it, so that anybody would know it.
    """
    if not normal(passphrase):
        raise CotutorError("A passphrase cannot be empty.")
    salt = os.urandom(SALT_BYTES)
    return NewPassphrase(derive(passphrase, salt, cost), salt, cost)


def prove_passphrase(folder: Path, passphrase: str) -> OpenedKey:
    """Open the key file with a passphrase. Slow; only reads.

    Raises:
        WrongPassphrase: the passphrase is not this vault's.
        Damaged: the key file was changed, so that no passphrase can be told right from wrong.
        NotAVault, NewerVersion, CotutorError: see ``read_key_file``.
    """
    key_file, whole = read_key_file(folder)
    cost = key_file.passphrase.cost
    assert cost is not None  # noqa: S101  decode has refused it
    root = derive(passphrase, bytes.fromhex(key_file.passphrase.salt), cost)
    return _opened(folder, key_file, "passphrase", root, whole=whole)


def prove_recovery(folder: Path, typed: str) -> OpenedKey:
    """Open the key file with a recovery key as somebody typed it.

    Raises:
        WrongPassphrase: it is mistyped, another vault's, or there is none.
        Damaged, NotAVault, NewerVersion, CotutorError: as for a passphrase.
    """
    code = read_recovery_key(typed)
    key_file, whole = read_key_file(folder)
    if key_file.recovery is None:
        raise WrongPassphrase("This vault has no recovery key: only its passphrase opens it.")
    root = recovery_root(code, bytes.fromhex(key_file.recovery.salt))
    return _opened(folder, key_file, "recovery", root, whole=whole)


def read_key_file(folder: Path) -> tuple[KeyFile, bool]:
    """The key file of a folder, and whether it is byte for byte what was written.

    Raises:
        NotAVault: there is neither key file nor database.
        Damaged: the key file is missing beside a database, or cannot be read.
        NewerVersion: a newer program wrote it.
        CotutorError: a link stands in its place.
    """
    try:
        return decode(files.read(folder / KEY_NAME, LIMIT))
    except FileNotFoundError:
        pass
    if any(folder.glob("vault-*.db")) and not (folder / UNFINISHED_NAME).exists():
        raise Damaged(
            f"The key file {KEY_NAME} is missing, so the vault beside it cannot be opened. Restore a backup."
        )
    raise NotAVault(f"There is no vault in {files.label(folder)}.")


def switch(folder: Path, key_file: KeyFile, data_key: bytes) -> None:
    """Put a key file in force at once, after proving what reached the disk.

    Raises:
        NotSynced: it is in force, but a power cut now might bring the old one back.
        DiskFull, ReadOnly, Damaged, CotutorError: the old one is in force.
    """
    temporary, target = folder / TEMPORARY_NAME, folder / KEY_NAME
    files.remove(temporary)
    write_proved(temporary, key_file, data_key)
    old = _held(target)
    try:
        with files.translated("replace the key file"):
            _renamed(temporary, target)
        try:
            files.sync_folder(folder)
        except CotutorError:
            raise NotSynced(
                "The change was made, but the disk reported an error. If the new passphrase or key does not"
                " open the vault next time, try the one before."
            ) from None
        if old is not None:
            files.overwrite(old)
    finally:
        if old is not None:
            os.close(old)


def write_proved(path: Path, key_file: KeyFile, data_key: bytes) -> None:
    """Write a key file under a new name, read it back and prove that its slots open.

    Raises:
        Damaged: what was read back is not what was written; the file is removed.
    """
    files.write_new(path, encode(key_file))
    if decode(files.read(path, LIMIT)) != (key_file, True) or damaged_slots(key_file, data_key):
        files.remove(path)
        raise Damaged("The disk did not give back what was written to it. Nothing was changed.")


def _held(path: Path) -> int | None:
    """The old key file's bytes, still to be reached once they have lost their name; None if there is none."""
    with files.translated("read the key file"):
        try:
            return os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        except FileNotFoundError:
            return None


def _renamed(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise


def _opened(folder: Path, key_file: KeyFile, name: SlotName, root: bytes, *, whole: bool) -> OpenedKey:
    data_key = unwrap(key_file, name, root)
    if data_key is not None and len(data_key) == DATA_KEY_BYTES:
        return OpenedKey(folder, key_file, data_key, whole=whole)
    if not whole:
        raise Damaged(
            "The key file vault.key has changed since it was written, so even the right passphrase may not"
            " open it. Restore a backup, or try the recovery key."
        )
    if name == "recovery":
        raise WrongPassphrase("That recovery key is well formed, but it is not this vault's.")
    raise WrongPassphrase("That is not the passphrase of this vault.")


Proof = Callable[[], OpenedKey]
"""What unlocks a vault when called: a passphrase or a recovery key bound to its folder."""
