from datetime import date

import pytest

from cotutor.conversation.vault import answers
from cotutor.domain.errors import CotutorError
from cotutor.domain.reflection import LINE_LIMIT, STEP_LIMIT, Part, Reflection, SelfRating, Setting
from cotutor.services.handover import Met
from cotutor.vault.search import Wanted

TODAY = date(2026, 3, 2)
BLANK = Reflection("1" * 16, TODAY)
RATING = SelfRating("2" * 16, TODAY, "")


def details(
    about: str = "today", tags: str = "", alias: str = "", spent: str = "", expires: str = ""
) -> Reflection:
    return answers.details(BLANK, TODAY, about=about, tags=tags, alias=alias, spent=spent, expires=expires)


def test_details_are_read_as_they_are_written() -> None:
    one = details("28/2/2026", "Ward, #night night", "M.", "1h30m", "+1y")
    assert (one.day, one.tags, one.alias) == (date(2026, 2, 28), ("night", "ward"), "M.")
    assert (one.length, one.expires) == (90 * 60_000, date(2027, 3, 2))
    assert details() == BLANK


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"about": ""}, "needs the day"),
        ({"about": "32/13/2026"}, "not a day"),
        ({"spent": "long"}, "A length of time is"),
        ({"expires": "today"}, "must be after today"),
        ({"expires": "soon"}, "not a day"),
    ],
)
def test_what_makes_no_sense_about_a_reflection_is_not_taken(wrong: dict[str, str], why: str) -> None:
    with pytest.raises(CotutorError, match=why):
        details(**wrong)


def test_the_earliest_day_on_which_a_reflection_erases_itself_is_tomorrow() -> None:
    assert details(expires="3/3/2026").expires == date(2026, 3, 3)
    for early in ("2/3/2026", "1/3/2026"):
        with pytest.raises(CotutorError, match="must be after today"):
            details(expires=early)


def test_an_alias_has_twenty_characters_and_other_lines_theirs() -> None:
    assert details(alias="x" * 20).alias == "x" * 20
    assert len(details(alias="x" * 21).alias) == 20
    assert len(answers.step("x" * 10_000, "", TODAY)[0]) == STEP_LIMIT
    assert len(answers.rating(RATING, topic="x" * 10_000, before="", after="").topic) == LINE_LIMIT


def test_a_meeting_of_another_day_and_a_filter_take_what_was_typed() -> None:
    line = answers.encounter(TODAY, on="1/3/2026", long="1h", setting="in person", role="mentee", plan="pair")
    assert (line.day, line.plan, line.setting) == (date(2026, 3, 1), "pair", Setting.IN_PERSON)
    wanted = answers.wanted(TODAY, tag="", alias="B", since="", until="", template="free")
    assert (wanted.alias, wanted.template, wanted.since, wanted.until) == ("B", "free", None, None)


def test_a_step_needs_words_and_may_have_a_day() -> None:
    assert answers.step(" ask  ", "+2w", TODAY) == ("ask", date(2026, 3, 16))
    assert answers.step("ask", "", TODAY) == ("ask", None)
    for text, due in (("  ", ""), ("ask", "never")):
        with pytest.raises(CotutorError):
            answers.step(text, due, TODAY)


def test_a_meeting_is_today_unless_a_day_is_typed_and_needs_its_length() -> None:
    line = answers.encounter(TODAY, on="", long="45m", setting="remote", role="mentor", plan="pair")
    assert (line.day, line.length, line.setting, line.role) == (
        TODAY,
        45 * 60_000,
        Setting.REMOTE,
        Part.MENTOR,
    )
    with pytest.raises(CotutorError, match="length of time"):
        answers.encounter(TODAY, on="", long="", setting="remote", role="mentor", plan="")


@pytest.mark.parametrize(
    ("milliseconds", "offered"), [(89_999, "1m"), (90_001, "2m"), (119_000, "2m"), (3_600_000, "1h")]
)
def test_the_length_that_is_offered_is_the_nearest_minute(milliseconds: int, offered: str) -> None:
    assert answers.offered_length(Met(milliseconds, Setting.REMOTE, "pair")) == offered


def test_a_session_is_offered_in_whole_minutes_and_one_under_a_minute_without_a_length() -> None:
    assert answers.offered_length(Met(50 * 60_000 + 999, Setting.REMOTE, "pair")) == "50m"
    assert answers.offered_length(Met(60_000, Setting.REMOTE, "pair")) == "1m"
    assert answers.offered_length(Met(59_999, Setting.REMOTE, "pair")) == ""
    assert answers.offered_length(None) == ""


@pytest.mark.parametrize(("typed", "score"), [("", None), ("1", 1), ("10", 10)])
def test_a_rating_is_from_one_to_ten_or_not_yet(typed: str, score: int | None) -> None:
    assert answers.rating(RATING, topic="silence", before=typed, after="").before == score


@pytest.mark.parametrize("typed", ["0", "11", "-1", "5.5", "five", "٣"])
def test_no_other_rating_is_taken(typed: str) -> None:
    with pytest.raises(CotutorError, match="1 to 10"):
        answers.rating(RATING, topic="silence", before="", after=typed)


def test_a_rating_needs_something_to_rate() -> None:
    with pytest.raises(CotutorError, match="in what"):
        answers.rating(RATING, topic=" ", before="", after="")


def test_an_empty_filter_filters_nothing() -> None:
    wanted = answers.wanted(TODAY, tag="", alias="", since="", until="", template="")
    assert wanted == Wanted()
    wanted = answers.wanted(TODAY, tag="#Night ward", alias="B", since="1/1", until="today", template="free")
    assert (wanted.tag, wanted.since, wanted.until) == ("night", date(2026, 1, 1), TODAY)
