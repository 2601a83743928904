from collections.abc import Iterator
from pathlib import Path

import pytest

from cotutor.process import shared_memory
from cotutor.vault import kdf
from cotutor.vault.keys import prepare
from cotutor.vault.opening import create
from cotutor.vault.vault import Vault
from tests.fakes import FakeClock
from tests.vault.cheap import CHEAP


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vault]:
    """An open vault with nothing in it."""
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)
    shared_memory.take_message()
    made = create(tmp_path / "vault", prepare("orbit candle meadow", CHEAP), FakeClock().wall())
    yield made
    made.close()
