"""Backups: each is a whole vault in a folder of its own, opened once before it counts.

A backup opens with the passphrase that was in force when it was made. Nothing here changes the
vault itself; putting a backup back is ``restore`` in ``opening.py``.
"""

import re
import shutil
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from cotutor.domain.errors import CotutorError, Damaged
from cotutor.vault import files
from cotutor.vault.database import Connection, Progress, connect, connect_new, copy, damage
from cotutor.vault.generation import proved, tally
from cotutor.vault.keyfile import KEY_NAME
from cotutor.vault.keys import OpenedKey, Proof, write_proved
from cotutor.vault.store import Store

FOLDER_NAME = "backups"
ASIDE = "replaced-"
"""How the name of a vault begins that a restore has set aside."""
_STAMP = "%Y-%m-%d-%H%M%S"
_NAME = re.compile(r"(\d{4}-\d\d-\d\d-\d{6})(-\d+)?", re.ASCII)


class Backup(Struct, frozen=True, order=True):
    """A backup that was finished; one that was interrupted is none. Sorted by age."""

    made: datetime
    """When, by the local clock of the time."""
    folder: Path


class Drill(Struct, frozen=True):
    """What a backup held when it was tried."""

    reflections: int
    last_saved: datetime | None
    """The moment of its last save, in UTC."""
    damage: str | None
    """What is wrong with it, or None."""


def make_backup(
    key: OpenedKey,
    connection: Connection,
    now: datetime,
    target: Path | None = None,
    progress: Progress | None = None,
) -> Backup:
    """Copy the vault to ``target``, or to its own ``backups`` folder, and open the copy.

    Raises:
        DiskFull, ReadOnly, Damaged, CotutorError: there is no new backup.
    """
    parent = target or key.folder / FOLDER_NAME
    files.private_folder(parent)
    unfinished = parent / f".{now.strftime(_STAMP)}.tmp"
    shutil.rmtree(unfinished, ignore_errors=True)
    files.private_folder(unfinished)
    try:
        _copied(key, connection, unfinished, progress)
        final = _free_name(parent, now)
        with files.translated("name the backup"):
            unfinished.rename(final)
        files.sync_folder(parent)
    except CotutorError:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return Backup(now.replace(microsecond=0, tzinfo=None), final)


def backups(parent: Path) -> list[Backup]:
    """The finished backups in a folder, oldest first."""
    found = []
    with suppress(OSError):
        for folder in parent.iterdir():
            if (match := _NAME.fullmatch(folder.name)) and (folder / KEY_NAME).is_file():
                with suppress(ValueError):
                    found.append(Backup(datetime.strptime(match[1], _STAMP), folder))  # noqa: DTZ007  a local time without its zone
    return sorted(found)


def own_backups(folder: Path) -> list[Backup]:
    """The finished backups in the own folder of the vault in ``folder``, oldest first."""
    return backups(folder / FOLDER_NAME)


def drill(proof: Proof) -> Drill:
    """Try a backup as a restore would, touching nothing: open it, check it, count.

    Args:
        proof: unlocks the backup's own key file.

    Raises:
        WrongPassphrase, Damaged, VaultMissing, NotAVault: it could not be restored.
    """
    key = proof()
    try:
        with closing(connect(key.database, key.data_key, read_only=True)) as connection:
            store = Store(connection, read_only=True)
            problem = damage(connection)
            return Drill(store.count("reflection"), _moment(store.last_saved()), problem)
    finally:
        key.wipe()


def prune(parent: Path, now: datetime) -> list[Backup]:
    """Remove backups that the rule of ``kept`` lets go; returns them. Failures are left for next time."""
    found = backups(parent)
    gone = [backup for backup in found if backup not in kept(found, now)]
    for backup in gone:
        shutil.rmtree(backup.folder, ignore_errors=True)
    return gone


def kept(found: list[Backup], now: datetime) -> set[Backup]:
    """A few of each age: the newest three, then one a day, a week, a month.

    One of each of the last 7 days, the last 4 weeks, the last 12 months, and one of each year.
    """
    now = now.replace(tzinfo=None)
    newest_first = sorted(found, reverse=True)
    keep = set(newest_first[:3])
    for length, reach in (
        ("%Y-%m-%d", timedelta(days=7)),
        ("%G-%V", timedelta(weeks=4)),
        ("%Y-%m", timedelta(days=366)),
        ("%Y", timedelta.max),
    ):
        seen: set[str] = set()
        for backup in newest_first:
            period = backup.made.strftime(length)
            if now - backup.made <= reach and period not in seen:
                seen.add(period)
                keep.add(backup)
    return keep


def remove_all(parent: Path, keep: Backup | None = None) -> None:
    """Remove every backup in a vault's own folder but one, and every vault that a restore set aside.

    Raises:
        ReadOnly, CotutorError: some are still there.
    """
    for folder in [*(backup.folder for backup in backups(parent)), *parent.glob(f"{ASIDE}*")]:
        if keep is None or folder != keep.folder:
            with files.translated(f"remove {files.label(folder)}"):
                shutil.rmtree(folder)


def _copied(key: OpenedKey, connection: Connection, folder: Path, progress: Progress | None) -> None:
    if not key.whole:
        raise Damaged(
            "The key file is partly damaged, and a backup would be too. Choose a new passphrase and a new"
            " recovery key first."
        )
    path = folder / key.key_file.database
    with closing(connect_new(path, key.data_key)) as copied:
        copy(connection, copied, progress)
    write_proved(folder / KEY_NAME, key.key_file, bytes(key.data_key))
    proved(path, key.data_key, tally(connection), read_only=True).close()


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)


def _free_name(parent: Path, now: datetime) -> Path:
    stamp = now.strftime(_STAMP)
    number = 1
    final = parent / stamp
    while final.exists():
        number += 1
        final = parent / f"{stamp}-{number}"
    return final
