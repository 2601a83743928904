"""The sheets of the editor: which template, the details, and what might name somebody."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from cotutor.content.templates import templates
from cotutor.conversation.command import Command
from cotutor.domain.days import HOW, parse_day
from cotutor.domain.duration import parse_length, short
from cotutor.domain.identifiers import LIMIT_OF_THE_CHECK, Identifier
from cotutor.domain.reflection import Reflection, tags_in
from cotutor.domain.text import one_line
from cotutor.tui.common.page import Sheet
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import FormSheet, row
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.key_bar import KeyBar
from cotutor.tui.widgets.menu import Menu


class TemplateSheet(Sheet[str]):
    """Which headings to begin with; the first is a press of Enter away. It answers a template's name."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "choose", "Begin", "Begin with these headings; change or delete them as you like."),
        Command("escape", "dismiss", "Cancel", "Go back.", shown="esc"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])

    def compose(self) -> ComposeResult:
        """The templates, and what the marked one is for."""
        with Vertical(id="sheet"):
            yield Static(Content.styled("How do you want to begin?", "bold $primary"))
            yield Menu(id="menu")
            yield Static(id="about")
            yield KeyBar(self.KEYS)

    def on_mount(self) -> None:
        """Fill the list."""
        menu = self.query_one(Menu)
        for one in templates():
            menu.entry(one.name, one.title)
        menu.choose_first()
        menu.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what it is for."""
        about = next(one.about for one in templates() if one.name == event.option_id)
        self.query_one("#about", Static).update(Content(about))

    def action_choose(self) -> None:
        """Take the marked one."""
        self.query_one(Menu).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer."""
        event.stop()
        self.dismiss(event.option_id)


class DetailsSheet(FormSheet[Reflection]):
    """Day, tags, alias, time and expiry. What stands here counts at once, so a lock loses none of it.

    Args:
        reflection: as it is.
        today: what days are counted from.
        changed: told of each change that makes sense.
    """

    title_line = "About this reflection"

    def __init__(self, reflection: Reflection, today: date, changed: Callable[[Reflection], None]) -> None:
        super().__init__()
        self._before = reflection
        self._today = today
        self._changed = changed

    def rows(self) -> Iterable[Widget]:
        """The fields."""
        now = self._before
        yield row("Day", LineField(now.day.isoformat(), id="day", max_length=20), HOW)
        yield row(
            "Tags", LineField(" ".join(now.tags), id="tags", max_length=200), "words with spaces between"
        )
        yield row("With", LineField(now.alias, id="alias", max_length=20), "an alias, never a name")
        length = short(now.length) if now.length else ""
        yield row("Time spent", LineField(length, id="length", max_length=8), "for CPD, like 1h30m")
        expires = now.expires.isoformat() if now.expires else ""
        yield row("Erase on", LineField(expires, id="expires", max_length=20), "+1y; empty keeps it")

    def filled(self) -> Reflection:
        """The reflection with what stands here."""
        day = parse_day(self.text_of("day"), self._today)
        if day is None:
            raise ValueError("A reflection needs the day that it is about.")
        expires = parse_day(self.text_of("expires"), self._today)
        if expires is not None and expires <= self._today:
            raise ValueError("The day on which it erases itself must be after today.")
        return replace(
            self._before,
            day=day,
            tags=tags_in(self.text_of("tags")),
            alias=one_line(self.text_of("alias"), 20),
            length=int(parse_length(self.text_of("length"))) if self.text_of("length") else 0,
            expires=expires,
        )

    @on(Input.Changed)
    def _count_it(self) -> None:
        try:
            self._changed(self.filled())
        except ValueError as problem:
            self.tell(str(problem))
        else:
            self.tell("")

    def action_cancel(self) -> None:
        """Take every change back."""
        self._changed(self._before)
        self.dismiss(None)


class FindingsSheet(Sheet[bool]):
    """What in the shareable box might name somebody. The writer decides: it answers whether to save.

    Args:
        text: the shareable box.
        findings: what was found in it.
        saving: whether saving waits for the answer.
    """

    _TO_CHANGE = Command("escape,enter", "answer(False)", "Change it", "Go back to the text.", shown="esc")
    KEYS: ClassVar[tuple[Command, ...]] = (
        _TO_CHANGE,
        Command("s", "answer(True)", "Save as it is", "You have looked, and it may stay."),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, text: str, findings: list[Identifier], *, saving: bool) -> None:
        super().__init__()
        self._text = text
        self._findings = findings
        self._saving = saving

    def compose(self) -> ComposeResult:
        """Each piece with why it was pointed at."""
        with Vertical(id="sheet"):
            yield Static(
                Content.styled("“Could be seen by others”: might this name somebody?", "bold $warning")
            )
            with VerticalScroll(can_focus=False):
                yield Static(Content("\n").join(self._lines()))
            yield Static(Content(LIMIT_OF_THE_CHECK), classes="hint-below")
            yield KeyBar(self.KEYS if self._saving else (self._TO_CHANGE,))

    def _lines(self) -> Iterable[Content]:
        for one in self._findings:
            piece = one_line(self._text[one.start : one.end], 40)
            yield Content.assemble((piece, "bold underline"), f"  {one.kind}: {one.explanation}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a save that waits can go on."""
        return self._saving if parameters == (True,) else super().check_action(action, parameters)

    def action_answer(self, save: bool) -> None:  # noqa: FBT001  an action's argument
        """Close with the answer."""
        self.dismiss(save)
