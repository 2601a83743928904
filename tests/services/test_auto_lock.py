"""When the vault locks by itself, and what is done when it is shut."""

import threading
from pathlib import Path

import pytest

from cotutor.domain.errors import CotutorError, DiskFull
from cotutor.domain.reflection import Setting
from cotutor.process import shared_memory
from cotutor.process.shared_memory import Ending
from cotutor.services import auto_lock, custody, handover
from cotutor.services.auto_lock import LOCK_AFTER, Gate
from cotutor.services.notebook import Notebook
from cotutor.vault import kdf
from tests.fakes import FakeClock
from tests.vault.cheap import CHEAP

MINUTES = 60_000


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Notebook:
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)
    made = custody.prepare("orbit candle meadow violin harvest lantern", CHEAP)
    return custody.create(tmp_path / "vault", made, FakeClock().wall())


class Watched:
    """A gate with a clock, a computer that can sleep, and what the gate wanted to become."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.slept = 0
        self.wishes: list[Ending] = []
        self.gate = Gate(folder, self.clock, self.wishes.append, lambda: self.slept)


def test_nobody_there_for_five_minutes_locks(notebook: Notebook) -> None:
    watched = Watched(notebook.vault.folder)
    watched.clock.go(hours=1)
    assert not watched.gate.must_lock, "there is nothing to lock"
    watched.gate.open(notebook)
    watched.clock.go(milliseconds=LOCK_AFTER - 1)
    assert not watched.gate.must_lock
    watched.clock.go(milliseconds=1)
    assert watched.gate.must_lock
    watched.gate.key_pressed()
    assert not watched.gate.must_lock
    watched.gate.shut()


def test_a_secret_on_the_screen_is_locked_away_too(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    watched.gate.exposed = True
    watched.clock.go(minutes=5)
    assert watched.gate.must_lock


def test_sleep_locks_and_a_clock_that_was_set_does_not(notebook: Notebook) -> None:
    watched = Watched(notebook.vault.folder)
    watched.slept = 3_600_000  # before
    watched.gate.open(notebook)
    assert not watched.gate.must_lock
    watched.clock.morning = watched.clock.morning.replace(year=2036)
    assert not watched.gate.must_lock
    watched.slept += 60_000
    assert watched.gate.must_lock
    watched.gate.shut()


class Page:
    """Somebody writes here."""

    def __init__(self, problem: CotutorError | None = None) -> None:
        self.kept = 0
        self.problem = problem

    def keep(self) -> None:
        self.kept += 1
        if self.problem:
            raise self.problem


def test_shutting_keeps_first_and_closes_whatever_happens(notebook: Notebook) -> None:
    watched = Watched(notebook.vault.folder)
    watched.gate.open(notebook)
    page = Page(DiskFull("The disk is full."))
    watched.gate.writing = page
    with pytest.raises(DiskFull):
        watched.gate.shut()
    assert page.kept == 1
    assert watched.gate.notebook is None
    with pytest.raises(Exception, match="closed"):
        notebook.vault.store.connection.execute("SELECT 1")
    watched.gate.shut()  # a second time there is nothing to do
    assert page.kept == 1


def test_the_watchdog_asks_for_the_lock_from_its_own_thread(notebook: Notebook) -> None:
    asked = threading.Event()
    by: list[str] = []

    def become(_wish: Ending) -> None:
        by.append(threading.current_thread().name)
        asked.set()

    clock = FakeClock()
    watched = Gate(notebook.vault.folder, clock, become, lambda: 0)
    watched.open(notebook)
    watched.watch()
    clock.go(minutes=6)
    assert asked.wait(10)
    watched.unwatch()
    assert by == ["watchdog"]
    watched.shut()


def test_whether_there_is_a_vault_is_seen_without_touching_it(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    assert not auto_lock.is_there(folder)
    assert not folder.exists()
    folder.mkdir()
    assert not auto_lock.is_there(folder)
    (folder / "vault-0123456789abcdef.db").touch()
    assert auto_lock.is_there(folder), "a database whose key file is gone is told about, not replaced"


def test_what_a_session_leaves_is_taken_once_and_survives_a_new_process() -> None:
    met = handover.Met(50 * MINUTES, Setting.REMOTE, "one-way")
    handover.leave(met)
    shared_memory.clear()
    assert handover.taken() == met
    assert handover.taken() is None


def test_the_longest_message_has_room() -> None:
    met = handover.Met(24 * 60 * MINUTES, Setting.IN_PERSON, "p" * 32)
    handover.leave(met)
    assert handover.taken() == met
