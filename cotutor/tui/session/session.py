"""A running session: who speaks, how long is left, and nothing else until asked.

The screen wakes at the next whole second of the phase, or at the next event if that is sooner,
and repaints only what changed. All that happens comes from the runner, as events.
"""

import asyncio
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.conversation.session.prompts import cues_allowed
from cotutor.domain import events
from cotutor.domain.plan import Kind
from cotutor.domain.session import SessionState, speaker_place
from cotutor.domain.wording import headline, shown_left
from cotutor.services.session_runner import SessionRunner
from cotutor.tui.keys import bindings
from cotutor.tui.session.actions import SessionActions
from cotutor.tui.session.keys import KEYS
from cotutor.tui.session.words import closing, mode_wanted, notice, times, under_headline
from cotutor.tui.widgets.big_digits import BigDigits
from cotutor.tui.widgets.fields import LinesField
from cotutor.tui.widgets.guidance_panel import GuidancePanel
from cotutor.tui.widgets.key_bar import KeyBar
from cotutor.tui.widgets.scratchpad import Scratchpad
from cotutor.tui.widgets.time_bar import TimeBar
from cotutor.tui.widgets.top_bar import TopBar


class SessionPage(SessionActions):
    """The turn, the swap, the close and everything between.

    Args:
        runner: the session, not yet told of its first phase.
    """

    CSS_PATH = "session.tcss"
    AUTO_FOCUS = ""  # a scratchpad that was left must not take the keys again, after help or the cover
    KEYS: ClassVar[tuple[Command, ...]] = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    class Woken(Message):
        """The next second or the next event of the session has come."""

    def __init__(self, runner: SessionRunner) -> None:
        super().__init__(runner)
        self.heading = runner.state.plan.title
        self._alarm: asyncio.TimerHandle | None = None
        self._cue = -1
        self._jotted: dict[int, str] = {}
        self._kept: set[int] = set()

    def top_bar(self) -> TopBar:
        """The plan, the rehearsal's speed, and that nothing is kept."""
        return TopBar(self.heading, speed=self.runner.clock.speed)

    def body(self) -> ComposeResult:
        """Headline, digits, bar, times; guidance and scratchpad only when asked for."""
        yield Static(id="headline")
        yield Static(id="sub")
        with Container(id="stage"):
            with Vertical(id="clock"):
                yield BigDigits(id="digits")
                yield TimeBar(id="bar")
                yield Static(id="times")
            with VerticalScroll(id="words", can_focus=False):
                yield Static(id="closing")
        yield Static(id="cue")
        yield Static(id="notice")

    async def on_mount(self) -> None:
        """Begin, now that there is something to show it on."""
        self.runner.start()
        self.show()

    def on_unmount(self) -> None:
        """Let neither an alarm nor a word outlive the screen."""
        if self._alarm:
            self._alarm.cancel()
        self._jotted.clear()

    def on_resize(self) -> None:
        """Say in words what the digits have no more room for, or the other way round."""
        self.call_after_refresh(self.show)

    def on_session_page_woken(self) -> None:
        """Look at the clock."""
        self.runner.tick()
        self.show()

    # ------------------------------------------------------------ what is shown

    def show(self) -> None:
        """Bring the screen up to the state, and set the alarm for the next change."""
        state = self.state
        digits = self.query_one(BigDigits)
        digits.show(shown_left(state))
        self.query_one(TimeBar).show(state.left, state.allotted)
        mode = self._show_words(state)
        wall, short = self.runner.clock.wall(), self.has_class("-narrow")
        self._put("times", times(state, wall, digits=bool(digits.display), short=short, mode=mode))
        self.set_class(state.hold is not None, "held")
        self.set_class(state.left < 0 and state.hold is None, "over")
        if not state.undoable:
            self._forget()
        self._arm()

    def _show_words(self, state: SessionState) -> str:
        """Show the words below the headline; returns the kind of listening if it has no room there.

        On a low screen, words of more than one line take the place of the digits.
        """
        low, room = self.has_class("-low"), self.size.width - 4
        words = under_headline(state, self.cotutor.guidance, room if low else None)
        self._put("sub", words, layout=True)
        wordy = low and ("\n" in words or cell_len(words) > room)
        if wordy != self.has_class("wordy"):
            self.set_class(wordy, "wordy")
            self.call_after_refresh(self.show)
        mode = mode_wanted(state)
        return "" if mode in words else mode

    def tell(self, words: str) -> None:
        """Show a line on what has just happened."""
        self._put("notice", words)

    def heard(self, state: SessionState, event: events.Event) -> None:
        """Show what happened; the runner calls this for each event, in order."""
        if isinstance(event, events.PhaseEnded):
            self._lay_down(state.plan.phases[event.index].speaker)
        elif isinstance(event, events.PhaseBegan):
            self._show_phase(state)
            self._put("notice", "")
        else:
            if isinstance(event, events.Undone | events.SessionEnded | events.ModeChosen):
                self._show_phase(state)
            # The headline says already that the session is over.
            self._put("notice", "" if isinstance(event, events.SessionEnded) else notice(event, state))
        if isinstance(event, events.WentAway | events.Undone):
            self._ask_if_open(state)
        self._ring(event)

    def _ask_if_open(self, state: SessionState) -> None:
        """Ask whether the time away counts; also when that was undone, for nobody could answer then."""
        if state.hold and state.hold.why is events.Why.AWAY:
            self.ask_about_away(state.hold.away)

    def _arm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
        wait = self.runner.seconds_to_wake()
        loop = asyncio.get_running_loop()
        self._alarm = None if wait is None else loop.call_later(wait, self.post_message, self.Woken())

    def _put(self, name: str, text: str | Content, *, layout: bool = False) -> None:
        """Change a line if it differs; the screen is laid out again only for one that may grow."""
        line = self.query_one(f"#{name}", Static)
        content = Content(text) if isinstance(text, str) else text
        if line.content != content:
            line.update(content, layout=layout)

    def _show_phase(self, state: SessionState) -> None:
        at_close = state.ended or state.phase.kind is Kind.CLOSE
        self.set_class(at_close, "closing")
        self.set_class(state.ended, "ended")
        self._put("headline", Content.styled(headline(state), "bold"), layout=True)
        self._show_cue("")
        if at_close:
            self.query_one("#closing", Static).update(closing(state, self.cotutor.guidance))
        if not self.check_action("guide", ()):
            self._put_away(GuidancePanel)
        self.query_one(KeyBar).refresh(layout=True)

    def _ring(self, event: events.Event) -> None:
        """One bell for a warning, two for the end of the time."""
        if not isinstance(event, events.WarningDue | events.TimeUp):
            return
        self.cotutor.ring()
        if isinstance(event, events.TimeUp):
            self.set_timer(0.5, self.cotutor.ring)

    # ------------------------------------------------------------ shown only when asked for

    def action_cue(self) -> None:
        """The next cue."""
        cues = cues_allowed(self.state, self.cotutor.guidance)
        if not cues:
            self.tell("No turn is left; cues are for the listener in a turn.")
            return
        self._cue += 1
        self._show_cue(f"“{cues[self._cue % len(cues)]}”")

    def _show_cue(self, words: str) -> None:
        self.set_class(bool(words), "cued")
        self._put("cue", Content.styled(words, "italic $secondary"))

    async def action_guide(self) -> None:
        """Show or hide the questions."""
        if self.query(GuidancePanel):
            self._put_away(GuidancePanel)
            return
        self._lay_down(speaker_place(self.state))
        panel = GuidancePanel(self.cotutor.guidance)
        await self.query_one("#stage").mount(panel)
        self.add_class("asked")
        panel.focus()
        self.call_after_refresh(self.show)

    async def action_scratchpad(self) -> None:
        """Show the speaker's scratchpad and type in it."""
        place = self._scratchpad_of()
        if place is None:
            self.tell("The scratchpad is for whoever speaks.")
            return
        if not self.query(Scratchpad):
            self._put_away(GuidancePanel)
            keepable = self.state.plan.scratchpad == "may-keep"
            name = self.state.agreement.people[place - 1]
            kept = place in self._kept
            pad = Scratchpad(name, self._jotted.get(place, ""), keepable=keepable, kept=kept)
            await self.query_one("#stage").mount(pad)
            self.add_class("asked")
        self.query_one(Scratchpad).write()

    def on_scratchpad_keep_asked(self, event: Scratchpad.KeepAsked) -> None:
        """The speaker keeps the scratchpad until the close, or no longer."""
        place = self._scratchpad_of()
        if place is not None:
            (self._kept.add if event.kept else self._kept.discard)(place)

    async def action_put_away(self) -> None:
        """Leave the scratchpad, or put away what was asked for, the latest first."""
        if isinstance(self.focused, LinesField):
            self.set_focus(None)
        elif self.has_class("big"):
            self.action_big()
        elif self.query(GuidancePanel):
            self._put_away(GuidancePanel)
        elif self.query(Scratchpad):
            self._lay_down(self._scratchpad_of())
        else:
            self._show_cue("")

    def action_read(self, rows: int) -> None:
        """Scroll the close by rows."""
        self.query_one("#words").scroll_relative(y=rows, animate=False)

    def action_big(self) -> None:
        """The clock alone, for a room; back from it, the guide has its keys again."""
        self.toggle_class("big")
        for panel in self.query(GuidancePanel):
            panel.focus()

    def _scratchpad_of(self) -> int | None:
        """Whose scratchpad it is now: the speaker's; at the close, that of the one who kept it."""
        if self.state.ended:
            return None
        if self.state.phase.speaker:
            return self.state.phase.speaker
        return next(iter(self._kept), None) if self.state.phase.kind is Kind.CLOSE else None

    def _lay_down(self, place: int | None) -> None:
        """Take the scratchpad off the screen; its words wait for the speaker, or for an undo."""
        for pad in self.query(Scratchpad):
            if place is not None:
                self._jotted[place] = pad.text
            pad.wipe()
        self._put_away(Scratchpad)

    def _forget(self) -> None:
        """Wipe every scratchpad that nobody can come back to."""
        here = self.state.phase.speaker if not self.state.ended else None
        for place in list(self._jotted):
            if place != here and (place not in self._kept or self.state.ended):
                del self._jotted[place]

    def _put_away(self, widget: type[GuidancePanel | Scratchpad]) -> None:
        if self.query(widget):
            self.query(widget).remove()
            self.remove_class("asked")
