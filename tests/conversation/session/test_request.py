"""The plan and the agreement that a session comes to as it was asked for."""

from pathlib import Path

import pytest

from cotutor.content.loader import PLANS
from cotutor.conversation.library import Library
from cotutor.conversation.session.request import PLACES, SessionRequest, settle
from cotutor.domain.agreement import Agreement
from cotutor.domain.duration import MINUTE, Length
from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Mode


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


@pytest.mark.parametrize("name", ["pair", "triad", "one-way"])
def test_what_is_left_out_the_plan_says(library: Library, name: str) -> None:
    plan = PLANS.named(name).value
    assert settle(SessionRequest(name), library) == (plan, Agreement.usual(plan), ())


def test_whoever_is_to_begin_is_found_among_the_names_as_they_were_given(library: Library) -> None:
    orders = {
        place: settle(
            SessionRequest("triad", names=("Ana", "Ben", "Cem"), first=place), library
        ).agreement.people
        for place in PLACES
    }
    assert orders == {
        "A": ("Ana", "Ben", "Cem"),
        "B": ("Ben", "Cem", "Ana"),
        "C": ("Cem", "Ana", "Ben"),
    }


@pytest.mark.parametrize("place", ["C", "D", "a", ""])
def test_nobody_begins_who_has_no_place_in_the_plan(library: Library, place: str) -> None:
    with pytest.raises(CotutorError, match=r"^This plan is for 2 people: A, B\. Say which speaks first\.$"):
        settle(SessionRequest("pair", first=place), library)


def test_warnings_are_for_everybody_even_if_somebody_is_called_like_one(library: Library) -> None:
    asked = SessionRequest(
        "pair", turn=Length(9 * MINUTE), warn=(Length(5 * MINUTE), Length(MINUTE)), names=("5m", "Ben")
    )
    agreement = settle(asked, library).agreement
    assert (agreement.turn, agreement.people) == (9 * MINUTE, ("5m", "Ben"))
    assert [wish.warnings for wish in agreement.wishes] == [(5 * MINUTE, MINUTE)] * 2
    none = settle(SessionRequest("pair", warn=()), library).agreement
    assert [wish.warnings for wish in none.wishes] == [()] * 2


def test_a_kind_of_listening_is_for_everybody_and_must_be_the_plans(library: Library) -> None:
    agreement = settle(SessionRequest("pair", mode=Mode.LISTEN), library).agreement
    assert [wish.mode for wish in agreement.wishes] == [Mode.LISTEN] * 2
    assert all(mode in PLANS.named("pair").value.modes for mode in Mode)


def test_unless_asked_for_it_neither_starts_at_once_nor_is_hurried_or_silent() -> None:
    asked = SessionRequest()
    assert (asked.quick, asked.rehearse, asked.silent) == (False, 1, False)
