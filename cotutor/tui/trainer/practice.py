"""Practising alone with cards. Nothing is kept, and nobody keeps the score."""

import random
from collections.abc import Collection
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from cotutor.content.workshop import load_practice
from cotutor.conversation.command import Command
from cotutor.conversation.trainer.commands import HELP, READ
from cotutor.domain.guidance import StageId
from cotutor.domain.practice import Card, CardKind, Deck, deck
from cotutor.tui.keys import bindings
from cotutor.tui.trainer.page import TrainerPage, clickable, heading, lines
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.menu import Menu

_KINDS: dict[str, tuple[str, str, tuple[CardKind, ...]]] = {
    "all": ("Everything", "cards of all kinds, shuffled", tuple(CardKind)),
    "cue": ("Cues", "one line to keep in mind while you listen", (CardKind.CUE,)),
    "question": ("Questions", "open questions; on the back, where they belong", (CardKind.QUESTION,)),
    "spot": ("Spot the skill", "what does the listener do here?", (CardKind.SPOT,)),
    "turn": ("Turn advice into a question", "write your own, then compare", (CardKind.TURN,)),
}


class PracticeMenu(TrainerPage[None]):
    """Which cards to practise with."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "choose", "Choose", "Shuffle the cards and begin."),
        Command("1", "stage", "Stage I only", "Only cards of the first stage, or of all three."),
        Command("escape,q", "back", "Back", "Go back.", shown="esc"),
        HELP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    heading = "Practise alone"

    def body(self) -> ComposeResult:
        """The kinds of cards, and the stages."""
        yield Static(Content("Nothing is kept, and nobody keeps the score."), id="about")
        yield ChoiceField((None, "all three stages"), ("I", "Stage I only"), chosen=None, id="stage")
        yield Menu(id="menu")

    def on_mount(self) -> None:
        """Fill the list."""
        menu = self.query_one(Menu)
        menu.align(max(len(title) for title, _detail, _kinds in _KINDS.values()))
        for key, (title, detail, _kinds) in _KINDS.items():
            menu.entry(key, title, detail)
        menu.choose_first()
        menu.focus()

    def action_stage(self) -> None:
        """All stages, or the first."""
        self.query_one(ChoiceField).action_turn(1)

    def action_choose(self) -> None:
        """Take the marked line."""
        self.query_one(Menu).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Shuffle and begin."""
        title, _detail, kinds = _KINDS[event.option_id or "all"]
        stage: StageId | None = self.query_one(ChoiceField).value
        self.app.push_screen(PracticePage(title, self._deck(kinds, stage)))

    def _deck(self, kinds: Collection[CardKind], stage: StageId | None) -> Deck:
        chance = random.SystemRandom()
        return deck(self.cotutor.guidance, load_practice(), chance, kinds=kinds, stage=stage)


class PracticePage(TrainerPage[None]):
    """One card after another.

    Args:
        title: what is practised.
        cards: the shuffled cards.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "turn", "Turn, then next", "Turn the card over; then the next one."),
        Command("right,n,space", "following", "Next", "The next card.", shown="→"),
        HELP,
        Command("left,p", "before", "Back", "The card before.", shown="←"),
        Command("a", "again", "Again later", "The next card; this one comes once more, a few cards on."),
        *(
            Command(
                str(number),
                f"answer({number - 1})",
                f"Answer {number}",
                f"Choose answer {number}.",
                bar=False,
            )
            for number in range(1, 5)
        ),
        Command("escape,q", "back", "Close", "Close the cards.", shown="esc"),
        *READ,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    AUTO_FOCUS = ""  # a field that is not shown must not take the keys

    def __init__(self, title: str, cards: Deck) -> None:
        super().__init__()
        self.heading = title
        self._deck = cards
        self._turned = False
        self._answered: int | None = None
        self._own = ""

    def body(self) -> ComposeResult:
        """The card, and a line to write on."""
        yield Static(id="kind")
        with VerticalScroll(id="card", can_focus=False):
            yield Static(id="front")
            yield LineField(id="own", max_length=300, placeholder="your question; Enter compares")
            yield Static(id="back")
        yield Static(id="left")

    def on_mount(self) -> None:
        """Show the first card."""
        self._show()

    def on_unmount(self) -> None:
        """Forget what was written."""
        self._own = ""

    # ------------------------------------------------------------ keys

    @on(Input.Submitted)
    def action_turn(self) -> None:
        """Turn the card over; if it is, or there is nothing on the back, the next one."""
        card = self._deck.card
        if card is None or self._turned or not card.back:
            self.action_following()
            return
        self._own = self.query_one(LineField).value.strip()
        self._turned = True
        self.set_focus(None)
        self._show()

    def action_answer(self, number: int) -> None:
        """Say which skill it is, and see."""
        card = self._deck.card
        if card and number < len(card.options):
            self._answered = number
            self._turned = True
            self._show()

    def action_following(self) -> None:
        """The next card."""
        self._take(self._deck.following())

    def action_before(self) -> None:
        """The card before."""
        self._take(self._deck.before())

    def action_again(self) -> None:
        """The next card; this one comes again."""
        self._take(self._deck.again())

    def action_read(self, rows: int) -> None:
        """Scroll."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    async def action_back(self) -> None:
        """Leave the line that is written on; then the cards."""
        if self.focused is not None:
            self.set_focus(None)
        else:
            await super().action_back()

    def _take(self, cards: Deck) -> None:
        self._deck, self._turned, self._answered, self._own = cards, False, None, ""
        self.query_one(LineField).value = ""
        self._show()

    # ------------------------------------------------------------ what is shown

    def _show(self) -> None:
        card = self._deck.card
        field = self.query_one(LineField)
        field.display = card is not None and card.kind is CardKind.TURN and not self._turned
        if card is None:
            self.put("kind", heading("That was the last card."))
            self.put("front", "← goes back to it; esc closes the cards. Nothing was kept.")
            self.put("back", "")
            self.put("left", "")
            self.set_focus(None)
            return
        self.put("kind", heading(card.kind.capitalize()))
        self.put("front", _front(card, self._answered))
        self.put("back", _back(card, self._own, self._answered) if self._turned else "")
        self.put("left", f"{self._deck.left} to come" if self._deck.left > 1 else "the last card")
        if field.display:
            field.focus()
        else:
            self.set_focus(None)


def _front(card: Card, answered: int | None) -> Content:
    said: list[str | Content] = [Content.styled(line, "bold") for line in card.front]
    if card.options:
        said.append("")
    for number, option in enumerate(card.options):
        mark = "›" if number == answered else " "
        line = clickable(Content(option), f"screen.answer({number})")
        said.append(Content.assemble(f"{mark}{number + 1} ", line))
    return lines(said)


def _back(card: Card, own: str, answered: int | None) -> Content:
    said: list[str | Content] = [""]
    if answered is not None:
        yes = card.options[answered] is card.answer
        said.append(Content.styled("Yes." if yes else "Not quite; compare:", "bold"))
    if own:
        said += [heading("Yours"), own, heading("Others")]
    return lines([*said, *card.back])
