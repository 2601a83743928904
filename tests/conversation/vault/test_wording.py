from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from cotutor.content.templates import template
from cotutor.conversation.notice import Medium
from cotutor.conversation.vault import wording
from cotutor.domain.reflection import Encounter, NextStep, Part, Reflection, SelfRating, Setting, StepState
from cotutor.vault.search import Found, Wanted
from cotutor.vault.standing import Standing

NOW = datetime(2026, 3, 2, 10, 3, tzinfo=UTC)
TODAY = NOW.date()
UID = "1" * 16
STANDING = Standing(1, None, None, read_only=False, key_file_whole=True, has_recovery=False, drafts=0)
MINUTE = 60_000


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 steps"), (1, "1 step"), (2, "2 steps"), (2_000, "2,000 steps")]
)
def test_one_is_one_and_everything_else_is_many(count: int, words: str) -> None:
    assert wording.counted(count, "step") == words


def test_a_moment_is_shown_where_the_person_is_and_one_that_never_was_is_never() -> None:
    earlier = datetime(2026, 3, 2, 8, 59, tzinfo=UTC)
    assert wording.moment(earlier, NOW) == "2 Mar 2026, 08:59"
    assert wording.moment(earlier.replace(tzinfo=None), NOW) == "2 Mar 2026, 08:59"
    assert wording.moment(None, NOW) == "never"


def test_a_vault_that_was_never_saved_does_not_name_a_moment() -> None:
    saved = replace(STANDING, reflections=2, last_saved=NOW)
    assert wording.standing_line(STANDING, NOW) == "1 reflection, nothing saved yet"
    assert wording.standing_line(saved, NOW) == "Last saved 2 Mar 2026, 10:03  ·  2 reflections"
    assert wording.standing_line(saved, NOW, brief=True) == "Saved 2 Mar 2026, 10:03; 2 kept"
    assert wording.saved_line(saved, NOW) == "2 reflections, last saved 2 Mar 2026, 10:03"


def test_a_filtered_list_names_each_filter_and_an_unfiltered_one_none() -> None:
    assert wording.wanted_line(Wanted()) == ""
    every = Wanted(tag="night", alias="B", since=TODAY, until=TODAY, template="free")
    shown = wording.wanted_line(every)
    assert shown.startswith("#night  ")
    assert shown.endswith("with B  from 2 Mar 2026  to 2 Mar 2026")
    assert wording.wanted_line(Wanted(template="since gone")) == "since gone"


def test_a_list_shows_what_was_written_and_not_the_headings_of_a_template() -> None:
    heading = template("what").private[0]
    written = Reflection(UID, TODAY, private=f"{heading}\n\n  I waited \n", shareable="more")
    assert wording.first_words(written, 8) == "I waited"
    assert wording.first_words(written, 7) == "I wait…"
    assert wording.first_words(replace(written, private=heading), 40) == "more"
    assert wording.first_words(replace(written, private=heading, shareable=""), 40) == "(only headings yet)"


def test_more_than_three_tags_are_counted() -> None:
    one = Found(UID, TODAY, "free", "B", ("a", "b", "c"), private="", shareable="", expires=None)
    assert wording.detail(one) == "B  #a #b #c"
    assert wording.detail(replace(one, tags=("a", "b", "c", "d", "e"))) == "B  #a #b #c +2"
    assert wording.detail(replace(one, alias="", tags=(), expires=TODAY)) == "until 2 Mar 2026"


def test_details_name_only_what_there_is() -> None:
    assert wording.details_line(Reflection(UID, TODAY)) == "2 Mar 2026"
    filled = Reflection(UID, TODAY, alias="B", tags=("a", "b"), length=90 * MINUTE, expires=TODAY)
    assert wording.details_line(filled) == (
        "2 Mar 2026  ·  #a #b  ·  with B  ·  1h30m  ·  erases itself 2 Mar 2026"
    )


def test_an_earlier_version_is_told_by_the_local_time_at_which_it_was_saved() -> None:
    saved = Reflection(UID, TODAY, changed=int(NOW.timestamp() * 1000) + 999)
    assert wording.version_line(saved, NOW) == "Saved 2 Mar 2026, 10:03"


@pytest.mark.parametrize(
    ("due", "state", "line"),
    [
        (None, StepState.OPEN, ("○  ask", "")),
        (date(2026, 3, 3), StepState.OPEN, ("○  ask", "by 3 Mar 2026")),
        (TODAY, StepState.OPEN, ("○! ask", "due 2 Mar 2026")),
        (TODAY, StepState.DONE, ("✓  ask", "by 2 Mar 2026  done")),
        (None, StepState.DROPPED, ("–  ask", "dropped")),
    ],
)
def test_only_an_open_step_whose_day_has_come_is_due(
    due: date | None, state: StepState, line: tuple[str, str]
) -> None:
    assert wording.step_line(NextStep(UID, "ask", due, state), NOW) == line


def test_the_log_adds_up_its_meetings() -> None:
    near = Encounter(UID, TODAY, 45 * MINUTE, role=Part.MENTOR, plan="pair")
    far = replace(near, setting=Setting.REMOTE, plan="")
    assert wording.encounter_line(near) == (" 2 Mar 2026     45m", "in person  as mentor  pair")
    assert wording.encounter_line(far)[1] == "remote  as mentor"
    assert wording.encounter_sums([]) == "0 encounters"
    assert wording.encounter_sums([near, far, far]) == (
        "3 encounters  ·  2 hours 15 minutes  ·  1 in person, 2 remote"
    )


def test_a_score_that_is_not_given_yet_is_a_dot() -> None:
    assert wording.rating_line(SelfRating(UID, TODAY, "silence", 3)) == " 2 Mar 2026   3 →  ·  silence"
    assert wording.rating_line(SelfRating(UID, TODAY, "silence", None, 10)) == " 2 Mar 2026   · → 10  silence"


def test_an_empty_list_says_how_its_first_entry_is_made_in_each_face() -> None:
    keys, words = Medium.KEYS, Medium.WORDS
    assert wording.nothing_written(keys) == "Nothing yet. Press n to write your first reflection."
    assert wording.nothing_written(words) == "Nothing yet. Type new to write your first reflection."
    assert wording.no_steps(keys, open_only=True) == "No open steps. Press n to add one."
    assert wording.no_steps(words, open_only=False) == "None yet."
    assert wording.nothing_rated(words) == "Nothing rated yet. Type new, for instance before a workshop."
    assert "is up to you (v on the list)." in wording.nothing_earlier(keys)
    assert "is up to you (vault on the list)." in wording.nothing_earlier(words)
