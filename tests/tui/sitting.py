"""Two people at the terminal app, with a clock that goes when told.

Textual's own pilot waits until the process seems idle, which a busy computer fakes and which
takes a twentieth of a second for each key. Here a key counts as obeyed when every message that
came of it has been handled and drawn.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from textual import events
from textual.app import SystemCommand
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from cotutor.conversation.notice import Notice
from cotutor.domain.agreement import Agreement
from cotutor.domain.plan import Plan
from cotutor.domain.session import SessionState
from cotutor.tui.app import CotutorApp
from cotutor.tui.home.app import build_app
from cotutor.tui.session.session import SessionPage
from tests.fakes import FakeClock

_CHARACTERS = {"space": " ", "enter": "\r", "tab": "\t"}
_NAMES = {
    " ": "space",
    "+": "plus",
    "=": "equals_sign",
    "-": "minus",
    "?": "question_mark",
    "!": "exclamation_mark",
}
_LONGEST_LOOK = 25_000
"""Milliseconds between two looks at the clock, short enough not to count as absence."""
_ROUNDS = 500

AnyWidget = TypeVar("AnyWidget", bound=Widget)


class Sitting:
    """A running app with its clock: keys go in, and what is shown comes out."""

    def __init__(self, app: CotutorApp, pilot: Pilot[int], clock: FakeClock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock
        self.heard: list[str] = []
        self.bells = 0
        app.bell = self._count_bell  # type: ignore[method-assign]  # a terminal of a test makes no sound
        pilot.pause = self._pause  # type: ignore[method-assign]  # between the halves of a click

    def _count_bell(self) -> None:
        self.bells += 1

    async def _pause(self, delay: float | None = None) -> None:  # noqa: ARG002  Textual's own signature
        await self.settle()

    async def settle(self) -> None:
        """Wait until every message is handled and every change is drawn."""
        for _ in range(_ROUNDS):
            await self.pilot._wait_for_screen()
            if not self.app._running:
                return
            if self.app._resize_event is not None:
                self.app._check_resize()  # which waits for more of a burst, by the real clock
                continue
            screen = self.app.screen
            screen._on_timer_update()
            if not self._unsettled(screen):
                return
        raise AssertionError("The app does not come to rest.")

    def _unsettled(self, screen: Screen[object]) -> bool:
        pumps = (self.app, *self.app._registry)
        queued = sum(pump._message_queue.qsize() + len(pump._next_callbacks) for pump in pumps)
        undrawn = len(screen._dirty_widgets) + len(screen._callbacks) + screen._layout_required
        return queued + undrawn > 0

    async def press(self, *keys: str) -> None:
        """Press keys one after another, each a character or a name that Textual gives a key."""
        for key in keys:
            name = _NAMES.get(key, key)
            character = key if len(key) == 1 else _CHARACTERS.get(key)
            event = events.Key(name, character)
            event.set_sender(self.app)
            self.app.post_message(event)
            await self.settle()

    async def key_in(self, text: str) -> None:
        """Press a key for each character."""
        await self.press(*text)

    async def write(self, text: str) -> None:
        """Replace what stands in the field that has the focus."""
        await self.press("home", "ctrl+k")
        await self.key_in(text)

    async def paste(self, text: str) -> None:
        """Paste as a terminal does, in one event."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def click(self, widget: type[Widget] | str, offset: tuple[int, int] = (0, 0)) -> None:
        """Click into a widget, ``offset`` cells from its corner."""
        target = self.app.screen.query_one(widget)
        await self.pilot.click(target, offset=offset)
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Make the window another size."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def go(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let the clock go on, and the session look at it often enough."""
        left = round((minutes * 60 + seconds) * 1000)
        while left > 0:
            part = min(left, _LONGEST_LOOK)
            self.clock.go(milliseconds=part)
            left -= part
            await self.look()

    async def look(self) -> None:
        """Let every session look at the clock, as its alarm would."""
        for page in self.app.screen_stack:
            if isinstance(page, SessionPage):
                page.post_message(SessionPage.Woken())
        await self.settle()

    # ------------------------------------------------------------ what there is

    @property
    def page(self) -> SessionPage:
        """The session's page, wherever it is on the stack."""
        return next(page for page in self.app.screen_stack if isinstance(page, SessionPage))

    @property
    def state(self) -> SessionState:
        """The session."""
        return self.page.state

    @property
    def where(self) -> str:
        """The name of the screen on top."""
        return type(self.app.screen).__name__

    def one(self, widget: type[AnyWidget]) -> AnyWidget:
        """The only widget of this kind on the screen."""
        return self.app.screen.query_one(widget)

    def line(self, name: str) -> str:
        """The text of a line of the screen on top, by its id."""
        return str(self.app.screen.query_one(f"#{name}", Static).content)

    @property
    def headline(self) -> str:
        """The session's headline, whatever lies over it."""
        return str(self.page.query_one("#headline", Static).content)

    @property
    def rows(self) -> list[str]:
        """The rows of the screen on top, as they are drawn."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def shown(self) -> str:
        """Everything that is drawn, in one string with single blanks."""
        return " ".join(" ".join(self.rows).split())

    @property
    def commands(self) -> list[SystemCommand]:
        """What the palette offers here."""
        return list(self.app.get_system_commands(self.app.screen))

    def listen(self) -> None:
        """Collect the notices of the session from now on."""
        page, show = self.page, self.page.show_notice

        def show_notice(notice: Notice) -> None:
            self.heard.append(notice.text)
            show(notice)

        page.show_notice = show_notice  # type: ignore[method-assign]  # overheard, and passed on


@asynccontextmanager
async def sitting(
    size: tuple[int, int] = (80, 24),
    *,
    plan: Plan | None = None,
    agreement: Agreement | None = None,
    quick: bool = False,
    speed: int = 1,
    config_folder: Path | None = None,
) -> AsyncGenerator[Sitting]:
    """The app on a terminal of this size: at home, or with a plan at its agreement or running."""
    clock = FakeClock(speed)
    opening = (plan, agreement or Agreement.usual(plan)) if plan else None
    app = build_app(clock=clock, config_folder=config_folder, opening=opening, quick=quick)
    async with app.run_test(size=size) as pilot:
        people = Sitting(app, pilot, clock)
        await people.settle()
        yield people
