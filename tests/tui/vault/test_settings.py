"""The vault's settings, its keys and its copies."""

from pathlib import Path

import pytest

from cotutor.domain.errors import WrongPassphrase
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.menu import Menu
from cotutor.vault.keys import prove_passphrase, prove_recovery
from cotutor.vault.recovery import new_recovery_key
from cotutor.vault.settings import Preferences
from tests.fakes import FakeClock
from tests.tui.vault.visit import PASSPHRASE, Visit, database_of, opened, visit


async def choose(person: Visit, line: str) -> None:
    """Go to the settings and take the line with these words."""
    if person.where == "ReflectionsPage":
        await person.press("v")
    menu = person.one(Menu)
    menu.highlighted = next(number for number, text in enumerate(person.menu) if line in text)
    menu.focus()
    await person.settle()
    await person.press("enter")


async def test_the_rows_count_at_once(folder: Path) -> None:
    async with visit(folder) as person:
        await person.press("v")
        person.app.screen.query_one("#lock", ChoiceField).focus()
        await person.press("right")
        assert person.app.auto_lock.lock_after == 10 * 60_000
        assert person.vault.settings.preferences.lock_after == 10 * 60_000
        person.app.screen.query_one("#backup", ChoiceField).focus()
        await person.press("right")
        assert person.vault.settings.preferences.backup_every == 1
        person.app.screen.query_one("#history", ChoiceField).focus()
        await person.press("right")
        assert person.vault.reflections.keeps_history
        await person.press("left")
        assert person.where == "ConfirmSheet"
        await person.press("escape")
        assert person.vault.reflections.keeps_history
        person.app.screen.query_one("#history", ChoiceField).focus()
        await person.press("left", "y")
        assert not person.vault.reflections.keeps_history


async def test_the_time_to_lock_holds_from_the_next_unlocking_on(folder: Path) -> None:
    vault = opened(folder)
    vault.settings.prefer(Preferences(lock_after=60_000, backup_every=0))
    vault.close()
    async with visit(folder) as person:
        person.clock.go(seconds=59)
        assert not person.app.auto_lock.must_lock
        person.clock.go(seconds=1)
        assert person.app.auto_lock.must_lock
        await person.press("a")
        assert not person.app.auto_lock.must_lock


async def test_a_recovery_key_is_shown_once_and_typed_back(folder: Path) -> None:
    async with visit(folder) as person:
        await choose(person, "Make a recovery key")
        code = person.line("words")
        await person.press("enter")
        assert code not in person.shown
        other = new_recovery_key()
        await person.type_secret(other)
        assert "not the one that was just shown" in person.notice
        assert not person.vault.standing().has_recovery
        await person.type_secret(code.lower())
        assert person.where == "VaultSettings"
        assert "Keep the paper safe" in person.notice
        prove_recovery(folder, code).wipe()
        await choose(person, "Remove the recovery key")
        await person.press("y")
        assert not person.vault.standing().has_recovery
    with pytest.raises(WrongPassphrase):
        prove_recovery(folder, code)


@pytest.mark.parametrize("anew", [False, True])
async def test_another_passphrase_needs_the_present_one(folder: Path, *, anew: bool) -> None:
    async with visit(folder) as person:
        database = database_of(folder)
        await choose(person, "Change the passphrase")
        words = person.line("words")
        await person.press("enter")
        assert "present passphrase first" in person.notice
        await person.key_in("wrong")
        if anew:
            person.app.screen.query_one("#anew", ChoiceField).choose(value=True)
        await person.press("enter")
        await person.type_secret(words, "again")
        assert person.where == "ChangePassphrase"
        prove_passphrase(folder, PASSPHRASE).wipe()
        await person.press("escape", "escape")
        await choose(person, "Change the passphrase")
        words = person.line("words")
        await person.key_in(PASSPHRASE)
        person.app.screen.query_one("#anew", ChoiceField).choose(value=anew)
        await person.press("enter")
        await person.type_secret(words, "again")
        assert "new passphrase is in force" in person.notice
        assert database.exists() is not anew
        assert person.vault.standing().reflections == 3
    prove_passphrase(folder, words).wipe()
    with pytest.raises(WrongPassphrase):
        prove_passphrase(folder, PASSPHRASE)


async def test_the_passphrase_is_rehearsed_when_it_is_due(folder: Path) -> None:
    vault = opened(folder)
    clock = FakeClock()
    clock.go(hours=-24 * 4)
    vault.settings.note_passphrase(clock.wall().date())
    vault.close()
    async with visit(folder) as person:
        assert "Do you still know your passphrase" in person.notice
        await choose(person, "Rehearse the passphrase")
        await person.type_secret("something else entirely")
        assert "Not right." in person.notice
        await person.type_secret(PASSPHRASE)
        assert "by heart" in person.notice
        assert not person.vault.settings.rehearsal_due(person.clock.wall().date())


async def test_a_backup_is_made_and_tried(folder: Path) -> None:
    async with visit(folder) as person:
        await choose(person, "Back up now")
        assert "opened once and found whole: 3 reflections" in person.notice
        await choose(person, "Backups")
        assert "2 Mar 2026" in person.menu[0]
        await person.type_secret("not it at all")
        assert "passphrase" in person.notice
        await person.type_secret(PASSPHRASE)
        assert person.notice.startswith("The backup opens and is whole: 3 reflections, last saved 2 Mar 2026")


async def test_every_reflection_can_be_erased(folder: Path) -> None:
    async with visit(folder) as person:
        await choose(person, "Erase every reflection")
        await person.press("escape")
        assert person.vault.standing().reflections == 3
        await choose(person, "Erase every reflection")
        await person.press("y")
        assert person.vault.standing().reflections == 0


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_every_page_says_what_is_kept_and_which_key_goes_back(
    folder: Path, size: tuple[int, int]
) -> None:
    async with visit(folder, size) as person:
        for keys in (["n", "enter"], ["enter"], ["s"], ["e"], ["r"], ["v"], ["f1"]):
            await person.press(*keys)
            assert "vault open" in person.rows[0], keys
            assert any(word in person.shown for word in ("esc", "enter", "ctrl+s")), keys
            assert len(person.rows) == size[1]
            assert all(len(row) <= size[0] for row in person.rows)
            await person.press("escape")
            assert person.where == "ReflectionsPage"
