"""Practising alone with cards. Nothing is kept, and nobody keeps the score."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from cotutor.content.workshop import load_practice
from cotutor.conversation.command import Command
from cotutor.conversation.notice import Medium
from cotutor.conversation.trainer.commands import CARDS, PRACTICE
from cotutor.conversation.trainer.practice import ABOUT, EXERCISES, OTHERS, OWN, STAGES, Practice, shuffled
from cotutor.domain.errors import CotutorError
from cotutor.domain.practice import Deck
from cotutor.tui.keys import bindings
from cotutor.tui.trainer.page import TrainerPage, clickable, heading, lines
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.menu import Menu


class PracticeMenu(TrainerPage[None]):
    """Which cards to practise with."""

    KEYS: ClassVar[tuple[Command, ...]] = CARDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    heading = "Practise alone"

    def body(self) -> ComposeResult:
        """The kinds of cards, and the stages."""
        yield Static(Content(ABOUT), id="about")
        yield ChoiceField(*STAGES, chosen=STAGES[0][0], id="stage")
        yield Menu(id="menu")

    def on_mount(self) -> None:
        menu = self.query_one(Menu)
        menu.align(max(len(exercise.title) for exercise in EXERCISES))
        for exercise in EXERCISES:
            menu.entry(exercise.name, exercise.title, exercise.about)
        menu.choose_first()
        menu.focus()

    def action_stage(self) -> None:
        self.query_one(ChoiceField).action_turn(1)

    def action_choose(self) -> None:
        self.query_one(Menu).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        exercise = next(one for one in EXERCISES if one.name == event.option_id)
        stage = self.query_one(ChoiceField).value
        cards = shuffled(self.cotutor.guidance, load_practice(), exercise.kinds, stage)
        self.lead_to(PracticePage(exercise.title, cards))


class PracticePage(TrainerPage[None]):
    """One card after another.

    Args:
        title: what is practised.
        cards: the shuffled cards.
    """

    KEYS: ClassVar[tuple[Command, ...]] = PRACTICE
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    AUTO_FOCUS = ""  # a field that is not shown must not take the keys

    def __init__(self, title: str, cards: Deck) -> None:
        super().__init__()
        self.heading = title
        self.practice = Practice(cards, Medium.KEYS)
        self.conversation = self.practice

    def body(self) -> ComposeResult:
        """The card, and a line to write on."""
        yield Static(id="kind")
        with VerticalScroll(id="card", can_focus=False):
            yield Static(id="front")
            yield LineField(id="own", max_length=300, placeholder="your question; Enter compares")
            yield Static(id="back")
        yield Static(id="left")

    def on_mount(self) -> None:
        self.show()

    def on_unmount(self) -> None:
        """Forget what was written."""
        self.practice.close()

    # ------------------------------------------------------------ what the keys do

    def obey(self, name: str) -> None:
        """Give the cards a command."""
        try:
            self.practice.obey(name)
        except CotutorError as problem:
            self.put("left", problem.message)
            return
        self.show()

    @on(Input.Submitted)
    def _written(self, event: Input.Submitted) -> None:
        """Compare what was written."""
        self.practice.write(event.value)
        self.show()

    def action_turn(self) -> None:
        """Turn the card over, or take the next one."""
        self.obey("turn")

    def action_answer(self, number: int) -> None:
        """Choose a skill, from 0."""
        self.obey(f"answer({number})")

    def action_following(self) -> None:
        self.obey("following")

    def action_before(self) -> None:
        self.obey("before")

    def action_again(self) -> None:
        """The next card; this one comes again."""
        self.obey("again")

    def action_read(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_back(self) -> None:
        """Leave the line that is written on; then the cards."""
        if self.focused is not None:
            self.set_focus(None)
        else:
            super().action_back()

    # ------------------------------------------------------------ what is shown

    def show(self) -> None:
        """Show the card as it lies."""
        practice, field = self.practice, self.query_one(LineField)
        if not practice.own:
            field.value = ""
        field.display = practice.writing
        self.put("kind", heading(practice.kind))
        self.put("front", self._front())
        self.put("back", self._back())
        self.put("left", f"{practice.left} · {practice.to_do}" if practice.to_do else practice.left)
        self.set_focus(field if practice.writing else None)
        self.refresh_bindings()

    def _front(self) -> Content:
        practice = self.practice
        rows: list[str | Content] = [Content.styled(line, "bold") for line in practice.front]
        rows += [""] if practice.skills else []
        for number, skill in enumerate(practice.skills):
            mark = "›" if number == practice.answered else " "
            line = clickable(Content(skill), f"screen.answer({number})")
            rows.append(Content.assemble(f"{mark}{number + 1} ", line))
        return lines(rows)

    def _back(self) -> Content:
        practice = self.practice
        if not practice.back:
            return Content("")
        rows: list[str | Content] = [
            "",
            *([Content.styled(practice.verdict, "bold")] if practice.verdict else []),
        ]
        rows += [heading(OWN), practice.own, heading(OTHERS)] if practice.own else []
        return lines([*rows, *practice.back])
