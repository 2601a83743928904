"""What is agreed on before the clock."""

import pytest

from cotutor.domain.agreement import (
    LONGEST_ALIAS,
    MOST_WARNINGS,
    Agreement,
    usual_warnings,
)
from cotutor.domain.duration import MINUTE, Length
from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Mode
from tests.domain.strategies import TRIAD, TURNS

USUAL = Agreement.usual(TURNS)
THREE = Agreement.usual(TRIAD)


def minutes(*warnings: float) -> tuple[int, ...]:
    return tuple(round(warning * MINUTE) for warning in warnings)


def test_the_defaults_are_the_plans() -> None:
    assert USUAL.people == ("A", "B")
    assert USUAL.turn == 20 * MINUTE
    assert [(wish.mode, wish.warnings) for wish in USUAL.wishes] == [(Mode.THINK, minutes(2))] * 2
    assert not USUAL.notes


def test_people_may_have_aliases_which_are_cleaned() -> None:
    assert USUAL.named(("Ana", " B\x1b[2Jo ")).people == ("Ana", "B[2Jo")
    assert USUAL.named(("x" * 50, "Bo")).people[0] == "x" * LONGEST_ALIAS == "x" * 20


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("Ana",), "2 people, so give 2 names"),
        (("Ana", "Bo", "Cy"), "2 people, so give 2 names"),
        (("Ana", "\u200b "), "at least one letter"),
        (("Ana", "ANA"), "the same alias"),
    ],
)
def test_names_that_cannot_be_used_are_refused(names: tuple[str, ...], words: str) -> None:
    with pytest.raises(CotutorError, match=words):
        USUAL.named(names)


def test_a_shorter_turn_drops_the_warnings_that_no_longer_fit() -> None:
    short = USUAL.warned(minutes(10, 5, 1)).with_turn(Length(5 * MINUTE))
    assert short.turn == 5 * MINUTE
    assert [wish.warnings for wish in short.wishes] == [minutes(1)] * 2


@pytest.mark.parametrize("turn", [30_000, 10_800_000])
def test_the_shortest_and_the_longest_turn_can_be_agreed_on(turn: int) -> None:
    assert USUAL.with_turn(Length(turn)).turn == turn


@pytest.mark.parametrize("turn", [-1, 0, 29_999, 10_800_001])
def test_a_turn_of_no_use_is_refused(turn: int) -> None:
    with pytest.raises(CotutorError, match=r"from 30s to 3h\.$"):
        USUAL.with_turn(Length(turn))


def test_warnings_are_sorted_and_given_once() -> None:
    assert USUAL.warned(minutes(1, 5, 1)).wishes[0].warnings == minutes(5, 1)


def test_of_the_usual_warnings_those_within_the_turn_are_kept() -> None:
    assert usual_warnings((0, 5, 30, 5, 20, -1), turn=30) == (20, 5)


def test_each_speaker_chooses_their_own_warnings() -> None:
    both = USUAL.warned(minutes(3), 1).warned((), 2)
    assert [wish.warnings for wish in both.wishes] == [minutes(3), ()]


@pytest.mark.parametrize("warning", [-MINUTE, 0, 20 * MINUTE, 30 * MINUTE])
def test_a_warning_outside_the_turn_is_refused(warning: int) -> None:
    with pytest.raises(CotutorError, match="does not fit a turn of 20m"):
        USUAL.warned((warning,))


def test_there_are_only_so_many_warnings() -> None:
    assert len(USUAL.warned(tuple(range(1, MOST_WARNINGS + 1))).wishes[0].warnings) == MOST_WARNINGS
    with pytest.raises(CotutorError, match="At most 5 warnings"):
        USUAL.warned(tuple(range(1, MOST_WARNINGS + 2)))


def test_each_speaker_chooses_the_kind_of_listening() -> None:
    assert [wish.mode for wish in USUAL.listening(Mode.LISTEN, 2).wishes] == [Mode.THINK, Mode.LISTEN]
    assert [wish.mode for wish in USUAL.listening(Mode.CHALLENGE).wishes] == [Mode.CHALLENGE] * 2


def test_whoever_starts_brings_their_own_wishes() -> None:
    turned = USUAL.named(("Ana", "Bo")).listening(Mode.LISTEN, 2).starting_with(2)
    assert turned.people == ("Bo", "Ana")
    assert [wish.mode for wish in turned.wishes] == [Mode.LISTEN, Mode.THINK]
    assert turned.starting_with(1) == turned


def test_three_turn_round_in_their_order() -> None:
    assert THREE.starting_with(3).people == ("C", "A", "B")
    assert THREE.starting_with(2).starting_with(3) == THREE


def test_a_warning_fits_a_turn_if_it_comes_after_its_beginning_and_before_its_end() -> None:
    assert usual_warnings((-1, 0, 1, 59, 60, 61, 1), 60) == (59, 1)
