"""One of a few words, all of them in sight."""

from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

Value = TypeVar("Value")
_PLACE = "place"
_AROUND = 5
"""Cells of the sign before a word and the gap behind it."""


class ChoiceField(Widget, Generic[Value], can_focus=True):
    """A row of words of which one is chosen, with the arrow keys, space or the mouse.

    Args:
        options: value and word, in order.
        chosen: the value to begin with.
    """

    DEFAULT_CSS = """
    ChoiceField { height: auto; width: 1fr; color: $text; }
    ChoiceField:focus { background: $boost; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", "Next choice", show=False),
        Binding("left", "turn(-1)", "Previous choice", show=False),
    ]
    index = reactive(0)

    @dataclass
    class Changed(Message):
        """Another word was chosen by the person."""

        choice: "ChoiceField[object]"

        @property
        def control(self) -> "ChoiceField[object]":
            """The row it was chosen in."""
            return self.choice

    def __init__(self, *options: tuple[Value, str], chosen: Value, id: str | None = None) -> None:
        super().__init__(id=id)
        self._options = options
        self.set_reactive(ChoiceField.index, [value for value, _word in options].index(chosen))

    @property
    def value(self) -> Value:
        """The value that is chosen."""
        return self._options[self.index][0]

    def choose(self, value: Value) -> None:
        """Choose without telling anybody."""
        self.index = [each for each, _word in self._options].index(value)

    def rename(self, *options: tuple[Value, str]) -> None:
        """Show other words for the same values."""
        self._options = options
        self.refresh(layout=True)

    def action_turn(self, by: int) -> None:
        """Go to the next or the previous word, round and round."""
        self._pick((self.index + by) % len(self._options))

    def on_click(self, event: events.Click) -> None:
        index = event.style.meta.get(_PLACE)
        if index is not None:
            self._pick(index)

    def _pick(self, index: int) -> None:
        self.index = index
        self.post_message(self.Changed(self))  # type: ignore[arg-type]  # a message of any choice

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002  Textual's signature
        """All words in one row, if there is room."""
        return min(container.width, sum(cell_len(word) + _AROUND for _value, word in self._options))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002  Textual's signature
        """Rows needed at this width; a word is never torn from its sign."""
        return len(self._rows(width))

    def render(self) -> Content:
        """The words; the chosen one has a filled mark."""
        rows = self._rows(self.content_size.width)
        return Content("\n").join(Content("").join(map(self._drawn, row)) for row in rows)

    def _rows(self, width: int) -> list[list[int]]:
        """The places of the words, row by row."""
        rows: list[list[int]] = [[]]
        room = width
        for index, (_value, word) in enumerate(self._options):
            wide = cell_len(word) + _AROUND
            if wide > room and rows[-1]:
                rows.append([])
                room = width
            rows[-1].append(index)
            room -= wide
        return rows

    def _drawn(self, index: int) -> Content:
        if index != self.index:
            sign, look = " ○", "$text-muted"
        else:
            sign, look = "›●" if self.has_focus else " ●", "bold $primary"
        # A word keeps its place with it, so that it is found under the mouse on whatever row it stands.
        content = Content.styled(f"{sign} {self._options[index][1]}  ", look)
        return content.stylize(Style.from_meta({_PLACE: index}))
