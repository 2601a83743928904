import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cotutor.domain.plan import Role
from cotutor.domain.programme import ItemKind
from cotutor.domain.scenes import (
    LEGEND,
    Scene,
    headline,
    instruction,
    odd_line,
    parts,
    parts_in_words,
    scenes,
    too_few_or_many,
    turn_at,
)
from cotutor.domain.tally import FEEDBACK
from tests.domain.test_programme import item, programme, round_of

WELCOME, THREES, FEEDBACK_TO_ALL, PAIRS = scenes(
    programme(
        item(ItemKind.WELCOME, 5),
        round_of(3),
        item(ItemKind.FEEDBACK, 5),
        round_of(2, feedback=None),
    )
)
CHANGE = "Everybody takes the next part. Whoever listened speaks next."


def phases_of(shown: Scene) -> list[tuple[str, str, int | None]]:
    """What the room is told in each phase, and in which turn."""
    return [
        (headline(shown, index), instruction(shown, index), turn_at(shown, index))
        for index in range(len(shown.plan.phases))
    ]


def test_the_room_is_shown_nothing_of_the_trainers_notes() -> None:
    noted = replace(round_of(2), trainer=("Keep an eye on the corner table.",))
    (shown,) = scenes(programme(noted))
    assert (shown.title, shown.say, shown.turns) == (noted.title, noted.say, noted.turns)
    assert "corner table" in repr(noted)
    assert "corner table" not in repr(shown)


def test_a_round_of_pairs_tells_every_phase() -> None:
    assert phases_of(PAIRS) == [
        ("Find your group", "Begin.", None),
        ("Turn 1 of 2", "Begin.", 1),
        ("Change parts", CHANGE, 2),
        ("Turn 2 of 2", "Begin.", 2),
    ]


def test_a_round_of_threes_tells_whose_feedback_is_heard() -> None:
    told = phases_of(THREES)
    assert [line for line, _, _ in told[:6]] == [
        "Find your group",
        "Turn 1 of 3",
        "Feedback: the speaker talks",
        "Feedback: the listener talks",
        "Feedback: the observer talks",
        "Change parts",
    ]
    assert [say for _, say, _ in told[2:5]] == [FEEDBACK[role] for role in Role]
    assert [turn for _, _, turn in told] == [None, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3]


@pytest.mark.parametrize(("shown", "title"), [(WELCOME, "Welcome"), (FEEDBACK_TO_ALL, "Feedback")])
def test_what_a_room_does_together_has_its_title_and_its_line(shown: Scene, title: str) -> None:
    assert phases_of(shown) == [(title, "Together.", None)]


def test_past_the_last_phase_the_last_one_stays() -> None:
    past = len(PAIRS.plan.phases)
    assert (headline(PAIRS, past), turn_at(PAIRS, past)) == ("Turn 2 of 2", 2)
    assert (headline(WELCOME, 9), instruction(WELCOME, 9)) == ("Welcome", "Together.")


@pytest.mark.parametrize(
    ("group", "turn", "size", "short", "aloud"),
    [
        ("123", None, 3, "1 · 2 · 3", "1 with 2 and 3"),
        ("12", None, 2, "1 · 2", "1 with 2"),
        ("123", 1, 3, "1→2 (3)", "1 speaks, 2 listens, 3 observes"),
        ("123", 2, 3, "2→3 (1)", "2 speaks, 3 listens, 1 observes"),
        ("123", 3, 3, "3→1 (2)", "3 speaks, 1 listens, 2 observes"),
        ("12", 2, 3, "2→1", "2 speaks, 1 listens"),
        ("12", 3, 3, "1 + 2", "1 and 2 by themselves"),
        ("123", 1, 2, "1 + 2 + 3", "1, 2 and 3 by themselves"),
    ],
)
def test_a_group_has_its_parts_and_one_of_another_size_shares_its_time_itself(
    group: str, turn: int | None, size: int, short: str, aloud: str
) -> None:
    assert (parts(group, turn, size), parts_in_words(group, turn, size)) == (short, aloud)


def test_the_legend_reads_the_parts_as_they_are_written() -> None:
    assert f"{parts('123', 1, 3)}: {parts_in_words('123', 1, 3)}" == LEGEND


@given(st.lists(st.integers(1, 60).map(str), min_size=2, max_size=3, unique=True))
def test_in_a_round_everybody_speaks_once_and_listens_once(group: list[str]) -> None:
    turns = range(1, len(group) + 1)
    told = [parts_in_words(group, turn, len(group)).split(", ") for turn in turns]
    for place, verb in enumerate(("speaks", "listens", "observes")[: len(group)]):
        assert {lines[place] for lines in told} == {f"{seat} {verb}" for seat in group}
    assert [parts(group, turn, len(group)).partition("→")[0] for turn in turns] == group


def test_groups_of_another_size_know_what_they_do() -> None:
    assert odd_line(PAIRS, 7).startswith("The three: three turns of 4 minutes")
    assert odd_line(THREES, 7).startswith("The two pairs: in the third turn, talk together")
    assert [odd_line(PAIRS, 8), odd_line(THREES, 9), odd_line(PAIRS, 0), odd_line(WELCOME, 7)] == [""] * 4
    assert [bool(odd_line(PAIRS, people)) for people in (1, 2, 3, 4, 5)] == [False, False, True, False, True]


@pytest.mark.parametrize(("people", "fits"), [(5, False), (6, True), (24, True), (25, False)])
def test_a_programme_says_for_whom_it_was_made(people: int, *, fits: bool) -> None:
    made = replace(programme(round_of(2)), fewest=6, most=24)
    line = f"Made for 6 to 24 people; you are {people}. It runs all the same."
    assert too_few_or_many(made, people) == ("" if fits else line)
