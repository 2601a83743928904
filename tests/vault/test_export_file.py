import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest
from msgspec.structs import replace

from cotutor.conversation.vault.writing import new_reflection
from cotutor.domain.errors import CotutorError, WrongPassphrase
from cotutor.domain.identifiers import IdentifierKind
from cotutor.vault import kdf
from cotutor.vault.export import Selection
from cotutor.vault.export_file import preview, read_import, write, write_encrypted
from cotutor.vault.keys import prepare
from cotutor.vault.opening import create
from cotutor.vault.vault import Vault
from tests.vault.cheap import CHEAP
from tests.vault.cheap_age import cheaply_encrypted

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
PASSPHRASE = "orbit candle meadow violin harvest lantern"  # noqa: S105  an invented vault's


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = create(tmp_path / "vault", prepare(PASSPHRASE, CHEAP), NOW)
    yield made
    made.close()


def test_an_export_is_seen_before_it_is_written(vault: Vault, tmp_path: Path) -> None:
    written = replace(
        new_reflection(NOW), private="Mrs Smith", shareable="I learned from Dr Jones", length=3_600_000
    )
    vault.reflections.save(written, NOW)
    shown = preview(vault.contents(), Selection("html"), TODAY)
    assert [(one.kind, shown.text[one.start : one.end]) for one in shown.identifiers] == [
        (IdentifierKind.NAME, "Dr Jones")
    ]
    assert len(shown.warnings) == 1
    assert shown.name == "cotutor-2026-11-22.html"
    whole = preview(vault.contents(), Selection("json"), TODAY)
    assert len(whole.warnings) == 2
    path = tmp_path / shown.name
    before = os.umask(0)
    write(shown, path)
    os.umask(before)
    assert path.read_bytes() == shown.data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(CotutorError, match="there already"):
        write(whole, path)
    write(whole, path, replace=True)
    assert path.read_bytes() == whole.data
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [path.name]


def test_an_encrypted_export_comes_back_and_was_never_plain(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyrage.passphrase, "encrypt", cheaply_encrypted)
    vault.reflections.save(replace(new_reflection(NOW), private="precious words"), NOW)
    shown = preview(vault.contents(), Selection("json"), TODAY)
    path = tmp_path / "export.age"
    write_encrypted(shown, path, "walrus eleven quarry")
    assert b"precious" not in path.read_bytes()
    with pytest.raises(WrongPassphrase, match="encrypted"):
        read_import(path)
    held = read_import(path, "walrus eleven quarry")
    other = create(tmp_path / "other", prepare(PASSPHRASE, CHEAP), NOW)
    assert other.bring_in(held, NOW).added == 1
    assert other.bring_in(held, NOW).unchanged == 1
    assert preview(other.contents(), Selection("json"), TODAY).data == shown.data
    other.close()
    with pytest.raises(CotutorError, match="no file"):
        read_import(tmp_path / "nowhere")
