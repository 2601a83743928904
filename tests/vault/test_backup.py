import os
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from cotutor.domain.errors import CotutorError, Damaged, VaultMissing, WrongPassphrase
from cotutor.domain.reflection import Reflection
from cotutor.vault import backup as module
from cotutor.vault.backup import Backup, backups, drill, kept, own_backups, prune, remove_all
from cotutor.vault.keys import prepare, prove_passphrase, write_proved
from cotutor.vault.opening import open_vault, restore
from cotutor.vault.vault import Vault
from tests.vault.cheap import CHEAP
from tests.vault.conftest import NOW, PASSPHRASE, no_file_grows_beyond, still_open
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


NOON = datetime(2026, 11, 18, 12, 0)  # noqa: DTZ001  a wall clock without a zone


@pytest.mark.parametrize(
    ("age", "is_kept"),
    [
        (timedelta(minutes=3), False),
        (timedelta(days=1), True),
        (timedelta(days=7), True),
        (timedelta(days=7, seconds=1), False),
        (timedelta(days=28), True),
        (timedelta(days=28, seconds=1), False),
        (timedelta(days=366), True),
        (timedelta(days=366, seconds=1), False),
        (timedelta(days=3650), True),
    ],
)
def test_one_of_a_day_is_kept_for_a_week_of_a_week_for_four_of_a_month_for_a_year(
    age: timedelta, *, is_kept: bool
) -> None:
    # These take the place of their day, week, month or year, each but that which the other is alone in.
    others = [NOON - timedelta(minutes=minutes) for minutes in (0, 1, 2)]
    others += [datetime(*day, 12, 0) for day in ((2026, 11, 13), (2026, 10, 29), (2025, 12, 10))]  # noqa: DTZ001  as above
    taken = [Backup(made, Path(str(made))) for made in others]
    one = Backup(NOON - age, Path("one"))
    assert kept([one, *taken], NOON) - {one} == set(taken)
    assert (one in kept([one, *taken], NOON)) is is_kept


def test_of_two_of_a_day_the_later_is_kept() -> None:
    newest = [Backup(NOON - timedelta(minutes=minutes), Path(str(minutes))) for minutes in (0, 1, 2)]
    pair = [Backup(NOON - timedelta(days=2, minutes=minutes), Path(f"-{minutes}")) for minutes in (0, 1)]
    assert kept([*pair, *newest], NOON.astimezone()) == {*newest, pair[0]}


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


def test_only_finished_backups_with_a_key_file_are_listed_oldest_first(filled: Vault) -> None:
    parent = filled.folder / "backups"
    moments = [NOW + timedelta(days=days, microseconds=7) for days in (1, 0, 0, 0)]
    made = [filled.back_up(moment, parent) for moment in moments]
    assert [one.folder.name for one in made] == [
        "2026-11-23-100000", "2026-11-22-100000", "2026-11-22-100000-2", "2026-11-22-100000-3",
    ]  # fmt: skip
    assert [one.made for one in made] == [NOW + timedelta(days=days) for days in (1, 0, 0, 0)]
    for name in (
        "2026-11-21-100000",
        ".2026-11-21-100000.tmp",
        "2026-13-21-100000",
        "2026-11-21-10000٣",
        "old",
    ):
        (parent / name).mkdir()
        if name != "2026-11-21-100000":
            (parent / name / "vault.key").write_bytes(b"x")
    (parent / "2026-11-20-100000").write_bytes(b"a file")
    assert backups(parent) == own_backups(filled.folder) == sorted(made)
    assert backups(parent)[-1] == made[0]
    assert backups(filled.folder / "nowhere") == []


def test_a_backups_folder_is_private_whatever_the_umask(filled: Vault, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = filled.back_up(NOW, tmp_path / "elsewhere")
    finally:
        os.umask(before)
    for folder in (made.folder.parent, made.folder):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in made.folder.iterdir()} == {0o600}


def test_what_an_interrupted_backup_of_the_same_second_left_is_not_in_the_new_one(filled: Vault) -> None:
    left = filled.folder / "backups" / ".2026-11-22-100000.tmp"
    left.mkdir(parents=True)
    (left / "vault-0123456789abcdef.db").write_bytes(b"half a ba")
    made = filled.back_up(NOW)
    assert len(list(made.folder.iterdir())) == 2
    assert list((filled.folder / "backups").iterdir()) == [made.folder]


def test_a_backup_that_does_not_fit_leaves_nothing(filled: Vault, tmp_path: Path) -> None:
    opened = still_open(tmp_path)
    with pytest.raises(CotutorError) as told, no_file_grows_beyond(4096 * 4):
        filled.back_up(NOW, tmp_path / "elsewhere")
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert still_open(tmp_path) == opened, told.value


def test_a_backup_a_drill_and_a_refused_drill_hold_nothing_and_wipe_the_key(filled: Vault) -> None:
    made = filled.back_up(NOW)
    (copied,) = made.folder.glob("vault-*.db")
    key = prove_passphrase(made.folder, PASSPHRASE)
    assert drill(lambda: key).damage is None
    assert set(key.data_key) == {0}
    assert still_open(made.folder) == []
    copied.write_bytes(b"")
    key = prove_passphrase(made.folder, PASSPHRASE)
    with pytest.raises(VaultMissing):
        drill(lambda: key)
    assert set(key.data_key) == {0}


def test_a_drill_of_a_vault_that_was_never_saved_names_no_moment(vault: Vault) -> None:
    made = vault.back_up(NOW)
    found = drill(lambda: prove_passphrase(made.folder, PASSPHRASE))
    assert (found.reflections, found.last_saved, found.damage) == (0, None, None)


def test_all_backups_but_one_are_removed_and_what_a_restore_set_aside(filled: Vault) -> None:
    parent = filled.folder / "backups"
    made = [filled.back_up(NOW + timedelta(minutes=minutes)) for minutes in (0, 1)]
    (parent / "replaced-2026-11-22-100000").mkdir()
    remove_all(parent, keep=made[0])
    assert list(parent.iterdir()) == [made[0].folder]
    (parent / "replaced-2026-11-22-100000").write_bytes(b"no folder")
    with pytest.raises(CotutorError, match="could not remove"):
        remove_all(parent)


def test_thinning_out_tells_which_backups_went(filled: Vault, tmp_path: Path) -> None:
    made = [filled.back_up(NOW + timedelta(minutes=minutes), tmp_path / "all") for minutes in range(5)]
    assert prune(tmp_path / "all", NOW + timedelta(hours=1)) == made[:2]
    assert backups(tmp_path / "all") == made[2:]
