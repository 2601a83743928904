import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from cotutor.vault import kdf
from cotutor.vault.keys import prepare, prove_passphrase
from cotutor.vault.opening import create, open_vault
from cotutor.vault.vault import Vault
from tests.vault.cheap import CHEAP

NOW = datetime(2026, 11, 22, 10, 0)  # noqa: DTZ001  a wall clock without a zone
PASSPHRASE = "orbit candle meadow violin harvest lantern"  # noqa: S105  an invented vault's


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an empty vault in it."""
    create(tmp_path / "vault", prepare(PASSPHRASE, CHEAP), NOW).close()
    return tmp_path / "vault"


@pytest.fixture
def vault(folder: Path) -> Iterator[Vault]:
    opened = open_vault(prove_passphrase(folder, PASSPHRASE), NOW)
    yield opened
    opened.close()


def full() -> bool:
    """Whether the long sweeps run in full: ``COTUTOR_FULL=1 pytest tests/vault``."""
    return os.environ.get("COTUTOR_FULL") == "1"
