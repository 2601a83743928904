from datetime import datetime
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cotutor.content.workshop import PROGRAMMES
from cotutor.domain.agreement import Agreement
from cotutor.domain.commands import Next, apply
from cotutor.domain.duration import MINUTE, SECOND, Length
from cotutor.domain.events import PhaseBegan, SessionEnded, TimeUp, WarningDue
from cotutor.domain.plan import Kind, Phase, Role
from cotutor.domain.programme import (
    Item,
    ItemKind,
    Programme,
    Section,
    Turns,
    behind,
    expand,
    odd_groups,
    seat_everyone,
    standing,
)
from cotutor.domain.session import Outcome, SessionState, advance, begin

SHIPPED = PROGRAMMES.shipped()
MORNING = datetime(2026, 11, 22, 14, 0)  # noqa: DTZ001  a wall clock has no time zone


def seeded(seed: int = 1) -> Random:
    return Random(seed)  # noqa: S311  who sits where is no secret


def programme(*items: Item) -> Programme:
    total = Length(sum(item.lasts for item in items))
    return Programme(format=1, name="a-test", title="A test", length=total, items=items)


def round_of(size: int, *, same_groups: bool = False, feedback: int | None = MINUTE) -> Item:
    turns = Turns(
        3 if size == 3 else 2,
        Length(6 * MINUTE),
        feedback=Length(feedback) if feedback else None,
        same_groups=same_groups,
    )
    return Item(ItemKind.ROUND, "A round", "Begin.", turns=turns)


def item(kind: ItemKind, minutes: int, day: int = 1) -> Item:
    return Item(kind, kind.capitalize(), "Together.", Length(minutes * MINUTE), day=day)


def played(section: Section) -> tuple[SessionState, list[object]]:
    """Run a section with a poke every ten seconds until nothing ends by itself any more."""
    outcome = begin(section.plan, Agreement.usual(section.plan), 0)
    events: list[object] = [*outcome.events]
    for now in range(0, section.item.lasts + MINUTE, 10 * SECOND):
        outcome = advance(outcome.state, now)
        events += outcome.events
    return outcome.state, events


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda one: one.name)
def test_shipped_programmes_run_on_the_session_engine(shipped: Programme) -> None:
    for section in expand(shipped):
        state, events = played(section)
        if section.item.turns:
            assert isinstance(events[-1], SessionEnded)
            assert events[-1].at == section.item.lasts
        else:
            assert not state.ended
            assert events[-1] == TimeUp(section.item.lasts, 0)
            after: Outcome = apply(state, Next(), state.seen)
            assert after.state.ended


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda one: one.name)
def test_shipped_programmes_take_the_time_they_promise(shipped: Programme) -> None:
    sections = expand(shipped)
    assert sum(section.ends - section.begins for section in sections) == shipped.length
    for before, section in pairwise(sections):
        assert section.begins == (before.ends if section.item.day == before.item.day else 0)
    assert sections[0].begins == 0


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda one: one.name)
def test_shipped_programmes_seat_everybody_they_are_for(shipped: Programme) -> None:
    for people in {shipped.fewest, (shipped.fewest + shipped.most) // 2, shipped.most}:
        names = [str(number) for number in range(people)]
        rounds = seat_everyone(shipped, names, seeded())
        sections = expand(shipped)
        assert [one.number for one in rounds] == sorted(
            {section.round for section in sections if section.round}
        )
        for section in sections:
            if section.item.turns and section.round:
                groups = rounds[section.round - 1].groups
                assert sorted(seat.person for group in groups for seat in group.seats) == sorted(names)
                if people % section.item.turns.size == 0:
                    assert {len(group.seats) for group in groups} == {section.item.turns.size}


def test_in_a_three_each_speaks_once_and_feedback_comes_in_order() -> None:
    (section,) = expand(programme(round_of(3)))
    turns = [phase for phase in section.plan.phases if phase.kind is Kind.TURN]
    assert [phase.speaker for phase in turns] == [1, 2, 3]
    after = [phase for phase in section.plan.phases if phase.kind is Kind.FEEDBACK]
    assert [phase.voice for phase in after] == [Role.SPEAKER, Role.LISTENER, Role.OBSERVER] * 3
    assert [phase.speaker for phase in after] == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    filled = [phase for phase in section.plan.with_turn().phases if phase.kind is Kind.TURN]
    assert [(phase.speaker, phase.listener, phase.observer) for phase in filled] == [
        (1, 2, 3),
        (2, 3, 1),
        (3, 1, 2),
    ]


def test_in_a_pair_nobody_observes() -> None:
    (section,) = expand(programme(round_of(2)))
    assert section.plan.people == ("A", "B")
    kinds = [phase.kind for phase in section.plan.phases]
    each = [Kind.TURN, Kind.FEEDBACK, Kind.FEEDBACK]
    assert kinds == [Kind.SETTLE, *each, Kind.SWAP, *each]
    assert section.item.lasts == (2 + 2 * (6 + 2)) * MINUTE + 30 * SECOND


def test_a_round_without_feedback_has_none() -> None:
    (section,) = expand(programme(round_of(3, feedback=None)))
    assert Kind.FEEDBACK not in {phase.kind for phase in section.plan.phases}
    assert section.item.lasts == 2 * MINUTE + 3 * 6 * MINUTE + 2 * 30 * SECOND


def test_a_minute_before_the_end_of_a_turn_the_room_is_warned_but_not_in_a_short_one() -> None:
    _, events = played(expand(programme(round_of(2)))[0])
    assert [event.left for event in events if isinstance(event, WarningDue)] == [MINUTE, MINUTE]
    short = replace(round_of(2), turns=Turns(2, Length(2 * MINUTE)))
    _, events = played(expand(programme(short))[0])
    assert not [event for event in events if isinstance(event, WarningDue)]


def test_the_room_reads_what_the_item_says_and_never_the_trainers_notes() -> None:
    noted = replace(item(ItemKind.BREAK, 5), trainer=("A secret of the trainer's.",))
    (section,) = expand(programme(noted))
    assert section.plan.phases == (Phase(Kind.BREAK, length=Length(5 * MINUTE), say="Together."),)


def test_time_given_in_one_round_is_not_owed_in_the_next() -> None:
    first, second = expand(programme(round_of(2), round_of(2)))
    state = begin(first.plan, Agreement.usual(first.plan), 0).state
    state = apply(state, Next(), 0).state
    for _ in range(5):
        state = apply(state, Next(), state.seen + 5 * SECOND).state
    _, events = played(second)
    lengths = [event.at for event in events if isinstance(event, PhaseBegan)]
    assert lengths[2] - lengths[1] == 6 * MINUTE


def test_people_may_stay_where_they_sat() -> None:
    sections = expand(
        programme(round_of(3), item(ItemKind.BREAK, 5), round_of(3, same_groups=True), round_of(3))
    )
    assert [section.round for section in sections] == [1, None, 1, 2]
    assert len(seat_everyone(programme(*(section.item for section in sections)), "abcdefghi", seeded())) == 2


def test_there_is_nowhere_to_stay_before_the_first_round() -> None:
    (section,) = expand(programme(round_of(3, same_groups=True)))
    assert section.round == 1


def test_without_rounds_nobody_is_seated() -> None:
    assert seat_everyone(programme(item(ItemKind.WELCOME, 5)), ["Ada", "Bo"], seeded()) == ()


def test_pairs_after_threes_avoid_those_who_have_met() -> None:
    mixed = programme(round_of(3), round_of(3), round_of(2), round_of(2))
    rounds = seat_everyone(mixed, [str(number) for number in range(24)], seeded())
    met = [
        frozenset(two)
        for one in rounds
        for group in one.groups
        for two in combinations([seat.person for seat in group.seats], 2)
    ]
    assert len(met) == 2 * 24 + 2 * 12
    assert len(met) - len(set(met)) <= 3


@pytest.mark.parametrize(
    ("size", "people", "line"),
    [
        (3, 9, None),
        (3, 8, "The pair: in the third turn"),
        (3, 10, "The two pairs: in the third turn"),
        (2, 8, None),
        (2, 2, None),
        (2, 9, "The three: three turns of 4 minutes in the same time"),
    ],
)
def test_groups_of_another_size_know_what_to_do(size: int, people: int, line: str | None) -> None:
    turns = round_of(size).turns
    assert turns
    words = odd_groups(turns, people)
    assert words is None if line is None else words and words.startswith(line)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=20), st.data())
def test_a_day_that_goes_as_planned_is_never_behind(minutes: list[int], data: st.DataObject) -> None:
    sections = expand(programme(*(item(ItemKind.TEACHING, length) for length in minutes)))
    index = data.draw(st.integers(0, len(sections) - 1))
    left = data.draw(st.integers(0, sections[index].item.lasts))
    assert behind(sections, index, left, sections[index].ends - left) == 0


@pytest.mark.parametrize(
    ("left", "elapsed", "words"),
    [
        (10, 20, "on time: ends 17:00"),
        (10, 26, "6 minutes behind: would end 17:06"),
        (10, 18, "2 minutes ahead: would end 16:58"),
        (10, 21, "1 minute behind: would end 17:01"),
        (-5, 36, "6 minutes behind: would end 17:06"),
    ],
)
def test_ahead_or_behind_in_words(left: int, elapsed: int, words: str) -> None:
    sections = expand(programme(item(ItemKind.WELCOME, 30), item(ItemKind.TEACHING, 150)))
    late = behind(sections, 0, left * MINUTE, elapsed * MINUTE)
    assert standing(sections, 0, late, MORNING) == words


def test_half_a_minute_is_on_time() -> None:
    sections = expand(programme(item(ItemKind.WELCOME, 30)))
    assert standing(sections, 0, 29 * SECOND, MORNING).startswith("on time")
    assert standing(sections, 0, -29 * SECOND, MORNING).startswith("on time")
    assert standing(sections, 0, 30 * SECOND, MORNING).startswith("1 minute behind")


def test_each_day_has_its_own_end() -> None:
    sections = expand(programme(item(ItemKind.WELCOME, 60), item(ItemKind.REVIEW, 30, day=2)))
    assert sections[1].begins == 0
    assert standing(sections, 1, 0, MORNING) == "on time: ends 14:30"
