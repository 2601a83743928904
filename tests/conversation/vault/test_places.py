from pathlib import Path

import pytest

from cotutor.conversation.vault.places import (
    backup_named,
    backups_elsewhere,
    problem_of_making,
    refuse_export,
    refuse_missing,
    refuse_strange,
    refuse_taken,
)
from cotutor.domain.errors import CotutorError, NotAVault


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


def test_a_vault_is_neither_made_twice_nor_opened_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(NotAVault, match="no vault"):
        refuse_missing(tmp_path)
    (tmp_path / "vault.key").touch()
    refuse_missing(tmp_path)
    refuse_strange(tmp_path)
    with pytest.raises(CotutorError, match="already a vault"):
        refuse_taken(tmp_path)


def test_a_name_means_a_backup_of_the_vault_before_a_folder_nearby(tmp_path: Path) -> None:
    own = tmp_path / "vault" / "backups" / "2026-11-22-100000"
    own.mkdir(parents=True)
    assert backup_named(tmp_path / "vault", own.name) == own
    assert backup_named(tmp_path / "vault", str(own)) == own
    with pytest.raises(CotutorError, match="no backup"):
        backup_named(tmp_path / "vault", "2020-01-01-000000")


def test_backups_elsewhere_need_a_folder_that_is_there(tmp_path: Path) -> None:
    assert backups_elsewhere(tmp_path) == tmp_path / "cotutor-backups"
    with pytest.raises(CotutorError, match="no folder"):
        backups_elsewhere(tmp_path / "none")


def test_an_export_stays_out_of_the_vaults_own_folder(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    (folder / "backups").mkdir(parents=True)
    refuse_export(tmp_path / "out.md", folder)
    for path in (folder / "out.md", folder / "backups" / "out.md", tmp_path / "none" / "out.md", folder):
        with pytest.raises(CotutorError):
            refuse_export(path, folder)
