from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from cotutor.domain.duration import MINUTE
from cotutor.services import custody, upkeep
from cotutor.services.notebook import Notebook
from cotutor.vault import kdf
from tests.vault.cheap import CHEAP

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
PASSPHRASE = "orbit candle meadow violin harvest lantern"  # noqa: S105  an invented vault's


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    """A vault with one reflection in it."""
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)
    made = custody.create(tmp_path / "vault", custody.prepare(PASSPHRASE, CHEAP), NOW)
    made.save(replace(made.begin(NOW), private="precious"), NOW)
    yield made
    made.close()


def wanted_every(notebook: Notebook, days: int) -> None:
    upkeep.set_preferences(notebook, upkeep.Preferences(backup_every=days))


@pytest.mark.parametrize(
    ("every", "days_ago"), [(1, 1), (1, 2), (7, 7), (7, 8), (30, 30), (7, -1), (30, -400)]
)
def test_a_backup_is_due_once_the_last_is_so_old_or_dated_tomorrow(
    notebook: Notebook, every: int, days_ago: int
) -> None:
    wanted_every(notebook, every)
    upkeep.back_up(notebook, NOW - timedelta(days=days_ago))
    assert upkeep.backup_due(notebook, TODAY)


@pytest.mark.parametrize(("every", "days_ago"), [(1, 0), (7, 0), (7, 6), (30, 29), (0, 0), (0, 700), (0, -1)])
def test_no_backup_is_due_while_the_last_is_young_enough_or_none_is_wanted(
    notebook: Notebook, every: int, days_ago: int
) -> None:
    wanted_every(notebook, every)
    upkeep.back_up(notebook, NOW - timedelta(days=days_ago))
    assert not upkeep.backup_due(notebook, TODAY)


def test_the_first_backup_is_due_at_once_unless_none_is_wanted(notebook: Notebook) -> None:
    assert upkeep.backup_due(notebook, TODAY)
    wanted_every(notebook, 0)
    assert not upkeep.backup_due(notebook, TODAY)


def test_whoever_settles_nothing_is_locked_after_five_minutes_and_backed_up_weekly(
    notebook: Notebook,
) -> None:
    settled = upkeep.preferences(notebook)
    assert settled.lock_after == 5 * MINUTE
    assert settled.backup_every == 7


def test_a_passphrase_is_rehearsed_three_times_over_two_months(notebook: Notebook) -> None:
    upkeep.passphrase_was_set(notebook, NOW)
    due = []
    for days in range(100):
        day = TODAY + timedelta(days=days)
        if upkeep.rehearsal_due(notebook, day):
            due.append(days)
            upkeep.rehearsed(notebook, day)
    assert due == [3, 14, 60]
