"""A workshop's programme and seating in lines."""

from datetime import UTC, datetime

import pytest

from cotutor.conversation.trainer.workshop_lines import groups, parts, place, seating_in_words, until
from cotutor.domain.duration import MINUTE
from cotutor.domain.programme import ItemKind, expand, seat_everyone
from tests.domain.test_programme import item, programme, round_of, seeded

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TWO_DAYS = expand(programme(item(ItemKind.WELCOME, 65), round_of(3), item(ItemKind.CLOSE, 5, day=2)))
ONE_DAY = expand(programme(item(ItemKind.WELCOME, 65), round_of(3), item(ItemKind.CLOSE, 5)))


@pytest.mark.parametrize(
    ("left", "said"),
    [(MINUTE, "until 09:01"), (1, "until 09:00"), (0, "until 09:00"), (-1, "over its time")],
)
def test_until_its_last_millisecond_a_phase_says_when_it_ends(left: int, said: str) -> None:
    assert until(left, NINE, held=False) == said
    assert until(left, NINE, held=True) == "paused"


def test_days_are_named_only_where_there_are_several() -> None:
    assert [place(ONE_DAY, index) for index in (0, 2)] == ["Part 1 of 3: Welcome", "Part 3 of 3: Close"]
    assert place(TWO_DAYS, 2) == "Day 2, part 3 of 3: Close"
    assert [part.day for part in parts(ONE_DAY, 0)] == [0, 0, 0]
    assert [part.day for part in parts(TWO_DAYS, 0)] == [1, 1, 2]


@pytest.mark.parametrize("index", range(3))
def test_one_part_is_the_present_one_and_all_are_numbered_from_one(index: int) -> None:
    shown = parts(TWO_DAYS, index)
    assert [part.number for part in shown] == [1, 2, 3]
    assert [part.now for part in shown] == [number == index for number in range(3)]
    assert [part.begins for part in shown] == ["0:00", "1:05", "0:00"]


def test_every_round_has_its_line_and_names_their_numbers() -> None:
    names = ("Ana", "Ben", "Cem", "Dee", "Eve", "Fay")
    made = programme(round_of(2), round_of(3))
    first, second, order, numbered = seating_in_words(seat_everyone(made, names, seeded()), names)
    assert (first.count(" with "), first.count(";")) == (3, 2)
    assert (second.count(" with "), second.count(" and "), second.count(";")) == (2, 2, 1)
    assert order.startswith("Whoever is named first")
    assert numbered.endswith(": 1 Ana, 2 Ben, 3 Cem, 4 Dee, 5 Eve, 6 Fay.")
    by_number = tuple(str(number) for number in range(1, 7))
    rounds = seat_everyone(made, by_number, seeded())
    assert len(seating_in_words(rounds, by_number)) == 3
    assert [len(groups(one)) for one in rounds] == [3, 2]
