"""Before a workshop in lines: who is here, the seating, and what can be typed meanwhile."""

from io import StringIO

import pytest

from cotutor.content.workshop import PROGRAMMES
from cotutor.plain.output import Output
from cotutor.plain.trainer.start import _seating
from tests.fakes import FakeClock
from tests.plain.typed import TypedLines

LUNCH = PROGRAMMES.named("lunchtime").value


def seated(*typed: str, people: int | None = None) -> tuple[tuple[str, ...] | None, list[str]]:
    """Who was seated at last, and what was shown."""
    clock, out = FakeClock(), StringIO()
    lines = TypedLines(clock, [(1.0, line) for line in typed])
    seating = _seating(LUNCH, people, Output(out, clock, bell=False), lines)
    return seating and seating.people, out.getvalue().splitlines()


def test_help_is_understood_before_anybody_is_seated_and_after() -> None:
    people, shown = seated("help", "Ana, Ben", "help", "")
    assert people == ("Ana", "Ben")
    assert shown.count("leave: Go back without starting.") == 2
    assert "draw: Draw another seating." in shown


@pytest.mark.parametrize("typed", [("leave",), ("Ana, Ben", "leave"), ("4", "draw", "leave")])
def test_who_leaves_starts_nothing(typed: tuple[str, ...]) -> None:
    assert seated(*typed)[0] is None


def test_a_slip_of_the_finger_neither_starts_the_clock_nor_draws() -> None:
    people, shown = seated("zzz", "draw", "", people=4)
    assert people is not None
    assert len(people) == 4
    assert len([line for line in shown if "press Enter. Type draw for another" in line]) == 2
    assert any(line.startswith("There is no such word.") for line in shown)


def test_at_the_end_of_the_input_it_starts_with_as_many_as_it_needs() -> None:
    people, _shown = seated()
    assert people is not None
    assert len(people) == LUNCH.fewest
