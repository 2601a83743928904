"""The whole programme with the trainer's notes, and who sits with whom."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from cotutor.conversation.command import Command
from cotutor.domain.duration import MINUTE, short
from cotutor.domain.guidance import Guidance
from cotutor.domain.programme import Section
from cotutor.domain.rotation import Round
from cotutor.tui.common.page import Page
from cotutor.tui.common.reading import ReadingPage
from cotutor.tui.keys import bindings
from cotutor.tui.trainer import workshop_words as words
from cotutor.tui.trainer.page import HELP, STYLE
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
        self._seating = words.seating(rounds, people, now)

    def text(self, guidance: Guidance) -> Content:  # noqa: ARG002  the page's own
        """The seating."""
        return self._seating


class PartsPage(Page[int]):
    """The parts of a programme; it answers the one to go to.

    Args:
        sections: the programme.
        index: where the room is.
    """

    CSS_PATH = STYLE
    heading = "The programme"
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "choose", "Go there", "Leave the present part and begin the marked one afresh."),
        Command("escape,p,q", "app.pop_screen", "Back", "Go back; nothing changes.", shown="esc"),
        HELP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])

    def __init__(self, sections: Sequence[Section], index: int) -> None:
        super().__init__()
        self._sections = sections
        self._index = index

    def body(self) -> ComposeResult:
        """The parts above, the notes of the marked one below."""
        yield Menu(id="parts")
        with VerticalScroll(id="of-part", can_focus=False):
            yield Static(id="notes")

    def on_mount(self) -> None:
        """Fill the list, with the present part marked."""
        menu = self.query_one(Menu)
        menu.align(max(len(section.item.title) for section in self._sections))
        day = 0
        for number, section in enumerate(self._sections):
            if section.item.day != day and self._sections[-1].item.day > 1:
                menu.heading(f"Day {section.item.day}")
            day = section.item.day
            now = "  now" if number == self._index else ""
            at = section.begins // MINUTE
            menu.entry(
                str(number),
                section.item.title,
                f"{at // 60}:{at % 60:02}  {short(section.item.lasts)}{now}",
            )
        menu.highlighted = menu.get_option_index(str(self._index))
        menu.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the notes of the marked part."""
        item = self._sections[int(event.option_id or 0)].item
        said = Content("\n").join([Content(item.say), words.notes(item)])
        self.query_one("#notes", Static).update(said)

    def action_choose(self) -> None:
        """Take the marked line."""
        self.query_one(Menu).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go there."""
        self.dismiss(int(event.option_id or 0))
