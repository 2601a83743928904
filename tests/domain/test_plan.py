"""Filling in what a plan leaves out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert

from cotutor.domain.duration import MINUTE, Length
from cotutor.domain.plan import Kind, Phase, Place, Plan

PLACES = st.none() | st.integers(1, 3)


def plan(*phases: Phase, people: tuple[str, ...] = ("A", "B"), turn: int = 20 * MINUTE) -> Plan:
    return Plan(format=1, name="test", title="Test", phases=phases, people=people, turn=Length(turn))


def test_a_phase_without_a_length_has_the_usual_one_of_its_kind() -> None:
    for kind in set(Kind) - {Kind.TURN}:
        assert plan(Phase(kind)).with_turn(Length(MINUTE)).phases[0].length == kind.traits.length, kind


def test_only_a_turn_is_somebodys() -> None:
    for kind in Kind:
        assert Phase(kind, speaker=2).turn_of == (2 if kind is Kind.TURN else None), kind


def test_a_turn_without_a_length_has_the_plans() -> None:
    filled = plan(Phase(Kind.TURN, speaker=1), turn=7 * MINUTE).with_turn()
    assert (filled.turn, filled.phases[0].length) == (7 * MINUTE, 7 * MINUTE)


def test_the_agreed_length_goes_before_the_plans_but_not_before_a_phases_own() -> None:
    own = Phase(Kind.TURN, speaker=1, length=Length(3 * MINUTE))
    filled = plan(own, Phase(Kind.TURN, speaker=2)).with_turn(Length(9 * MINUTE))
    assert [phase.length for phase in filled.phases] == [3 * MINUTE, 9 * MINUTE]
    assert filled.turn == 9 * MINUTE


@pytest.mark.parametrize(
    ("people", "phase", "listener", "observer"),
    [
        ("AB", Phase(Kind.TURN, speaker=1), 2, None),
        ("AB", Phase(Kind.TURN, speaker=2), 1, None),
        ("ABC", Phase(Kind.TURN, speaker=1), 2, 3),
        ("ABC", Phase(Kind.TURN, speaker=3), 1, 2),
        ("ABC", Phase(Kind.TURN, speaker=1, listener=3), 3, 2),
        ("ABC", Phase(Kind.TURN, speaker=1, observer=2), 3, 2),
        ("ABC", Phase(Kind.FEEDBACK, speaker=2), 3, 1),
        ("ABC", Phase(Kind.SWAP), None, None),
    ],
)
def test_who_listens_and_who_observes(
    people: str, phase: Phase, listener: int | None, observer: int | None
) -> None:
    filled = plan(phase, people=tuple(people)).with_turn().phases[0]
    assert (filled.listener, filled.observer) == (listener, observer)


@given(st.integers(1, 3), PLACES, PLACES)
def test_in_a_three_everybody_has_one_part(speaker: int, listener: int | None, observer: int | None) -> None:
    named = [place for place in (speaker, listener, observer) if place]
    if len(set(named)) < len(named):
        return
    phase = Phase(Kind.TURN, speaker=speaker, listener=listener, observer=observer)
    filled = plan(phase, people=("A", "B", "C")).with_turn().phases[0]
    assert {filled.speaker, filled.listener, filled.observer} == {1, 2, 3}


def test_filling_in_twice_changes_nothing() -> None:
    once = plan(Phase(Kind.TURN, speaker=1), Phase(Kind.CLOSE)).with_turn(Length(5 * MINUTE))
    assert once.with_turn() == once


def test_a_plan_that_says_nothing_more_has_two_people_and_turns_of_twenty_minutes_with_one_warning() -> None:
    least = Plan(format=1, name="least", title="Least", phases=(Phase(Kind.TURN, speaker=1),))
    assert (least.people, least.turn, least.warn) == (("A", "B"), 1_200_000, (120_000,))


def test_places_are_those_of_two_or_three_people() -> None:
    assert [convert(place, Place) for place in (1, 3)] == [1, 3]
    for place in (0, 4):
        with pytest.raises(ValidationError):
            convert(place, Place)
