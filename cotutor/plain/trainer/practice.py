"""Practising alone in lines: a card, an answer, the back of the card. Nothing is kept."""

from cotutor.conversation.notice import Medium
from cotutor.conversation.trainer.practice import Practice
from cotutor.domain.errors import CotutorError
from cotutor.domain.practice import Deck
from cotutor.plain.numbered import next_line
from cotutor.plain.output import Output
from cotutor.plain.reader import Lines


def practise(cards: Deck, output: Output, lines: Lines) -> None:
    """Go through the cards until somebody types end, or the input ends.

    Args:
        cards: the shuffled cards.
        output: where they are shown.
        lines: where the answers come from.
    """
    practice = Practice(cards, Medium.WORDS)
    shown: tuple[object, bool] | None = None
    while not practice.closed:
        if (practice.cards, practice.turned) != shown:
            _show(practice, output)
        shown = (practice.cards, practice.turned)
        line = next_line(lines)
        if line is None:
            break
        try:
            output.show(*practice.typed(line))
            shown = None if practice.answered is not None else shown  # another answer has another verdict
        except CotutorError as problem:
            output.show(problem.message)
    practice.close()


def _show(practice: Practice, output: Output) -> None:
    """The card's front, or its back once it is turned; what was written is not repeated."""
    if practice.turned:
        output.show(*([practice.verdict] if practice.verdict else []), *practice.back, practice.to_do)
    else:
        numbered = (f"{number}. {skill}" for number, skill in enumerate(practice.skills, start=1))
        output.show(
            f"{practice.kind.rstrip('.')}.", *practice.front, *numbered, practice.left, practice.to_do
        )
