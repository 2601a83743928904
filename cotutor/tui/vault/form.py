"""A sheet with a few fields to fill in."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from cotutor.conversation.command import Command
from cotutor.conversation.vault import commands
from cotutor.domain.errors import CotutorError
from cotutor.tui.common.page import Sheet
from cotutor.tui.keys import bindings
from cotutor.tui.vault.page import OfVault
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.key_bar import KeyBar

Filled = TypeVar("Filled")


class FormSheet(OfVault, Sheet[Filled]):
    """Fields under a title. Subclasses yield `row` in ``rows`` and read the fields in ``filled``."""

    KEYS: ClassVar[tuple[Command, ...]] = commands.FORM
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    title_line = ""

    def compose(self) -> ComposeResult:
        """Title, fields, what does not fit, keys."""
        with Vertical(id="sheet"):
            yield Static(Content.styled(self.title_line, "bold $primary"))
            with VerticalScroll(can_focus=False):
                yield from self.rows()
            yield Static(id="problem")
            yield KeyBar(self.KEYS)

    def on_mount(self) -> None:
        self.set_focus(self.query(LineField).first())

    def rows(self) -> Iterable[Widget]:
        return ()

    def filled(self) -> Filled:
        """What the fields hold.

        Raises:
            CotutorError: something does not fit.
        """
        raise NotImplementedError

    def text_of(self, field: str) -> str:
        """What stands in a field, without blanks around it."""
        return self.query_one(f"#{field}", LineField).value.strip()

    def chosen(self, choice: str) -> object:
        """What is chosen in a row of choices."""
        return self.query_one(f"#{choice}", ChoiceField).value

    def show_notice(self, text: str) -> None:
        """Show what does not fit."""
        self.query_one("#problem", Static).update(Content(text))

    @on(Input.Submitted)
    def _on_to_the_next(self, event: Input.Submitted) -> None:
        event.stop()
        fields = [widget for widget in self.focus_chain if isinstance(widget, LineField | ChoiceField)]
        if fields and fields[-1] is event.input:
            self.action_keep_it()
        else:
            self.focus_next()

    def on_key(self, event: events.Key) -> None:
        """Up and down go from field to field, Enter leaves a row of choices, as on a form."""
        if event.key == "enter" and isinstance(self.focused, ChoiceField):
            self.action_keep_it()
        elif event.key == "down":
            self.focus_next()
        elif event.key == "up":
            self.focus_previous()
        else:
            return
        event.stop()

    def action_keep_it(self) -> None:
        """Close with what was filled in, or show what does not fit."""
        try:
            filled = self.filled()
        except CotutorError as problem:
            self.show_notice(problem.message)
            return
        self.dismiss(filled)

    def action_cancel(self) -> None:
        self.dismiss(None)


def row(label: str, field: Widget, hint: str = "") -> Horizontal:
    """A field with its label before and a hint after it."""
    parts = [Static(Content(label), classes="label"), field]
    if hint:
        parts.append(Static(Content(hint), classes="hint"))
    return Horizontal(*parts, classes="row")
