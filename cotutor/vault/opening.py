"""Making a vault, opening one, and putting a backup in its place."""

import os
import re
import shutil
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from cotutor.domain.errors import CotutorError, Damaged, InUse, NewerVersion, NotAVault, ReadOnly
from cotutor.vault import files
from cotutor.vault.backup import ASIDE, FOLDER_NAME, make_backup
from cotutor.vault.database import Connection, connect, connect_new, damage
from cotutor.vault.generation import (
    discard,
    new_data_key,
    new_database_name,
    next_generation,
    proved,
    tally,
)
from cotutor.vault.keyfile import KEY_NAME, LIMIT, NewPassphrase, decode, new_key_file, rewrapped
from cotutor.vault.keys import (
    TEMPORARY_NAME,
    UNFINISHED_NAME,
    NotSynced,
    OpenedKey,
    Proof,
    read_key_file,
    switch,
    write_proved,
)
from cotutor.vault.lock import FolderLock
from cotutor.vault.schema import MIGRATIONS, migrate, refuse_newer, version
from cotutor.vault.store import Store
from cotutor.vault.vault import Vault

_DATABASE = re.compile(r"(vault-[0-9a-f]{16}\.db)(-journal|-wal|-shm)?")
_TEMPORARY = re.compile(r"\..+\.tmp")


def create(folder: Path, passphrase: NewPassphrase, now: datetime) -> Vault:
    """Make an empty vault in a folder and open it; nothing of it counts until its key file has its name.

    Args:
        folder: where; it is made if it is not there.
        passphrase: from ``keys.prepare``.
        now: the moment; rehearsals count from here.

    Raises:
        CotutorError: there is a vault in the folder already.
        InUse, ReadOnly, DiskFull, Damaged: it could not be made; what was begun has been removed.
    """
    vault = open_vault(_made(folder, passphrase), now)
    with suppress(CotutorError):  # there is a vault all the same
        vault.settings.note_passphrase(now.date())
    return vault


def open_vault(key: OpenedKey, now: datetime, migrations: tuple[str, ...] = MIGRATIONS) -> Vault:
    """Open the database that a proved key names: check it, bring it up to date, tidy, erase what has expired.

    A damaged vault opens read-only with ``damage`` naming what is wrong; one that cannot be
    written opens read-only too.

    Raises:
        InUse: another program has it open.
        VaultMissing, Damaged, NewerVersion, CotutorError: it cannot be opened at all; the key is wiped.
    """
    try:
        vault = _opened(key, now, migrations)
    except BaseException:
        key.wipe()
        raise
    vault.erase_expired(now)
    return vault


def _opened(key: OpenedKey, now: datetime, migrations: tuple[str, ...]) -> Vault:
    lock = FolderLock(key.folder)
    try:
        _refuse_stale(key)
        writable = not lock.read_only and all(os.access(path, os.W_OK) for path in (key.folder, key.database))
        connection, problem = _checked(key, writable=writable)
        try:
            refuse_newer(connection, migrations)
            if writable and problem is None:
                _brought_up_to_date(key, connection, now, migrations)
                tidy(key.folder, key.key_file.database)
        except BaseException:
            connection.close()
            raise
    except BaseException:
        lock.release()
        raise
    store = Store(connection, read_only=not writable or problem is not None)
    return Vault(key, store, lock, problem)


def restore(folder: Path, proof: Proof, now: datetime) -> Path | None:
    """Put a backup in the place of whatever the folder holds; that is set aside, not destroyed.

    Args:
        folder: the vault's folder; it may be empty, damaged or gone.
        proof: unlocks the backup.
        now: for the name of what is set aside.

    Returns:
        The folder in which the replaced vault now is, or None if there was none.

    Raises:
        WrongPassphrase, Damaged, NotAVault, VaultMissing, NewerVersion: the backup cannot be used.
        InUse, DiskFull, ReadOnly, CotutorError: the vault is as it was.
    """
    key = proof()
    try:
        with closing(connect(key.database, key.data_key, read_only=True)) as source:
            refuse_newer(source)
            if (problem := damage(source)) is not None:
                raise Damaged(f"That backup is damaged: {problem}. Nothing was changed; try another backup.")
            return _replaced(folder, key, source, now)
    finally:
        key.wipe()


def _made(folder: Path, passphrase: NewPassphrase) -> OpenedKey:
    _refuse_occupied(folder)
    files.private_folder(folder)
    with FolderLock(folder) as lock:
        _refuse_read_only(lock)
        _refuse_occupied(folder)
        _clear_unfinished(folder)
        data_key, name = new_data_key(), new_database_name()
        key_file = new_key_file(data_key, passphrase, name)
        try:
            write_proved(folder / UNFINISHED_NAME, key_file, data_key)
            _empty_database(folder / name, data_key)
            files.replace(folder / UNFINISHED_NAME, folder / KEY_NAME)
        except CotutorError:
            if not (folder / KEY_NAME).exists():
                discard(folder / name)
                files.remove(folder / UNFINISHED_NAME)
            raise
    return OpenedKey(folder, key_file, data_key)


def tidy(folder: Path, database: str) -> None:
    """Remove what interrupted work has left, under the lock and once the vault is known to be sound."""
    for path in _entries(folder):
        match = _DATABASE.fullmatch(path.name)
        # Reading has rolled a live journal back already; what is still there is a dead one.
        left = match is not None and (match[1] != database or match[2] is not None)
        if left or path.name in (TEMPORARY_NAME, UNFINISHED_NAME) or _TEMPORARY.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()
    for path in _entries(folder / FOLDER_NAME):
        if _TEMPORARY.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _checked(key: OpenedKey, *, writable: bool) -> tuple[Connection, str | None]:
    if writable:
        with suppress(OSError):
            for path, mode in ((key.folder, 0o700), (key.database, 0o600), (key.folder / KEY_NAME, 0o600)):
                path.chmod(mode)
    connection = connect(key.database, key.data_key, read_only=not writable)
    problem = damage(connection)
    if problem is not None and writable:
        connection.close()
        connection = connect(key.database, key.data_key, read_only=True)
    return connection, problem


def _brought_up_to_date(
    key: OpenedKey, connection: Connection, now: datetime, migrations: tuple[str, ...]
) -> None:
    if version(connection) < len(migrations):
        make_backup(key, connection, now)
        migrate(connection, migrations)


def _replaced(folder: Path, key: OpenedKey, source: Connection, now: datetime) -> Path | None:
    files.private_folder(folder)
    with FolderLock(folder) as lock:
        _refuse_read_only(lock)
        aside = _set_aside(folder, now)
        generation = next_generation(folder, source)
        try:
            migrate(generation.connection)
            key_file = rewrapped(key.key_file, bytes(key.data_key), generation.data_key, generation.database)
            switch(folder, key_file, generation.data_key)
        except NotSynced:
            raise
        except CotutorError:
            generation.connection.close()
            discard(folder / generation.database)
            raise
        generation.connection.close()
        tidy(folder, generation.database)
    return aside


def _set_aside(folder: Path, now: datetime) -> Path | None:
    """Copy the key file and the databases, whatever their state, to a folder beside the backups."""
    present = [
        path
        for path in _entries(folder)
        if (path.name == KEY_NAME or _DATABASE.fullmatch(path.name)) and not path.is_symlink()
    ]
    if not present:
        return None
    aside = folder / FOLDER_NAME / f"{ASIDE}{now:%Y-%m-%d-%H%M%S}"
    files.private_folder(folder / FOLDER_NAME)
    files.private_folder(aside)
    for path in present:
        with files.translated(f"copy {files.label(path)}"):
            shutil.copyfile(path, aside / path.name)
            (aside / path.name).chmod(0o600)
    files.sync_folder(aside)
    return aside


def _empty_database(path: Path, data_key: bytes) -> None:
    with closing(connect_new(path, data_key)) as connection:
        migrate(connection)
        expected = tally(connection)
    proved(path, data_key, expected).close()


def _refuse_stale(key: OpenedKey) -> None:
    """The key was proved before the lock was ours; another program may have changed it in between."""
    if read_key_file(key.folder)[0] != key.key_file:
        raise InUse("Another cotutor has just changed the vault's keys. Unlock it again.")


def _refuse_read_only(lock: FolderLock) -> None:
    if lock.read_only:
        raise ReadOnly("The folder or its disk is read-only, so no vault can be put there.")


def _refuse_occupied(folder: Path) -> None:
    if os.path.lexists(folder / KEY_NAME):
        raise CotutorError(f"There is already a vault in {files.label(folder)}. Nothing was changed.")
    unfinished = _unfinished_database(folder)
    if any(path.name != unfinished for path in folder.glob("vault-*.db")):
        raise CotutorError(
            f"There is a vault without its key file in {files.label(folder)}. Restore its backup, or choose"
            " another folder; nothing was changed."
        )


def _unfinished_database(folder: Path) -> str | None:
    try:
        return decode(files.read(folder / UNFINISHED_NAME, LIMIT))[0].database
    except (FileNotFoundError, Damaged, NewerVersion, NotAVault):
        return None


def _clear_unfinished(folder: Path) -> None:
    """Remove a vault whose creation was interrupted; it never held anything."""
    name = _unfinished_database(folder)
    if name is not None:
        discard(folder / name)
    files.remove(folder / UNFINISHED_NAME)
