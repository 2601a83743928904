import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotutor.domain.errors import CotutorError
from cotutor.domain.participants import LONGEST_NAME, numbered, people_called
from cotutor.domain.seatings import FEWEST, MOST

HOW_MANY = "Say how many you are, 2 to 60, or give first names."
BOUNDS = "A workshop is for 2 to 60 people."
ALIKE = "Two people have the same name; give each their own, or use a number."


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("3", ("1", "2", "3")),
        (" Ana,Ben ", ("Ana", "Ben")),
        ("Ana Ben", ("Ana", "Ben")),
        ("Ana Maria, Ben", ("Ana Maria", "Ben")),
        ("Ana,,Ben,", ("Ana", "Ben")),
        ("3, 4", ("3", "4")),
        ("Ana\x1b[31m, Ben", ("Ana[31m", "Ben")),
    ],
)
def test_people_are_a_number_or_names(written: str, people: tuple[str, ...]) -> None:
    assert people_called(written) == people


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("", HOW_MANY),
        (" , ", HOW_MANY),
        ("1", BOUNDS),
        ("61", BOUNDS),
        ("9999", BOUNDS),
        ("Ana", BOUNDS),
        (",".join(f"n{number}" for number in range(61)), BOUNDS),
        ("Ana, ana", ALIKE),
        ("a,a,a", ALIKE),
    ],
)
def test_too_few_too_many_or_twice_the_same_is_reported(written: str, line: str) -> None:
    with pytest.raises(CotutorError) as refused:
        people_called(written)
    assert refused.value.message == line


def test_a_long_name_is_cut_and_however_long_they_are_nobody_is_left_out() -> None:
    long = [f"{number:02} {'x' * 70}" for number in range(MOST)]
    assert people_called(", ".join(long)) == tuple(f"{number:02} {'x' * 17}" for number in range(MOST))


@given(st.integers(FEWEST, MOST))
def test_a_number_is_so_many_people(count: int) -> None:
    assert numbered(count) == people_called(f" {count} ") == tuple(map(str, range(1, count + 1)))


def refusal(written: str) -> str:
    """Why these can't be the people in the room; empty if they can."""
    try:
        people_called(written)
    except CotutorError as refused:
        return refused.message
    return ""


@given(st.text(max_size=100))
def test_whatever_is_written_is_people_who_can_be_told_apart_or_a_line_that_says_why_not(
    written: str,
) -> None:
    why_not = refusal(written)
    assert why_not in ("", HOW_MANY, BOUNDS, ALIKE)
    people = () if why_not else people_called(written)
    assert len(people) in ([0] if why_not else range(FEWEST, MOST + 1))
    assert len({name.casefold() for name in people}) == len(people)
    assert all(0 < len(name) <= LONGEST_NAME for name in people)
