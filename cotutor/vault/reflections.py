"""The reflections of an open vault: written, drafted, found, and what they were before.

Text is cleaned and checked here, before anything is stored; it reaches SQL only as parameters.
"""

from datetime import date, datetime

from msgspec import DecodeError, json
from msgspec.structs import replace

from cotutor.domain.errors import CotutorError, Damaged
from cotutor.domain.reflection import BOX_NAMES, TEXT_LIMIT, Box, Reflection, cleaned, tags_in
from cotutor.vault.database import Connection, translated
from cotutor.vault.rows import get, put, select, valid
from cotutor.vault.search import DAY_SHIFT, Found, Wanted, search
from cotutor.vault.store import Store, milliseconds

_HISTORY = "history"


class Reflections:
    """What an open vault holds of its owner's writing; ``vault.reflections``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, reflection: Reflection, now: datetime) -> Reflection:
        """Keep a reflection and drop its draft; what is returned is what was kept.

        Raises:
            DiskFull, ReadOnly, InUse, Damaged, CotutorError: it is as it was before.
        """
        _refuse_overlong(reflection)
        moment = milliseconds(now)
        kept = valid(replace(cleaned(reflection), changed=moment, created=reflection.created or moment))
        history = self.keeps_history
        with self._store.changing(now) as connection:
            before = get(connection, Reflection, kept.uid)
            if history and before is not None and before != kept:
                connection.execute(
                    "INSERT INTO edit(uid, changed, body) VALUES(?, ?, ?)",
                    (before.uid, before.changed, json.encode(before).decode()),
                )
            put_reflection(connection, kept)
            connection.execute("DELETE FROM draft WHERE uid = ?", (kept.uid,))
        return kept

    def get(self, uid: str) -> Reflection | None:
        """One reflection, or None if it is gone."""
        with translated():
            return get(self._store.connection, Reflection, uid)

    def all(self) -> list[Reflection]:
        """Every reflection, oldest first, in an order that does not depend on when it was saved."""
        with translated():
            return select(self._store.connection, Reflection, "ORDER BY day, uid")

    def count(self) -> int:
        """How many there are."""
        return self._store.count("reflection")

    def search(self, wanted: Wanted, *, limit: int = 50, offset: int = 0) -> list[Found]:
        """The newest reflections that fit; an empty ``Wanted`` lists them all."""
        wanted = replace(wanted, tag=next(iter(tags_in(wanted.tag)), ""))
        return search(self._store.connection, wanted, limit=limit, offset=offset)

    def tags(self) -> list[tuple[str, int]]:
        """Every tag with how many reflections carry it, in the order of the alphabet."""
        with translated():
            return self._store.connection.execute("SELECT name, count(*) FROM tag GROUP BY name").fetchall()

    def expired(self, today: date) -> list[str]:
        """The uids of reflections whose day to erase themselves has come."""
        with translated():
            rows = self._store.connection.execute(
                "SELECT uid FROM reflection WHERE expires IS NOT NULL AND expires <= ? ORDER BY uid",
                (today.isoformat(),),
            )
            return [row[0] for row in rows]

    # Drafts

    def save_draft(self, draft: Reflection, now: datetime) -> None:
        """Keep what is being written beside the last saved version; one draft for each reflection.

        Raises:
            DiskFull, ReadOnly, InUse, Damaged, CotutorError: the earlier draft is unchanged.
        """
        _refuse_overlong(draft)
        draft = valid(cleaned(draft))
        with self._store.changing(None) as connection:
            connection.execute(
                "INSERT INTO draft(uid, saved, body) VALUES(?, ?, ?)"
                " ON CONFLICT(uid) DO UPDATE SET saved = excluded.saved, body = excluded.body",
                (draft.uid, milliseconds(now), json.encode(draft).decode()),
            )

    def drafts(self) -> list[Reflection]:
        """Unfinished writing, the latest first."""
        with translated():
            rows = self._store.connection.execute(
                "SELECT body FROM draft ORDER BY saved DESC, uid"
            ).fetchall()
        return [_version(row[0]) for row in rows]

    def drop_draft(self, uid: str) -> None:
        """Throw a draft away."""
        with self._store.changing(None) as connection:
            connection.execute("DELETE FROM draft WHERE uid = ?", (uid,))

    # Earlier versions

    @property
    def keeps_history(self) -> bool:
        """Earlier versions are kept when a reflection is saved."""
        return bool(self._store.setting(_HISTORY))

    def keep_history(self, now: datetime, *, wanted: bool) -> None:
        """Begin to keep earlier versions, or stop and erase those that were kept."""
        self._store.set(_HISTORY, wanted or None)
        if not wanted:
            with self._store.changing(now) as connection:
                connection.execute("DELETE FROM edit")

    def history(self, uid: str) -> list[Reflection]:
        """What a reflection was before each change, the latest first; empty unless that is wanted."""
        with translated():
            rows = self._store.connection.execute(
                "SELECT body FROM edit WHERE uid = ? ORDER BY id DESC", (uid,)
            )
            return [_version(row[0]) for row in rows]


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


def _refuse_overlong(reflection: Reflection) -> None:
    """Too long a text is refused, not cut: what the writer sees is what is kept."""
    for box, text in ((Box.PRIVATE, reflection.private), (Box.SHAREABLE, reflection.shareable)):
        if len(text) > TEXT_LIMIT:
            raise CotutorError(
                f"“{BOX_NAMES[box]}” holds more than {TEXT_LIMIT:,} characters, the most that fits. Nothing"
                " was kept; take some out, or make two reflections of it."
            )


def _version(body: str) -> Reflection:
    """A draft or an earlier version as it was kept."""
    try:
        return json.decode(body, type=Reflection)
    except DecodeError:
        raise Damaged("A draft in the vault is not what cotutor writes. Restore a backup.") from None


def _number(connection: Connection, reflection: Reflection) -> int:
    """The row's number: kept while the day stays, else the next free one of its day."""
    first = reflection.day.toordinal() << DAY_SHIFT
    row = connection.execute("SELECT id FROM reflection WHERE uid = ?", (reflection.uid,)).fetchone()
    if row and row[0] >> DAY_SHIFT == reflection.day.toordinal():
        return int(row[0])
    last = connection.execute(
        "SELECT max(id) FROM reflection WHERE id BETWEEN ? AND ?", (first, first + (1 << DAY_SHIFT) - 1)
    ).fetchone()[0]
    return first if last is None else int(last) + 1
