"""A running session: who speaks, how long is left, and nothing else until asked.

The screen wakes at the next whole second of the phase, or at the next event if that is sooner,
and repaints only what changed. What can be done, and in which words it is answered, comes from the
conversation.
"""

import asyncio
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.conversation.notice import Notice
from cotutor.conversation.session.conversation import SessionConversation
from cotutor.conversation.session.scratchpads import MOST_CHARACTERS, MOST_LINES
from cotutor.domain.errors import CotutorError
from cotutor.domain.events import Why
from cotutor.domain.session import SessionState
from cotutor.domain.wording import headline, shown_left
from cotutor.tui.common.page import Page, Sheet
from cotutor.tui.keys import bindings
from cotutor.tui.session.keys import KEYS, RIVALS
from cotutor.tui.session.words import closing, notice_line, times, under_headline
from cotutor.tui.widgets.big_digits import BigDigits
from cotutor.tui.widgets.fields import LinesField
from cotutor.tui.widgets.guidance_panel import GuidancePanel
from cotutor.tui.widgets.scratchpad import KeptScratchpads, Scratchpad
from cotutor.tui.widgets.time_bar import TimeBar
from cotutor.tui.widgets.top_bar import TopBar


class SessionPage(Page[None]):
    """The turn, the swap, the close and everything between.

    Args:
        conversation: the session, not yet begun.
    """

    CSS_PATH = "session.tcss"
    AUTO_FOCUS = ""  # a scratchpad that was left must not take the keys again, after help or the cover
    KEYS: ClassVar[tuple[Command, ...]] = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    class Woken(Message):
        """The next second or the next event of the session has come."""

    def __init__(self, conversation: SessionConversation) -> None:
        super().__init__()
        self.conversation: SessionConversation = conversation
        self.heading = conversation.state.plan.title
        self._asked = False
        self._alarm: asyncio.TimerHandle | None = None
        self._notice: Notice | None = None
        self._could_undo = False

    @property
    def state(self) -> SessionState:
        """The session as it was last seen."""
        return self.conversation.state

    @property
    def running(self) -> bool:
        """Whether the session is not over."""
        return not self.state.ended

    def top_bar(self) -> TopBar:
        """The plan, the rehearsal's speed, and what is kept."""
        return TopBar(self.heading, speed=self.conversation.speed)

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
        self.conversation.start(self)
        self.show()

    def on_unmount(self) -> None:
        """Cancel the alarm; forget the scratchpads."""
        if self._alarm:
            self._alarm.cancel()
        self.conversation.close()

    def on_resize(self) -> None:
        """Say in words what the digits have no more room for, or the other way round."""
        self.call_after_refresh(self.show)

    def on_session_page_woken(self) -> None:
        self.conversation.tick()
        self.show()

    # ------------------------------------------------------------ commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While somebody types, letters are no commands; of commands that share a key, one is meant."""
        typing = isinstance(self.focused, LinesField)
        if action == "put_away":
            return typing or any(map(self.has_class, ("asked", "cued", "big")))
        if action == "obey":
            name = f"obey({parameters[0]!r})"
            if typing:
                return parameters[0] == "keep"
            meant = self.conversation.medium.meant(RIVALS[name], self.conversation)
            return any(command.name == name for command in meant)
        return not typing and super().check_action(action, parameters)

    async def action_obey(self, name: str) -> None:
        """Have the conversation obey a command, and show what it answers."""
        given = next(command.given for command in self.KEYS if command.name == f"obey({name!r})")
        await self._obey(name, given)

    async def _obey(self, name: str, given: str = "") -> None:
        self._write_down()
        try:
            answer = self.conversation.obey(name, given)
        except CotutorError as problem:
            self._answer(problem.message)
        else:
            await self._show_answer(name, answer)
        if not self.conversation.left:
            self.show_phase()
            self.show()

    async def _show_answer(self, name: str, answer: tuple[str, ...]) -> None:
        """Show an answer: some in a place of their own, the others as a line."""
        if name == "guide":
            await self._show_guide()
        elif name == "scratchpad":
            await self._show_scratchpad(answer)
        elif name == "explain":
            self.ask(Why.EXPLAIN)
        elif self.conversation.left:
            await self.cotutor.go_home()
        elif answer and name != "cue":
            self._answer(" ".join(answer))
        for pad in self.query(Scratchpad):
            pad.show_kept(self.conversation.scratchpads.kept(pad.place))

    async def action_tally(self) -> None:
        """Count what the listener does in this turn."""
        await self.run_action("app.tally")

    async def action_reflect(self) -> None:
        """Leave for the vault, and have it offer a line for the encounter log."""
        from cotutor.services import handover  # noqa: PLC0415  loaded when asked for

        handover.leave(self.conversation.met())
        await self.run_action("app.reflections")

    # ------------------------------------------------------------ what the conversation reports

    def hand_over(self) -> None:
        """Take guidance and scratchpad off the screen; the conversation has its words, if they may come back."""
        self._put_away(GuidancePanel)
        self._write_down()
        for pad in self.query(Scratchpad):
            pad.wipe()
        self._put_away(Scratchpad)

    def show_notice(self, notice: Notice) -> None:
        """Show what has happened; what is about a phase alone, the headline shows."""
        self._notice = notice.standing_after(self._notice)
        self.show_phase()
        self.cotutor.ring(notice.strokes)

    def ask(self, question: Why) -> None:
        """Lay a sheet that asks over whatever there is, once the cover is off."""
        self.cotutor.when_uncovered(lambda: self._ask(question))

    def _ask(self, question: Why) -> None:
        from cotutor.tui.session.absence import AbsenceSheet  # noqa: PLC0415  loaded when needed
        from cotutor.tui.session.explain import ExplainSheet  # noqa: PLC0415

        sheet: Sheet[str] = (
            AbsenceSheet(self.conversation.away)
            if question is Why.AWAY
            else ExplainSheet(self.conversation.guidance)
        )
        self.app.push_screen(sheet, self._answered)

    async def _answered(self, answer: str | None) -> None:
        if answer and self.conversation.question:
            await self._obey(answer)

    # ------------------------------------------------------------ what is shown

    def show(self) -> None:
        """Bring the clock up to the state, and set the alarm for the next change."""
        state = self.state
        self.query_one(TopBar).keep(self.conversation.keeping)
        digits = self.query_one(BigDigits)
        digits.show(shown_left(state))
        self.query_one(TimeBar).show(state.left, state.allotted)
        mode = self._show_words()
        wall, short = self.cotutor.clock.wall(), self.has_class("-narrow")
        self._put("times", times(state, wall, digits=bool(digits.display), short=short, mode=mode))
        self._put("notice", notice_line(self._notice, self.cotutor.clock.now()), layout=True)
        self.set_class(state.hold is not None, "held")
        self.set_class(state.left < 0 and state.hold is None, "over")
        if self._could_undo != bool(state.undoable):
            self._could_undo = bool(state.undoable)
            self.refresh_bindings()
        self._arm()

    def show_phase(self) -> None:
        """Show what changes only when something happens: headline, close, cue, guidance, keys."""
        close = self.conversation.closing
        self.set_class(bool(close), "closing")
        self.set_class(self.state.ended, "ended")
        self._put("headline", Content.styled(headline(self.state), "bold"), layout=True)
        self._put("closing", closing(self.conversation) if close else "", layout=True)
        cue = self.conversation.cue
        self._arrange()
        self._put("cue", Content.styled(f"“{cue}”" if cue else "", "italic $secondary"))
        if not self.conversation.guide_allowed:
            self._put_away(GuidancePanel)
        if not self.conversation.scratchpad_allowed:
            self._put_away(KeptScratchpads)
        self.refresh_bindings()

    def _show_words(self) -> str:
        """Show the words below the headline; returns the kind of listening if it has no room there.

        On a low screen, words of more than one line take the place of the digits.
        """
        low, room = self.has_class("-low") and not self.has_class("big"), self.size.width - 4
        words = under_headline(self.conversation, room if low else None)
        self._put("sub", words, layout=True)
        wordy = low and ("\n" in words or cell_len(words) > room)
        if wordy != self.has_class("wordy"):
            self.set_class(wordy, "wordy")
            self.call_after_refresh(self.show)
        mode = self.conversation.mode_name
        return "" if mode in words else mode

    def _answer(self, text: str) -> None:
        self._notice = Notice(self.cotutor.clock.now(), text)

    def _arm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
        wait = self.conversation.seconds_to_wake()
        loop = asyncio.get_running_loop()
        self._alarm = None if wait is None else loop.call_later(wait, self.post_message, self.Woken())

    def _put(self, name: str, text: str | Content, *, layout: bool = False) -> None:
        """Change a line if it differs; the screen is laid out again only for one that may grow."""
        line = self.query_one(f"#{name}", Static)
        content = Content(text) if isinstance(text, str) else text
        if line.content != content:
            line.update(content, layout=layout)

    # ------------------------------------------------------------ shown only when asked for

    async def _show_guide(self) -> None:
        if self.query(GuidancePanel):
            self._put_away(GuidancePanel)
            return
        self.hand_over()
        panel = GuidancePanel(self.conversation.guidance)
        await self._ask_for(panel)
        panel.focus()
        self.call_after_refresh(self.show)

    async def _show_scratchpad(self, lines: tuple[str, ...]) -> None:
        """Show the speaker's scratchpad and type in it, or what was kept to read it."""
        pads = self.conversation.scratchpads
        place = pads.writer
        if place is None:
            self._put_away(KeptScratchpads)
            await self._ask_for(KeptScratchpads(lines))
            return
        if not self.query(Scratchpad):
            self._put_away(GuidancePanel)
            pad = Scratchpad(
                place,
                self.state.agreement.people[place - 1],
                pads.text(place),
                most=MOST_CHARACTERS,
                most_lines=MOST_LINES,
                keepable=pads.keepable,
                kept=pads.kept(place),
            )
            await self._ask_for(pad)
        self.query_one(Scratchpad).write()

    def _write_down(self) -> None:
        """Give the conversation what stands on the scratchpad."""
        for pad in self.query(Scratchpad):
            self.conversation.scratchpads.write(pad.place, pad.text)

    async def _ask_for(self, widget: Widget) -> None:
        await self.query_one("#stage").mount(widget)
        self._asked = True
        self._arrange()

    def _arrange(self) -> None:
        """Make room for what was asked for, but not in the big view."""
        alone = self.has_class("big")
        self.set_class(bool(self.conversation.cue) and not alone, "cued")
        self.set_class(self._asked and not alone, "asked")

    async def action_put_away(self) -> None:
        """Leave the scratchpad, or put away what was asked for, the latest first."""
        if isinstance(self.focused, LinesField):
            self.set_focus(None)
        elif self.has_class("big"):
            self.action_big()
        elif self.query(GuidancePanel):
            self._put_away(GuidancePanel)
        elif self.query(Scratchpad):
            self.hand_over()
        elif self.query(KeptScratchpads):
            self._put_away(KeptScratchpads)
        else:
            self.conversation.cue = ""
            self.show_phase()

    def action_read(self, rows: int) -> None:
        self.query_one("#words").scroll_relative(y=rows, animate=False)

    def action_big(self) -> None:
        """The clock alone, for a room; back from it, the guide has its keys again."""
        self.toggle_class("big")
        self._arrange()
        self.show()
        for panel in self.query(GuidancePanel):
            panel.focus()

    def _put_away(self, widget: type[Widget]) -> None:
        if self.query(widget):
            for kept in self.query(KeptScratchpads):
                kept.wipe()
            self.query(widget).remove()
            self._asked = False
            self._arrange()
