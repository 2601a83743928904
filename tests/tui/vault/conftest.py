from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from cotutor.process import shared_memory
from cotutor.services import custody, upkeep
from cotutor.vault import kdf
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
    notebook = custody.create(tmp_path / "vault", custody.prepare(PASSPHRASE, CHEAP), FakeClock().wall())
    upkeep.set_preferences(notebook, upkeep.Preferences(backup_every=0))
    notebook.close()
    return tmp_path / "vault"


@pytest.fixture
def folder(empty: Path) -> Path:
    """A vault with three reflections in it."""
    now = FakeClock().wall()
    notebook = custody.unlock(custody.prove(empty, PASSPHRASE), now)
    for days, text, tags in (
        (20, "I advised too soon.", ("listening",)),
        (10, "Silence did the work.", ("listening", "silence")),
        (0, "My week came first.", ()),
    ):
        blank = notebook.begin(now, "free")
        day = now.date() - timedelta(days=days)
        notebook.save(replace(blank, private=text, tags=tags, day=day, alias="K." if days else ""), now)
    notebook.close()
    return empty
