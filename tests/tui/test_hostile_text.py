"""Whatever people and files bring in is shown as it stands, or cleaned; nothing of it acts."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.segment import Segment

from cotutor.content.loader import PLANS
from cotutor.conversation.session.scratchpads import MOST_CHARACTERS
from cotutor.domain.agreement import Agreement
from cotutor.domain.plan import Kind
from cotutor.domain.text import clean
from cotutor.tui.widgets.fields import LineField, LinesField
from cotutor.tui.widgets.scratchpad import Scratchpad
from tests.tui.sitting import Sitting, sitting

PAIR = PLANS.named("pair").value

MARKUP = ("[@click=app.quit]Ana", "[/nope]", "[bold]x[/]", "[link=a:b]c[/]", "[", "\\[x", "$primary", "[$x]")
CONTROLS = {
    "escape": "\x1b]0;title\x07Ana",
    "clipboard": "\x1b]52;c;YWJj\x1b\\Ana",
    "colour": "\x1b[31mAna",
    "C1": "\x9b31mAna\x9d0;title\x9c",
    "delete": "A\x7fna\x08\x08",
    "bidi": "Ana\u202eneB\u2066x\u2069",
    "tags": "Ana\U000e0041\U000e0042",
    "invisible": "A\u200b\u2060\ufeffna",
    "surrogate": "Ana\ud800",
    "private": "Ana\U0010eeee",
    "lines": "Ana\r\nBen\x0b\u2028C",
    "tab": "A\tna",
    "piled": "A" + "\u0301" * 60 + "na",
}


def _segments(two: Sitting) -> Iterator[Segment]:
    for strip in two.app.screen._compositor.render_strips():
        yield from strip


def _assert_harmless(two: Sitting) -> None:
    """Nothing on the screen acts on a terminal, opens anything or starts an action of the framework."""
    for text, style, control in _segments(two):
        assert not control
        for char in text:
            assert unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"}, repr(text)
            assert char in "\u200c\u200d" or unicodedata.category(char) != "Cf", repr(text)
        if style is not None:
            assert style.link is None
            assert "@click" not in style.meta, "text became an action"


# ------------------------------------------------------------ names, in every place that shows them


@pytest.mark.parametrize("name", MARKUP[:4])
async def test_markup_in_a_name_is_shown_as_it_stands_on_every_screen(name: str) -> None:
    async with sitting((100, 30), plan=PAIR, agreement=Agreement.usual(PAIR).named((name, "Ben"))) as two:
        assert name in two.shown
        await two.press("enter", "n")
        assert f"{name} speaks" in two.shown
        for key in ("+", "m", "-", "u", "s", "escape", "escape"):
            await two.press(key)
            _assert_harmless(two)
        await two.press("s")
        assert f"{name}'s scratchpad" in two.shown
        await two.press("escape", "escape", "n", "n")
        await two.pilot.click(offset=(50, 2))
        await two.press("q")
        assert f"{name}: 0:00" in two.line("closing")
        assert f"{name}: 0:00" in two.shown
        _assert_harmless(two)
        assert two.app._running


async def test_what_acts_on_a_terminal_never_enters_a_field() -> None:
    async with sitting(plan=PAIR) as two:
        fields = [two.app.screen.query_one(f"#{name}", LineField) for name in ("name-1", "turn", "warn-1")]
        agreed = [field.value for field in fields]
        for field in fields:
            field.focus()
            for text in CONTROLS.values():
                await two.paste(text)
                _assert_harmless(two)
                assert field.value == clean(field.value, limit=60)
        for field, value in zip(fields, agreed, strict=True):
            field.value = value
        two.app.screen.query_one("StartButton").focus()
        await two.press("enter", "n", "s")
        for text in CONTROLS.values():
            await two.paste(text)
            _assert_harmless(two)
        written = two.one(Scratchpad).text
        assert written == clean(written, limit=MOST_CHARACTERS, lines=True)
        assert written.count("na") >= 5


@pytest.mark.parametrize("number", range(0, len(MARKUP) + len(CONTROLS), 3))
async def test_a_value_set_past_the_fields_is_still_filtered_where_it_leaves(number: int) -> None:
    """The last look: even what nobody cleaned does nothing on the terminal."""
    texts = [*MARKUP, *CONTROLS.values()]
    title, name, say = (texts[place % len(texts)] for place in range(number, number + 3))
    people = replace(Agreement.usual(PAIR), people=(name, "Ben"))
    phases = tuple(replace(one, say=say) if one.kind is not Kind.SWAP else one for one in PAIR.phases)
    async with sitting(plan=replace(PAIR, title=title, phases=phases), agreement=people) as two:
        _assert_harmless(two)
        for key in ("enter", "c", "n", "+", "s", "escape", "f", "f", "n", "n", "q"):
            await two.press(key)
            _assert_harmless(two)


async def test_titles_of_plans_from_a_folder_are_cleaned_and_literal(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    text = (
        'format = 1\nname = "mine"\ntitle = "[/nope] \\u001b]0;t\\u0007[@click=app.quit]mine\\u202e"\n'
        '[[phases]]\nkind = "turn"\nspeaker = 1\nsay = "[bold]\\u009b31m hello"\n'
        '[[phases]]\nkind = "turn"\nspeaker = 2\n'
    )
    (tmp_path / "plans" / "mine.toml").write_text(text, encoding="utf-8")
    async with sitting((100, 40), config_folder=tmp_path) as two:
        _assert_harmless(two)
        assert "[/nope] ]0;t[@click=app.quit]mine" in two.shown
        row = next(y for y, line in enumerate(two.rows) if "[/nope]" in line)
        await two.pilot.click(offset=(30, row))
        await two.settle()
        assert two.where == "AgreementPage", "a click chooses the plan and nothing else"
        await two.press("enter")
        assert "[bold]31m hello" in two.shown
        _assert_harmless(two)


# ------------------------------------------------------------ floods


@pytest.mark.parametrize("unit", ["x", "e\u0301\u0301", "\u202e\x1b[31ma\n"], ids=ascii)
async def test_five_megabytes_pasted_anywhere_are_cut(unit: str) -> None:
    flood = (unit * (5_000_000 // len(unit) + 1))[:5_000_000]
    async with sitting(plan=PAIR) as two:
        for field in ("name-1", "turn", "warn-1"):
            two.app.screen.query_one(f"#{field}").focus()
            await two.paste(flood)
            taken = two.app.screen.query_one(f"#{field}", LineField)
            assert len(taken.value) <= taken.max_length  # type: ignore[operator]  # it has one
        two.app.screen.query_one("#turn", LineField).value = "20m"
        two.app.screen.query_one("#warn-1", LineField).value = ""
        two.app.screen.query_one("#name-1", LineField).value = "Ana"
        two.app.screen.query_one("StartButton").focus()
        await two.press("enter", "n", "s")
        await two.paste(flood)
        await two.paste(flood)
        assert len(two.one(Scratchpad).text) <= MOST_CHARACTERS
        _assert_harmless(two)


async def test_a_paste_replaces_what_is_selected_and_goes_in_once() -> None:
    async with sitting(plan=PAIR) as two:
        two.app.screen.query_one("#name-1").focus()
        await two.settle()
        await two.paste("Ana")
        assert two.app.screen.query_one("#name-1", LineField).value == "Ana", "select_on_focus"
        await two.press("end")
        await two.paste("bel")
        assert two.app.screen.query_one("#name-1", LineField).value == "Anabel"


async def test_keys_that_are_no_text_type_nothing() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("n", "s")
        for key in ("f5", "ctrl+g", "ctrl+o", "alt+x", "insert", "ctrl+right_square_bracket"):
            await two.press(key)
        assert two.one(LinesField).text == ""
