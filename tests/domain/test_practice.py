from random import Random

import pytest

from cotutor.content.shipped import shipped_guidance
from cotutor.content.workshop import load_practice
from cotutor.domain.practice import AGAIN_AFTER, Card, CardKind, Deck, deck
from cotutor.domain.skills import Skill

GUIDANCE = shipped_guidance()
PRACTICE = load_practice()


def seeded(seed: int = 1) -> Random:
    return Random(seed)  # noqa: S311  the order of cards is no secret


def cards(*kinds: CardKind, stage: str | None = None, seed: int = 1) -> tuple[Card, ...]:
    wanted = kinds or tuple(CardKind)
    return deck(GUIDANCE, PRACTICE, seeded(seed), kinds=wanted, stage=stage).cards  # type: ignore[arg-type]  # from parameters


def test_there_is_enough_to_practise() -> None:
    assert len(cards(CardKind.SPOT)) == len(PRACTICE.spots) >= 24
    assert len(cards(CardKind.TURN)) == len(PRACTICE.turns) >= 24
    assert len(cards(CardKind.CUE)) == len(GUIDANCE.cues)
    assert len(cards(CardKind.QUESTION)) == sum(len(step.questions) for step in GUIDANCE.steps)
    assert len(cards()) == sum(len(cards(kind)) for kind in CardKind)


def test_every_skill_can_be_spotted() -> None:
    assert {spot.skill for spot in PRACTICE.spots} == set(Skill)


def test_no_line_is_asked_twice() -> None:
    assert len({(spot.heard, spot.say) for spot in PRACTICE.spots}) == len(PRACTICE.spots)
    assert len({turned.advice for turned in PRACTICE.turns}) == len(PRACTICE.turns)


def test_the_place_of_the_answer_tells_nothing() -> None:
    places = [
        card.options.index(card.answer) for seed in range(5) for card in cards(CardKind.SPOT, seed=seed)
    ]
    assert all(places.count(place) > len(places) // 8 for place in range(4))


@pytest.mark.parametrize("seed", range(5))
def test_the_answer_is_among_four_different_options(seed: int) -> None:
    for card in cards(CardKind.SPOT, seed=seed):
        assert card.answer in card.options
        assert len(set(card.options)) == 4
        assert card.answer
        assert card.back[0].startswith(card.answer.capitalize())


def test_turned_advice_begins_open() -> None:
    closed = (
        "do ",
        "does ",
        "did ",
        "have ",
        "has ",
        "is ",
        "are ",
        "can ",
        "could ",
        "would ",
        "will ",
        "should ",
    )
    for turned in PRACTICE.turns:
        for question in turned.better:
            assert not question.casefold().startswith(closed)
            assert "why don't" not in question.casefold()


@pytest.mark.parametrize("stage", ["I", "II", "III"])
def test_one_stage_can_be_practised_alone(stage: str) -> None:
    some = cards(stage=stage)
    questions = {question for step in GUIDANCE.steps_of(stage) for question in step.questions}
    assert {card.front[0] for card in some if card.kind is CardKind.QUESTION} == questions
    spots = [card for card in some if card.kind is CardKind.SPOT]
    assert len(spots) == sum(spot.step.startswith(f"{stage}-") for spot in PRACTICE.spots) > 0
    turns = [card for card in some if card.kind is CardKind.TURN]
    assert len(turns) == sum(turned.step.startswith(f"{stage}-") for turned in PRACTICE.turns) > 0
    assert sum(card.kind is CardKind.CUE for card in some) == len(GUIDANCE.cues)


def test_the_order_depends_on_the_random_numbers_alone() -> None:
    assert cards(seed=3) == cards(seed=3)
    assert [card.front for card in cards(seed=3)] != [card.front for card in cards(seed=4)]


def numbered(count: int) -> Deck:
    return Deck(tuple(Card(CardKind.CUE, (str(number),)) for number in range(count)))


def test_cards_come_one_by_one_and_run_out() -> None:
    two = numbered(2)
    assert two.card == two.cards[0]
    assert two.left == 2
    out = two.following().following()
    assert out.card is None
    assert out.left == 0
    assert out.following() == out.again() == out
    assert out.before().card == two.cards[1]
    assert two.before() == two


def test_a_hard_card_comes_again_a_few_cards_later() -> None:
    hard = numbered(10)
    again = hard.again()
    assert again.at == 1
    assert again.cards[1 + AGAIN_AFTER] == hard.cards[0]
    assert [card.front[0] for card in again.cards].count("0") == 2
    near_the_end = numbered(2).again()
    assert near_the_end.cards[-1].front == ("0",)
