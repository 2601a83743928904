"""When the vault locks by itself, and what is done when it is shut."""

import threading
from pathlib import Path

import pytest

from cotutor.domain.errors import CotutorError, DiskFull
from cotutor.domain.reflection import Setting
from cotutor.process import shared_memory
from cotutor.process.shared_memory import Ending
from cotutor.services import handover
from cotutor.services.auto_lock import LOCK_AFTER, AutoLock
from cotutor.services.folders import has_vault
from cotutor.vault import kdf
from cotutor.vault.keys import prepare
from cotutor.vault.opening import create
from cotutor.vault.vault import Vault
from tests.fakes import FakeClock
from tests.vault.cheap import CHEAP

MINUTES = 60_000


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)
    made = prepare("orbit candle meadow violin harvest lantern", CHEAP)
    return create(tmp_path / "vault", made, FakeClock().wall())


class Watched:
    """A lock with a clock, a computer that can sleep, and what it wanted the process to become."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.slept = 0
        self.wishes: list[Ending] = []
        self.auto_lock = AutoLock(folder, self.clock, self.wishes.append, lambda: self.slept)


def test_nobody_there_for_five_minutes_locks(vault: Vault) -> None:
    watched = Watched(vault.folder)
    watched.clock.go(hours=1)
    assert not watched.auto_lock.must_lock, "there is nothing to lock"
    watched.auto_lock.open(vault)
    watched.clock.go(milliseconds=LOCK_AFTER - 1)
    assert not watched.auto_lock.must_lock
    watched.clock.go(milliseconds=1)
    assert watched.auto_lock.must_lock
    watched.auto_lock.key_pressed()
    assert not watched.auto_lock.must_lock
    watched.auto_lock.shut()


def test_a_secret_on_the_screen_is_locked_away_too(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    watched.auto_lock.secret_shown = True
    watched.clock.go(minutes=5)
    assert watched.auto_lock.must_lock


def test_sleep_locks_and_a_clock_that_was_set_does_not(vault: Vault) -> None:
    watched = Watched(vault.folder)
    watched.slept = 3_600_000  # before
    watched.auto_lock.open(vault)
    assert not watched.auto_lock.must_lock
    watched.clock.morning = watched.clock.morning.replace(year=2036)
    assert not watched.auto_lock.must_lock
    watched.slept += 60_000
    assert watched.auto_lock.must_lock
    watched.auto_lock.shut()


class Page:
    """Somebody writes here."""

    def __init__(self, problem: CotutorError | None = None) -> None:
        self.kept = 0
        self.problem = problem

    def keep(self) -> None:
        self.kept += 1
        if self.problem:
            raise self.problem


def test_shutting_keeps_first_and_closes_whatever_happens(vault: Vault) -> None:
    watched = Watched(vault.folder)
    watched.auto_lock.open(vault)
    page = Page(DiskFull("The disk is full."))
    watched.auto_lock.begin_writing(page)
    with pytest.raises(DiskFull):
        watched.auto_lock.shut()
    assert page.kept == 1
    assert watched.auto_lock.vault is None
    with pytest.raises(Exception, match="closed"):
        vault._store.connection.execute("SELECT 1")
    watched.auto_lock.shut()  # a second time there is nothing to do
    assert page.kept == 1


def test_the_watchdog_asks_for_the_lock_from_its_own_thread(vault: Vault) -> None:
    asked = threading.Event()
    by: list[str] = []

    def become(_wish: Ending) -> None:
        by.append(threading.current_thread().name)
        asked.set()

    clock = FakeClock()
    watched = AutoLock(vault.folder, clock, become, lambda: 0)
    watched.open(vault)
    watched.watch()
    clock.go(minutes=6)
    assert asked.wait(10)
    watched.unwatch()
    assert by == ["watchdog"]
    watched.shut()


def test_whether_there_is_a_vault_is_seen_without_touching_it(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    assert not has_vault(folder)
    assert not folder.exists()
    folder.mkdir()
    assert not has_vault(folder)
    (folder / "vault-0123456789abcdef.db").touch()
    assert has_vault(folder), "a database whose key file is gone is told about, not replaced"


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


def test_whoever_writes_is_kept_though_somebody_else_could_not_be(vault: Vault) -> None:
    watched = Watched(vault.folder)
    watched.auto_lock.open(vault)
    failing, well, done = Page(DiskFull("The disk is full.")), Page(), Page()
    for page in (failing, well, done):
        watched.auto_lock.begin_writing(page)
    watched.auto_lock.end_writing(done)
    with pytest.raises(DiskFull):
        watched.auto_lock.keep()
    assert (failing.kept, well.kept, done.kept) == (1, 1, 0)
    watched.auto_lock.abandon()
    watched.auto_lock.shut()
    assert (failing.kept, well.kept) == (1, 1)
