"""The audience view: in the trainer's own window by a key, or in a second window for the projector."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from cotutor.conversation.command import Command
from cotutor.conversation.everywhere import COLOURS, NO_PALETTE
from cotutor.conversation.trainer.commands import AUDIENCE
from cotutor.conversation.trainer.workshop import Workshop
from cotutor.domain.duration import SECOND
from cotutor.domain.scenes import Scene, scenes
from cotutor.services.noticeboard import Lookout, Notice, Posted
from cotutor.tui.common.page import OfCotutor
from cotutor.tui.keys import bindings
from cotutor.tui.trainer.page import STYLE
from cotutor.tui.widgets.audience_view import AudienceView

_LOOK_EVERY = 1.0
"""Seconds between two looks at the notice while nothing counts down."""
_SHORTEST = 0.1
"""Seconds; a rehearsal's seconds are too short to be read one by one."""


class AudienceBase(OfCotutor, Screen[None]):
    """A screen with the room's view on it and nothing else: no bar, no keys, no palette.

    Args:
        shown: the scenes of the programme.
        names: what each seat is called, in the trainer's own window.
    """

    CSS_PATH = STYLE

    def __init__(self, shown: tuple[Scene, ...], names: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.view = AudienceView(shown, names)

    def compose(self) -> ComposeResult:
        yield self.view

    def action_back(self) -> None:
        self.step_back()


class AudiencePage(AudienceBase):
    """The room's view in the trainer's window; a few keys go on working, and none is shown.

    Args:
        workshop: what it shows.
        obey: gives the workshop a command.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (*AUDIENCE, NO_PALETTE)
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, workshop: Workshop, obey: Callable[[str], Awaitable[None]]) -> None:
        super().__init__(scenes(workshop.programme), workshop.now.people)
        self.conversation = workshop.now
        self._obey = obey

    async def action_pause(self) -> None:
        await self._obey("pause")

    async def action_resume(self) -> None:
        await self._obey("resume")

    async def action_next(self) -> None:
        await self._obey("next")

    async def action_more(self) -> None:
        await self._obey("more")

    async def action_undo(self) -> None:
        await self._obey("undo")

    def show(self, posted: Posted) -> None:
        """Show where the workshop is."""
        if self.view.is_mounted:
            self.view.show(posted)


class AudienceWindow(AudienceBase):
    """The second window: follows the trainer's by its notice.

    Args:
        lookout: looks at the notice.
        find: the scenes of a programme, by its name; empty if it isn't known here.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("q,escape", "back", "Quit", "Close this window."),
        COLOURS,
        NO_PALETTE,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, lookout: Lookout, find: Callable[[str], tuple[Scene, ...]]) -> None:
        super().__init__(())
        self._lookout = lookout
        self._find = find
        self._programme = ""
        self._alarm: asyncio.TimerHandle | None = None

    def on_mount(self) -> None:
        """Look at once, and then once a second."""
        self.look()

    def on_unmount(self) -> None:
        if self._alarm:
            self._alarm.cancel()

    def look(self) -> None:
        """Show where the workshop is now, and look again when that changes."""
        notice = self._lookout.look()
        if notice and notice.programme != self._programme:
            self._programme = notice.programme
            self.view.know(self._find(notice.programme))
        posted = self._lookout.now(notice) if notice else None
        self.view.show(posted)
        if self._alarm:
            self._alarm.cancel()
        self._alarm = asyncio.get_running_loop().call_later(_until_change(notice, posted), self.look)


def _until_change(notice: Notice | None, posted: Posted | None) -> float:
    """Seconds until the digits change, at most until the next look."""
    if notice is None or posted is None or posted.held or posted.over:
        return _LOOK_EVERY
    return max(_SHORTEST, ((posted.left - 1) % SECOND + 1) / SECOND / posted.speed)
