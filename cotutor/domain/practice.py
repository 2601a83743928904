"""Practising alone: cards with cues and questions, skills to spot, advice to turn into questions.

Nothing is scored or kept; a card that was hard can come round again.
"""

from collections.abc import Collection
from enum import StrEnum
from random import Random
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from cotutor.domain.guidance import Guidance, Question, StageId, StepId
from cotutor.domain.plan import Line
from cotutor.domain.skills import ABOUT, Skill

AGAIN_AFTER = 4
"""How many other cards come before one that is to come again."""
_OPTIONS = 4

Reason = Annotated[str, Meta(min_length=1, max_length=300)]


class Spot(Struct, frozen=True, forbid_unknown_fields=True):
    """A listener's line: which skill is it?"""

    step: StepId
    heard: Line
    """What the speaker has just said."""
    say: Line
    """What the listener says or does then."""
    skill: Skill
    why: Reason


class AdviceTurned(Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of advice, and open questions that would do instead."""

    step: StepId
    heard: Line
    advice: Line
    better: Annotated[tuple[Question, ...], Meta(min_length=2, max_length=3)]
    why: Reason
    """What makes those open."""


class Practice(Struct, frozen=True, forbid_unknown_fields=True):
    """The exercises for practising alone: skills to spot, advice to turn into questions."""

    format: Literal[1]
    spots: Annotated[tuple[Spot, ...], Meta(min_length=1, max_length=500)]
    turns: Annotated[tuple[AdviceTurned, ...], Meta(min_length=1, max_length=500)]


class CardKind(StrEnum):
    """What a card is for."""

    CUE = "cue"
    QUESTION = "question"
    SPOT = "spot the skill"
    TURN = "turn advice into an open question"


class Card(Struct, frozen=True):
    """One card: its front, and what is on the back."""

    kind: CardKind
    front: tuple[str, ...]
    back: tuple[str, ...] = ()
    options: tuple[Skill, ...] = ()
    """What to choose from, if the card asks for a skill."""
    answer: Skill | None = None


class Deck(Struct, frozen=True):
    """Cards in the order in which they come."""

    cards: tuple[Card, ...]
    at: int = 0

    @property
    def card(self) -> Card | None:
        """The card on top; None when all have been seen."""
        return self.cards[self.at] if self.at < len(self.cards) else None

    @property
    def left(self) -> int:
        """How many cards are to come, with the one on top."""
        return len(self.cards) - self.at

    def following(self) -> "Deck":
        """One card further; past the last card the deck is finished."""
        return replace(self, at=min(self.at + 1, len(self.cards)))

    def before(self) -> "Deck":
        """One card back, at most to the first."""
        return replace(self, at=max(self.at - 1, 0))

    def again(self) -> "Deck":
        """The next card; the present one comes once more, a few cards later."""
        if self.card is None:
            return self
        place = min(self.at + 1 + AGAIN_AFTER, len(self.cards))
        return Deck((*self.cards[:place], self.card, *self.cards[place:]), self.at + 1)


def deck(
    guidance: Guidance,
    practice: Practice,
    random: Random,
    *,
    kinds: Collection[CardKind] = tuple(CardKind),
    stage: StageId | None = None,
) -> Deck:
    """A shuffled deck.

    Args:
        guidance: where cues and questions come from.
        practice: where the exercises come from.
        random: what the order, and the order of the options, depend on.
        kinds: which cards are wanted.
        stage: only cards of this stage; cues belong to all of them.
    """
    cards: list[Card] = []
    if CardKind.CUE in kinds:
        cards += (Card(CardKind.CUE, (cue,)) for cue in guidance.cues)
    if CardKind.QUESTION in kinds:
        cards += (
            Card(CardKind.QUESTION, (question,), (f"{step.id} {step.title}: {step.job}",))
            for step in guidance.steps
            if stage in (None, step.stage)
            for question in step.questions
        )
    if CardKind.SPOT in kinds:
        cards += (_spot(spot, random) for spot in practice.spots if _within(spot.step, stage))
    if CardKind.TURN in kinds:
        cards += (_turn(turned) for turned in practice.turns if _within(turned.step, stage))
    random.shuffle(cards)
    return Deck(tuple(cards))


def _within(step: str, stage: str | None) -> bool:
    return stage in (None, step.partition("-")[0])


def _spot(spot: Spot, random: Random) -> Card:
    others = [skill for skill in Skill if skill is not spot.skill]
    options = [spot.skill, *random.sample(others, _OPTIONS - 1)]
    random.shuffle(options)
    front = (f"Speaker: {spot.heard}", f"Listener: {spot.say}")
    back = (f"{spot.skill.capitalize()}. {spot.why}", ABOUT[spot.skill].line)
    return Card(CardKind.SPOT, front, back, tuple(options), spot.skill)


def _turn(turned: AdviceTurned) -> Card:
    front = (f"Speaker: {turned.heard}", f"Advice: {turned.advice}")
    return Card(CardKind.TURN, front, (*turned.better, turned.why))
