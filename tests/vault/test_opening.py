import hashlib
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cotutor.domain.errors import (
    CotutorError,
    Damaged,
    InUse,
    NewerVersion,
    NotAVault,
    ReadOnly,
    VaultMissing,
    WrongPassphrase,
)
from cotutor.vault import keyfile, recovery
from cotutor.vault.database import connect
from cotutor.vault.keys import prepare, prove_passphrase, prove_recovery
from cotutor.vault.opening import create, open_vault, restore
from cotutor.vault.schema import MIGRATIONS, version
from cotutor.vault.vault import Vault
from tests.vault.cheap import CHEAP
from tests.vault.conftest import NOW, PASSPHRASE, no_file_grows_beyond, still_open


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}


def test_a_new_vault_is_three_private_files(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        vault = create(tmp_path / "new" / "vault", prepare(PASSPHRASE, CHEAP), NOW)
        vault.back_up(NOW)
        vault.close()
    finally:
        os.umask(before)
    found = modes(tmp_path / "new" / "vault")
    assert {name: mode for name, mode in found.items() if mode not in (0o600, 0o700)} == {}
    assert found["vault"] == found["backups"] == 0o700
    assert found["vault.key"] == found["vault.lock"] == 0o600


def test_opening_makes_loose_permissions_private_again(folder: Path) -> None:
    folder.chmod(0o755)
    (folder / "vault.key").chmod(0o644)
    open_vault(prove_passphrase(folder, PASSPHRASE), NOW).close()
    assert modes(folder)["vault"] == 0o700
    assert modes(folder)["vault.key"] == 0o600


def test_a_wrong_passphrase_is_called_that(folder: Path) -> None:
    with pytest.raises(WrongPassphrase, match="not the passphrase") as told:
        prove_passphrase(folder, "something else")
    assert told.value.exit_code == 3
    with pytest.raises(WrongPassphrase, match="no recovery key"):
        prove_recovery(folder, "00000-00000-00000-00000-00000-" + _check("0" * 25))


def _check(data: str) -> str:
    return recovery._check(data)


def test_an_empty_or_absent_folder_is_no_vault(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NotAVault) as told:
            prove_passphrase(folder, "x")
        assert told.value.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_a_missing_key_file_beside_a_database_is_damage(folder: Path) -> None:
    (folder / "vault.key").unlink()
    with pytest.raises(Damaged, match=r"vault\.key is missing"):
        prove_passphrase(folder, PASSPHRASE)
    with pytest.raises(CotutorError, match="without its key file"):
        create(folder, prepare("x", CHEAP), NOW)


@pytest.mark.parametrize("empty", [True, False])
def test_a_missing_or_empty_database_is_never_a_new_vault(folder: Path, *, empty: bool) -> None:
    key = prove_passphrase(folder, PASSPHRASE)
    key.database.write_bytes(b"") if empty else key.database.unlink()
    with pytest.raises(VaultMissing, match="missing or empty"):
        open_vault(key, NOW)
    assert not key.database.exists() or key.database.stat().st_size == 0


def test_a_text_file_in_its_place_is_damage(folder: Path) -> None:
    key = prove_passphrase(folder, PASSPHRASE)
    key.database.write_bytes(b"dear diary\n" * 1000)
    with pytest.raises(Damaged, match="database is damaged") as told:
        open_vault(key, NOW)
    assert told.value.exit_code == 4


def test_a_second_vault_is_not_put_over_the_first(folder: Path) -> None:
    before = (folder / "vault.key").read_bytes()
    with pytest.raises(CotutorError, match="already a vault"):
        create(folder, prepare("other", CHEAP), NOW)
    assert (folder / "vault.key").read_bytes() == before


def test_a_newer_key_file_is_refused_by_version(folder: Path) -> None:
    path = folder / "vault.key"
    body = path.read_bytes().rpartition(b',"check"')[0].replace(b'"version":1', b'"version":2')
    check = hashlib.sha256(body).hexdigest().encode()
    path.write_bytes(body + b',"check":"' + check + b'"}\n')
    with pytest.raises(NewerVersion) as told:
        prove_passphrase(folder, PASSPHRASE)
    assert told.value.exit_code == 6


def test_a_newer_database_is_refused_and_left_alone(folder: Path) -> None:
    key = prove_passphrase(folder, PASSPHRASE)
    connection = connect(key.database, key.data_key)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    before = key.database.read_bytes()
    with pytest.raises(NewerVersion):
        open_vault(key, NOW)
    assert key.database.read_bytes() == before


SECOND = """
import sys
from pathlib import Path
from tests.vault.cheap import allow_cheap
from tests.vault.conftest import NOW, PASSPHRASE
from cotutor.domain.errors import CotutorError
from cotutor.vault.keys import prove_passphrase
from cotutor.vault.opening import open_vault
allow_cheap()
try:
    open_vault(prove_passphrase(Path(sys.argv[1]), PASSPHRASE), NOW)
except CotutorError as error:
    print(error.message)
    sys.exit(error.exit_code)
"""


def second(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SECOND, str(folder)], capture_output=True, text=True, check=False
    )


def test_a_second_program_is_told_and_touches_nothing(vault: Vault) -> None:
    before = {path.name: path.read_bytes() for path in vault.folder.iterdir()}
    done = second(vault.folder)
    assert done.returncode == 5, done.stderr
    assert "Another cotutor has this vault open" in done.stdout
    assert {path.name: path.read_bytes() for path in vault.folder.iterdir()} == before
    vault.close()
    assert second(vault.folder).returncode == 0


def test_a_key_that_was_proved_before_another_program_changed_it_opens_nothing(folder: Path) -> None:
    stale = prove_passphrase(folder, PASSPHRASE)
    vault = open_vault(prove_passphrase(folder, PASSPHRASE), NOW)
    vault.set_passphrase(prepare("another", CHEAP), NOW)
    vault.close()
    with pytest.raises(InUse, match="Unlock it again"):
        open_vault(stale, NOW)


@pytest.mark.parametrize("name", ["vault.key", "vault.lock", "database"])
def test_a_planted_link_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    key = prove_passphrase(folder, PASSPHRASE)
    path = key.database if name == "database" else folder / name
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CotutorError, match="link"):
        open_vault(prove_passphrase(folder, PASSPHRASE), NOW)


def test_a_link_planted_where_a_temporary_file_will_be_is_not_followed(vault: Vault, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (vault.folder / "vault.key.tmp").symlink_to(victim)
    vault.set_passphrase(prepare("another", CHEAP), NOW)
    assert victim.read_text() == "precious"


def test_what_interrupted_work_left_is_removed_once_the_vault_is_known_to_be_sound(folder: Path) -> None:
    database = prove_passphrase(folder, PASSPHRASE).key_file.database
    stray = ["vault-0123456789abcdef.db", "vault-0123456789abcdef.db-journal", f"{database}-journal"]
    for name in [*stray, "vault.key.tmp", "vault.key.new", ".export.md.00ff00ff.tmp", "a letter.txt"]:
        (folder / name).write_bytes(b"")
    (folder / "backups" / ".2026-01-01-000000.tmp").mkdir(parents=True)
    open_vault(prove_passphrase(folder, PASSPHRASE), NOW).close()
    left = {path.name for path in folder.iterdir()}
    assert left == {database, "vault.key", "vault.lock", "backups", "a letter.txt"}
    assert list((folder / "backups").iterdir()) == []


def test_nothing_is_removed_while_the_vault_is_damaged(folder: Path) -> None:
    key = prove_passphrase(folder, PASSPHRASE)
    (folder / "vault-0123456789abcdef.db").write_bytes(key.database.read_bytes())
    with key.database.open("r+b") as file:
        file.seek(-100, os.SEEK_END)
        file.write(b"scratch")
    vault = open_vault(key, NOW)
    assert vault.damage == "1 page of the database changed since they were written"
    with pytest.raises(ReadOnly, match="reading only"):
        vault._store.set("x", 1)
    with pytest.raises(Exception, match="readonly database"):
        vault._store.connection.execute("DELETE FROM setting")
    vault.close()
    assert (folder / "vault-0123456789abcdef.db").exists()


def test_a_creation_that_was_interrupted_can_be_done_again(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    create(folder, prepare("first", CHEAP), NOW).close()
    database = prove_passphrase(folder, "first").database
    (folder / "vault.key").rename(folder / "vault.key.new")
    with pytest.raises(NotAVault):
        prove_passphrase(folder, "first")
    create(folder, prepare("second", CHEAP), NOW).close()
    assert not database.exists()
    assert not (folder / "vault.key.new").exists()
    open_vault(prove_passphrase(folder, "second"), NOW).close()


READ_ONLY = """
import os, sys
from pathlib import Path
from sqlcipher3 import dbapi2
from tests.vault.cheap import allow_cheap
from tests.vault.conftest import NOW, PASSPHRASE
from cotutor.domain.errors import ReadOnly
from cotutor.vault.keys import prove_passphrase
from cotutor.vault.opening import open_vault
allow_cheap()
folder = Path(sys.argv[1])
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
vault = open_vault(prove_passphrase(folder, PASSPHRASE), NOW)
assert vault.read_only and vault.damage is None
print(vault.reflections.count())
try:
    vault._store.set("x", 1)
except ReadOnly as error:
    print(error.message)
try:
    vault._store.connection.execute("DELETE FROM setting")
except dbapi2.OperationalError as error:
    print(error)
"""


@pytest.fixture
def seen_by_others() -> Iterator[Path]:
    """A folder that whoever is not the superuser can reach; pytest closes its own whenever it starts."""
    with TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.mark.parametrize(
    ("of_folder", "of_database", "of_lock"),
    [(0o555, 0o444, None), (0o555, 0o666, 0o666), (0o555, 0o666, 0o444), (0o777, 0o444, 0o666)],
    ids=["nothing", "no folder", "neither folder nor lock", "no database"],
)
def test_where_not_all_may_be_written_a_vault_opens_for_reading(
    seen_by_others: Path, of_folder: int, of_database: int, of_lock: int | None
) -> None:
    folder = seen_by_others / "vault"
    create(folder, prepare(PASSPHRASE, CHEAP), NOW).close()
    prove_passphrase(folder, PASSPHRASE).database.chmod(of_database)
    (folder / "vault.key").chmod(0o444)
    (folder / "vault.lock").unlink() if of_lock is None else (folder / "vault.lock").chmod(of_lock)
    folder.chmod(of_folder)
    # The superuser may write anywhere, so somebody else has to look.
    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(folder)], capture_output=True, text=True, check=False
    )
    folder.chmod(0o755)
    assert done.stdout.splitlines() == [
        "0",
        "The vault is open for reading only, so nothing can be changed in it.",
        "attempt to write a readonly database",
    ], done.stderr


def test_only_a_vault_that_is_brought_up_to_date_is_backed_up_on_opening(folder: Path) -> None:
    vault = open_vault(prove_passphrase(folder, PASSPHRASE), NOW)
    assert not vault.read_only
    vault._store.set("x", 1)
    vault.close()
    assert not (folder / "backups").exists()
    later = (*MIGRATIONS, "ALTER TABLE step ADD COLUMN colour TEXT;")
    vault = open_vault(prove_passphrase(folder, PASSPHRASE), NOW, later)
    assert version(vault._store.connection) == len(later)
    vault.close()
    assert [path.name for path in (folder / "backups").iterdir()] == ["2026-11-22-100000"]


def test_a_vault_that_cannot_be_opened_is_let_go_and_its_key_wiped(folder: Path) -> None:
    key = prove_passphrase(folder, PASSPHRASE)
    connection = connect(key.database, key.data_key)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(NewerVersion) as told:
        open_vault(key, NOW)
    # The error still holds whatever was at work.
    assert still_open(folder) == [], told.value
    assert set(key.data_key) == {0}


def test_a_closed_vault_holds_nothing_open(folder: Path) -> None:
    vault = open_vault(prove_passphrase(folder, PASSPHRASE), NOW)
    assert len(still_open(folder)) >= 2
    vault.close()
    assert still_open(folder) == []


@pytest.mark.parametrize("begun", [False, True], ids=["in a new folder", "after an interruption"])
def test_a_creation_that_fails_leaves_nothing_and_can_be_done_again(tmp_path: Path, *, begun: bool) -> None:
    folder = tmp_path / "vault"
    if begun:
        create(folder, prepare("first", CHEAP), NOW).close()
        (folder / "vault.key").rename(folder / "vault.key.new")
    with pytest.raises(CotutorError, match="disk") as told, no_file_grows_beyond(4096):
        create(folder, prepare("second", CHEAP), NOW)
    assert [path.name for path in folder.iterdir()] == ["vault.lock"]
    assert still_open(folder) == [], told.value
    create(folder, prepare("third", CHEAP), NOW).close()


def test_what_cannot_be_read_of_an_interrupted_creation_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "vault.key.new").write_bytes(b"half a li")
    create(tmp_path / "vault", prepare(PASSPHRASE, CHEAP), NOW).close()
    assert not (tmp_path / "vault" / "vault.key.new").exists()


def test_a_restore_that_fails_at_the_last_step_leaves_the_vault_as_it_was(folder: Path) -> None:
    vault = open_vault(prove_passphrase(folder, PASSPHRASE), NOW)
    backup = vault.back_up(NOW)
    vault.close()
    (folder / "vault.key.tmp" / "in the way").mkdir(parents=True)
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(CotutorError) as told:
        restore(folder, lambda: prove_passphrase(backup.folder, PASSPHRASE), NOW)
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    assert still_open(folder) == [], told.value


def test_a_restore_where_there_was_nothing_sets_nothing_aside(folder: Path, tmp_path: Path) -> None:
    vault = open_vault(prove_passphrase(folder, PASSPHRASE), NOW)
    backup = vault.back_up(NOW)
    vault.close()
    proved = prove_passphrase(backup.folder, PASSPHRASE)
    assert restore(tmp_path / "new", lambda: proved, NOW) is None
    assert set(proved.data_key) == {0}
    (database,) = (tmp_path / "new").glob("vault-*.db")
    assert {path.name for path in (tmp_path / "new").iterdir()} == {database.name, "vault.key", "vault.lock"}
    assert still_open(tmp_path) == []


def test_a_restore_sets_aside_private_copies_of_the_vaults_own_files_and_follows_no_link(
    folder: Path, tmp_path: Path
) -> None:
    vault = open_vault(prove_passphrase(folder, PASSPHRASE), NOW)
    backup = vault.back_up(NOW)
    vault.close()
    (tmp_path / "a letter.txt").write_text("precious")
    (folder / "a letter.txt").write_text("mine")
    (folder / "vault-0123456789abcdef.db").symlink_to(tmp_path / "a letter.txt")
    own = (folder / "vault.key", prove_passphrase(folder, PASSPHRASE).database)
    old = {path.name: path.read_bytes() for path in own}
    aside = restore(folder, lambda: prove_passphrase(backup.folder, PASSPHRASE), NOW)
    assert aside == folder / "backups" / "replaced-2026-11-22-100000"
    assert {path.name: path.read_bytes() for path in aside.iterdir()} == old
    assert set(modes(aside).values()) == {0o600, 0o700}
    assert (tmp_path / "a letter.txt").read_text() == "precious"


def test_the_library_says_nothing_on_the_terminal(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    key = prove_passphrase(folder, PASSPHRASE)
    with key.database.open("r+b") as file:
        file.seek(-100, os.SEEK_END)
        file.write(b"scratch")
    open_vault(key, NOW).close()
    with pytest.raises(Damaged):
        connect(key.database, bytes(32))
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")


def test_the_limit_of_a_key_file_leaves_room_for_both_slots(vault: Vault) -> None:
    code = recovery.new_recovery_key()
    vault.set_recovery(code, code)
    assert (vault.folder / "vault.key").stat().st_size * 2 < keyfile.LIMIT
