from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from cotutor.conversation.vault.writing import new_reflection
from cotutor.process import shared_memory
from cotutor.vault import kdf
from cotutor.vault.keys import prepare, prove_passphrase
from cotutor.vault.opening import create, open_vault
from cotutor.vault.settings import Preferences
from tests.fakes import FakeClock
from tests.tui.vault.visit import PASSPHRASE
from tests.vault.cheap import CHEAP


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)
    shared_memory.take_message()


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A vault with nothing in it."""
    vault = create(tmp_path / "vault", prepare(PASSPHRASE, CHEAP), FakeClock().wall())
    vault.settings.prefer(Preferences(backup_every=0))
    vault.close()
    return tmp_path / "vault"


@pytest.fixture
def folder(empty: Path) -> Path:
    """A vault with three reflections in it."""
    now = FakeClock().wall()
    vault = open_vault(prove_passphrase(empty, PASSPHRASE), now)
    for days, text, tags in (
        (20, "I advised too soon.", ("listening",)),
        (10, "Silence did the work.", ("listening", "silence")),
        (0, "My week came first.", ()),
    ):
        blank = new_reflection(now, "free")
        day = now.date() - timedelta(days=days)
        vault.reflections.save(
            replace(blank, private=text, tags=tags, day=day, alias="K." if days else ""), now
        )
    vault.close()
    return empty
