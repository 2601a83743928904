"""The stand-alone decryptor, run by itself in an empty folder, on vaults of every format there has been."""

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cotutor.vault import decrypt, kdf
from cotutor.vault.keys import prove_passphrase
from cotutor.vault.opening import open_vault
from tests.vault.conftest import NOW

VECTORS = Path(__file__).parents[1] / "vectors" / "vaults"
KNOWN = json.loads((VECTORS / "known.json").read_text())


@pytest.fixture
def script(tmp_path: Path) -> Path:
    alone = tmp_path / "alone"
    alone.mkdir()
    return Path(shutil.copy(decrypt.__file__, alone))


def printed(script: Path, folder: Path, secret: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", script, folder],
        input=secret + "\n",
        capture_output=True,
        text=True,
        check=False,
        cwd=script.parent,
    )


@pytest.mark.parametrize("secret", ["passphrase", "recovery"])
def test_every_note_is_printed_with_either_secret(script: Path, secret: str) -> None:
    done = printed(script, VECTORS / "v1", KNOWN[secret])
    assert done.returncode == 0, done.stderr
    for text in KNOWN["texts"]:
        assert text in done.stdout
    assert done.stdout.count("=== ") == done.stdout.count("\n\n")


def test_a_wrong_secret_prints_nothing(script: Path) -> None:
    done = printed(script, VECTORS / "v1", "something else")
    assert (done.returncode, done.stdout) == (3, "")


def test_a_damaged_vault_is_told(script: Path, tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(VECTORS / "v1", folder)
    (database,) = folder.glob("*.db")
    database.write_bytes(b"x" * 8192)
    told = {
        4: "The vault is damaged, or newer than this file.",
        1: "There is no readable vault.key in that folder.",
    }
    for where in (folder, tmp_path / "nowhere"):
        done = printed(script, where, KNOWN["passphrase"])
        assert (done.stdout, done.stderr.strip()) == ("", told[done.returncode])
    assert printed(script, folder, KNOWN["passphrase"]).returncode == 4


def test_it_needs_two_packages_and_nothing_of_cotutor(script: Path) -> None:
    names = set()
    for node in ast.walk(ast.parse(script.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    assert names - set(sys.stdlib_module_names) == {"cryptography", "sqlcipher3"}


def test_a_vault_of_format_1_opens_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "FLOOR", kdf.Cost(19 * 1024, 2, 1))
    shutil.copytree(VECTORS / "v1", tmp_path / "v1")
    vault = open_vault(prove_passphrase(tmp_path / "v1", KNOWN["passphrase"]), NOW)
    held = [*vault.reflections.all(), *vault.reflections.drafts()]
    assert {text for one in held for text in (one.private, one.shareable) if text} <= set(KNOWN["texts"])
    assert vault.damage is None
    assert (len(vault.steps.all()), len(vault.encounters.all()), len(vault.ratings.all())) == (1, 1, 1)
    vault.close()
