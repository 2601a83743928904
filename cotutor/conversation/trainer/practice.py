"""Practising alone: which cards there are, which answers are taken, and what both faces show."""

import random
from collections.abc import Iterable
from typing import NamedTuple

from cotutor.conversation.command import find, help_lines, offered
from cotutor.conversation.notice import Medium
from cotutor.conversation.trainer.commands import PRACTICE
from cotutor.domain.errors import CotutorError
from cotutor.domain.guidance import Guidance, StageId
from cotutor.domain.practice import Card, CardKind, Deck, deck
from cotutor.domain.practice import Practice as Exercises
from cotutor.domain.skills import Skill

ABOUT = "Nothing is kept, and nobody keeps the score."
STAGES: tuple[tuple[StageId | None, str], ...] = ((None, "all three stages"), ("I", "Stage I only"))
"""Which cards are wanted; cues belong to every stage."""
OWN = "Yours"
OTHERS = "Others"


class Exercise(NamedTuple):
    """A line of the menu of practising alone: a name to type, a title, what it is, and which cards it deals."""

    name: str
    title: str
    about: str
    kinds: tuple[CardKind, ...]


EXERCISES = (
    Exercise("all", "Everything", "cards of all kinds, shuffled", tuple(CardKind)),
    Exercise("cue", "Cues", "one line to keep in mind while you listen", (CardKind.CUE,)),
    Exercise("question", "Questions", "open questions; on the back, where they belong", (CardKind.QUESTION,)),
    Exercise("spot", "Spot the skill", "what does the listener do here?", (CardKind.SPOT,)),
    Exercise("turn", "Turn advice into a question", "write your own, then compare", (CardKind.TURN,)),
)
"""What can be practised, the usual one first."""

_TO_DO = {
    CardKind.CUE: "",
    CardKind.QUESTION: "Enter turns the card over.",
    CardKind.SPOT: "A number chooses; Enter turns the card over.",
    CardKind.TURN: "Write an open question of your own, then compare; Enter compares at once.",
}
_NEXT = "Enter for the next card."
_LAST = {Medium.KEYS: "← goes back to it; esc closes the cards.", Medium.WORDS: "Type back, or end."}


def shuffled(
    guidance: Guidance, exercises: Exercises, kinds: Iterable[CardKind], stage: StageId | None
) -> Deck:
    """The cards that are wanted, in an order of chance.

    Args:
        guidance: where cues and questions come from.
        exercises: where the others come from.
        kinds: which cards are wanted.
        stage: only those of this stage.
    """
    return deck(guidance, exercises, random.SystemRandom(), kinds=tuple(kinds), stage=stage)


class Practice:
    """The conversation of one shuffled deck.

    Args:
        cards: the deck.
        medium: whether commands are given by keys or by words.
    """

    def __init__(self, cards: Deck, medium: Medium) -> None:
        self.cards = cards
        self.turned = False
        """Whether the back of the card is in sight."""
        self.answered: int | None = None
        """The skill that was chosen for it, from 0."""
        self.own = ""
        """What was written for it, in memory until the next card."""
        self.closed = False
        self._medium = medium

    # ------------------------------------------------------------ what is done

    def obey(self, name: str) -> tuple[str, ...]:
        """Do what a command says; returns the lines that answer it.

        Raises:
            CotutorError: there is no such answer on this card.
        """
        match name:
            case "turn":
                self._turn()
            case "following":
                self._take(self.cards.following())
            case "before":
                self._take(self.cards.before())
            case "again":
                self._take(self.cards.again())
            case "back":
                self.closed = True
            case _ if name.startswith("answer("):
                self._answer(int(name[7:-1]))
            case _:
                return help_lines(offered(PRACTICE, self))
        return ()

    def typed(self, line: str) -> tuple[str, ...]:
        """Do what a typed line says; returns the lines that answer it.

        Raises:
            CotutorError: it is no word, and this card asks for no question of one's own.
        """
        words = {command.word: command for command in PRACTICE if command.word}
        command = words.get(line.casefold() or "turn")
        if command is None and self.writing:
            self.write(line)
            return ()
        return self.obey((command or find(line, PRACTICE)[0]).name)

    def write(self, own: str) -> None:
        """Take a question of somebody's own, and turn the card over to compare."""
        self.own = own.strip()
        self._turn()

    def close(self) -> None:
        """Forget what was written."""
        self.own = ""

    def _turn(self) -> None:
        """Turn the card over; if it is, or there is nothing on the back, take the next one."""
        card = self.card
        if card is None or self.turned or not card.back:
            self._take(self.cards.following())
        else:
            self.turned = True

    def _answer(self, number: int) -> None:
        if number >= self.options:
            raise CotutorError("There is nothing to choose on this card.")
        self.answered = number
        self.turned = True

    def _take(self, cards: Deck) -> None:
        self.cards, self.turned, self.answered, self.own = cards, False, None, ""

    # ------------------------------------------------------------ what is shown

    @property
    def card(self) -> Card | None:
        """The card on top; None after the last one."""
        return self.cards.card

    @property
    def options(self) -> int:
        """How many answers there are to choose from."""
        return len(self.card.options) if self.card else 0

    @property
    def writing(self) -> bool:
        """Whether a question of one's own is asked for."""
        return self.card is not None and self.card.kind is CardKind.TURN and not self.turned

    @property
    def kind(self) -> str:
        """What is asked, in a heading."""
        return self.card.kind.capitalize() if self.card else "That was the last card."

    @property
    def front(self) -> tuple[str, ...]:
        """The lines of the front."""
        return self.card.front if self.card else ()

    @property
    def skills(self) -> tuple[Skill, ...]:
        """What to choose from."""
        return self.card.options if self.card else ()

    @property
    def verdict(self) -> str:
        """Whether the skill was found; empty if none was chosen."""
        if self.answered is None or self.card is None:
            return ""
        return "Yes." if self.card.options[self.answered] is self.card.answer else "Not quite; compare:"

    @property
    def back(self) -> tuple[str, ...]:
        """The lines of the back, if that is in sight."""
        return self.card.back if self.card and self.turned else ()

    @property
    def left(self) -> str:
        """How many cards are to come."""
        if self.card is None:
            return "Nothing was kept."
        return f"{self.cards.left} to come" if self.cards.left > 1 else "the last card"

    @property
    def to_do(self) -> str:
        """What can be done with the card as it lies."""
        if self.card is None:
            return _LAST[self._medium]
        return _NEXT if self.turned or not self.card.back else _TO_DO[self.card.kind]
