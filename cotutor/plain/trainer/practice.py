"""Practising alone in lines: a card, an answer, the back of the card. Nothing is kept."""

from cotutor.domain.practice import Card, CardKind, Deck
from cotutor.plain.numbered import next_line, number_typed
from cotutor.plain.output import Output
from cotutor.plain.reader import Lines

_ASKED = {
    CardKind.CUE: "Enter for the next card.",
    CardKind.QUESTION: "Enter turns the card over.",
    CardKind.SPOT: "Type a number; Enter turns the card over.",
    CardKind.TURN: "Write an open question of your own, then compare; Enter compares at once.",
}
_HELP = "Type again to see a card once more later, back for the one before, or end."


def practise(cards: Deck, output: Output, lines: Lines) -> None:
    """Go through the cards until they are all seen, or somebody types end.

    Args:
        cards: the shuffled cards.
        output: where they are written.
        lines: where the answers come from.
    """
    output.show(f"{cards.left} cards. {_HELP}")
    while (card := cards.card) is not None:
        output.show(f"{card.kind.capitalize()}.", *card.front)
        output.show(*(f"{number}. {skill}" for number, skill in enumerate(card.options, start=1)))
        output.show(_ASKED[card.kind])
        line = next_line(lines)
        if line is None or line.casefold() == "end":
            return
        if line.casefold() in {"back", "help"}:
            output.show(*([_HELP] if line.casefold() == "help" else []))
            cards = cards.before() if line.casefold() == "back" else cards
            continue
        output.show(*_answered(card, line), *card.back)
        cards = cards.again() if line.casefold() == "again" else cards.following()
    output.show("That was the last card.")


def _answered(card: Card, line: str) -> tuple[str, ...]:
    """Whether the skill was found; what was written is not said back."""
    number = number_typed(line, len(card.options))
    if number is None:
        return ()
    return ("Yes.",) if card.options[number] is card.answer else ("Not quite; compare.",)
