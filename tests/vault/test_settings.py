from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from cotutor.conversation.vault.writing import new_reflection
from cotutor.domain.duration import MINUTE
from cotutor.vault import kdf
from cotutor.vault.keys import prepare
from cotutor.vault.opening import create
from cotutor.vault.settings import Preferences
from cotutor.vault.vault import Vault
from tests.vault.cheap import CHEAP

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
PASSPHRASE = "orbit candle meadow violin harvest lantern"  # noqa: S105  an invented vault's


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vault]:
    """A vault with one reflection in it."""
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)
    made = create(tmp_path / "vault", prepare(PASSPHRASE, CHEAP), NOW)
    made.reflections.save(replace(new_reflection(NOW), private="precious"), NOW)
    yield made
    made.close()


def wanted_every(vault: Vault, days: int) -> None:
    vault.settings.prefer(Preferences(backup_every=days))


@pytest.mark.parametrize(
    ("every", "days_ago"), [(1, 1), (1, 2), (7, 7), (7, 8), (30, 30), (7, -1), (30, -400)]
)
def test_a_backup_is_due_once_the_last_is_so_old_or_dated_tomorrow(
    vault: Vault, every: int, days_ago: int
) -> None:
    wanted_every(vault, every)
    vault.back_up(NOW - timedelta(days=days_ago))
    assert vault.settings.backup_due(TODAY)


@pytest.mark.parametrize(("every", "days_ago"), [(1, 0), (7, 0), (7, 6), (30, 29), (0, 0), (0, 700), (0, -1)])
def test_no_backup_is_due_while_the_last_is_young_enough_or_none_is_wanted(
    vault: Vault, every: int, days_ago: int
) -> None:
    wanted_every(vault, every)
    vault.back_up(NOW - timedelta(days=days_ago))
    assert not vault.settings.backup_due(TODAY)


def test_the_first_backup_is_due_at_once_unless_none_is_wanted(vault: Vault) -> None:
    assert vault.settings.backup_due(TODAY)
    wanted_every(vault, 0)
    assert not vault.settings.backup_due(TODAY)


def test_whoever_settles_nothing_is_locked_after_five_minutes_and_backed_up_weekly(
    vault: Vault,
) -> None:
    settled = vault.settings.preferences
    assert settled.lock_after == 5 * MINUTE
    assert settled.backup_every == 7


def test_a_passphrase_is_rehearsed_three_times_over_two_months(vault: Vault) -> None:
    vault.settings.note_passphrase(TODAY)
    due = []
    for days in range(100):
        day = TODAY + timedelta(days=days)
        if vault.settings.rehearsal_due(day):
            due.append(days)
            vault.settings.note_rehearsal(day)
    assert due == [3, 14, 60]
