"""The tables, and how an older vault becomes one of this version.

``user_version`` counts migrations. Each is one script, run in one transaction after a verified
backup; none is ever changed once released.
"""

from sqlcipher3 import dbapi2

from cotutor.domain.errors import NewerVersion
from cotutor.vault.database import Connection, translated, writing

_FIRST = """
CREATE TABLE reflection(
  -- The day's number times 2^20, plus a counter: the order of the rows is the order of the days.
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  day TEXT NOT NULL,
  template TEXT NOT NULL,
  alias TEXT NOT NULL,
  tags TEXT NOT NULL,
  length INTEGER NOT NULL,
  expires TEXT,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  private TEXT NOT NULL,
  shareable TEXT NOT NULL
) STRICT;
CREATE INDEX reflection_expires ON reflection(expires) WHERE expires IS NOT NULL;
CREATE TABLE tag(
  name TEXT NOT NULL,
  reflection INTEGER NOT NULL REFERENCES reflection(id) ON UPDATE CASCADE ON DELETE CASCADE,
  PRIMARY KEY(name, reflection)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_reflection ON tag(reflection);
CREATE TABLE draft(
  uid TEXT PRIMARY KEY,
  saved INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE edit(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,
  changed INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX edit_uid ON edit(uid);
CREATE TABLE step(
  uid TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  due TEXT,
  state TEXT NOT NULL,
  reflection TEXT,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT;
CREATE TABLE encounter(
  uid TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  length INTEGER NOT NULL,
  setting TEXT NOT NULL,
  role TEXT NOT NULL,
  plan TEXT NOT NULL
) STRICT;
CREATE TABLE rating(
  uid TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  topic TEXT NOT NULL,
  before INTEGER,
  after INTEGER
) STRICT;
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE found USING fts5(
  private, shareable, alias, tags,
  content='reflection', content_rowid='id',
  prefix='2 3', tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO found(found, rank) VALUES('secure-delete', 1);
CREATE TRIGGER reflection_added AFTER INSERT ON reflection BEGIN
  INSERT INTO found(rowid, private, shareable, alias, tags)
    VALUES(new.id, new.private, new.shareable, new.alias, new.tags);
END;
CREATE TRIGGER reflection_removed AFTER DELETE ON reflection BEGIN
  INSERT INTO found(found, rowid, private, shareable, alias, tags)
    VALUES('delete', old.id, old.private, old.shareable, old.alias, old.tags);
END;
CREATE TRIGGER reflection_changed AFTER UPDATE ON reflection BEGIN
  INSERT INTO found(found, rowid, private, shareable, alias, tags)
    VALUES('delete', old.id, old.private, old.shareable, old.alias, old.tags);
  INSERT INTO found(rowid, private, shareable, alias, tags)
    VALUES(new.id, new.private, new.shareable, new.alias, new.tags);
END;
PRAGMA application_id=1668576817;
"""

MIGRATIONS: tuple[str, ...] = (_FIRST,)
"""Script number n takes a vault from ``user_version`` n to n + 1."""


def version(connection: Connection) -> int:
    """How many migrations a database has been through."""
    with translated():
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(connection: Connection, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    """Refuse a database from the future.

    Raises:
        NewerVersion: a newer program has migrated it.
    """
    if version(connection) > len(migrations):
        raise NewerVersion(
            "A newer cotutor has used this vault. Open it with that version, or a later one; nothing was changed."
        )


def migrate(connection: Connection, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    """Bring a database to this version, one transaction for each version. The caller has backed it up."""
    for number in range(version(connection), len(migrations)):
        with writing(connection):
            for statement in statements(migrations[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={number + 1}")


def statements(script: str) -> list[str]:
    """The single statements of a script; ``executescript`` would commit the open transaction."""
    found, part = [], ""
    for line in script.splitlines(keepends=True):
        part += line
        if dbapi2.complete_statement(part):
            found.append(part.strip())
            part = ""
    return found
