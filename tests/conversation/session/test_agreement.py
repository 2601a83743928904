"""Which answers the agreement takes, and what it then says is agreed."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from cotutor.content.loader import PLANS
from cotutor.conversation.session.agreement import QUESTIONS, Agreeing, Id, allowed
from cotutor.conversation.session.request import SessionRequest
from cotutor.domain.agreement import Agreement
from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Mode


def agreeing(plan: str = "pair") -> Agreeing:
    made = PLANS.named(plan).value
    return Agreeing(made, Agreement.usual(made))


def test_a_name_that_is_left_empty_stays_that_of_its_place() -> None:
    three = agreeing("triad")
    for written, people in (
        ("Ana, Ben, Cem", ("Ana", "Ben", "Cem")),
        (", Ben,", ("A", "Ben", "C")),
        ("Ana,,", ("Ana", "B", "C")),
        ("Ana Ben Cem", ("Ana", "Ben", "Cem")),
    ):
        assert three.answer("names", written).agreement.people == people


def test_an_alias_has_twenty_letters_at_the_most() -> None:
    assert agreeing().answer("names", f"{'x' * 20}, B").agreement.people[0] == "x" * 20
    with pytest.raises(CotutorError, match="at most 20 letters"):
        agreeing().answer("names", f"{'x' * 21}, B")
    assert (QUESTIONS["names"].longest, QUESTIONS["turn"].longest, QUESTIONS["warn"].longest) == (40, 20, 60)


def test_whoever_goes_first_is_named_or_tossed_for() -> None:
    three = agreeing("triad")
    orders = {name: three.answer("first", name).agreement.people for name in ("a", "B", "c")}
    assert orders == {"a": ("A", "B", "C"), "B": ("B", "C", "A"), "c": ("C", "A", "B")}
    with pytest.raises(CotutorError, match="Say who: A or B"):
        agreeing().answer("first", "C")
    with pytest.raises(CotutorError, match="Only Mentee speaks in this plan"):
        agreeing("one-way").answer("first", "A")
    tossed = {agreeing().answer("first", "coin").notice for _ in range(60)}
    assert tossed == {"The coin says: A goes first.", "The coin says: B goes first."}


def test_a_wish_is_everybodys_or_that_of_whoever_it_begins_with() -> None:
    two = agreeing().answer("names", "Ana, Ana B")

    def modes(written: str, place: int | None = None) -> list[Mode]:
        return [wish.mode for wish in two.answer("mode", written, place).agreement.wishes]

    assert modes("listen") == [Mode.LISTEN] * 2
    assert modes("ana challenge") == [Mode.CHALLENGE, two.agreement.wishes[1].mode]
    assert modes("Ana B challenge") == [two.agreement.wishes[0].mode, Mode.CHALLENGE]
    assert modes("challenge", 2)[1] is Mode.CHALLENGE
    assert modes("challenge", 2)[0] is two.agreement.wishes[0].mode


@pytest.mark.parametrize("written", ["none", "Never", ""])
def test_no_warning_is_a_wish_too(written: str) -> None:
    made = agreeing().answer("warn", written)
    assert {wish.warnings for wish in made.agreement.wishes} == {()}
    assert "A asks for: help me think; no word before the end." in made.terms()


def test_warnings_are_separated_by_spaces_or_commas() -> None:
    made = agreeing().answer("warn", "1m, 5m 90s")
    assert (
        "A asks for: help me think; a word 5 minutes and 1 minute 30 seconds and 1 minute before the end."
        in (made.terms())
    )


@pytest.mark.parametrize(
    ("question", "written", "read"),
    [
        ("place", "r", lambda made: made.meeting == "remote"),
        ("place", "IN", lambda made: made.meeting == "in person"),
        ("bleep", "p", lambda made: made.bleep == "pause"),
        ("bleep", "ignore", lambda made: made.bleep == "ignore"),
    ],
)
def test_a_choice_may_be_cut_short(question: Id, written: str, read: Callable[[Agreement], bool]) -> None:
    assert read(agreeing().answer(question, written).agreement)
    for wrong in ("", "zzz"):
        with pytest.raises(CotutorError, match="Say "):
            agreeing().answer(question, wrong)


def test_notes_are_asked_about_only_where_the_plan_allows_them() -> None:
    for plan in PLANS.shipped():
        made = agreeing(plan.name)
        assert QUESTIONS["notes"].when(made) is (plan.notes == "allowed")
        if plan.notes == "allowed":
            assert not made.answer("notes", "no").agreement.notes
            assert made.answer("notes", "the owner may reflect afterwards").agreement.notes
        else:
            with pytest.raises(CotutorError, match="without notes"):
                made.answer("notes", "yes")


def test_only_a_kind_of_listening_that_the_plan_has_is_allowed() -> None:
    for plan in PLANS.shipped():
        for mode in Mode:
            if mode in plan.modes:
                assert allowed(mode, plan) is mode
            else:
                with pytest.raises(CotutorError, match="This plan is for"):
                    allowed(mode, plan)


def test_only_wishes_are_asked_of_each() -> None:
    assert {name for name, question in QUESTIONS.items() if question.each} == {"mode", "warn"}


def test_a_session_that_is_asked_for_by_nothing_but_its_word_is_the_usual_one() -> None:
    asked = SessionRequest()
    assert (asked.plan, asked.quick, asked.rehearse, asked.silent) == ("pair", False, 1, False)


def test_the_terms_give_each_their_own_wish() -> None:
    made = agreeing("triad").answer("mode", "listen", 1).answer("mode", "challenge", 3)
    asked = [line.partition(";")[0] for line in made.terms() if "asks for" in line]
    assert asked == ["A asks for: listen only", "B asks for: help me think", "C asks for: challenge me"]


def test_whoever_takes_no_alias_keeps_their_letter_however_often_the_order_is_turned_round() -> None:
    made = agreeing("triad")
    for first, usual in (("B", "BCA"), ("C", "CAB"), ("B", "BCA"), ("A", "ABC"), ("A", "ABC")):
        made = made.answer("first", first)
        named = made.answer("names", "x, y, z")
        assert [named.usual_name(place) for place in (1, 2, 3)] == list(usual)
        assert named.answer("names", ",,").agreement.people == tuple(usual)
        assert named.answer("names", ", Ben,").agreement.people == (usual[0], "Ben", usual[2])


def test_the_coin_falls_for_each_and_for_nobody_where_one_alone_speaks() -> None:
    for fallen, people in ((0, "ABC"), (1, "BCA"), (2, "CAB")):
        made = replace(agreeing("triad"), below=lambda most, fallen=fallen: min(fallen, most - 1))
        tossed = made.toss()
        assert tossed.agreement.people == tuple(people)
        assert tossed.notice == f"The coin says: {people[0]} goes first."
        assert tossed.answer("turn", "5").notice == ""
    with pytest.raises(CotutorError, match="Only Mentee speaks in this plan"):
        agreeing("one-way").toss()


def test_the_terms_say_who_speaks_where_they_are_and_who_takes_notes() -> None:
    assert agreeing("triad").terms()[0] == "Here are A and B and C. A speaks first, then B, then C."
    assert agreeing("one-way").terms()[0].endswith(". Only Mentee speaks.")
    made = agreeing(next(plan.name for plan in PLANS.shipped() if plan.notes == "allowed"))
    assert made.terms()[-3:] == ("You are in one room.", "If a bleep goes: pause.", "Nobody takes notes.")
    noted = made.answer("notes", "yes").answer("place", "remote")
    assert noted.terms()[-3] == "You are in different places."
    assert noted.terms()[-1] == "The owner of this computer may write a reflection afterwards."
