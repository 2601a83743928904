"""Practising alone: what a card takes for an answer, and what it shows then."""

import pytest

from cotutor.content.shipped import shipped_guidance
from cotutor.content.workshop import load_practice
from cotutor.conversation.notice import Medium
from cotutor.conversation.trainer.commands import PRACTICE
from cotutor.conversation.trainer.practice import EXERCISES, STAGES, Practice, shuffled
from cotutor.domain.errors import CotutorError
from cotutor.domain.practice import Card, CardKind, Deck
from cotutor.domain.skills import Skill

SKILLS = (Skill.OPEN, Skill.ADVICE, Skill.SILENCE, Skill.STORY)
CUE = Card(CardKind.CUE, ("Wait three breaths.",))
ASK = Card(CardKind.QUESTION, ("What else?",), ("I-A Story",))
SPOT = Card(CardKind.SPOT, ("Speaker: x",), ("Silence kept.",), SKILLS, Skill.SILENCE)
TURN = Card(CardKind.TURN, ("Advice: y",), ("What would help?",))


def dealt(*cards: Card, medium: Medium = Medium.WORDS) -> Practice:
    return Practice(Deck(cards), medium)


def test_a_card_is_turned_over_once_and_then_the_next_one_comes() -> None:
    cards = dealt(ASK, CUE, CUE)
    assert (cards.back, cards.left, cards.kind) == ((), "3 to come", "Question")
    assert cards.to_do == "Enter turns the card over."
    cards.obey("turn")
    assert (cards.card, cards.back, cards.to_do) == (ASK, ASK.back, "Enter for the next card.")
    cards.obey("turn")
    assert (cards.card, cards.turned, cards.left) == (CUE, False, "2 to come")
    assert cards.to_do == "Enter for the next card."
    cards.obey("turn")
    assert cards.left == "the last card"


@pytest.mark.parametrize(
    ("medium", "to_do"),
    [
        (Medium.KEYS, "← goes back to it; esc closes the cards."),
        (Medium.WORDS, "Type back, or end."),
    ],
)
def test_after_the_last_card_there_is_only_the_way_back(medium: Medium, to_do: str) -> None:
    cards = dealt(CUE, medium=medium)
    cards.obey("following")
    assert (cards.card, cards.kind, cards.left) == (None, "That was the last card.", "Nothing was kept.")
    assert (cards.front, cards.back, cards.skills, cards.options, cards.verdict) == ((), (), (), 0, "")
    assert cards.to_do == to_do
    assert not cards.writing
    cards.obey("turn")
    assert cards.card is None
    cards.obey("before")
    assert cards.front == CUE.front


@pytest.mark.parametrize(
    ("number", "verdict"),
    [(0, "Not quite; compare:"), (1, "Not quite; compare:"), (2, "Yes."), (3, "Not quite; compare:")],
)
def test_a_skill_is_spotted_or_compared(number: int, verdict: str) -> None:
    cards = dealt(SPOT, CUE)
    assert (cards.verdict, cards.skills, cards.options) == ("", SKILLS, 4)
    assert cards.to_do == "A number chooses; Enter turns the card over."
    cards.obey(f"answer({number})")
    assert (cards.turned, cards.verdict, cards.answered) == (True, verdict, number)
    cards.obey("turn")
    assert (cards.verdict, cards.answered) == ("", None)


def test_a_card_without_options_takes_no_number() -> None:
    for card, number in ((CUE, 0), (ASK, 0), (SPOT, 4)):
        cards = dealt(card)
        with pytest.raises(CotutorError, match="nothing to choose"):
            cards.obey(f"answer({number})")
        assert not cards.turned


def test_a_question_of_ones_own_is_compared_and_forgotten_with_the_card() -> None:
    cards = dealt(TURN, TURN)
    assert (cards.writing, cards.own) == (True, "")
    assert cards.typed("  What would help you decide? ") == ()
    assert (cards.own, cards.turned, cards.writing) == ("What would help you decide?", True, False)
    with pytest.raises(CotutorError, match="no such word"):
        cards.typed("And another?")
    cards.typed("")
    assert (cards.own, cards.writing) == ("", True)
    cards.write("x")
    cards.close()
    assert cards.own == ""


def test_a_word_is_a_command_and_a_beginning_of_one_is_a_question_of_ones_own() -> None:
    cards = dealt(TURN, ASK, ASK)
    cards.typed("Next")
    assert cards.card == ASK
    cards.typed("back")
    cards.typed("nex")
    assert cards.own == "nex"
    assert not cards.closed
    cards.typed("end")
    assert cards.closed


def test_a_hard_card_comes_again() -> None:
    cards = dealt(ASK, CUE)
    cards.obey("turn")
    cards.obey("again")
    assert (cards.card, cards.turned, cards.left) == (CUE, False, "2 to come")


def test_help_lists_only_the_answers_that_this_card_has() -> None:
    def numbers(card: Card) -> list[str]:
        return [line[0] for line in dealt(card).obey("app.keys") if line[0].isdecimal()]

    assert (numbers(CUE), numbers(SPOT)) == ([], ["1", "2", "3", "4"])


def test_everything_can_be_practised_and_each_kind_by_itself() -> None:
    assert EXERCISES[0].kinds == tuple(CardKind)
    assert [one.kinds for one in EXERCISES[1:]] == [(kind,) for kind in CardKind]
    assert [stage for stage, _ in STAGES] == [None, "I"]
    for one in EXERCISES:
        cards = shuffled(shipped_guidance(), load_practice(), one.kinds, "I").cards
        assert {card.kind for card in cards} == {*one.kinds}


def test_only_a_number_may_be_told_from_less_than_its_whole_word() -> None:
    for command in PRACTICE:
        assert command.whole is (bool(command.word) and not command.word.isdecimal()), command


def test_what_is_typed_after_a_number_is_left_out() -> None:
    cards = dealt(SPOT)
    assert cards.typed("3 silence") == ()
    assert (cards.answered, cards.verdict) == (2, "Yes.")
