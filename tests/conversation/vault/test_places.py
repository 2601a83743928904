from pathlib import Path

import pytest

from cotutor.conversation.vault.places import (
    backup_named,
    backups_elsewhere,
    label,
    problem_of_making,
    refuse_export,
    refuse_missing,
    refuse_strange,
    refuse_taken,
)
from cotutor.domain.errors import CotutorError, NotAVault
from cotutor.vault import files


def test_a_vault_needs_a_folder_of_its_own(tmp_path: Path) -> None:
    refuse_taken(tmp_path / "none")
    refuse_taken(tmp_path)
    (tmp_path / ".vault.key.0.tmp").touch()
    refuse_taken(tmp_path)
    (tmp_path / "a letter.txt").touch()
    assert problem_of_making(tmp_path / "none") == ""
    with pytest.raises(CotutorError, match="other files"):
        refuse_taken(tmp_path)
    assert problem_of_making(tmp_path).startswith("There are other files")


@pytest.mark.parametrize("name", ["vault.lock", "vault-0123456789abcdef.db", "backups", ".vault.key.0.tmp"])
def test_what_interrupted_work_has_left_is_no_stranger_alone_or_beside_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    refuse_strange(tmp_path)
    (tmp_path / "my vault.txt").touch()
    with pytest.raises(CotutorError, match="other files"):
        refuse_strange(tmp_path)


def test_a_folder_that_cannot_be_looked_into_is_told_and_no_vault_is_made(tmp_path: Path) -> None:
    (tmp_path / "a letter.txt").touch()
    with pytest.raises(CotutorError, match=r"could not look into .*a letter.txt: Not a directory"):
        refuse_strange(tmp_path / "a letter.txt")


def test_a_vault_is_neither_made_twice_nor_opened_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(NotAVault, match="no vault"):
        refuse_missing(tmp_path)
    (tmp_path / "vault.key").touch()
    refuse_missing(tmp_path)
    refuse_strange(tmp_path)
    with pytest.raises(CotutorError, match="already a vault"):
        refuse_taken(tmp_path)


def test_a_name_means_a_backup_of_the_vault_before_a_folder_nearby(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, nearby = tmp_path / "vault", tmp_path / "nearby"
    own = folder / "backups" / "2026-11-22-100000"
    for made in (own, nearby / own.name, nearby / "stick", folder / "backups" / "stick" / "old"):
        made.mkdir(parents=True)
    (nearby / "stick" / "old").mkdir()
    monkeypatch.chdir(nearby)
    assert backup_named(folder, own.name) == own
    assert backup_named(folder, str(own)) == own
    assert backup_named(folder, f"./{own.name}") == nearby / own.name
    assert backup_named(folder, "stick/old") == nearby / "stick" / "old", (
        "a path is never one of the vault's own"
    )
    (nearby / "file").touch()
    for none in ("2020-01-01-000000", "file"):
        with pytest.raises(CotutorError, match="no backup"):
            backup_named(folder, none)


def test_backups_elsewhere_need_a_folder_that_is_there(tmp_path: Path) -> None:
    assert backups_elsewhere(tmp_path) == tmp_path / "cotutor-backups"
    with pytest.raises(CotutorError, match="no folder"):
        backups_elsewhere(tmp_path / "none")


def test_an_export_stays_out_of_the_vaults_own_folder_however_it_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    (folder / "backups" / "old").mkdir(parents=True)
    (tmp_path / "vault beside").mkdir()
    (tmp_path / "link").symlink_to(folder)
    refuse_export(tmp_path / "out.md", folder)
    refuse_export(tmp_path / "vault beside" / "out.md", folder)
    refuse_export(tmp_path / "out.md", tmp_path / "no vault yet")
    for path in (
        folder / "out.md",
        folder / "backups" / "out.md",
        folder / "backups" / "old" / "out.md",
        tmp_path / "link" / "out.md",
        tmp_path / "vault beside" / ".." / "vault" / "out.md",
    ):
        with pytest.raises(CotutorError, match="own folder"):
            refuse_export(path, folder)
    with pytest.raises(CotutorError, match="own folder"):
        refuse_export(folder / "out.md", tmp_path / "link")
    with pytest.raises(CotutorError, match="no folder"):
        refuse_export(tmp_path / "none" / "out.md", folder)
    with pytest.raises(CotutorError, match="is a folder"):
        refuse_export(tmp_path / "vault beside", folder)


def test_a_long_path_is_cut_and_a_strange_one_stays_on_its_line() -> None:
    for shown in (label, files.label):
        assert shown(Path("/" + "x" * 199)) == "/" + "x" * 199
        assert len(shown(Path("/" + "x" * 200))) == 200
        assert shown(Path("/a\nb")) == "/a b"
