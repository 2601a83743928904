"""Before a workshop: which programme, and who is there."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from cotutor.conversation.command import Command
from cotutor.conversation.library import left_out_briefly
from cotutor.conversation.trainer.commands import PROGRAMMES, SEATING
from cotutor.conversation.trainer.projector import Projector
from cotutor.conversation.trainer.seating import HOW, START, WHO, Seating, seat
from cotutor.conversation.trainer.workshop_lines import summary
from cotutor.domain.errors import CotutorError
from cotutor.domain.programme import Programme
from cotutor.tui.keys import bindings
from cotutor.tui.trainer import workshop_show as show
from cotutor.tui.trainer.page import TrainerPage
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.menu import Menu
from cotutor.tui.widgets.start import StartButton

_MOST_TYPED = 1_000
"""Characters: sixty first names."""


class WorkshopMenu(TrainerPage[None]):
    """The programmes there are.

    Args:
        projector: how the room gets to see the workshop.
        people: how many there are, if that was said on the command line.
    """

    KEYS: ClassVar[tuple[Command, ...]] = PROGRAMMES
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    heading = "Workshop"

    def __init__(self, projector: Projector | None = None, people: int | None = None) -> None:
        super().__init__()
        self._projector = projector or Projector()
        self._people = people
        self._programmes: dict[str, Programme] = {}

    def body(self) -> ComposeResult:
        """The list, and what the marked programme is."""
        yield Menu(id="menu")
        yield Static(id="about")
        yield Static(id="problems")

    def on_mount(self) -> None:
        """Fill the list with the shipped programmes and the person's own."""
        found = self.cotutor.library.programmes
        self._programmes = {one.name: one for one in found.entries}
        menu = self.query_one(Menu)
        menu.heading("Programmes")
        menu.align(max(len(one.title) for one in self._programmes.values()))
        for one in self._programmes.values():
            menu.entry(one.name, one.title, summary(one))
        menu.choose_first()
        menu.focus()
        self.put("problems", "\n".join(left_out_briefly(found.problems)))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the marked programme is."""
        one = self._programmes.get(event.option_id or "")
        if one is not None:
            self.put("about", one.summary)

    def action_choose(self) -> None:
        self.query_one(Menu).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        programme = self._programmes[event.option_id or ""]
        self.lead_to(WorkshopSetup(programme, self._projector, self._people))


class WorkshopSetup(TrainerPage[None]):
    """Who is there, and the seating that is drawn for them.

    Args:
        programme: what will be done in it.
        projector: how the room gets to see it.
        people: how many there are, if that was said on the command line.
    """

    KEYS: ClassVar[tuple[Command, ...]] = SEATING
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])

    def __init__(self, programme: Programme, projector: Projector, people: int | None = None) -> None:
        super().__init__()
        self._programme = programme
        self._projector = projector
        self._asked = people
        self._drawn_for = ""
        self._seating: Seating | None = None
        self.heading = programme.title

    def body(self) -> ComposeResult:
        """The field, what does not fit, the seating, the button."""
        yield Static(Content(f"{summary(self._programme)}. {self._programme.summary}"), id="about")
        with Horizontal(id="who"):
            yield Static(Content(WHO), id="label")
            written = str(self._asked or self._programme.fewest)
            yield LineField(written, id="people", max_length=_MOST_TYPED)
        yield Static(Content(HOW), id="hint")
        yield Static(id="problem")
        with VerticalScroll(id="seating", can_focus=False):
            yield Static(id="rounds")
        yield StartButton(START)

    def on_mount(self) -> None:
        """With a number from the command line the seating is there already."""
        if self._asked is None:
            self.query_one(LineField).focus()
        else:
            self.action_draw()

    @on(Input.Submitted)
    def action_draw(self) -> None:
        """Draw the seating, or show why that can't be done."""
        self._drawn_for = self.query_one(LineField).value
        try:
            self._seating = seat(self._programme, self._drawn_for)
        except CotutorError as problem:
            self._seating = None
            self.put("problem", Content.styled(problem.message, "bold $warning"))
            self.query_one(LineField).focus()
            return
        self.put("problem", self._seating.fit)
        self.put("rounds", show.seating(self._seating.rounds, self._seating.people))
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.query_one(StartButton).focus(scroll_visible=False)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        if event.value != self._drawn_for:
            self._seating = None
            self.put("rounds", "")

    def action_turn(self, pages: int) -> None:
        view = self.query_one(VerticalScroll)
        view.scroll_relative(y=pages * max(1, view.size.height - 1), animate=False)

    @on(StartButton.Pressed)
    def action_go_on(self) -> None:
        """Start, in this screen's place; draw first if that has not been done."""
        if self._seating is None:
            self.action_draw()
            return
        from cotutor.tui.trainer.workshop import WorkshopPage  # noqa: PLC0415  loaded when it begins

        people, rounds, _fit = self._seating
        page = WorkshopPage(self._programme, people, rounds, self.cotutor.clock, self._projector)
        self.make_way_for(page)
