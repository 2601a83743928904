import re
from datetime import date
from pathlib import Path

import pytest

from cotutor.domain.errors import CotutorError, Damaged
from cotutor.domain.reflection import Reflection
from cotutor.vault.database import Connection
from cotutor.vault.generation import discard, new_data_key, new_database_name, next_generation, proved, tally
from cotutor.vault.vault import Vault
from tests.vault.conftest import no_file_grows_beyond, still_open
from tests.vault.moments import at


@pytest.fixture
def filled(vault: Vault) -> Vault:
    for number in range(4):
        body = "a long note " * 900
        vault.reflections.save(
            Reflection(f"{number:016x}", date(2026, 1, 1), private=body, tags=("a", "b")), at(number)
        )
    vault.steps.add("ask", at(5))
    return vault


def test_names_and_keys_are_drawn_by_chance() -> None:
    names = {new_database_name() for _ in range(50)}
    assert len(names) == len({new_data_key() for _ in range(50)}) == 50
    assert all(re.fullmatch(r"vault-[0-9a-f]{16}\.db", name) for name in names)
    assert len(new_data_key()) == 32


def test_every_table_is_counted(filled: Vault) -> None:
    counted = tally(filled._store.connection)
    tables = filled._store.connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'found%' AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    assert set(counted) == {name for (name,) in tables}
    assert (counted["reflection"], counted["tag"], counted["step"], counted["draft"]) == (4, 8, 1, 0)


def test_the_next_generation_holds_the_same_under_another_name_and_key(filled: Vault) -> None:
    made = next_generation(filled.folder, filled._store.connection)
    assert made.database != filled._key.key_file.database
    assert made.data_key != bytes(filled._key.data_key)
    assert tally(made.connection) == tally(filled._store.connection)
    made.connection.close()
    assert len([path for path in still_open(filled.folder) if path.endswith(".db")]) == 1


def test_what_is_changed_in_the_copy_alone_leaves_no_free_room(filled: Vault) -> None:
    def less(connection: Connection) -> None:
        connection.execute("DELETE FROM reflection WHERE uid > ?", (f"{0:016x}",))

    made = next_generation(filled.folder, filled._store.connection, less)
    assert tally(made.connection)["reflection"] == 1
    assert made.connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert filled.reflections.count() == 4
    made.connection.close()


def test_a_generation_that_cannot_be_written_leaves_nothing(filled: Vault) -> None:
    before = set(filled.folder.iterdir())
    opened = still_open(filled.folder)
    with pytest.raises(CotutorError) as told, no_file_grows_beyond(4096 * 4):
        next_generation(filled.folder, filled._store.connection)
    assert set(filled.folder.iterdir()) == before
    assert still_open(filled.folder) == opened, told.value


def test_a_copy_that_lacks_a_row_is_not_proved_and_not_held(filled: Vault) -> None:
    key, expected = filled._key, tally(filled._store.connection)
    proved(key.database, key.data_key, expected).close()
    opened = still_open(filled.folder)
    with pytest.raises(Damaged, match="could not be read back") as told:
        proved(key.database, key.data_key, expected | {"step": 2})
    assert still_open(filled.folder) == opened, told.value


def test_discarding_goes_as_far_as_it_can(tmp_path: Path) -> None:
    for database in (tmp_path / "file.db", tmp_path / "folder.db"):
        database.with_name(f"{database.name}-journal").touch()
    (tmp_path / "file.db").touch()
    (tmp_path / "folder.db").mkdir()
    for database in (tmp_path / "file.db", tmp_path / "folder.db", tmp_path / "none.db"):
        discard(database)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.db"]
