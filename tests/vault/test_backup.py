import os
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from cotutor.domain.errors import Damaged, VaultMissing, WrongPassphrase
from cotutor.domain.reflection import Reflection
from cotutor.vault import backup as module
from cotutor.vault.backup import Backup, backups, drill, kept, prune, remove_all
from cotutor.vault.keys import prepare, prove_passphrase, write_proved
from cotutor.vault.opening import open_vault, restore
from cotutor.vault.vault import Vault
from tests.vault.cheap import CHEAP
from tests.vault.conftest import NOW, PASSPHRASE
from tests.vault.moments import at


@pytest.fixture
def filled(vault: Vault) -> Vault:
    for number in range(4):
        vault.reflections.save(
            Reflection(f"{number:016x}", date(2026, 1, 1), private=f"note {number}"), at(number)
        )
    return vault


def texts(folder: Path, passphrase: str = PASSPHRASE) -> list[str]:
    opened = open_vault(prove_passphrase(folder, passphrase), NOW)
    found = [one.private for one in opened.reflections.all()]
    opened.close()
    return found


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_backup_is_a_whole_vault_of_its_own(filled: Vault, tmp_path: Path) -> None:
    made = filled.back_up(NOW, tmp_path / "elsewhere")
    assert made.folder == tmp_path / "elsewhere" / "2026-11-22-100000"
    assert backups(tmp_path / "elsewhere") == [made]
    assert texts(made.folder) == ["note 0", "note 1", "note 2", "note 3"]
    assert filled.back_up(NOW, tmp_path / "elsewhere").folder.name == "2026-11-22-100000-2"


def test_a_backup_that_cannot_be_opened_is_not_said_to_be_done(
    filled: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = write_proved

    def spoil(path: Path, *rest: object) -> None:
        real(path, *rest)  # type: ignore[arg-type]  # handed on as they came
        (copied,) = path.parent.glob("vault-*.db")
        with copied.open("r+b") as file:
            file.seek(-50, os.SEEK_END)
            file.write(b"scratch")

    monkeypatch.setattr(module, "write_proved", spoil)
    with pytest.raises(Damaged, match="could not be read back"):
        filled.back_up(NOW)
    assert list((filled.folder / "backups").iterdir()) == []


def test_a_drill_says_what_a_restore_would_bring_and_touches_nothing(filled: Vault) -> None:
    made = filled.back_up(NOW)
    before = snapshot(filled.folder)
    found = drill(lambda: prove_passphrase(made.folder, PASSPHRASE))
    assert (found.reflections, found.last_saved, found.damage) == (4, at(3), None)
    with pytest.raises(WrongPassphrase):
        drill(lambda: prove_passphrase(made.folder, "x"))
    assert snapshot(filled.folder) == before


def test_a_drill_tells_a_backup_that_would_fail(filled: Vault) -> None:
    made = filled.back_up(NOW)
    (copied,) = made.folder.glob("vault-*.db")
    with copied.open("r+b") as file:
        file.seek(-50, os.SEEK_END)
        file.write(b"scratch")
    assert drill(lambda: prove_passphrase(made.folder, PASSPHRASE)).damage is not None
    copied.unlink()
    with pytest.raises(VaultMissing):
        drill(lambda: prove_passphrase(made.folder, PASSPHRASE))


def test_a_restore_brings_back_the_notes_and_sets_aside_what_it_replaces(filled: Vault) -> None:
    made = filled.back_up(NOW)
    filled.reflections.save(Reflection("f" * 16, date(2026, 2, 2), private="later"), at(9))
    filled.set_passphrase(prepare("another", CHEAP), NOW)
    filled.close()
    aside = restore(filled.folder, lambda: prove_passphrase(made.folder, PASSPHRASE), NOW)
    assert texts(filled.folder) == ["note 0", "note 1", "note 2", "note 3"]
    assert aside is not None
    assert texts(aside, "another")[-1] == "later"
    assert {path.stat().st_mode & 0o777 for path in aside.iterdir()} == {0o600}
    assert (
        prove_passphrase(filled.folder, PASSPHRASE).data_key
        != prove_passphrase(made.folder, PASSPHRASE).data_key
    )


@pytest.mark.parametrize("lost", ["vault.key", "database", "both"])
def test_a_restore_works_on_whatever_is_left(filled: Vault, lost: str) -> None:
    made = filled.back_up(NOW)
    filled.close()
    database = prove_passphrase(filled.folder, PASSPHRASE).database
    if lost != "database":
        (filled.folder / "vault.key").unlink()
    if lost != "vault.key":
        database.unlink()
    restore(filled.folder, lambda: prove_passphrase(made.folder, PASSPHRASE), NOW)
    assert len(texts(filled.folder)) == 4


def test_a_damaged_backup_is_not_restored(filled: Vault) -> None:
    made = filled.back_up(NOW)
    (copied,) = made.folder.glob("vault-*.db")
    with copied.open("r+b") as file:
        file.seek(-50, os.SEEK_END)
        file.write(b"scratch")
    filled.close()
    before = snapshot(filled.folder)
    with pytest.raises(Damaged, match="try another backup"):
        restore(filled.folder, lambda: prove_passphrase(made.folder, PASSPHRASE), NOW)
    assert snapshot(filled.folder) == before


def test_a_few_of_each_age_are_kept() -> None:
    every_day = [Backup(NOW - timedelta(days=days), Path(str(days))) for days in range(1000)]
    ages = sorted((NOW - one.made).days for one in kept(every_day, NOW))
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert 18 <= len(ages) <= 28
    assert max(b - a for a, b in pairwise(ages)) <= 366
    assert ages[-1] > 600
    assert kept(every_day[:3], NOW) == set(every_day[:3])


def test_thinning_out_day_by_day_still_leaves_old_ones() -> None:
    present: set[Backup] = set()
    for day in range(900):
        now = datetime(2024, 1, 1) + timedelta(days=day)  # noqa: DTZ001  a wall clock without a zone
        present = kept([*present, Backup(now, Path(str(day)))], now)
    ages = sorted((now - one.made).days for one in present)
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert any(300 <= age <= 366 for age in ages)
    assert len(ages) <= 30


def test_pruning_removes_the_folders_and_nothing_else(filled: Vault) -> None:
    parent = filled.folder / "backups"
    for minute in range(6):
        filled.back_up(NOW + timedelta(minutes=minute))
    (parent / "a letter").mkdir()
    assert len(backups(parent)) == 3
    assert prune(parent, NOW) == []
    remove_all(parent)
    assert [path.name for path in parent.iterdir()] == ["a letter"]
