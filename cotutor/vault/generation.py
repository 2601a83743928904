"""A vault's next generation: its contents in a new file under a fresh data key.

SQLCipher's own rekeying was measured to report success while the old key stayed in force, so a
data key is never changed in place. The contents are copied to ``vault-<id>.db`` under a key
drawn anew, proved by opening the copy again, and only then does one rename of the key file,
which names the database, put it in force. Until that instant the old generation is whole.
"""

from collections.abc import Callable
from contextlib import closing
from os import urandom
from pathlib import Path

from msgspec import Struct

from cotutor.domain.errors import CotutorError, Damaged
from cotutor.vault import files
from cotutor.vault.database import (
    Connection,
    Progress,
    connect,
    connect_new,
    copy,
    damage,
    translated,
    writing,
)
from cotutor.vault.keyfile import DATA_KEY_BYTES

_TABLES = ("reflection", "tag", "draft", "edit", "step", "encounter", "rating", "setting")
_JOURNAL = "-journal"


class Generation(Struct, frozen=True):
    """A database that no key file names yet."""

    database: str
    data_key: bytes
    connection: Connection
    """Open for use as soon as the key file is in force."""


def new_database_name() -> str:
    """A file name that tells nothing: ``vault-`` and sixteen random digits."""
    return f"vault-{urandom(8).hex()}.db"


def new_data_key() -> bytes:
    """A new data key: thirty-two random bytes from the operating system."""
    return urandom(DATA_KEY_BYTES)


def tally(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    with translated():
        return {
            table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  names of tables
            for table in _TABLES
        }


def next_generation(
    folder: Path,
    source: Connection,
    change: Callable[[Connection], None] | None = None,
    progress: Progress | None = None,
) -> Generation:
    """Copy a database under a fresh key, change the copy, and prove it.

    Args:
        folder: the vault's folder.
        source: the database to copy; it is only read.
        change: what to do to the copy, for instance delete rows; the copy is then compacted.
        progress: called as pages are copied.

    Raises:
        DiskFull, ReadOnly, Damaged, CotutorError: there is no new generation, and what was
            written of it has been removed.
    """
    name, data_key = new_database_name(), new_data_key()
    path = folder / name
    try:
        expected = _written(path, data_key, source, change, progress)
        return Generation(name, data_key, proved(path, data_key, expected))
    except CotutorError:
        discard(path)
        raise


def proved(
    path: Path, data_key: bytes | bytearray, expected: dict[str, int], *, read_only: bool = False
) -> Connection:
    """Bring a copy to the disk, open it afresh and see that all of it is there and sound.

    Raises:
        Damaged: the copy is not what it should be.
    """
    files.sync(path)
    files.sync_folder(path.parent)
    connection = connect(path, data_key, read_only=read_only)
    if damage(connection) is not None or tally(connection) != expected:
        connection.close()
        raise Damaged(
            "The copy could not be read back as it was written. Nothing was changed; check the disk."
        )
    return connection


def discard(path: Path) -> None:
    """Remove a database that no key file names, with its journal, as far as that goes."""
    for name in (path.name, path.name + _JOURNAL):
        try:
            files.remove(path.with_name(name))
        except CotutorError:
            continue


def _written(
    path: Path,
    data_key: bytes,
    source: Connection,
    change: Callable[[Connection], None] | None,
    progress: Progress | None,
) -> dict[str, int]:
    with closing(connect_new(path, data_key)) as target:
        copy(source, target, progress)
        if change is not None:
            with writing(target):
                change(target)
            with translated():
                target.execute("VACUUM")
        return tally(source if change is None else target)
