import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def no_file_grows_beyond(size: int) -> Iterator[None]:
    """The operating system refuses to write more bytes than so many to any file, as a full disk does."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def still_open(folder: Path) -> list[str]:
    """The files of a folder that this process holds open."""
    opened = [os.path.realpath(one) for one in Path("/proc/self/fd").iterdir()]
    return [path for path in opened if path.startswith(f"{folder}/")]
