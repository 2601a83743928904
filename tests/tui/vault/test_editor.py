"""Writing: drafts, marks, details, undo, discarding."""

from pathlib import Path

import pytest
from textual.widgets import Static

from cotutor.domain.errors import DiskFull
from cotutor.process import signals
from cotutor.process.shared_memory import Ending
from cotutor.tui.widgets.marked_field import MarkedField
from cotutor.vault.reflections import Reflections
from tests.tui.vault.visit import Visit, opened, visit


async def begin(person: Visit, text: str = "") -> None:
    """A free reflection with this in its first box."""
    await person.press("n", "down", "down", "enter")
    await person.key_in(text)


def private(person: Visit) -> str:
    return person.app.screen.query_one("#private", MarkedField).text


def shareable(person: Visit) -> MarkedField:
    return person.app.screen.query_one("#shareable", MarkedField)


async def test_each_box_says_who_may_read_it(folder: Path) -> None:
    async with visit(folder) as person:
        await person.press("n", "enter")
        assert person.shown.index("Only me") < person.shown.index("Could be seen by others")
        assert "What? The little I need" in person.shown


@pytest.mark.parametrize(("size", "beside"), [((80, 24), False), ((200, 60), True)])
async def test_the_boxes_stand_side_by_side_where_there_is_room(
    folder: Path, size: tuple[int, int], *, beside: bool
) -> None:
    async with visit(folder, size) as person:
        await begin(person)
        first, second = (person.app.screen.query_one(f"#{name}").region for name in ("private", "shareable"))
        assert (first.y == second.y) is beside
        assert (first.x == second.x) is not beside


async def test_every_template_can_be_chosen(folder: Path) -> None:
    async with visit(folder) as person:
        for number in range(5):
            await person.press("n", *["down"] * number, "enter")
            assert person.where == "EditorPage"
            await person.press("escape")
        assert person.vault.reflections.drafts() == [], "headings alone are no draft"


async def test_what_is_typed_is_kept_as_a_draft_and_found_again(folder: Path) -> None:
    async with visit(folder) as person:
        await begin(person, "half a thought")
        assert person.app._saving is not None
        assert person.app.keep()
        assert [one.private for one in person.vault.reflections.drafts()] == ["half a thought"]
        await person.press("escape")
        assert "Being written; not saved yet" in person.shown
        await person.press("enter")
        assert private(person) == "half a thought"
        await person.press("ctrl+s", "escape")
        assert person.vault.reflections.drafts() == []
        assert "Being written" not in person.shown


async def test_locking_keeps_what_was_typed_just_before(folder: Path) -> None:
    async with visit(folder) as person:
        await begin(person, "to the last lette")
        await person.press("r", "ctrl+l")
        assert person.wishes == [Ending.LOCK]
        person.app.auto_lock.shut()
    vault = opened(folder)
    assert [one.private for one in vault.reflections.drafts()] == ["to the last letter"]
    vault.close()


async def test_a_transaction_that_a_signal_interrupts_does_not_cost_the_draft(folder: Path) -> None:
    async with visit(folder) as person:
        await begin(person, "kept")
        person.vault._store.connection.execute("BEGIN IMMEDIATE")
        person.app.auto_lock.shut()
    vault = opened(folder)
    assert [one.private for one in vault.reflections.drafts()] == ["kept"]
    vault.close()


async def test_a_disk_that_is_full_keeps_one_from_leaving_unknowingly(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("The disk is full.")

    async with visit(folder) as person:
        await begin(person, "words")
        with monkeypatch.context() as patched:
            patched.setattr(Reflections, "save_draft", full)
            await person.press("escape")
            assert person.where == "EditorPage"
            assert person.notice == "The disk is full."
            await person.press("ctrl+q", "ctrl+q", "ctrl+q")
            assert person.where == "ConfirmSheet"
            await person.press("escape")
            assert person.where == "EditorPage"
        await person.press("escape")
        assert [one.private for one in person.vault.reflections.drafts()] == ["words"]


async def test_undo_brings_back_what_was_deleted(folder: Path) -> None:
    async with visit(folder) as person:
        await begin(person, "one two")
        await person.press("ctrl+w", "ctrl+z")
        assert private(person) == "one two"
        assert person.wishes == []


async def test_marks_are_explained_before_saving_and_the_writer_decides(folder: Path) -> None:
    async with visit(folder) as person:
        await begin(person, "Dr Smith is no concern of this box")
        await person.press("tab")
        await person.key_in("Mrs Jones was 93 years old")
        await person.press("ctrl+s")
        assert person.where == "MarksSheet"
        for words in ("Mrs Jones", "93 years old", "not all"):
            assert words in person.shown
        assert "Dr Smith" not in " ".join(str(each.content) for each in person.app.screen.query(Static))
        assert shareable_marks(person) == {0: [(0, 9), (14, 26)]}
        await person.press("escape")
        assert person.vault.standing().reflections == 3
        await person.press("ctrl+s", "s")
        assert person.notice == "Saved as it is."
        assert person.vault.standing().reflections == 4


def shareable_marks(person: Visit) -> dict[int, list[tuple[int, int]]]:
    page = next(page for page in person.app.screen_stack if type(page).__name__ == "EditorPage")
    return page.query_one("#shareable", MarkedField)._marks


async def test_a_clean_box_is_saved_but_never_called_anonymous(folder: Path) -> None:
    async with visit(folder) as person:
        await begin(person)
        await person.press("tab")
        await person.key_in("I learned to wait")
        await person.press("ctrl+s")
        assert person.notice.startswith("Saved. This finds some identifiers, not all")
        assert "anonym" not in person.shown


async def test_details_count_at_once_and_cancelling_takes_them_back(folder: Path) -> None:
    async with visit(folder) as person:
        await begin(person, "words")
        await person.press("f2", "tab")
        await person.key_in("Ward, #night")
        await person.press("tab")
        await person.key_in("M.")
        await person.press("tab")
        await person.key_in("45m")
        await person.press("tab")
        await person.key_in("+1y")
        assert person.app.keep()
        (draft,) = person.vault.reflections.drafts()
        assert (draft.tags, draft.alias, draft.length) == (("night", "ward"), "M.", 45 * 60_000)
        assert str(draft.expires) == "2027-03-02"
        await person.press("escape")
        assert person.app.keep()
        (draft,) = person.vault.reflections.drafts()
        assert (draft.tags, draft.alias, draft.length, draft.expires) == ((), "", 0, None)
        await person.press("f2")
        await person.write("32/13/2026")
        await person.press("ctrl+s")
        assert person.where == "DetailsSheet"
        assert "That is not a day." in person.line("problem")


async def test_a_step_from_the_editor_leaves_the_draft_in_charge(folder: Path) -> None:
    async with visit(folder) as person:
        await begin(person, "first")
        await person.press("f4")
        await person.key_in("ask before advising")
        await person.press("ctrl+s")
        assert [step.text for step in person.vault.steps.all()] == ["ask before advising"]
        await person.key_in(" second")
        person.app.auto_lock.shut()
    vault = opened(folder)
    assert [one.private for one in vault.reflections.drafts()] == ["first second"]
    vault.close()


async def test_discarding_asks_and_then_leaves_nothing(folder: Path) -> None:
    async with visit(folder) as person:
        await begin(person, "no")
        assert person.app.keep()
        await person.press("f8", "escape")
        assert private(person) == "no"
        await person.press("f8", "y")
        assert person.where == "ReflectionsPage"
        assert person.app.keep()
        assert person.vault.reflections.drafts() == []


async def test_changes_taken_back_leave_no_draft(folder: Path) -> None:
    async with visit(folder) as person:
        await person.press("enter", "x")
        assert person.app.keep()
        assert len(person.vault.reflections.drafts()) == 1
        await person.press("backspace", "escape")
        assert person.vault.reflections.drafts() == []


async def test_earlier_versions_only_if_asked_for(folder: Path) -> None:
    async with visit(folder) as person:
        await person.press("enter", "x", "ctrl+s", "f5")
        assert "no earlier versions" in person.notice
        person.vault.reflections.keep_history(person.clock.wall(), wanted=True)
        await person.press("y", "ctrl+s", "f5")
        assert person.where == "VersionsPage"
        assert "vault open" in person.shown


async def test_a_paste_is_cleaned(folder: Path) -> None:
    async with visit(folder) as person:
        await begin(person)
        await person.paste("good\x1b]52;c;AAAA\x07 \u202ebad" + "x" * 200_000)
        assert "\x1b" not in private(person)
        assert len(private(person)) == 100_000


async def test_ctrl_z_outside_a_field_locks_and_stops(folder: Path) -> None:
    async with visit(folder) as person:
        await person.press("ctrl+z")
        assert person.wishes == [Ending.LOCK_AND_STOP]
        assert signals.GRACE_SECONDS > 0
