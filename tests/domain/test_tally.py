import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotutor.domain.duration import MINUTE
from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Role
from cotutor.domain.skills import ABOUT, COUNTED, Skill, for_key
from cotutor.domain.tally import BIN, BORROWED, FEEDBACK, MOST_MARKS, Mark, Tally, picture, rows, shares

SESSION_KEYS = set("nugcm!bf?q+") | {" "}

marks = st.builds(Mark, st.sampled_from(COUNTED), st.integers(0, 60 * MINUTE))
tallies = st.builds(Tally, st.lists(marks, max_size=60).map(tuple))


def tally(*skills: Skill) -> Tally:
    return Tally(tuple(Mark(skill, number) for number, skill in enumerate(skills)))


def test_every_counted_behaviour_has_a_key_of_its_own_that_a_session_leaves_free() -> None:
    keys = [ABOUT[skill].key for skill in COUNTED]
    assert len(keys) == len(set(keys)) == 11
    assert not SESSION_KEYS & set(keys)
    assert [for_key(key) for key in keys] == list(COUNTED)
    assert for_key("x") is for_key("") is None


@given(tallies, st.integers(1, 60 * MINUTE))
def test_the_picture_loses_and_invents_nothing(counted: Tally, length: int) -> None:
    drawn = rows(counted, length)
    assert [row.skill for row in drawn] == list(COUNTED)
    assert sum(row.total for row in drawn) == len(counted.marks)
    assert len({len(row.counts) for row in drawn}) == 1
    assert len(drawn[0].counts) >= -(-length // BIN)
    for row in drawn:
        assert row.total == counted.count(row.skill)
        for number, count in enumerate(row.counts):
            assert count == sum(
                mark.skill is row.skill and mark.at // BIN == number for mark in counted.marks
            )


def test_a_bin_begins_on_its_minute() -> None:
    counted = Tally().marked(Skill.OPEN, BIN - 1).marked(Skill.OPEN, BIN).marked(Skill.OPEN, -7)
    assert rows(counted, 10 * MINUTE)[0].counts == (2, 1)
    assert rows(Tally(), 10 * MINUTE)[0].counts == (0, 0)
    assert rows(Tally(), 10 * MINUTE + 1)[0].counts == (0, 0, 0)


@given(tallies, marks)
def test_undo_takes_back_the_last_mark_only(counted: Tally, last: Mark) -> None:
    assert counted.marked(last.skill, last.at).undone() == counted


def test_undoing_nothing_is_nothing() -> None:
    assert Tally().undone() == Tally()


def test_a_key_held_down_fills_a_tally_and_no_more() -> None:
    full = Tally((Mark(Skill.OPEN, 0),) * MOST_MARKS)
    with pytest.raises(CotutorError, match="full"):
        full.marked(Skill.OPEN, 1)


def test_figures_of_an_ordinary_turn() -> None:
    counted = tally(
        *[Skill.OPEN] * 3,
        Skill.CLOSED,
        Skill.PARAPHRASE,
        Skill.FEELING,
        Skill.SUMMARY,
        *[Skill.ENCOURAGER] * 4,
        Skill.FLOOR,
    )
    assert [share.words for share in shares(counted)] == [
        "3 of 4: 75% open",
        "3 to 4: 0.8 to 1",
        "4 encouragers, floor taken 1 time",
    ]
    assert [share.borrowed for share in shares(counted)] == [False, True, False]


def test_without_questions_no_ratio_is_made_up() -> None:
    words = [share.words for share in shares(tally(Skill.PARAPHRASE))]
    assert words == ["0 of 0: no questions", "1 to 0: no questions", "0 encouragers, floor taken 0 times"]
    assert BORROWED not in picture(tally(Skill.PARAPHRASE), MINUTE)


def test_the_benchmark_is_never_shown_without_saying_that_it_is_borrowed() -> None:
    assert BORROWED in picture(tally(Skill.OPEN), MINUTE)
    assert "not a grade" in BORROWED


@given(tallies, st.integers(1, 180 * MINUTE), st.integers(40, 120))
def test_the_picture_is_plain_text_that_fits(counted: Tally, length: int, width: int) -> None:
    lines = picture(counted, length, width)
    assert len(lines) == 1 + len(COUNTED) + 1 + len(shares(counted)) + (BORROWED in lines)
    for line in lines[: 1 + len(COUNTED)]:
        assert len(line) <= width
        assert line.isascii()


def test_the_picture_of_a_turn() -> None:
    counted = (
        Tally().marked(Skill.OPEN, 1).marked(Skill.OPEN, BIN).marked(Skill.OPEN, BIN).marked(Skill.SILENCE, 2)
    )
    lines = picture(counted, 2 * BIN, 60)
    assert lines[0] == "minutes from          0   5  all"
    assert lines[1] == "open question         1   2    3  ###"
    assert lines[4] == "silence kept          1   .    1  #"


@pytest.mark.parametrize(
    ("width", "columns"), [(40, 0), (44, 1), (45, 2), (48, 2), (49, 3), (78, 10), (200, 12)]
)
def test_as_many_columns_are_drawn_as_leave_room_for_the_total_and_a_bar(width: int, columns: int) -> None:
    heads = picture(tally(Skill.OPEN), 12 * BIN, width)[0].removeprefix("minutes from").removesuffix("all")
    assert heads.split() == [str(5 * number) for number in range(columns)]


@pytest.mark.parametrize(("at", "kept"), [(-5, 0), (0, 0), (1, 1)])
def test_a_mark_is_never_before_the_turn_began(at: int, kept: int) -> None:
    assert Tally().marked(Skill.OPEN, at).marks == (Mark(Skill.OPEN, kept),)


def test_a_picture_that_is_given_no_width_is_drawn_within_eighty_columns() -> None:
    counted = tally(*[Skill.OPEN] * 200)
    assert len(picture(counted, MINUTE)[1]) == 78


def test_a_long_bar_is_scaled_to_its_room() -> None:
    counted = tally(*[Skill.OPEN] * 90, *[Skill.SILENCE] * 3)
    lines = picture(counted, MINUTE, 60)
    assert len(lines[1]) == 60
    assert 1 <= lines[4].count("#") <= 3


def test_feedback_is_heard_speaker_first_and_observer_last() -> None:
    assert list(FEEDBACK) == [Role.SPEAKER, Role.LISTENER, Role.OBSERVER]
