"""The sheets of the editor: which template, the details, and what might name somebody."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from cotutor.conversation.command import Command
from cotutor.conversation.vault import answers, commands
from cotutor.conversation.vault.writing import HOW_TO_BEGIN, MIGHT_NAME, templates
from cotutor.domain.duration import short
from cotutor.domain.errors import CotutorError
from cotutor.domain.identifiers import LIMIT_OF_THE_CHECK, Identifier
from cotutor.domain.reflection import Reflection
from cotutor.domain.text import one_line
from cotutor.tui.common.page import Sheet
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import FormSheet, row
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.key_bar import KeyBar
from cotutor.tui.widgets.menu import Menu


class TemplateSheet(Sheet[str]):
    """Which headings to begin with; the first is a press of Enter away. It answers a template's name."""

    KEYS: ClassVar[tuple[Command, ...]] = commands.CHOOSING_TEMPLATE
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])

    def compose(self) -> ComposeResult:
        """The templates, and what the marked one is for."""
        with Vertical(id="sheet"):
            yield Static(Content.styled(HOW_TO_BEGIN, "bold $primary"))
            yield Menu(id="menu")
            yield Static(id="about")
            yield KeyBar(self.KEYS)

    def on_mount(self) -> None:
        menu = self.query_one(Menu)
        for one in templates():
            menu.entry(one.name, one.title)
        menu.choose_first()
        menu.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what it is for."""
        about = next(one.about for one in templates() if one.name == event.option_id)
        self.query_one("#about", Static).update(Content(about))

    def action_choose(self) -> None:
        self.query_one(Menu).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)


class DetailsSheet(FormSheet[Reflection]):
    """Day, tags, alias, time and expiry. What stands here counts at once, so a lock loses none of it.

    Args:
        reflection: as it is.
        today: what days are counted from.
        changed: called with each change that makes sense.
    """

    title_line = "About this reflection"

    def __init__(self, reflection: Reflection, today: date, changed: Callable[[Reflection], None]) -> None:
        super().__init__()
        self._before = reflection
        self._today = today
        self._changed = changed

    def rows(self) -> Iterable[Widget]:
        now = self._before
        yield row("Day", LineField(now.day.isoformat(), id="day", max_length=20), answers.DAY_HINT)
        yield row("Tags", LineField(" ".join(now.tags), id="tags", max_length=200), answers.TAGS_HINT)
        yield row("With", LineField(now.alias, id="alias", max_length=20), answers.ALIAS_HINT)
        length = short(now.length) if now.length else ""
        yield row("Time spent", LineField(length, id="length", max_length=8), answers.SPENT_HINT)
        expires = now.expires.isoformat() if now.expires else ""
        yield row("Erase on", LineField(expires, id="expires", max_length=20), answers.EXPIRES_HINT)

    def filled(self) -> Reflection:
        """The reflection with what stands here."""
        return answers.details(
            self._before,
            self._today,
            about=self.text_of("day"),
            tags=self.text_of("tags"),
            alias=self.text_of("alias"),
            spent=self.text_of("length"),
            expires=self.text_of("expires"),
        )

    @on(Input.Changed)
    def _count_it(self) -> None:
        try:
            self._changed(self.filled())
        except CotutorError as problem:
            self.show_notice(problem.message)
        else:
            self.show_notice("")

    def action_cancel(self) -> None:
        self._changed(self._before)
        self.dismiss(None)


class MarksSheet(Sheet[bool]):
    """What in the shareable box might name somebody. The writer decides: it answers whether to save.

    Args:
        text: the shareable box.
        identifiers: what in it might name somebody.
        saving: whether saving waits for the answer.
    """

    KEYS: ClassVar[tuple[Command, ...]] = commands.MARKS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, text: str, identifiers: list[Identifier], *, saving: bool) -> None:
        super().__init__()
        self._text = text
        self._identifiers = identifiers
        self._saving = saving

    def compose(self) -> ComposeResult:
        """Each piece with why it was pointed at."""
        with Vertical(id="sheet"):
            yield Static(Content.styled(MIGHT_NAME, "bold $warning"))
            with VerticalScroll(can_focus=False):
                yield Static(Content("\n").join(self._lines()))
            yield Static(Content(LIMIT_OF_THE_CHECK), classes="hint-below")
            yield KeyBar(self.KEYS if self._saving else (commands.CHANGE_IT,))

    def _lines(self) -> Iterable[Content]:
        for one in self._identifiers:
            piece = one_line(self._text[one.start : one.end], 40)
            yield Content.assemble((piece, "bold underline"), f"  {one.kind}: {one.explanation}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a save that waits can go on."""
        return self._saving if parameters == (True,) else super().check_action(action, parameters)

    def action_answer(self, save: bool) -> None:  # noqa: FBT001  an action's argument
        self.dismiss(save)
