"""The open database behind a vault: its connection, one transaction for each change, its settings.

Re-encrypting moves a vault to another database, so whatever reads or writes asks this object for
the connection each time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from msgspec import DecodeError, json

from cotutor.domain.errors import ReadOnly
from cotutor.vault.database import Connection, translated, writing

_SAVED = "saved"


class Store:
    """One open database; used inside this package only."""

    def __init__(self, connection: Connection, *, read_only: bool = False) -> None:
        self.connection = connection
        self.read_only = read_only

    def setting(self, name: str) -> Any:
        """A setting's value, or None."""
        with translated():
            row = self.connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        try:
            return json.decode(row[0]) if row else None
        except DecodeError:
            return None

    def set(self, name: str, value: Any) -> None:
        """Keep a setting: any JSON value; None removes it."""
        with self.changing(None) as connection:
            set_setting(connection, name, value)

    def last_saved(self) -> int | None:
        """The moment of the last change to what the vault holds, in milliseconds since 1970."""
        found = self.setting(_SAVED)
        return found if isinstance(found, int) else None

    def count(self, table: str) -> int:
        """How many rows a table has."""
        with translated():
            return int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  a table's name

    def refuse_read_only(self) -> None:
        """Refuse a change to a vault that is open for reading only.

        Raises:
            ReadOnly: it is.
        """
        if self.read_only:
            raise ReadOnly("The vault is open for reading only, so nothing can be changed in it.")

    @contextmanager
    def changing(self, now: datetime | None) -> Iterator[Connection]:
        """A transaction that, given a moment, also notes it as the time of the last save.

        Raises:
            ReadOnly, DiskFull, InUse, Damaged, CotutorError: see ``database.writing``.
        """
        self.refuse_read_only()
        with writing(self.connection) as connection:
            yield connection
            if now is not None:
                set_saved(connection, now)


def milliseconds(now: datetime) -> int:
    """A moment as the vault keeps it: milliseconds since 1970 in UTC."""
    return int(now.timestamp() * 1000)


def set_saved(connection: Connection, now: datetime) -> None:
    """Note the moment of a change inside somebody else's transaction."""
    set_setting(connection, _SAVED, milliseconds(now))


def set_setting(connection: Connection, name: str, value: Any) -> None:
    """Keep a setting inside somebody else's transaction."""
    if value is None:
        connection.execute("DELETE FROM setting WHERE name = ?", (name,))
        return
    connection.execute(
        "INSERT INTO setting(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        (name, json.encode(value).decode()),
    )
