"""The last look at what is drawn: nothing that acts on a terminal, and lines keep their length."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.color import Color
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import (
    Button,
    Checkbox,
    DataTable,
    Digits,
    Input,
    Label,
    Log,
    OptionList,
    Rule,
    Static,
    TextArea,
)

from cotutor.tui.textual_seams.line_filter import CleanLines
from cotutor.tui.textual_seams.sealed_app import SealedApp

BLACK = Color(0, 0, 0)
HOSTILE = [
    "\x1b]0;title\x07",
    "\x1b]52;c;YWJj\x07",
    "\x9b31m",
    "\x9d0;title\x9c",
    "\x7f\x08\x0b\x0c\r",
    "\u202eneB\u2066\u2069",
    "\U000e0041\U000e007f",
    "\ud800",
    "\u2028\u2029\x85",
    "\U0010eeee",
]


def filtered(*segments: Segment) -> list[Segment]:
    return CleanLines().apply(list(segments), BLACK)


def acts(char: str) -> bool:
    return (
        unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}
        or char in "\u202e\u2066\u2069\U000e0041\U000e007f"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_what_acts_on_a_terminal_becomes_blank_and_the_line_keeps_its_length(text: str) -> None:
    (segment,) = filtered(Segment(f"Ana {text} Ben", Style(bold=True)))
    assert not any(map(acts, segment.text))
    assert segment.cell_length == cell_len(f"Ana {text} Ben")
    assert segment.text.startswith("Ana ")
    assert segment.text.endswith(" Ben")
    assert segment.style == Style(bold=True)


@given(st.lists(st.text(st.characters(exclude_categories=[]), max_size=20), max_size=4))
def test_any_line_comes_out_harmless_and_as_long(texts: list[str]) -> None:
    segments = [Segment(text) for text in texts]
    out = filtered(*segments)
    assert not any(acts(char) for segment in out for char in segment.text)
    assert [segment.cell_length for segment in out] == [segment.cell_length for segment in segments]
    assert filtered(*out) == out


@pytest.mark.parametrize(
    "text", ["Ana", "Müller", "▊▔╭─╮", "日本", "e\u0301", "\u00a0", "👩\u200d⚕\ufe0f", "می\u200cخواهم"]
)
def test_what_people_write_is_left_as_it_is(text: str) -> None:
    assert filtered(Segment(text)) == [Segment(text)]


def test_a_clean_line_is_not_even_copied() -> None:
    line = [Segment("Ana", Style(color="red")), Segment(" Ben")]
    assert CleanLines().apply(line, BLACK) is line


def test_links_and_controls_are_dropped() -> None:
    control = Control.title("x").segment
    linked, plain, emptied = filtered(
        Segment("here", Style(bold=True, link="file:///x\x1b")), Segment("b"), control
    )
    assert linked == Segment("here", Style(bold=True))
    assert plain == Segment("b")
    assert emptied.control is None
    assert "\x1b" not in emptied.text


class Everything(SealedApp):
    """The same text in every widget that shows text."""

    AUTO_FOCUS = None

    text = ""

    def compose(self) -> ComposeResult:
        with VerticalScroll() as box:
            box.border_title = self.text.replace("[", "")
            yield Static(self.text, markup=False)
            yield Label(self.text, markup=False)
            yield Input(value=self.text, placeholder=self.text)
            yield Button(self.text.replace("[", ""))
            yield Checkbox(self.text.replace("[", ""))
            yield Rule()
            yield Digits(self.text)
            yield OptionList(self.text, markup=False)
            yield TextArea(self.text)
            yield Log()
            yield DataTable()

    async def show_everywhere(self, text: str) -> None:
        """Begin anew with this text."""
        self.title = self.text = text
        await self.recompose()
        for widget in self.query(Widget):
            widget.styles.min_height = 1
        self.query_one(Log).write_line(text)
        table = self.query_one(DataTable)
        table.add_column("c")
        table.add_row(text)


async def test_no_widget_lets_it_through() -> None:
    app = Everything()
    async with app.run_test(size=(80, 90)) as pilot:
        for text in HOSTILE:
            await app.show_everywhere(f"Ana {text} Ben")
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            drawn = "".join(segment.text for strip in strips for segment in strip)
            assert drawn.count("Ana") >= 7, ascii(text)
            assert not any(map(acts, drawn)), {char for char in drawn if acts(char)}
