from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from cotutor.domain.errors import CotutorError, Damaged, DiskFull, InUse, ReadOnly, VaultMissing
from cotutor.vault.database import connect, connect_new, copy, damage, key_literal, translated, writing
from tests.vault.conftest import still_open

KEY = bytes(range(0x70, 0x90))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database of cotutor's with one table in it."""
    connection = connect_new(tmp_path / "x.db", KEY)
    connection.execute("PRAGMA application_id=1668576817")
    connection.execute("CREATE TABLE note(text)")
    connection.close()
    return tmp_path / "x.db"


def test_a_key_is_given_raw_and_has_32_bytes() -> None:
    assert bytes(key_literal(KEY)) == b"x'" + KEY.hex().encode() + b"'"
    for wrong in (b"", KEY[:-1], KEY + b"1"):
        with pytest.raises((ValueError, IndexError)):
            key_literal(wrong)


def test_a_database_is_opened_only_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    for name in ("empty.db", "none.db"):
        with pytest.raises(VaultMissing):
            connect(tmp_path / name, KEY)
    assert [one.name for one in tmp_path.iterdir()] == ["empty.db"]


def test_what_another_program_made_is_refused_and_let_go(path: Path) -> None:
    connection = connect(path, KEY)
    connection.execute("PRAGMA application_id=1668576816")
    connection.close()
    with pytest.raises(Damaged, match="not one that cotutor made") as told:
        connect(path, KEY)
    assert still_open(path.parent) == [], told.value
    with pytest.raises(Damaged) as told:
        connect(path, bytes(32))
    assert still_open(path.parent) == [], told.value


def test_only_what_is_opened_for_writing_can_be_written(path: Path) -> None:
    reader = connect(path, KEY, read_only=True)
    with pytest.raises(ReadOnly), writing(reader) as connection:
        connection.execute("DELETE FROM note")
    reader.close()
    writer = connect(path, KEY)
    with writing(writer) as connection:
        connection.execute("INSERT INTO note VALUES('kept')")
    writer.close()


def test_a_change_that_fails_half_way_is_taken_back_and_the_next_one_is_kept(path: Path) -> None:
    connection = connect(path, KEY)

    def fail() -> None:
        with writing(connection):
            connection.execute("INSERT INTO note VALUES('lost')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not connection.in_transaction
    with writing(connection):
        connection.execute("INSERT INTO note VALUES('kept')")
    assert connection.execute("SELECT text FROM note").fetchall() == [("kept",)]
    connection.close()


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (5, InUse, "Another program"),
        (6, InUse, "Another program"),
        (8, ReadOnly, "read-only"),
        (10, CotutorError, "disk reported an error"),
        (11, Damaged, "is damaged"),
        (13, DiskFull, "disk is full"),
        (14, ReadOnly, "read-only"),
        (26, Damaged, "is damaged"),
        (0, CotutorError, "refused what it was asked"),
        (1, CotutorError, "refused what it was asked"),
        (None, CotutorError, "refused what it was asked"),
    ],
)
@pytest.mark.parametrize("extended", [0, 1 << 8, 33 << 8])
def test_a_failure_is_told_for_what_it_is_and_never_in_the_databases_words(
    code: int | None, extended: int, kind: type[CotutorError], words: str
) -> None:
    failure = dbapi2.OperationalError("near SECRET")
    if code is not None:
        failure.sqlite_errorcode = code | extended
    with pytest.raises(CotutorError, match=words) as told, translated():
        raise failure
    assert type(told.value) is kind
    assert told.value.__cause__ is None
    assert "SECRET" not in told.value.message


def test_a_copy_tells_how_far_it_is_every_256_pages(path: Path, tmp_path: Path) -> None:
    source, target = connect(path, KEY), connect_new(tmp_path / "copy.db", bytes(32))
    source.execute(f"INSERT INTO note VALUES(zeroblob({4096 * 600}))")
    seen: list[tuple[int, int]] = []
    copy(source, target, lambda done, total: seen.append((done, total)))
    (total,) = source.execute("PRAGMA page_count").fetchone()
    assert total > 600
    assert seen == [(256, total), (512, total), (total, total)]
    assert target.execute("SELECT length(text) FROM note").fetchone() == (4096 * 600,)
    source.close()
    target.close()


@pytest.mark.parametrize(
    ("pages", "words"), [((), None), ((3,), "1 page of the database"), ((3, 5), "2 pages of the database")]
)
def test_the_pages_that_changed_are_counted(path: Path, pages: tuple[int, ...], words: str | None) -> None:
    connection = connect(path, KEY)
    connection.execute(f"INSERT INTO note VALUES(zeroblob({4096 * 9}))")
    connection.close()
    with path.open("r+b") as file:
        for page in pages:
            file.seek(4096 * page + 100)
            file.write(b"scratch")
    connection = connect(path, KEY, read_only=True)
    found = damage(connection)
    connection.close()
    assert found is None if words is None else (found or "").startswith(words)
    assert damage(connection) == "the database cannot be read through"
