"""From a command's ``when`` follows whether its key works and where it is shown."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from cotutor.conversation.command import Command
from cotutor.tui.common.page import Page
from cotutor.tui.keys import bindings
from cotutor.tui.widgets.fields import LineField
from tests.tui.sitting import Sitting, sitting


class Talk:
    """A conversation in which somebody may speak, or may not."""

    allowed = False


def _may_speak(talk: Talk) -> bool:
    return talk.allowed


class TalkPage(Page[None]):
    """A page one of whose commands is not always allowed."""

    AUTO_FOCUS = ""
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("s", "speak(1)", "Speak", "Say one thing.", when=_may_speak),
        Command("t", "speak(2)", "Twice", "Say two things."),
        Command("x", "app.cover", "Hide", "Cover this."),
        Command("", "silence", "Silence", "Only a word of the line mode."),
        Command("question_mark", "app.keys", "Help", "What every key does.", shown="?"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self.conversation: Talk = Talk()
        self.spoken = 0

    def body(self) -> ComposeResult:
        yield LineField(id="field")

    def action_speak(self, times: int) -> None:
        self.spoken += times

    def allow(self, *, allowed: bool) -> None:
        self.conversation.allowed = allowed
        self.refresh_bindings()


@asynccontextmanager
async def talking() -> AsyncGenerator[tuple[Sitting, TalkPage]]:
    async with sitting() as one:
        page = TalkPage()
        await one.app.push_screen(page)
        await one.settle()
        yield one, page


async def test_a_command_that_is_not_allowed_is_neither_obeyed_nor_shown() -> None:
    async with talking() as (one, page):
        await one.press("s", "t")
        assert page.spoken == 2
        assert "Twice" in one.rows[-1]
        assert "Speak" not in one.shown
        assert not any(command.title.startswith("Speak") for command in one.commands)
        await one.press("?")
        assert "Say two things." in one.shown
        assert "Say one thing." not in one.shown


async def test_once_it_is_allowed_it_works_and_is_shown_everywhere() -> None:
    async with talking() as (one, page):
        page.allow(allowed=True)
        await one.settle()
        await one.press("s")
        assert page.spoken == 1
        assert "s Speak" in one.rows[-1]
        assert any(command.title.startswith("Speak") for command in one.commands)
        await one.press("?")
        assert "Say one thing." in one.shown
        await one.press("escape")
        page.allow(allowed=False)
        await one.settle()
        assert "Speak" not in one.rows[-1]


async def test_a_word_of_the_line_mode_is_no_key() -> None:
    async with talking() as (one, _page):
        assert "Silence" not in one.shown
        assert not any(command.title.startswith("Silence") for command in one.commands)


async def test_help_is_grouped_and_the_palette_names_each_command_once() -> None:
    async with talking() as (one, _page):
        helps = [command.help for command in one.commands]
        assert "Cover this." in helps
        assert len([text for text in helps if text.startswith("Cover")]) == 1
        await one.press("?")
        shown = one.shown
        assert shown.index("On this screen") < shown.index("Cover this.") < shown.index("Everywhere")
        assert shown.index("Everywhere") < shown.index("even while typing")
