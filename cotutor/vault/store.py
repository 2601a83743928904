"""What an open vault holds, and every change to it. Each change is one transaction.

Text arrives here already clean; it reaches SQL only as parameters.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from msgspec import DecodeError, json

from cotutor.domain.errors import Damaged, ReadOnly
from cotutor.domain.reflection import Encounter, NextStep, Reflection, SelfRating, StepState
from cotutor.vault.database import Connection, telling, writing
from cotutor.vault.records import TABLES, get, put, select

_DAY_SHIFT = 20  # a million reflections a day, in the order of their days
_SAVED = "saved"

Record = NextStep | Encounter | SelfRating


class Store:
    """The contents of one open database."""

    def __init__(self, connection: Connection, *, read_only: bool = False) -> None:
        self.connection = connection
        self.read_only = read_only

    # Reflections

    def save(self, reflection: Reflection, now: int, *, history: bool = False) -> None:
        """Keep a reflection, new or changed, and drop its draft.

        Args:
            reflection: with clean text.
            now: the moment, for the time of the last save.
            history: also keep what it was before.
        """
        with self._changing(now) as connection:
            before = get(connection, Reflection, reflection.uid)
            if history and before is not None and before != reflection:
                connection.execute(
                    "INSERT INTO edit(uid, changed, body) VALUES(?, ?, ?)",
                    (before.uid, before.changed, json.encode(before).decode()),
                )
            put_reflection(connection, reflection)
            connection.execute("DELETE FROM draft WHERE uid = ?", (reflection.uid,))

    def reflection(self, uid: str) -> Reflection | None:
        """One reflection."""
        with telling():
            return get(self.connection, Reflection, uid)

    def all_reflections(self) -> list[Reflection]:
        """Every reflection, oldest first, in an order that does not depend on when it was saved."""
        with telling():
            return select(self.connection, Reflection, "ORDER BY day, uid")

    def count(self) -> int:
        """How many reflections there are."""
        with telling():
            return int(self.connection.execute("SELECT count(*) FROM reflection").fetchone()[0])

    def remove(self, uids: list[str], now: int) -> None:
        """Delete reflections with their drafts, history and next steps. See ``forget`` for the key."""
        with self._changing(now) as connection:
            remove_reflections(connection, uids)

    def expired(self, today: date) -> list[str]:
        """The uids of reflections whose day to erase themselves has come."""
        with telling():
            rows = self.connection.execute(
                "SELECT uid FROM reflection WHERE expires IS NOT NULL AND expires <= ? ORDER BY uid",
                (today.isoformat(),),
            )
            return [row[0] for row in rows]

    def tags(self) -> list[tuple[str, int]]:
        """Every tag with how many reflections carry it, in the order of the alphabet."""
        with telling():
            return self.connection.execute("SELECT name, count(*) FROM tag GROUP BY name").fetchall()

    # Drafts and history

    def save_draft(self, draft: Reflection, now: int) -> None:
        """Keep what is being written, beside the last saved version; one draft for each reflection."""
        with self._changing(None) as connection:
            connection.execute(
                "INSERT INTO draft(uid, saved, body) VALUES(?, ?, ?)"
                " ON CONFLICT(uid) DO UPDATE SET saved = excluded.saved, body = excluded.body",
                (draft.uid, now, json.encode(draft).decode()),
            )

    def drafts(self) -> list[Reflection]:
        """What was being written when the vault was last locked, the latest first."""
        with telling():
            rows = self.connection.execute("SELECT body FROM draft ORDER BY saved DESC, uid").fetchall()
        return [_version(row[0]) for row in rows]

    def drop_draft(self, uid: str) -> None:
        """Forget a draft."""
        with self._changing(None) as connection:
            connection.execute("DELETE FROM draft WHERE uid = ?", (uid,))

    def history(self, uid: str) -> list[Reflection]:
        """What a reflection was before each change, the latest first."""
        with telling():
            rows = self.connection.execute("SELECT body FROM edit WHERE uid = ? ORDER BY id DESC", (uid,))
            return [_version(row[0]) for row in rows]

    def erase_history(self, now: int) -> None:
        """Forget every earlier version."""
        with self._changing(now) as connection:
            connection.execute("DELETE FROM edit")

    # Next steps, encounters, self-ratings

    def put(self, record: Record, now: int) -> None:
        """Keep a next step, an encounter or a self-rating, new or changed."""
        with self._changing(now) as connection:
            put(connection, record)

    def drop(self, kind: type[Record], uid: str, now: int) -> None:
        """Delete one."""
        with self._changing(now) as connection:
            connection.execute(f"DELETE FROM {TABLES[kind]} WHERE uid = ?", (uid,))  # noqa: S608  a table's name

    def steps(self, *, open_only: bool = False) -> list[NextStep]:
        """Next steps: by due day, those without one last."""
        clause = (
            "WHERE state = ? ORDER BY due IS NULL, due, uid"
            if open_only
            else "ORDER BY due IS NULL, due, uid"
        )
        with telling():
            return select(self.connection, NextStep, clause, (StepState.OPEN,) if open_only else ())

    def step(self, uid: str) -> NextStep | None:
        """One next step."""
        with telling():
            return get(self.connection, NextStep, uid)

    def encounters(self) -> list[Encounter]:
        """The encounter log, oldest first."""
        with telling():
            return select(self.connection, Encounter, "ORDER BY day, uid")

    def erase_encounters(self, now: int) -> None:
        """Erase the encounter log and nothing else."""
        with self._changing(now) as connection:
            connection.execute("DELETE FROM encounter")

    def ratings(self) -> list[SelfRating]:
        """Self-ratings, oldest first."""
        with telling():
            return select(self.connection, SelfRating, "ORDER BY day, uid")

    # Settings

    def setting(self, name: str) -> Any:
        """A setting's value, or None."""
        with telling():
            row = self.connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        try:
            return json.decode(row[0]) if row else None
        except DecodeError:
            return None

    def set(self, name: str, value: Any) -> None:
        """Keep a setting: any JSON value; None removes it."""
        with self._changing(None) as connection:
            set_setting(connection, name, value)

    def last_saved(self) -> int | None:
        """The moment of the last change to what the vault holds."""
        found = self.setting(_SAVED)
        return found if isinstance(found, int) else None

    def refuse_read_only(self) -> None:
        """Refuse a change to a vault that is open for reading only.

        Raises:
            ReadOnly: it is.
        """
        if self.read_only:
            raise ReadOnly("The vault is open for reading only, so nothing can be changed in it.")

    @contextmanager
    def _changing(self, now: int | None) -> Iterator[Connection]:
        """A transaction that, given a moment, also notes it as the time of the last save."""
        self.refuse_read_only()
        with writing(self.connection) as connection:
            yield connection
            if now is not None:
                set_setting(connection, _SAVED, now)


def put_reflection(connection: Connection, reflection: Reflection) -> None:
    """Insert or replace a reflection with its place in the order of days and its tags."""
    number = _number(connection, reflection)
    put(connection, reflection, id=number)
    connection.execute("DELETE FROM tag WHERE reflection = ?", (number,))
    connection.executemany(
        "INSERT INTO tag(name, reflection) VALUES(?, ?)", [(tag, number) for tag in reflection.tags]
    )


def remove_reflections(connection: Connection, uids: list[str] | None) -> None:
    """Delete reflections and all that hangs on them; None deletes them all."""
    for table, column in (("reflection", "uid"), ("draft", "uid"), ("edit", "uid"), ("step", "reflection")):
        if uids is None:
            kept = " WHERE reflection IS NOT NULL" if table == "step" else ""
            connection.execute(f"DELETE FROM {table}{kept}")  # noqa: S608  names of tables
        else:
            connection.executemany(
                f"DELETE FROM {table} WHERE {column} = ?",  # noqa: S608  names of tables and columns
                [(uid,) for uid in uids],
            )


def set_setting(connection: Connection, name: str, value: Any) -> None:
    """Keep a setting inside somebody else's transaction."""
    if value is None:
        connection.execute("DELETE FROM setting WHERE name = ?", (name,))
        return
    connection.execute(
        "INSERT INTO setting(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        (name, json.encode(value).decode()),
    )


def _version(body: str) -> Reflection:
    """A draft or an earlier version as it was kept."""
    try:
        return json.decode(body, type=Reflection)
    except DecodeError:
        raise Damaged("A draft in the vault is not what cotutor writes. Restore a backup.") from None


def _number(connection: Connection, reflection: Reflection) -> int:
    """The row's number: kept while the day stays, else the next free one of its day."""
    first = reflection.day.toordinal() << _DAY_SHIFT
    row = connection.execute("SELECT id FROM reflection WHERE uid = ?", (reflection.uid,)).fetchone()
    if row and row[0] >> _DAY_SHIFT == reflection.day.toordinal():
        return int(row[0])
    last = connection.execute(
        "SELECT max(id) FROM reflection WHERE id BETWEEN ? AND ?", (first, first + (1 << _DAY_SHIFT) - 1)
    ).fetchone()[0]
    return first if last is None else int(last) + 1


def lowest_number(day: date) -> int:
    """The number below which every row is about an earlier day."""
    return day.toordinal() << _DAY_SHIFT
