"""One script, given to the same cards on the full screen and in lines: both show the same."""

import asyncio
from io import StringIO
from random import Random

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from cotutor.content.workshop import load_practice
from cotutor.conversation.library import Library
from cotutor.conversation.trainer.commands import PRACTICE
from cotutor.domain.practice import CardKind, Deck, deck
from cotutor.plain.output import Output
from cotutor.plain.trainer.practice import practise
from cotutor.tui.keys import offered
from cotutor.tui.trainer.practice import PracticePage
from cotutor.tui.widgets.fields import LineField
from tests.fakes import FakeClock
from tests.plain.typed import TypedLines
from tests.tui.trainer.room import trainer

NAMES = ("turn", "following", "before", "again", "answer(0)", "answer(1)", "answer(3)")
OWN = "What would help you decide?"


def _cards(kind: CardKind) -> Deck:
    cards = deck(Library().guidance[0], load_practice(), Random(1), kinds=(kind,)).cards  # noqa: S311  the order is no secret
    return Deck(cards[:3])


def _word(name: str) -> str:
    return next((command.word for command in PRACTICE if command.name == name), name)


async def _on_screen(cards: Deck, steps: list[str]) -> list[tuple[str, list[str]]]:
    """After each step: what is to be done with the card, and the lines of its back, or else of its front."""
    async with trainer(lambda _clock: PracticePage("Cards", cards), (120, 40)) as room:
        seen = []
        for name in ["", *steps]:
            field = room.one(LineField)
            writing = field.display
            if name == OWN and writing:
                field.focus()
            if name == OWN and writing:
                await room.write(OWN)
                await room.press("enter")
            elif name and name != OWN:
                if field.has_focus and name != "turn":
                    await room.press("escape")
                command = next(one for one in PRACTICE if one.name == name)
                if command in offered(room.app.screen, PRACTICE):
                    await room.press(command.key.partition(",")[0])
            text = room.line("back") or room.line("front")
            seen.append((room.line("left"), [row.strip("› ") for row in text.splitlines() if row]))
        return seen


@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.sampled_from(CardKind), st.lists(st.sampled_from([*NAMES, OWN]), min_size=3, max_size=8))
@example(CardKind.TURN, [OWN, "again", "before", "turn", "turn", "turn", "turn", "turn", "turn"])
@example(CardKind.SPOT, ["answer(3)", "answer(0)", "following", "before", "turn", "turn"])
def test_both_faces_of_practising_show_the_same(kind: CardKind, steps: list[str]) -> None:
    cards = _cards(kind)
    seen = asyncio.run(_on_screen(cards, steps))
    for number, (left, lines) in enumerate(seen):
        clock, out = FakeClock(), StringIO()
        typed = [(1.0, _word(name)) for name in steps[:number]]
        practise(cards, Output(out, clock, bell=False), TypedLines(clock, [*typed, (1.0, "end")]))
        shown = [
            row.replace(". ", " ", 1) if row[:1].isdigit() else row for row in out.getvalue().splitlines()
        ]
        latest = [row for row in shown if not row.startswith("There is ")][-(len(lines) + 4) :]
        assert left.rpartition(" · ")[2] in latest or left.startswith("Nothing was kept.")
        assert [row for row in lines if row not in {"Yours", OWN, "Others", *latest}] == []
        assert ("←" in left) == ("Type back, or end." in latest)
        assert OWN not in shown, "what was written is not repeated"
