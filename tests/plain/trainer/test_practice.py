"""Practising alone in lines."""

from io import StringIO
from random import Random

from cotutor.content.shipped import shipped_guidance
from cotutor.content.workshop import load_practice
from cotutor.conversation.trainer.commands import MENU
from cotutor.domain.practice import CardKind, Deck, deck
from cotutor.plain.numbered import chosen
from cotutor.plain.output import Output
from cotutor.plain.trainer.practice import practise
from tests.fakes import FakeClock
from tests.plain.typed import TypedLines


def _deck(kind: CardKind) -> Deck:
    return deck(shipped_guidance(), load_practice(), Random(1), kinds=(kind,))  # noqa: S311  the order of cards is no secret


def _practised(cards: Deck, *typed: str) -> list[str]:
    clock, out = FakeClock(), StringIO()
    practise(cards, Output(out, clock, bell=False), TypedLines(clock, [(1.0, line) for line in typed]))
    return out.getvalue().splitlines()


def test_a_skill_is_guessed_and_explained() -> None:
    cards = _deck(CardKind.SPOT)
    card = cards.cards[0]
    assert card.answer
    right = card.options.index(card.answer) + 1
    said = _practised(cards, str(right % 4 + 1), str(right), "end")
    assert said.index("Not quite; compare:") < said.index("Yes.")
    assert card.back[0] in said


def test_what_was_written_is_compared_and_not_said_back() -> None:
    cards = _deck(CardKind.TURN)
    said = _practised(cards, "What would my own words be?", "help", "again")
    assert "What would my own words be?" not in said
    assert cards.cards[0].back[0] in said


def test_the_last_card_is_the_end() -> None:
    cards = _deck(CardKind.CUE)
    lines = _practised(cards, *[""] * len(cards.cards))
    assert lines[-3:] == ["That was the last card.", "Nothing was kept.", "Type back, or end."]


def test_choosing_takes_a_number_the_first_or_leaves() -> None:
    def answer(*typed: str) -> int | None:
        clock = FakeClock()
        lines = TypedLines(clock, [(1.0, line) for line in typed])
        return chosen(Output(out, clock, bell=False), lines, "Which?", ("a", "b"), MENU)

    out = StringIO()

    assert answer("") == 0
    assert answer("3", "x", "2") == 1
    assert answer("Leave") is None
    assert "help: What can be done here." not in out.getvalue()
    assert answer("help", "2") == 1
    assert out.getvalue().splitlines()[-2:] == ["leave: Go back.", "help: What can be done here."]
    assert answer() == 0
