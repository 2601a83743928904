"""The whole programme with the trainer's notes, and who sits with whom."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from cotutor.conversation.command import Command
from cotutor.conversation.trainer.commands import PROGRAMME
from cotutor.conversation.trainer.workshop_now import WorkshopNow
from cotutor.domain.guidance import Guidance
from cotutor.domain.rotation import Round
from cotutor.tui.common.reading import ReadingPage
from cotutor.tui.keys import bindings
from cotutor.tui.trainer import workshop_show as show
from cotutor.tui.trainer.page import TrainerPage
from cotutor.tui.widgets.menu import Menu


class SeatsPage(ReadingPage):
    """Who sits with whom.

    Args:
        rounds: every round.
        people: numbers or first names.
        now: the present round.
    """

    heading = "Who sits with whom"

    def __init__(self, rounds: Sequence[Round], people: Sequence[str], now: int | None) -> None:
        super().__init__()
        self._seating = show.seating(rounds, people, now)

    def text(self, guidance: Guidance) -> Content:  # noqa: ARG002  the page's own
        return self._seating


class PartsPage(TrainerPage[int]):
    """The parts of a programme; it answers the number of the one to go to, from 1.

    Args:
        now: where the workshop is.
    """

    heading = "The programme"
    KEYS: ClassVar[tuple[Command, ...]] = PROGRAMME
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])

    def __init__(self, now: WorkshopNow) -> None:
        super().__init__()
        self._now = now

    def body(self) -> ComposeResult:
        """The parts above, the notes of the marked one below."""
        yield Menu(id="parts")
        with VerticalScroll(id="of-part", can_focus=False):
            yield Static(id="notes")

    def on_mount(self) -> None:
        """Fill the list, with the present part marked."""
        menu = self.query_one(Menu)
        parts = self._now.parts
        menu.align(max(len(part.title) for part in parts))
        day = 0
        for part in parts:
            if part.day != day:
                menu.heading(f"Day {part.day}")
            day = part.day
            now = "  now" if part.now else ""
            menu.entry(str(part.number), part.title, f"{part.begins}  {part.lasts}{now}")
        menu.highlighted = menu.get_option_index(str(self._now.index + 1))
        menu.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the notes of the marked part."""
        index = int(event.option_id or 1) - 1
        notes = show.notes(self._now.notes_on(index))
        self.put("notes", Content("\n").join([Content(self._now.instruction_of(index)), notes]))

    def action_choose(self) -> None:
        self.query_one(Menu).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(int(event.option_id or 1))
