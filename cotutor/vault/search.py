"""Searching as one types: newest first, filtered by tag, template, alias and day.

What is typed is never FTS5's query language: each word is quoted, and matches as a prefix; a
phrase in double quotes matches as it stands.
"""

import re
from datetime import date
from typing import Any

from msgspec import Struct

from cotutor.vault.database import Connection, translated

DAY_SHIFT = 20
"""Rows are numbered in the order of their days, with room for 2^20, a million, of one day."""
MOST_WORDS = 12
PREVIEW = 160
"""How many characters of a reflection a list needs."""

_PARTS = re.compile(r'"([^"]*)"|(\S+)')


class Wanted(Struct, frozen=True):
    """What to look for; everything that is given must hold."""

    text: str = ""
    tag: str = ""
    template: str = ""
    alias: str = ""
    since: date | None = None
    until: date | None = None
    """The last day, included."""


class Found(Struct, frozen=True):
    """A reflection as a list shows it."""

    uid: str
    day: date
    template: str
    alias: str
    tags: tuple[str, ...]
    private: str
    """The beginning of the private box."""
    shareable: str
    expires: date | None


_COLUMNS = (
    f"r.uid, r.day, r.template, r.alias, r.tags,"
    f" substr(r.private, 1, {PREVIEW}), substr(r.shareable, 1, {PREVIEW}), r.expires"
)


def search(connection: Connection, wanted: Wanted, *, limit: int = 50, offset: int = 0) -> list[Found]:
    """The newest reflections that fit, at most ``limit`` of them after the first ``offset``."""
    conditions, values = _conditions(wanted)
    query = match_expression(wanted.text)
    if wanted.text.strip() and not query:
        return []
    if query:
        source, number = "found JOIN reflection r ON r.id = found.rowid", "found.rowid"
        conditions.insert(0, "found MATCH ?")
        values.insert(0, query)
    else:
        source, number = "reflection r", "r.id"
    # The plus keeps SQLite from asking the index once for each reflection that has the tag.
    where = " AND ".join(conditions).replace("{tagged}", f"+{number}" if query else number)
    where = where.replace("{id}", number) or "1"
    with translated():
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM {source} WHERE {where} ORDER BY {number} DESC LIMIT ? OFFSET ?",  # noqa: S608  built from the literals of this file
            (*values, limit, offset),
        ).fetchall()
    return [_found(row) for row in rows]


def match_expression(text: str) -> str:
    """What somebody typed as an FTS5 query in which nothing has a special meaning; "" if nothing is left."""
    terms = []
    for phrase, word in _PARTS.findall(text[:400]):
        term = (phrase or word).replace('"', " ").replace("\0", " ").strip()
        if any(sign.isalnum() for sign in term):
            terms.append(f'"{term}"' if phrase else f'"{term}"*')
    return " ".join(terms[:MOST_WORDS])


def _conditions(wanted: Wanted) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    for condition, value in (
        ("{tagged} IN (SELECT reflection FROM tag WHERE name = ?)", wanted.tag),
        ("r.template = ?", wanted.template),
        ("r.alias = ?", wanted.alias),
        ("{id} >= ?", wanted.since and _lowest_number(wanted.since)),
        ("{id} < ?", wanted.until and _lowest_number(wanted.until) + (1 << DAY_SHIFT)),
    ):
        if value:
            conditions.append(condition)
            values.append(value)
    return conditions, values


def _lowest_number(day: date) -> int:
    """The number below which every row is about an earlier day."""
    return day.toordinal() << DAY_SHIFT


def _found(row: tuple[Any, ...]) -> Found:
    uid, day, template, alias, tags, private, shareable, expires = row
    return Found(
        uid=uid,
        day=date.fromisoformat(day),
        template=template,
        alias=alias,
        tags=tuple(tags.split()),
        private=private,
        shareable=shareable,
        expires=date.fromisoformat(expires) if expires else None,
    )
