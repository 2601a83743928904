from collections import Counter
from collections.abc import Iterable
from itertools import combinations, combinations_with_replacement
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotutor.domain import seatings
from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Role
from cotutor.domain.rotation import Group, Round, Seat, draw, figures, least_repeats
from cotutor.domain.seatings import seating

UNREACHED = {
    (2, 5): {2: 1},
    (2, 7): {4: 1},
    (3, 5): {2: 1},
    (3, 6): {2: 2, 3: 2},
    (3, 7): {4: 1},
    (3, 11): {5: 1},
    (3, 12): {5: 3, 6: 1},
    (3, 13): {7: 1},
}
"""By size and number of people: the rounds in which the rotation repeats more than the bound, and how many."""


def seeded(seed: int = 1) -> Random:
    return Random(seed)  # noqa: S311  who sits where is no secret


def drawn(people: int, size: int, rounds: int, seed: int = 1) -> tuple[Round, ...]:
    return draw([f"p{number}" for number in range(people)], size, rounds, seeded(seed))


def names(group: Group) -> list[str]:
    return [seat.person for seat in group.seats]


rooms = st.tuples(st.integers(2, 60), st.sampled_from([2, 3]), st.integers(1, 8), st.integers(0, 2**32))


@given(rooms)
def test_everyone_has_one_seat_in_every_round(room: tuple[int, int, int, int]) -> None:
    people, _, rounds, _ = room
    result = drawn(*room)
    assert [one.number for one in result] == list(range(1, rounds + 1))
    for one in result:
        seated = [name for group in one.groups for name in names(group)]
        assert sorted(seated) == sorted(f"p{number}" for number in range(people))


@given(rooms)
def test_at_most_the_groups_that_must_be_odd_are(room: tuple[int, int, int, int]) -> None:
    people, size, _, _ = room
    for one in drawn(*room):
        sizes = sorted(len(group.seats) for group in one.groups)
        threes = people % 2 if size == 2 and people > 2 else people // 3 - (people % 3 == 1)
        assert sizes.count(3) == threes
        assert sizes.count(2) == (people - 3 * threes) // 2
        assert set(sizes) <= {2, 3}


@given(rooms)
def test_nobody_meets_twice_before_they_must(room: tuple[int, int, int, int]) -> None:
    people, size, rounds, _ = room
    measured = figures(drawn(*room), size)
    assert measured.least == least_repeats(people, size, rounds)
    assert measured.repeats == measured.least + UNREACHED.get((size, people), {}).get(rounds, 0)


@pytest.mark.parametrize("size", [2, 3])
def test_no_number_of_people_meets_again_sooner_than_it_did(size: int) -> None:
    for people in range(2, 61):
        met: Counter[frozenset[int]] = Counter()
        for number, groups in enumerate(seating(people, size, 8), start=1):
            assert sorted(one for group in groups for one in group) == list(range(people))
            met.update(frozenset(two) for group in groups for two in combinations(group, 2))
            more = UNREACHED.get((size, people), {}).get(number, 0)
            assert met.total() - len(met) == least_repeats(people, size, number) + more, (people, number)


def test_a_seating_that_was_found_by_search_stands_under_its_own_number() -> None:
    assert list(seatings._THREES) == list(range(5, 25))
    assert list(seatings._PAIRS) == list(range(5, 24, 2))
    for people, ways in (*seatings._THREES.items(), *seatings._PAIRS.items()):
        for groups in seatings._parsed(ways):
            assert sorted(one for group in groups for one in group) == list(range(people))


@given(rooms)
def test_each_role_falls_equally_on_everyone(room: tuple[int, int, int, int]) -> None:
    for least, most in figures(drawn(*room), room[1]).roles.values():
        assert most - least <= 1


@given(rooms)
def test_more_rounds_only_add_to_the_seating(room: tuple[int, int, int, int]) -> None:
    people, size, rounds, _ = room
    assert seating(people, size, rounds + 1)[:rounds] == seating(people, size, rounds)


@given(rooms)
def test_the_odd_groups_go_round(room: tuple[int, int, int, int]) -> None:
    least, most = figures(drawn(*room), room[1]).odd
    assert most - least <= 3 - (room[0] > 5)


@given(rooms)
def test_within_a_round_everyone_takes_each_role_in_turn(room: tuple[int, int, int, int]) -> None:
    for group in (group for one in drawn(*room) for group in one.groups):
        count = len(group.seats)
        turns = [group.turn(number) for number in range(1, count + 1)]
        assert turns[0] == group
        for place in range(count):
            assert {turn.seats[place].role for turn in turns} == set(list(Role)[:count])
            assert turns[place].seats[place].role is Role.SPEAKER
        assert group.turn(count + 1) == group


def test_the_same_random_numbers_draw_the_same_rotation() -> None:
    assert drawn(23, 3, 6, seed=7) == drawn(23, 3, 6, seed=7)
    assert drawn(23, 3, 6, seed=7) != drawn(23, 3, 6, seed=8)


def test_first_names_are_kept_as_they_are() -> None:
    (one,) = draw(["Ada", "Bo"], 3, 1, seeded())
    assert one.groups[0].seats[0] in {Seat("Ada", Role.SPEAKER), Seat("Bo", Role.SPEAKER)}
    assert sorted(names(one.groups[0])) == ["Ada", "Bo"]


@pytest.mark.parametrize(
    ("people", "size", "ways"), [(8, 2, 7), (9, 3, 8), (25, 2, 25), (26, 3, 9), (30, 3, 9), (31, 3, 11)]
)
def test_when_the_seatings_run_out_they_come_round_again(people: int, size: int, ways: int) -> None:
    seated = seating(people, size, 50)
    again = seated.index(seated[0], 1)
    assert again == ways
    assert seated[again:] == seated[: 50 - again]
    for least, most in figures(drawn(people, size, 24), size).roles.values():
        assert most - least <= 1


@pytest.mark.parametrize(
    ("people", "rounds", "message"),
    [
        (["1"], 1, "2 to 60 people, not 1"),
        ([str(number) for number in range(61)], 1, "not 61"),
        (["1", "2"], 0, "1 to 24 rounds, not 0"),
        (["1", "2"], 25, "not 25"),
        (["Ada", "Ada"], 1, "same name"),
    ],
)
def test_what_cannot_be_drawn_is_said(people: list[str], rounds: int, message: str) -> None:
    with pytest.raises(CotutorError, match=message):
        draw(people, 2, rounds, seeded())


Way = frozenset[frozenset[int]]


def ways(people: frozenset[int], sizes: tuple[int, ...]) -> Iterable[Way]:
    """Every way to part people into groups of these sizes."""
    if not sizes:
        yield frozenset()
        return
    first = min(people)
    for size in set(sizes):
        rest = list(sizes)
        rest.remove(size)
        for others in combinations(sorted(people - {first}), size - 1):
            group = frozenset({first, *others})
            for way in ways(people - group, tuple(rest)):
                yield way | {group}


@pytest.mark.parametrize(
    ("people", "sizes", "most_rounds"), [(5, (2, 3), 5), (6, (3, 3), 5), (7, (2, 2, 3), 3)]
)
def test_no_rotation_of_so_few_people_repeats_less(
    people: int, sizes: tuple[int, ...], most_rounds: int
) -> None:
    everything = [
        {frozenset(two) for group in way for two in combinations(group, 2)}
        for way in ways(frozenset(range(people)), sizes)
    ]
    for rounds in range(1, most_rounds + 1):
        fewest = min(
            sum(map(len, some)) - len(set[frozenset[int]]().union(*some))
            for some in combinations_with_replacement(everything, rounds)
        )
        assert figures(drawn(people, 3, rounds), 3).repeats == fewest


def test_seven_people_cannot_sit_four_rounds_without_meeting_again() -> None:
    everything = [
        frozenset(frozenset(two) for group in way for two in combinations(group, 2))
        for way in ways(frozenset(range(7)), (2, 2, 3))
    ]
    first = everything[0]
    others = [one for one in everything if not one & first]
    assert not [
        three for three in combinations(others, 3) if len(frozenset().union(*three)) == 3 * len(first)
    ]


def test_an_unfair_rotation_is_measured_as_it_is() -> None:
    twice, once = (
        Group((Seat("Ada", Role.SPEAKER), Seat("Bo", Role.LISTENER))),
        Group((Seat("Cy", Role.SPEAKER),)),
    )
    measured = figures((Round(1, (twice, once)), Round(2, (twice, once))), 2)
    assert measured.roles == {Role.SPEAKER: (0, 2), Role.LISTENER: (0, 2), Role.OBSERVER: (0, 0)}
    assert (measured.meetings, measured.repeats, measured.odd) == (2, 1, (0, 2))


@pytest.mark.parametrize("people", range(25, seatings.MOST + 1, 3))
def test_in_threes_with_two_pairs_over_nobody_is_in_a_pair_again_soon(people: int) -> None:
    columns = -(-people // 3)
    soon = (columns // 2 - 1) | 1 if columns % 2 == 0 else (columns + 1) // 4
    paired = [
        one for groups in seating(people, 3, soon) for group in groups if len(group) == 2 for one in group
    ]
    assert len(set(paired)) == len(paired) == 4 * soon
