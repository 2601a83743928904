"""A running session: who speaks, how long is left, and nothing else until asked.

The screen wakes at the next whole second of the phase, or at the next event if that is sooner,
and repaints only what changed. All that happens comes from the runner, as events.
"""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cotutor.domain import events
from cotutor.domain.commands import (
    Choose,
    Command,
    CountAway,
    End,
    Explain,
    GiveBack,
    LeaveOutAway,
    More,
    Next,
    NotNow,
    Pause,
    Resume,
    StartedEarlier,
    Undo,
)
from cotutor.domain.duration import MINUTE
from cotutor.domain.events import Why
from cotutor.domain.plan import MODE_NAMES, Kind, Mode
from cotutor.domain.session import SessionState, speaker_place
from cotutor.domain.wording import (
    account_lines,
    headline,
    next_turn,
    parts,
    sentence,
    session_left,
    shown_left,
)
from cotutor.services.runner import SessionRunner
from cotutor.tui.keys import Key, bindings
from cotutor.tui.screens.page import Page
from cotutor.tui.widgets.big_digits import BigDigits
from cotutor.tui.widgets.fields import Scratchpad
from cotutor.tui.widgets.guidance_panel import GuidancePanel
from cotutor.tui.widgets.time_bar import TimeBar
from cotutor.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from cotutor.tui.app import CotutorApp

SIGNS = {
    events.WarningDue: "▲",
    events.TimeUp: "■",
    events.Held: "‖",
    events.WentAway: "?",
    events.Undone: "↶",
}
"""A shape for each event that matters, so that colour alone tells nothing."""

KEYS = (
    Key("space", "pause", "Pause", "Pause or go on. Nobody asks why.", shown="space"),
    Key("n", "next", "Next", "Go on to the next phase."),
    Key(
        "plus_sign,equals_sign",
        "more",
        "More",
        "Offer the speaker a minute more; the other is owed the same.",
        shown="+",
    ),
    Key("u", "undo", "Undo", "Undo the last key, for ten seconds."),
    Key("g", "guide", "Guide", "Show or hide open questions: Egan's nine steps, in any order."),
    Key("c", "cue", "Cue", "Show one listening cue, then the next."),
    Key("m", "mode", "Mode", "The speaker asks for another kind of listening."),
    Key(
        "exclamation_mark",
        "explain",
        "Stop & explain",
        "Safety or probity is at stake: stop the clock.",
        shown="!",
    ),
    Key("b,f9", "app.cover", "Cover", "Cover the screen with a plain clock."),
    Key("f", "big", "Big", "Show the clock alone, as large as the window."),
    Key("question_mark", "app.keys", "Help", "What every key does.", shown="?"),
    Key("q", "end", "End", "End early, or leave the close."),
    Key("minus", "give_back", "Give back", "The speaker gives a minute back.", shown="-"),
    Key("a", "earlier", "Began earlier", "We began a minute ago; press again for each minute more."),
    Key("s", "scratchpad", "Scratchpad", "A few lines for the speaker, wiped at the swap."),
    Key("h", "app.signposts", "Help lines", "Offline help: where to turn."),
    Key(
        "escape",
        "put_away",
        "Put away",
        "Put away the guide, the cue or the scratchpad.",
        shown="esc",
        bar=False,
    ),
)
"""The keys of a session, most needed first."""


class SessionPage(Page[None]):
    """The turn, the swap, the close and everything between.

    Args:
        runner: the session, not yet told of its first phase.
    """

    KEYS: ClassVar[tuple[Key, ...]] = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    class Woken(Message):
        """The next second or the next event of the session has come."""

    def __init__(self, runner: SessionRunner) -> None:
        super().__init__()
        self.runner = runner
        self.heading = runner.state.plan.title
        self._alarm: asyncio.TimerHandle | None = None
        self._cue = -1
        self._returns = 0

    @property
    def state(self) -> SessionState:
        """The session as it was last seen."""
        return self.runner.state

    # ------------------------------------------------------------ what is shown

    def top_bar(self) -> TopBar:
        """The plan, the rehearsal's speed, and that nothing is kept."""
        return TopBar(self.heading, speed=self.runner.clock.speed)

    def body(self) -> ComposeResult:
        """Headline, digits, bar, times; guidance and scratchpad only when asked for."""
        yield Static(id="headline")
        yield Static(id="sub")
        with Container(id="stage"):
            with Vertical(id="face"):
                yield BigDigits(id="digits")
                yield TimeBar(id="bar")
                yield Static(id="times")
            with VerticalScroll(id="words", can_focus=False):
                yield Static(id="closing")
        yield Static(id="cue")
        yield Static(id="notice")

    def on_mount(self) -> None:
        """Begin, now that there is something to show it on."""
        self.runner.start()
        self._show()

    def on_unmount(self) -> None:
        """Let no alarm outlive the screen."""
        if self._alarm:
            self._alarm.cancel()

    def on_session_page_woken(self) -> None:
        """Look at the clock."""
        self.runner.tick()
        self._show()

    def _show(self) -> None:
        """Bring the screen up to the state, and set the alarm for the next change."""
        state = self.state
        digits = self.query_one(BigDigits)
        digits.show(shown_left(state) if not state.ended else "0:00")
        self.query_one(TimeBar).show(state.left, state.agreed)
        self._put("times", self._times())
        self.set_class(state.hold is not None, "held")
        self.set_class(state.left < 0 and state.hold is None, "over")
        self._arm()

    def _arm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
        wait = self.runner.seconds_to_wake()
        loop = asyncio.get_running_loop()
        self._alarm = None if wait is None else loop.call_later(wait, self.post_message, self.Woken())

    def _times(self) -> str:
        state = self.state
        if state.ended:
            return ""
        if state.hold is not None:
            return "The clock is held."
        wall = self.runner.clock.wall()
        ends = wall + timedelta(milliseconds=max(0, state.left))
        out = wall + timedelta(milliseconds=session_left(state))
        over = "over its time" if state.left < 0 else f"until {ends:%H:%M}"
        return f"{over}  ·  session until {out:%H:%M}"

    def _put(self, name: str, text: str | Content) -> None:
        """Change a line, without laying the screen out again, if it differs."""
        line = self.query_one(f"#{name}", Static)
        content = Content(text) if isinstance(text, str) else text
        if line.content != content:
            line.update(content, layout=False)

    def heard(self, state: SessionState, event: events.Event) -> None:
        """Show what happened; the runner calls this for each event, in order."""
        if isinstance(event, events.PhaseBegan | events.Undone | events.SessionEnded | events.ModeChosen):
            self._show_phase(state)
        if isinstance(event, events.PhaseBegan | events.PhaseEnded):
            self._leave_phase(state, event)
        if not isinstance(event, events.PhaseBegan | events.PhaseEnded):
            self._notice(event, state)
        if isinstance(event, events.WentAway):
            self._ask_about_away(event.away)
        self._ring(event)

    def _show_phase(self, state: SessionState) -> None:
        closing = state.ended or state.phase.kind is Kind.CLOSE
        self.set_class(closing, "closing")
        self.set_class(state.ended, "ended")
        self._put("headline", Content.styled(headline(state), "bold"))
        self._put("sub", self._sub(state))
        self._put("notice", "")
        if closing:
            self.query_one("#closing", Static).update(self._close_words(state))
        self.query(GuidancePanel).remove()
        self.refresh_bindings()

    def _sub(self, state: SessionState) -> str:
        wording = self._app.guidance.wording
        phase = state.phase
        part = parts(state)
        if state.ended:
            return "Nothing was kept."
        if phase.kind is Kind.TURN and part.listener:
            place = speaker_place(state)
            mode = MODE_NAMES[state.modes[place - 1]] if place else ""
            others = f"{part.listener} listens" + (f", {part.observer} observes" if part.observer else "")
            return f"{others}  ·  {mode}"
        if phase.say:
            return phase.say
        if phase.kind is Kind.RETURN:
            return wording.return_at(state.spell.index)
        line = wording.phase(phase.kind).instruction(phase.voice if phase.kind is Kind.FEEDBACK else None)
        coming = next_turn(state)
        if phase.kind is Kind.SWAP and coming:
            return f"{line}  {parts(state, coming).speaker} speaks next."
        return line

    def _close_words(self, state: SessionState) -> Content:
        words = self._app.guidance.wording.closing
        lines: list[Content] = [
            Content.styled("Time", "bold $primary"),
            *map(Content, account_lines(state)),
            Content(""),
        ]
        if not state.ended:
            lines += [
                Content.styled(words.heading, "bold $primary"),
                Content(words.appreciation),
                *(Content(f"• {starter}") for starter in words.starters),
                Content(""),
                Content(words.next_date),
                Content(words.reminder),
                Content(words.pairing),
                Content(""),
            ]
        lines.append(Content.styled(words.nothing_kept, "bold $success"))
        return Content("\n").join(lines)

    def _leave_phase(self, state: SessionState, event: events.Event) -> None:
        """What belonged to a turn goes with it."""
        self._put("cue", "")
        ended = isinstance(event, events.PhaseEnded) and state.plan.phases[event.index].kind is Kind.TURN
        if ended and state.plan.scratchpad == "wipe":
            for pad in self.query(Scratchpad):
                pad.wipe()
                pad.remove()

    def _notice(self, event: events.Event, state: SessionState) -> None:
        sign = SIGNS.get(type(event), "·")
        style = "bold $warning" if type(event) in SIGNS else "$text"
        text = sentence(event, state)
        hint = "  Space goes on." if isinstance(event, events.Held) and event.why is Why.PAUSE else ""
        self._put("notice", Content.styled(f"{sign} {text}{hint}", style))

    def _ring(self, event: events.Event) -> None:
        """One bell for a warning, two for the end of the time."""
        if not isinstance(event, events.WarningDue | events.TimeUp):
            return
        self._app.ring()
        if isinstance(event, events.TimeUp):
            self.set_timer(0.5, self._app.ring)

    @property
    def _app(self) -> "CotutorApp":
        return cast("CotutorApp", self.app)

    # ------------------------------------------------------------ keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  Textual's signature
        """Hide the stage questions from a speaker who only wants to be heard."""
        if action == "guide":
            place = speaker_place(self.state)
            return place is not None and self.state.modes[place - 1] is not Mode.LISTEN
        return True

    def _send(self, command: Command) -> None:
        try:
            self.runner.send(command)
        except NotNow as refusal:
            self._put("notice", refusal.message)
        self._show()

    def action_pause(self) -> None:
        """Pause or go on."""
        self._send(Pause() if self.state.hold is None else Resume())

    async def action_next(self) -> None:
        """Go on; after the end, go home."""
        if self.state.ended:
            await self._app.go_home()
        else:
            self._send(Next())

    def action_more(self) -> None:
        """A minute more."""
        self._send(More(MINUTE))

    def action_give_back(self) -> None:
        """A minute less."""
        self._send(GiveBack(MINUTE))

    def action_earlier(self) -> None:
        """Began a minute earlier."""
        self._send(StartedEarlier(MINUTE))

    def action_undo(self) -> None:
        """Undo."""
        self._send(Undo())

    def action_mode(self) -> None:
        """The next kind of listening that the plan allows."""
        place = speaker_place(self.state)
        allowed = self.state.plan.modes
        if place is not None:
            now = allowed.index(self.state.modes[place - 1])
            self._send(Choose(allowed[(now + 1) % len(allowed)]))

    def action_cue(self) -> None:
        """The next cue."""
        self._cue += 1
        self._put("cue", Content.styled(f"“{self._app.guidance.cue(self._cue)}”", "italic $secondary"))

    async def action_guide(self) -> None:
        """Show or hide the questions."""
        if self.query(GuidancePanel):
            await self.query(GuidancePanel).remove()
            return
        await self.query(Scratchpad).remove()
        panel = GuidancePanel(self._app.guidance)
        await self.query_one("#stage").mount(panel)
        panel.focus()

    async def action_scratchpad(self) -> None:
        """Show the scratchpad and type in it."""
        await self.query(GuidancePanel).remove()
        if not self.query(Scratchpad):
            await self.query_one("#stage").mount(Scratchpad())
        self.query_one(Scratchpad).focus()

    async def action_put_away(self) -> None:
        """Put away what was asked for, the latest first; a scratchpad that is written on stays."""
        if isinstance(self.focused, Scratchpad):
            if not self.focused.text.strip():
                await self.query(Scratchpad).remove()
            self.set_focus(None)
        elif self.query(GuidancePanel):
            await self.query(GuidancePanel).remove()
        elif self.has_class("big"):
            self.remove_class("big")
        else:
            self._put("cue", "")

    def action_big(self) -> None:
        """The clock alone, for a room."""
        self.toggle_class("big")

    def action_explain(self) -> None:
        """Hold the clock, and say what may be said."""
        from cotutor.tui.screens.explain import ExplainSheet  # noqa: PLC0415  loaded when asked for

        if self.state.hold is None or self.state.hold.why is Why.PAUSE:
            self._send(Explain())
        self.app.push_screen(ExplainSheet(self._app.guidance), self._explained)

    def _explained(self, end: bool | None) -> None:  # noqa: FBT001  what the sheet answers
        if end:
            self._send(End())
        elif self.state.hold is not None and self.state.hold.why is Why.EXPLAIN:
            self._send(Resume())

    async def action_end(self) -> None:
        """Go to the close; from there, home."""
        if self.state.ended:
            await self._app.go_home()
        else:
            self._send(End())

    def _ask_about_away(self, away: int) -> None:
        from cotutor.tui.screens.away import AwaySheet  # noqa: PLC0415  loaded when needed

        self.app.push_screen(AwaySheet(away), self._away_decided)

    def _away_decided(self, decision: str | None) -> None:
        answers: dict[str | None, Command] = {"count": CountAway(), "next": Next()}
        self._send(answers.get(decision, LeaveOutAway()))
