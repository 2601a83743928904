"""``cotutor doctor`` as a person starts it."""

import re
from pathlib import Path

import pytest

from tests.blackbox.program import cotutor

pytestmark = pytest.mark.blackbox


def test_it_tells_what_protects_you_and_writes_nothing(home: Path) -> None:
    ended = cotutor("doctor")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("Protects you:\n")
    assert re.search(
        r"^  passphrase: One guess at a passphrase takes \d+\.\d seconds", ended.stdout, re.MULTILINE
    )
    assert "  vault: There is no vault." in ended.stdout
    assert list(home.iterdir()) == []


def test_the_vaults_folder_may_be_named_whatever_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "\x1b[2Jopen"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "vault.key").touch()
    ended = cotutor("doctor", "--vault", str(folder))
    assert ended.returncode == 0
    assert "\x1b" not in ended.stdout
    assert "There is no vault." not in ended.stdout
