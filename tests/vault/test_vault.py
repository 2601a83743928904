from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from cotutor.domain.errors import CotutorError, Damaged, DiskFull, ReadOnly, WrongPassphrase
from cotutor.domain.reflection import NextStep, Reflection
from cotutor.vault import generation
from cotutor.vault.backup import own_backups
from cotutor.vault.keyfile import decode, encode
from cotutor.vault.keys import prepare, prove_passphrase, prove_recovery
from cotutor.vault.opening import create, open_vault
from cotutor.vault.recovery import new_recovery_key
from cotutor.vault.vault import Vault
from tests.vault.cheap import CHEAP
from tests.vault.conftest import NOW, PASSPHRASE, still_open
from tests.vault.moments import at

CODE = new_recovery_key()


def write(vault: Vault, count: int = 3) -> None:
    for number in range(count):
        vault.reflections.save(
            Reflection(uid=f"{number:016x}", day=date(2026, 1, 1), private=f"secret {number}"), at(number)
        )


def held(folder: Path, passphrase: str) -> list[str]:
    vault = open_vault(prove_passphrase(folder, passphrase), NOW)
    texts = [one.private for one in vault.reflections.all()]
    vault.close()
    return texts


def test_a_changed_passphrase_opens_and_the_old_one_does_not(vault: Vault) -> None:
    write(vault)
    database = prove_passphrase(vault.folder, PASSPHRASE).key_file.database
    vault.set_passphrase(prepare("another", CHEAP), NOW)
    vault.close()
    assert held(vault.folder, "another") == ["secret 0", "secret 1", "secret 2"]
    assert prove_passphrase(vault.folder, "another").key_file.database == database
    with pytest.raises(WrongPassphrase):
        prove_passphrase(vault.folder, PASSPHRASE)


def test_changing_with_re_encryption_leaves_the_old_key_nothing_to_open(vault: Vault) -> None:
    write(vault)
    code = new_recovery_key()
    vault.set_recovery(code, code)
    old = prove_passphrase(vault.folder, PASSPHRASE)
    vault.set_passphrase(prepare("another", CHEAP), NOW, reencrypt=True)
    vault.reflections.save(
        Reflection(uid="f" * 16, day=date(2026, 1, 2), private="written afterwards"), at(9)
    )
    assert not vault.has_recovery
    vault.close()
    new = prove_passphrase(vault.folder, "another")
    assert new.data_key != old.data_key
    assert not old.database.exists()
    assert len(held(vault.folder, "another")) == 4
    with pytest.raises(WrongPassphrase):
        prove_recovery(vault.folder, code)


def test_the_old_slot_is_overwritten_and_not_only_unnamed(vault: Vault, tmp_path: Path) -> None:
    path = vault.folder / "vault.key"
    (tmp_path / "second name").hardlink_to(path)
    vault.set_passphrase(prepare("another", CHEAP), NOW)
    assert set((tmp_path / "second name").read_bytes()) == {0}


def test_a_recovery_key_counts_once_it_has_been_typed_back(vault: Vault) -> None:
    write(vault)
    code = new_recovery_key()
    before = (vault.folder / "vault.key").read_bytes()
    with pytest.raises(WrongPassphrase, match="not the one"):
        vault.set_recovery(code, new_recovery_key())
    assert (vault.folder / "vault.key").read_bytes() == before
    vault.set_recovery(code, code.lower().replace("-", " ").replace("0", "o"))
    vault.set_passphrase(prepare("another", CHEAP), NOW)
    vault.forget([f"{1:016x}"], at(10))
    vault.close()
    vault = open_vault(prove_recovery(vault.folder, code), NOW)
    assert vault.reflections.count() == 2
    vault.remove_recovery()
    vault.close()
    with pytest.raises(WrongPassphrase, match="no recovery key"):
        prove_recovery(vault.folder, code)


def test_forgetting_deletes_with_drafts_history_and_steps_and_changes_the_key(vault: Vault) -> None:
    write(vault)
    uid = f"{1:016x}"
    vault.reflections.keep_history(at(4), wanted=True)
    vault.reflections.save(Reflection(uid=uid, day=date(2026, 1, 1), private="newer"), at(5))
    vault.reflections.save_draft(Reflection(uid=uid, day=date(2026, 1, 1), private="draft"), at(6))
    vault.steps.change(NextStep("b" * 16, "call", reflection=uid), at(7))
    vault.steps.change(NextStep("c" * 16, "mine"), at(7))
    old = prove_passphrase(vault.folder, PASSPHRASE)
    vault.forget([uid], at(11))
    assert vault.reflections.get(uid) is None
    assert vault.reflections.drafts() == vault.reflections.history(uid) == []
    assert [step.uid for step in vault.steps.all()] == ["c" * 16]
    assert vault._store.last_saved() == 11
    assert not old.database.exists()
    vault.close()
    assert prove_passphrase(vault.folder, PASSPHRASE).data_key != old.data_key
    assert held(vault.folder, PASSPHRASE) == ["secret 0", "secret 2"]


def test_forgetting_everything_leaves_an_empty_vault(vault: Vault) -> None:
    write(vault)
    seen: list[tuple[int, int]] = []
    vault.forget(None, at(12), progress=lambda done, total: seen.append((done, total)))
    assert vault.reflections.count() == 0
    assert seen[-1][0] == seen[-1][1]


def test_a_copy_that_does_not_read_back_is_never_switched_to(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(vault)
    monkeypatch.setattr(generation, "damage", lambda _connection: "invented")
    before = {path.name: path.read_bytes() for path in vault.folder.iterdir()}
    with pytest.raises(Damaged, match="could not be read back"):
        vault.forget([f"{1:016x}"], at(13))
    assert {path.name: path.read_bytes() for path in vault.folder.iterdir()} == before
    assert vault.reflections.count() == 3


def test_a_full_disk_is_told_and_the_note_before_is_kept(vault: Vault) -> None:
    write(vault)
    pages = vault._store.connection.execute("PRAGMA page_count").fetchone()[0]
    vault._store.connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DiskFull, match="make room"):
        vault.reflections.save(
            Reflection(uid=f"{0:016x}", day=date(2026, 1, 1), private="x" * 90_000), at(14)
        )
    assert vault.reflections.all()[0].private == "secret 0"
    vault._store.set("still", "usable")
    assert vault._store.setting("still") == "usable"


def test_a_key_file_that_is_partly_damaged_opens_and_is_mended_by_a_new_passphrase(vault: Vault) -> None:
    write(vault)
    code = new_recovery_key()
    vault.set_recovery(code, code)
    vault.close()
    path = vault.folder / "vault.key"
    key_file, _ = decode(path.read_bytes())
    assert key_file.recovery is not None
    raw = path.read_bytes().replace(key_file.recovery.kept.encode(), b"0" * len(key_file.recovery.kept))
    path.write_bytes(raw)
    vault = open_vault(prove_passphrase(vault.folder, PASSPHRASE), NOW)
    assert not vault.key_file_whole
    with pytest.raises(Damaged, match="recovery part"):
        vault.forget([f"{1:016x}"], at(15))
    with pytest.raises(Damaged, match="partly damaged"):
        vault.back_up(NOW)
    vault.set_passphrase(prepare("another", CHEAP), NOW)
    assert vault.key_file_whole
    vault.forget([f"{1:016x}"], at(16))
    vault.close()
    assert len(held(vault.folder, "another")) == 2


def test_the_key_file_of_another_vault_does_not_fit(vault: Vault, tmp_path: Path) -> None:
    other = create(tmp_path / "other", prepare(PASSPHRASE, CHEAP), NOW)
    vault.close()
    grafted = decode((vault.folder / "vault.key").read_bytes())[0]
    key_file = replace(grafted, passphrase=other._key.key_file.passphrase)
    (vault.folder / "vault.key").write_bytes(encode(key_file))
    with pytest.raises(CotutorError):
        prove_passphrase(vault.folder, PASSPHRASE)


CHANGES: dict[str, Callable[[Vault], object]] = {
    "passphrase": lambda vault: vault.set_passphrase(prepare("another", CHEAP), NOW),
    "reencrypt": lambda vault: vault.set_passphrase(prepare("another", CHEAP), NOW, reencrypt=True),
    "recovery": lambda vault: vault.set_recovery(CODE, CODE),
    "no recovery": lambda vault: vault.remove_recovery(),
    "forget": lambda vault: vault.forget([f"{1:016x}"], NOW),
    "forget all": lambda vault: vault.forget(None, NOW),
    "import": lambda vault: vault.bring_in(vault.contents(), NOW),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_is_changed_in_a_vault_that_is_open_for_reading_only(
    vault: Vault, change: Callable[[Vault], object]
) -> None:
    write(vault)
    vault._store.read_only = True
    before = {path.name: path.read_bytes() for path in vault.folder.iterdir()}
    with pytest.raises(ReadOnly, match="reading only"):
        vault.refuse_read_only()
    with pytest.raises(ReadOnly, match="reading only"):
        change(vault)
    assert {path.name: path.read_bytes() for path in vault.folder.iterdir()} == before


@pytest.mark.parametrize("change", ["reencrypt", "forget", "forget all"])
def test_a_move_to_a_fresh_key_that_fails_at_the_last_step_leaves_the_vault_in_use_as_it_was(
    vault: Vault, change: str
) -> None:
    write(vault)
    (vault.folder / "vault.key.tmp").mkdir()
    before = {path: path.read_bytes() for path in vault.folder.iterdir() if path.is_file()}
    opened = still_open(vault.folder)
    with pytest.raises(CotutorError) as told:
        CHANGES[change](vault)
    assert {path: path.read_bytes() for path in vault.folder.iterdir() if path.is_file()} == before
    assert still_open(vault.folder) == opened, told.value
    assert vault.reflections.count() == 3
    (vault.folder / "vault.key.tmp").rmdir()
    CHANGES[change](vault)


@pytest.mark.parametrize("change", ["reencrypt", "forget"])
def test_a_move_to_a_fresh_key_closes_and_wipes_the_old_one(vault: Vault, change: str) -> None:
    write(vault)
    old = vault._key
    opened = len(still_open(vault.folder))
    CHANGES[change](vault)
    assert set(old.data_key) == {0}
    assert not old.database.exists()
    assert len(still_open(vault.folder)) == opened
    assert not any(path.endswith(" (deleted)") for path in still_open(vault.folder))


@pytest.mark.parametrize("change", ["passphrase", "reencrypt"])
def test_a_new_passphrase_is_rehearsed_from_its_own_day(vault: Vault, change: str) -> None:
    day = NOW.date()
    vault.settings.note_passphrase(day - timedelta(days=99))
    assert vault.settings.rehearsal_due(day)
    CHANGES[change](vault)
    assert not vault.settings.rehearsal_due(day + timedelta(days=2))
    assert vault.settings.rehearsal_due(day + timedelta(days=3))


@pytest.mark.parametrize("keep_backups", [False, True])
def test_forgetting_leaves_backups_or_replaces_them_and_makes_none_where_there_were_none(
    vault: Vault, *, keep_backups: bool
) -> None:
    write(vault)
    vault.forget([f"{0:016x}"], NOW, keep_backups=keep_backups)
    assert own_backups(vault.folder) == []
    made = [vault.back_up(NOW), vault.back_up(NOW)]
    later = NOW + timedelta(minutes=1)
    vault.forget([f"{1:016x}"], later, keep_backups=keep_backups)
    left = own_backups(vault.folder)
    assert left == made if keep_backups else [one.made for one in left] == [later]
    vault.forget(None, later, keep_backups=keep_backups)
    assert own_backups(vault.folder) == (made if keep_backups else [])


def test_what_has_expired_is_erased_once_and_never_where_only_reading_is_allowed(vault: Vault) -> None:
    write(vault)
    gone = Reflection("e" * 16, NOW.date(), private="brief", expires=NOW.date())
    vault.reflections.save(gone, NOW)
    vault._store.read_only = True
    vault.erase_expired(NOW)
    assert (vault.erased, vault.reflections.count()) == (0, 4)
    vault._store.read_only = False
    vault.erase_expired(NOW)
    assert (vault.erased, vault.reflections.count()) == (1, 3)
    old = vault._key
    vault.erase_expired(NOW)
    assert vault._key is old, "nothing has moved"


def test_a_backup_is_noted_and_only_the_vaults_own_are_thinned_out(vault: Vault, tmp_path: Path) -> None:
    write(vault)
    assert vault.settings.backup_due(NOW.date())
    for minutes in range(5):
        vault.back_up(NOW + timedelta(minutes=minutes), tmp_path / "stick")
    assert not vault.settings.backup_due(NOW.date())
    assert len(list((tmp_path / "stick").iterdir())) == 5
    for minutes in range(5):
        vault.back_up(NOW + timedelta(minutes=minutes))
    assert len(own_backups(vault.folder)) == 3


def test_a_damaged_slot_stops_forgetting_before_anything_is_left_over(vault: Vault) -> None:
    write(vault)
    vault.set_recovery(CODE, CODE)
    key_file = vault._key.key_file
    assert key_file.recovery is not None
    vault._key.key_file = replace(key_file, recovery=replace(key_file.recovery, kept="0" * 96))
    before = {path.name for path in vault.folder.iterdir()}
    opened = still_open(vault.folder)
    with pytest.raises(Damaged) as told:
        vault.forget(None, NOW)
    assert {path.name for path in vault.folder.iterdir()} == before
    assert still_open(vault.folder) == opened, told.value


def test_a_change_that_was_interrupted_is_taken_back_and_the_next_one_begins(vault: Vault) -> None:
    vault.abandon_transaction()
    write(vault)
    vault._store.connection.execute("BEGIN IMMEDIATE")
    vault._store.connection.execute("DELETE FROM reflection")
    vault.abandon_transaction()
    assert vault.reflections.count() == 3
    write(vault, 4)
    assert vault.reflections.count() == 4


def test_closing_wipes_the_key(folder: Path) -> None:
    key = prove_passphrase(folder, PASSPHRASE)
    open_vault(key, NOW).close()
    assert set(key.data_key) == {0}
