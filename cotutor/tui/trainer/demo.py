"""An invented conversation, line by line on the clock, with stops at "what would you say next?"."""

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.conversation.notice import Medium
from cotutor.conversation.trainer.commands import DEMONSTRATION
from cotutor.conversation.trainer.demonstration import Demonstration
from cotutor.domain.demonstration import FICTION, Script, Which
from cotutor.domain.errors import CotutorError
from cotutor.services.clock import Clock
from cotutor.tui.keys import bindings
from cotutor.tui.trainer.demo_show import choices, conversation
from cotutor.tui.trainer.page import TrainerPage


class DemoPage(TrainerPage[None]):
    """One version of a conversation as it plays.

    Args:
        script: the conversation.
        which: the version.
        clock: what it plays by.
    """

    KEYS: ClassVar[tuple[Command, ...]] = DEMONSTRATION
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    class Woken(Message):
        """The next line or stop has come."""

    def __init__(self, script: Script, which: Which, clock: Clock) -> None:
        super().__init__()
        self.heading = f"{script.title.partition(':')[0]} · {which} version"
        self.demonstration = Demonstration(script, which, clock, Medium.KEYS)
        self.conversation = self.demonstration
        self._alarm: asyncio.TimerHandle | None = None
        self._shown: tuple[object, ...] = ()

    def body(self) -> ComposeResult:
        """That it is fiction, the conversation, the stop, the state of play."""
        yield Static(Content(FICTION), id="fiction")
        with VerticalScroll(id="talk", can_focus=False):
            yield Static(id="lines")
        yield Static(id="stop")
        yield Static(id="play")

    def on_mount(self) -> None:
        self.demonstration.start()
        self.show()

    def on_unmount(self) -> None:
        if self._alarm:
            self._alarm.cancel()

    def on_resize(self) -> None:
        """Keep the latest line in sight."""
        self._shown = ()
        self.call_after_refresh(self.show)

    def on_demo_page_woken(self) -> None:
        self.demonstration.tick()
        self.show()

    # ------------------------------------------------------------ what the keys do

    def obey(self, name: str) -> None:
        """Give the demonstration a command; once it is closed, go to what was counted."""
        try:
            self.demonstration.obey(name)
        except CotutorError as problem:
            self.put("play", problem.message)
            return
        if self.demonstration.closed:
            from cotutor.tui.trainer.demo_end import DemoEnd  # noqa: PLC0415  loaded when it is over

            playback = self.demonstration.playback
            self.make_way_for(DemoEnd(playback.script, playback.which))
        else:
            self.show()

    def action_pause(self) -> None:
        self.obey("pause")

    def action_resume(self) -> None:
        self.obey("resume")

    def action_next(self) -> None:
        """The next line; after the last one, the end."""
        self.obey("next")

    def action_before(self) -> None:
        self.obey("before")

    def action_faster(self) -> None:
        self.obey("faster")

    def action_slower(self) -> None:
        self.obey("slower")

    def action_labels(self) -> None:
        """Hide or show what each line is."""
        self.obey("labels")

    def action_choose(self, number: int) -> None:
        """Choose an answer at a stop, from 0."""
        self.obey(f"choose({number})")

    def action_end(self) -> None:
        self.obey("end")

    def on_click(self) -> None:
        """Go on at a stop that has been answered."""
        if self.demonstration.choice is not None:
            self.obey("next")

    # ------------------------------------------------------------ what is shown

    def show(self) -> None:
        """Bring the screen up to the state of play, and set the alarm."""
        playing = self.demonstration
        state = (playing.playback.index, playing.choosing, playing.choice, playing.labelled, playing.ended)
        if state != self._shown:
            self._shown = state
            self.query_one("#lines", Static).update(conversation(playing, self._width()))
            stop = self.query_one("#stop", Static)
            stop.display = playing.choosing
            stop.update(choices(playing))
            self.call_after_refresh(self._scroll)
        self.put("play", playing.state_of_play)
        self.refresh_bindings()
        self._arm()

    def _width(self) -> int:
        """Cells of a line of the conversation."""
        return max(20, self.query_one(VerticalScroll).scrollable_content_region.width)

    def _scroll(self) -> None:
        self.query_one(VerticalScroll).scroll_end(animate=False)

    def _arm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
        wait = self.demonstration.seconds_to_event()
        loop = asyncio.get_running_loop()
        self._alarm = None if wait is None else loop.call_later(wait, self.post_message, self.Woken())
