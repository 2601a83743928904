"""Frozen structs in and out of tables whose columns are their fields."""

from typing import Any

from msgspec import Struct, ValidationError, convert, to_builtins

from cotutor.domain.errors import CotutorError, Damaged
from cotutor.domain.reflection import Encounter, Entry, NextStep, Reflection, SelfRating
from cotutor.vault.database import Connection

TABLES: dict[type[Struct], str] = {
    Reflection: "reflection",
    NextStep: "step",
    Encounter: "encounter",
    SelfRating: "rating",
}
"""The table that holds each kind of value."""


def columns(kind: type[Struct]) -> str:
    """The columns of a kind of value, as SQL lists them."""
    return ",".join(kind.__struct_fields__)


def put(connection: Connection, value: Struct, **more: int) -> None:
    """Insert a value, or replace what has its uid; ``more`` are columns that no field fills."""
    row = _row(value) | more
    names = ",".join(row)
    places = ",".join(f":{name}" for name in row)
    changes = ",".join(f"{name}=excluded.{name}" for name in row)
    # Only names of tables and fields go into the text; the values are bound.
    connection.execute(
        f"INSERT INTO {TABLES[type(value)]}({names}) VALUES({places}) ON CONFLICT(uid) DO UPDATE SET {changes}",
        row,
    )


def get(connection: Connection, kind: type[Entry], uid: str) -> Entry | None:
    """The value with this uid, if there is one."""
    found = select(connection, kind, "WHERE uid = ?", (uid,))
    return found[0] if found else None


def select(
    connection: Connection, kind: type[Entry], clause: str = "", values: tuple[Any, ...] = ()
) -> list[Entry]:
    """All values of a kind that a clause picks and orders; what people typed goes into ``values``."""
    rows = connection.execute(f"SELECT {columns(kind)} FROM {TABLES[kind]} {clause}", values)  # noqa: S608  clauses are written in this package
    return [value(kind, row) for row in rows]


def drop(connection: Connection, kind: type[Struct], uid: str) -> None:
    """Delete the value with this uid, if there is one."""
    connection.execute(f"DELETE FROM {TABLES[kind]} WHERE uid = ?", (uid,))  # noqa: S608  a table's name


def value(kind: type[Entry], row: tuple[Any, ...]) -> Entry:
    """A row as a value.

    Raises:
        Damaged: the row is not what this program writes.
    """
    fields: dict[str, Any] = dict(zip(kind.__struct_fields__, row, strict=True))
    if "tags" in fields:
        fields["tags"] = fields["tags"].split()
    try:
        return convert(fields, kind)
    except ValidationError:
        raise Damaged("An entry of the vault is not what cotutor writes. Restore a backup.") from None


def valid(entry: Entry) -> Entry:
    """The entry, once it keeps to its type's bounds.

    Raises:
        CotutorError: it does not; the message names the field, never its content.
    """
    try:
        return convert(to_builtins(entry), type(entry))
    except ValidationError as error:
        place = str(error).rpartition("$.")[2].rstrip("`") or "entry"
    raise CotutorError(f"This cannot be kept: the {place} is empty, too long or outside its range.")


def _row(value: Struct) -> dict[str, Any]:
    row: dict[str, Any] = to_builtins(value)
    if "tags" in row:
        row["tags"] = " ".join(row["tags"])
    return row
