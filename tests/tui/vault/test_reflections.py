"""The list: newest first, found as one types, filtered, erased."""

from pathlib import Path

from cotutor.domain.reflection import Setting
from cotutor.process.shared_memory import Ending
from cotutor.services import handover
from cotutor.vault.backup import own_backups
from cotutor.vault.ratings import new_rating
from cotutor.vault.settings import Preferences
from tests.fakes import FakeClock
from tests.tui.vault.visit import database_of, opened, visit


async def test_newest_first(folder: Path) -> None:
    async with visit(folder) as person:
        assert [line.lstrip("› ") for line in person.menu] == [
            "2 Mar 2026  My week came first.",
            "20 Feb 2026  Silence did the work.  K.  #listening #silence",
            "10 Feb 2026  I advised too soon.  K.  #listening",
        ]


async def test_the_list_follows_what_is_typed_and_escape_undoes_it(folder: Path) -> None:
    async with visit(folder) as person:
        await person.press("slash")
        await person.key_in("sil")
        assert len(person.menu) == 1
        await person.key_in("q")
        assert person.menu == ["Nothing fits."]
        await person.press("backspace", "enter", "enter")
        assert person.where == "EditorPage"
        assert "Silence did the work." in person.shown
        await person.press("escape", "escape")
        assert len(person.menu) == 3
        await person.press("escape")
        assert person.wishes == [Ending.HOME]


async def test_where_there_is_room_the_marked_one_can_be_read(folder: Path) -> None:
    async with visit(folder, (200, 60)) as person:
        assert person.shown.count("My week came first.") == 2
        await person.press("down")
        assert person.shown.count("Silence did the work.") == 2
        assert person.shown.count("My week came first.") == 1


async def test_filters_hold_together_with_the_search(folder: Path) -> None:
    async with visit(folder) as person:
        await person.press("f")
        assert "#listening 2" in person.shown
        await person.key_in("#Listening")
        await person.press("ctrl+s")
        assert len(person.menu) == 2
        assert "#listening" in person.line("wanted")
        await person.press("f", "tab", "tab")
        await person.key_in("1/2/2026")
        await person.press("tab")
        await person.key_in("nonsense")
        await person.press("ctrl+s")
        assert "That is not a day." in person.line("problem")
        await person.write("15/2/2026")
        await person.press("ctrl+s")
        assert [line.strip()[-29:] for line in person.menu] == ["advised too soon.  K.  #listening"[-29:]]


async def test_what_a_person_wrote_is_never_markup(folder: Path) -> None:
    hostile = "[/nope][@click=app.quit]x[/]"
    vault = opened(folder)
    now = FakeClock().wall()
    vault.steps.add(hostile, now)
    vault.ratings.put(new_rating(hostile, now), now)
    vault.close()
    async with visit(folder) as person:
        await person.press("n", "down", "down", "enter")
        await person.key_in(hostile)
        await person.press("ctrl+s", "escape")
        assert hostile in person.shown
        for key in ("s", "r"):
            await person.press(key)
            assert hostile in person.shown
            await person.press("escape")


async def test_forgetting_asks_first_and_moves_to_a_fresh_key(folder: Path) -> None:
    async with visit(folder) as person:
        before = database_of(folder)
        await person.press("x", "enter")
        assert person.where == "ConfirmSheet"
        await person.press("escape")
        assert len(person.menu) == 3
        await person.press("x", "y")
        assert person.notice == "Erased."
        assert len(person.menu) == 2
        assert not before.exists()


async def test_a_backup_that_is_due_is_made(folder: Path) -> None:
    vault = opened(folder)
    vault.settings.prefer(Preferences(backup_every=7))
    vault.close()
    async with visit(folder) as person:
        assert "A backup was made and opened once." in person.notice
        assert len(own_backups(folder)) == 1


async def test_an_encounter_is_offered_never_assumed(folder: Path) -> None:
    for keep in (False, True):
        handover.leave(handover.Met(50 * 60_000 + 999, Setting.REMOTE, "one-way"))
        async with visit(folder) as person:
            assert person.where == "EncounterSheet"
            assert "50m" in person.shown
            assert person.vault.encounters.all() == []
            await person.press("ctrl+s" if keep else "escape")
            logged = [(one.length, one.setting, one.plan) for one in person.vault.encounters.all()]
            assert logged == ([(50 * 60_000, Setting.REMOTE, "one-way")] if keep else [])
    async with visit(folder) as person:
        assert person.where == "ReflectionsPage"


async def test_the_lock_key_locks_from_any_page(folder: Path) -> None:
    async with visit(folder) as person:
        for number, keys in enumerate(
            (["n", "enter"], ["s", "n"], ["e"], ["r"], ["v"], ["f"], ["?"]), start=1
        ):
            await person.press(*keys)
            await person.press("ctrl+l")
            assert person.wishes == [Ending.LOCK] * number, keys
            while person.where != "ReflectionsPage":
                await person.press("escape")
