from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from cotutor.conversation.vault.answers import EncounterAnswers
from cotutor.conversation.vault.questions import DISCARD_CHANGES, DISCARD_NEW
from cotutor.conversation.vault.writing import (
    ReflectionDraft,
    StepDraft,
    blank_rating,
    is_first,
    log_encounter,
    new_reflection,
)
from cotutor.domain.errors import CotutorError
from cotutor.domain.reflection import Part, Setting
from cotutor.vault.vault import Vault
from tests.fakes import FakeClock

NOW = FakeClock().wall()


def begun(vault: Vault) -> ReflectionDraft:
    return ReflectionDraft(vault, new_reflection(NOW, "free"))


def test_a_template_gives_its_headings_and_the_day_is_today() -> None:
    assert new_reflection(NOW).private.startswith("What?")
    assert new_reflection(NOW, "gibbs").template == "gibbs"
    assert new_reflection(NOW, "gone").day == NOW.date()


def test_bare_headings_are_no_draft_and_words_are(vault: Vault) -> None:
    draft = begun(vault)
    draft.keep(NOW)
    assert vault.reflections.drafts() == []
    assert is_first(vault)
    draft.write("half a thought", "")
    draft.keep(NOW)
    assert [one.private for one in vault.reflections.drafts()] == ["half a thought"]
    assert not is_first(vault)


def test_changes_taken_back_leave_no_draft(vault: Vault) -> None:
    draft = begun(vault)
    draft.write("as it is", "")
    draft.save(NOW)
    draft.write("as it is, and more", "")
    draft.keep(NOW)
    assert len(vault.reflections.drafts()) == 1
    draft.write("as it is", "")
    draft.keep(NOW)
    assert vault.reflections.drafts() == []


def test_nothing_is_saved_before_something_is_written(vault: Vault) -> None:
    draft = begun(vault)
    with pytest.raises(CotutorError, match="Nothing is written yet"):
        draft.refuse_empty()


def test_what_might_name_somebody_is_saved_as_it_is_and_nothing_is_called_anonymous(vault: Vault) -> None:
    draft = begun(vault)
    draft.write("Dr Smith is private", "I learned to wait")
    assert draft.identifiers() == []
    assert draft.save(NOW).startswith("Saved. This finds some identifiers, not all")
    draft.write("Dr Smith is private", "Mrs Jones")
    assert len(draft.identifiers()) == 1
    assert draft.save(NOW) == "Saved as it is."
    draft.write("Dr Smith is private", "")
    assert draft.save(NOW) == "Saved."


def test_a_draft_is_thrown_away_after_the_question_that_fits(vault: Vault) -> None:
    draft = begun(vault)
    assert draft.question is DISCARD_NEW
    assert draft.step_origin == ""
    draft.write("no", "")
    draft.keep(NOW)
    draft.write("no, nor this", "")
    draft.discard()
    draft.keep(NOW)
    assert vault.reflections.drafts() == []
    draft.save(NOW)
    assert draft.question is DISCARD_CHANGES
    assert draft.step_origin == draft.reflection.uid


def test_a_step_is_kept_as_it_is_typed_and_taken_back_when_given_up(vault: Vault) -> None:
    step = StepDraft(vault)
    step.keep("", "", NOW)
    assert vault.steps.all() == []
    step.keep("ask", "not a day yet", NOW)
    assert [(one.text, one.due) for one in vault.steps.all()] == [("ask", None)]
    step.keep("ask before", "5/3/2026", NOW)
    assert [(one.text, one.due) for one in vault.steps.all()] == [("ask before", date(2026, 3, 5))]
    step.take_back(NOW)
    assert vault.steps.all() == []


def test_a_changed_step_goes_back_to_what_it_was(vault: Vault) -> None:
    kept = vault.steps.add("before", NOW)
    step = StepDraft(vault, kept)
    step.keep("after", "", NOW)
    step.take_back(NOW)
    assert [one.text for one in vault.steps.all()] == ["before"]
    with pytest.raises(CotutorError, match="what you will do"):
        step.finish(" ", "", NOW)
    with pytest.raises(CotutorError, match="not a day"):
        step.finish("after", "soon", NOW)


def test_a_new_reflection_knows_its_moment_and_is_told_from_any_other() -> None:
    begun = new_reflection(NOW)
    assert begun.created == int(NOW.timestamp() * 1000)
    assert len(begun.uid) == 16
    assert begun.uid != new_reflection(NOW).uid


def test_what_is_saved_needs_no_draft_and_keeps_the_words_as_they_were_typed(vault: Vault) -> None:
    draft = begun(vault)
    draft.write("typed \x1b[2J", "")
    draft.save(NOW)
    assert draft.reflection.private == "typed \x1b[2J"
    draft.keep(NOW)
    assert vault.reflections.drafts() == []
    draft.refuse_empty()


def test_a_draft_is_kept_once_for_each_change_and_never_where_only_reading_is_allowed(vault: Vault) -> None:
    draft = begun(vault)
    draft.write("half a thought", "")
    vault._store.read_only = True
    draft.keep(NOW)
    vault._store.read_only = False
    assert vault.reflections.drafts() == []
    draft.keep(NOW)
    vault.reflections.drop_draft(draft.reflection.uid)
    draft.keep(NOW)
    assert vault.reflections.drafts() == [], "the vault had it already"


def test_a_step_keeps_its_day_while_another_is_being_typed_and_where_it_came_from(vault: Vault) -> None:
    origin = vault.reflections.save(new_reflection(NOW), NOW)
    step = StepDraft(vault, None, origin.uid)
    step.keep("ask", "5/3/2026", NOW)
    step.keep("ask twice", "5/", NOW)
    kept = step.finish("ask thrice", "6/3/2026", NOW)
    assert vault.steps.all() == [kept]
    assert (kept.text, kept.due, kept.reflection) == ("ask thrice", date(2026, 3, 6), origin.uid)
    step.keep("ask four times", "soon", NOW)
    assert vault.steps.all()[0].due == date(2026, 3, 6)


def test_a_step_that_did_not_change_is_not_written_again(vault: Vault) -> None:
    kept = vault.steps.add("ask", NOW, due=date(2026, 3, 5))
    step = StepDraft(vault, kept)
    later = NOW + timedelta(minutes=1)
    step.keep("ask", "5/3/2026", later)
    step.take_back(later)
    StepDraft(vault).take_back(later)
    assert vault.steps.all() == [kept]
    step.keep("ask", "6/3/2026", later)
    assert vault.steps.all() != [kept]
    step.take_back(later)
    assert vault.steps.all() == [replace(kept, changed=kept.changed + 60_000)]


def test_a_meeting_that_was_filled_in_stands_in_the_log(vault: Vault) -> None:
    day = date(2026, 2, 1)
    line = EncounterAnswers(day, 45 * 60_000, Setting.REMOTE, Part.MENTOR, "pair")
    assert log_encounter(vault, line, NOW) == "Noted in the log."
    (kept,) = vault.encounters.all()
    assert (kept.day, kept.length, kept.setting, kept.role, kept.plan) == (
        day, 45 * 60_000, Setting.REMOTE, Part.MENTOR, "pair",
    )  # fmt: skip
    blank = blank_rating(NOW)
    assert (blank.day, blank.topic, blank.before, blank.after) == (NOW.date(), "", None, None)
