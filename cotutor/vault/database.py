"""Opening the encrypted database, translated its failures apart, and checking that it is whole.

SQLCipher says "file is not a database" for a wrong key, for damage and for a text file alike. The
key file has proved the key before anything here is called, so here it always means damage.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from urllib.parse import quote

from sqlcipher3 import dbapi2

from cotutor.domain.errors import CotutorError, Damaged, DiskFull, InUse, ReadOnly, VaultMissing
from cotutor.vault import files

if TYPE_CHECKING:
    import sqlite3

APPLICATION_ID = 0x63747631
"""``ctv1``: marks a database as cotutor's."""

Connection: TypeAlias = "sqlite3.Connection"
"""What sqlcipher3's connections look like to a type checker; the two share their interface."""

Progress = Callable[[int, int], None]
"""Called with how many parts are done, and of how many."""

_HEX = b"0123456789abcdef"
# cipher_memory_security stays off: it locks and wipes every allocation, which made the slowest
# searches twenty times as slow as plain SQLite. No copy remains after a lock all the same, because
# locking ends the process.
_PRAGMAS = (
    "temp_store=memory",
    "secure_delete=on",
    "journal_mode=delete",
    "synchronous=extra",
    "trusted_schema=off",
    "mmap_size=0",
    "foreign_keys=on",
    # KiB. With SQLite's 2 MB a long transaction spills, and each spill waits for the disk.
    "cache_size=-16384",
)
_PAGES_A_STEP = 256


def connect(path: Path, data_key: bytes | bytearray, *, read_only: bool = False) -> Connection:
    """Open a database that exists, under its raw 32-byte key.

    Raises:
        VaultMissing: there is no such file, or it is empty and not new (see ``connect_new``).
        Damaged: it cannot be read at all.
        CotutorError: a link stands in its place, or it cannot be opened.
    """
    if not files.is_plain(path):
        raise VaultMissing(
            f"The vault's database {path.name} is missing or empty. Restore a backup; nothing was changed."
        )
    with translated():
        connection = _keyed(path, data_key, read_only=read_only)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            _refuse_foreign(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def connect_new(path: Path, data_key: bytes | bytearray) -> Connection:
    """Make an empty database of mode 0600 under a key; a file or link of its name is refused."""
    files.create(path)
    with translated():
        return _keyed(path, data_key, read_only=False)


def copy(source: Connection, target: Connection, progress: Progress | None = None) -> None:
    """Copy a database page by page, each page encrypted anew under the target's key."""

    def step(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    with translated():
        source.backup(target, pages=_PAGES_A_STEP, progress=step)


def damage(connection: Connection) -> str | None:
    """What is wrong with the database, in words; None if every page is what was written.

    Both checks are needed: the first authenticates each page but does not miss pages cut off
    the end, which the second does. The second goes through the tables one by one, because a
    check of everything at once also has FTS5 read every text again, which takes ten times as long
    and can find nothing in pages that are authentic.
    """
    try:
        pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if pages:
            count = f"{len(pages)} page{'' if len(pages) == 1 else 's'}"
            return f"{count} of the database changed since they were written"
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 UNION SELECT 'sqlite_master'"
        ).fetchall()
        for (name,) in tables:
            if connection.execute(f"PRAGMA quick_check('{name}')").fetchall() != [("ok",)]:
                return "the database's structure is broken"
    except dbapi2.Error:
        return "the database cannot be read through"
    return None


@contextmanager
def writing(connection: Connection) -> Iterator[Connection]:
    """One transaction: all of it happens, or none.

    Raises:
        DiskFull, ReadOnly, InUse, Damaged, CotutorError: none of it happened, unless the message
            says that it may have.
    """
    with translated():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLCipher's errors into ours; theirs can quote what was being written."""
    try:
        yield
    except dbapi2.Error as error:
        problem = _problem(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    except UnicodeEncodeError:
        problem = CotutorError("The text holds characters that cannot be stored.")
    else:
        return
    raise problem from None


def _refuse_foreign(connection: Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Damaged("The vault's database is not one that cotutor made.")


def _problem(code: int) -> CotutorError:
    match code:
        case 13:
            return DiskFull(
                "The disk is full: this change was not kept. What was saved before is unchanged; make room"
                " and try again."
            )
        case 8 | 14:
            return ReadOnly("The vault cannot be changed: its folder or disk is read-only.")
        case 5 | 6:
            return InUse("Another program has the vault's database open. Close it there and try again.")
        case 11 | 26:
            return Damaged("The vault's database is damaged. Restore a backup, or check the vault.")
        case 10:
            return CotutorError(
                "The disk reported an error: this change may not have been kept. What was saved before is"
                " unchanged."
            )
    return CotutorError("The vault's database refused what it was asked; nothing was changed.")


def _keyed(path: Path, data_key: bytes | bytearray, *, read_only: bool) -> Connection:
    address = f"file:{quote(os.fspath(path.absolute()))}?mode={'ro' if read_only else 'rw'}"
    # The connection comes from an untyped module; see ``Connection``.
    connection: Any = dbapi2.connect(address, uri=True, isolation_level=None, cached_statements=0, timeout=2)
    literal = key_literal(data_key)
    try:
        # Process-wide, and first: a damaged page would be reported on the terminal.
        connection.execute("PRAGMA cipher_log_level=none")
        connection.set_key(literal)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    finally:
        literal[:] = bytes(len(literal))
    return cast("Connection", connection)


def key_literal(data_key: bytes | bytearray) -> bytearray:
    """The key as SQLCipher takes it raw: ``x'`` + 64 hex digits + ``'``, in memory that can be wiped.

    A literal of any other length would silently be treated as a passphrase.
    """
    literal = bytearray(b"x'" + bytes(64) + b"'")
    for place, byte in enumerate(data_key):
        literal[2 + 2 * place] = _HEX[byte >> 4]
        literal[3 + 2 * place] = _HEX[byte & 15]
    if len(data_key) != 32 or len(literal) != 67:
        raise ValueError("a data key has 32 bytes")
    return literal
