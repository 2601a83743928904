"""An invented conversation, line by line on the clock, with stops at "what would you say next?"."""

import asyncio
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.conversation.trainer.commands import HELP
from cotutor.domain import demonstration as demo
from cotutor.domain.demonstration import FICTION, Playback, Script, Which
from cotutor.domain.duration import SECOND
from cotutor.domain.errors import CotutorError
from cotutor.services.clock import Clock
from cotutor.tui.keys import bindings
from cotutor.tui.trainer.demo_words import choices_shown, conversation
from cotutor.tui.trainer.page import TrainerPage

SPEEDS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 60)
_DOWN, _UP = -1, 1


class DemoPage(TrainerPage[None]):
    """One version of a conversation as it plays.

    Args:
        script: the conversation.
        which: the version.
        clock: what it plays by.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("space", "pause", "Pause", "Pause, or play on.", shown="space"),
        Command("right,n,enter", "on", "On", "The next line at once; leave a stop.", shown="→"),
        HELP,
        Command("left,p", "back_a_line", "Back a line", "Say the line before once more.", shown="←"),
        Command("1", "choose(0)", "Answer 1", "Choose the first answer.", bar=False),
        Command("2", "choose(1)", "Answer 2", "Choose the second answer.", bar=False),
        Command("3", "choose(2)", "Answer 3", "Choose the third answer.", bar=False),
        Command("plus,equals_sign", "faster(1)", "Faster", "Play faster.", shown="+"),
        Command("minus", "faster(-1)", "Slower", "Play slower.", shown="-"),
        Command("l", "labels", "Labels", "Hide the labels, so that the room can guess, or show them."),
        Command("e", "end", "End", "Go to the end: what was counted, and questions for the room."),
        Command("escape,q", "back", "Close", "Close the demonstration.", shown="esc"),
        Command("f9", "app.cover", "Cover", "Cover the screen with a plain clock.", bar=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    class Woken(Message):
        """The next line or stop has come."""

    def __init__(self, script: Script, which: Which, clock: Clock) -> None:
        super().__init__()
        self.heading = f"{script.title.partition(':')[0]} · {which} version"
        self._clock = clock
        self._playback = demo.play(script, which, clock.now())
        self._labels = True
        self._alarm: asyncio.TimerHandle | None = None
        self._shown: tuple[object, ...] = ()

    @property
    def playback(self) -> Playback:
        """How far it has been played."""
        return self._playback

    def body(self) -> ComposeResult:
        """That it is fiction, the conversation, the stop, the state of play."""
        yield Static(Content(FICTION), id="fiction")
        with VerticalScroll(id="talk", can_focus=False):
            yield Static(id="lines")
        yield Static(id="stop")
        yield Static(id="play")

    def on_mount(self) -> None:
        """Begin."""
        self._playback = replace(self._playback, seen=self._clock.now())
        self.show()

    def on_unmount(self) -> None:
        """Play no further."""
        if self._alarm:
            self._alarm.cancel()

    def on_resize(self) -> None:
        """Keep the latest line in sight."""
        self._shown = ()
        self.call_after_refresh(self.show)

    def on_demo_page_woken(self) -> None:
        """Look at the clock."""
        self._play(demo.advance(self._playback, self._clock.now()))

    # ------------------------------------------------------------ keys

    def action_pause(self) -> None:
        """Pause, or play on."""
        self._play(demo.hold(self._playback, self._clock.now(), paused=not self._playback.paused))

    def action_on(self) -> None:
        """The next line; after the last one, the end."""
        if self._playback.ended:
            self.action_end()
        else:
            self._play(demo.go_on(self._playback, self._clock.now()))

    def action_back_a_line(self) -> None:
        """The line before."""
        self._play(demo.go_back(self._playback, self._clock.now()))

    def action_faster(self, way: int) -> None:
        """Another speed."""
        at = SPEEDS.index(self._playback.speed) + (_UP if way > 0 else _DOWN)
        if 0 <= at < len(SPEEDS):
            self._play(demo.at_speed(self._playback, SPEEDS[at], self._clock.now()))

    def action_labels(self) -> None:
        """Hide or show what each line is."""
        self._labels = not self._labels
        self.show()

    def action_choose(self, number: int) -> None:
        """Choose an answer at a stop."""
        try:
            self._play(demo.choose(self._playback, number, self._clock.now()))
        except CotutorError as problem:
            self.put("play", problem.message)

    def on_click(self) -> None:
        """Go on at a stop that has been answered."""
        if self._playback.choice is not None:
            self.action_on()

    def action_end(self) -> None:
        """Go to what was counted, in this screen's place."""
        from cotutor.tui.trainer.demo_end import DemoEnd  # noqa: PLC0415  loaded when it is over

        self.app.switch_screen(DemoEnd(self._playback.script, self._playback.which))

    # ------------------------------------------------------------ what is shown

    def _play(self, playback: Playback) -> None:
        self._playback = playback
        self.show()

    def show(self) -> None:
        """Bring the screen up to the state of play, and set the alarm."""
        playback = self._playback
        state = (playback.index, playback.stop is not None, playback.choice, self._labels, playback.ended)
        if state != self._shown:
            self._shown = state
            self.query_one("#lines", Static).update(
                conversation(playback, self._width(), labels=self._labels)
            )
            stop = self.query_one("#stop", Static)
            stop.display = playback.stop is not None
            stop.update(choices_shown(playback) if playback.stop else Content(""))
            self.call_after_refresh(self._scroll)
        self.put("play", self._state_of_play())
        self._arm()

    def _state_of_play(self) -> str:
        playback = self._playback
        labels = "" if self._labels else " · labels hidden"
        if playback.ended:
            return f"That was the {playback.which} version. Enter shows what was counted."
        if playback.stop:
            return "→ goes on." if playback.choice else "1, 2 or 3 chooses; → goes on without."
        doing = "paused" if playback.paused else f"playing at {playback.speed} times the speed"
        if not playback.paused and playback.speed == 1:
            doing = "playing"
        return f"Line {playback.index + 1} of {len(playback.lines)} · {doing}{labels}"

    def _width(self) -> int:
        """Cells of a line of the conversation."""
        return max(20, self.query_one(VerticalScroll).scrollable_content_region.width)

    def _scroll(self) -> None:
        self.query_one(VerticalScroll).scroll_end(animate=False)

    def _arm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
        due = demo.next_due(self._playback)
        loop = asyncio.get_running_loop()
        self._alarm = None
        if due is not None:
            wait = max(0, due - self._clock.now()) / SECOND / self._clock.speed
            self._alarm = loop.call_later(wait, self.post_message, self.Woken())
