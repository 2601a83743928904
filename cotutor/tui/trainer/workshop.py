"""The trainer's view of a workshop: one clock for the room, what comes next, and the notes.

The room never sees this screen: it has a view of its own, see ``audience``.
"""

import asyncio
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.domain import events, scenes
from cotutor.domain.errors import CotutorError
from cotutor.domain.programme import Programme
from cotutor.domain.rotation import Round
from cotutor.domain.wording import shown_left
from cotutor.services.clock import Clock
from cotutor.services.noticeboard import FRESH_EVERY, Posted, posted
from cotutor.services.workshop_runner import RoomRunner
from cotutor.tui.keys import bindings
from cotutor.tui.trainer import workshop_words as words
from cotutor.tui.trainer.audience import AudiencePage
from cotutor.tui.trainer.page import STYLE, Projector, put
from cotutor.tui.trainer.workshop_actions import KEYS, WorkshopActions
from cotutor.tui.widgets.big_digits import BigDigits
from cotutor.tui.widgets.key_bar import KeyBar
from cotutor.tui.widgets.time_bar import TimeBar
from cotutor.tui.widgets.top_bar import TopBar


class WorkshopPage(WorkshopActions):
    """A workshop that runs.

    Args:
        programme: what the room does.
        people: numbers or first names, in memory only.
        rounds: who sits with whom.
        clock: what everything is measured by.
        projector: where the second window learns of it.
    """

    CSS_PATH = STYLE
    KEYS: ClassVar[tuple[Command, ...]] = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    class Woken(Message):
        """The next second or the next event has come."""

    def __init__(
        self,
        programme: Programme,
        people: tuple[str, ...],
        rounds: tuple[Round, ...],
        clock: Clock,
        projector: Projector,
    ) -> None:
        super().__init__(RoomRunner(programme, clock, self.heard, self.moved), people, rounds)
        self.heading = programme.title
        self._programme = programme
        self._projector = projector
        self._alarm: asyncio.TimerHandle | None = None
        self._news = True

    def top_bar(self) -> TopBar:
        """The programme, the rehearsal's speed, and that nothing is kept."""
        return TopBar(self.heading, speed=self.room.runner.clock.speed)

    def body(self) -> ComposeResult:
        """Place, clock, notes, what comes next, groups."""
        yield Static(id="place")
        yield Static(id="headline")
        with Horizontal(id="stage"):
            with Vertical(id="clock"):
                yield BigDigits(id="digits")
                yield TimeBar(id="bar")
                yield Static(id="times")
                yield Static(id="standing")
            with VerticalScroll(id="side", can_focus=False):
                yield Static(id="notes")
                yield Static(id="following")
        yield Static(id="groups")
        yield Static(id="notice")

    def on_mount(self) -> None:
        """Begin, and keep the second window's notice fresh."""
        self.room.start()
        fit = scenes.too_few_or_many(self._programme, len(self.people))
        self.tell(f"{fit} {self._projector.note}".strip())
        self.show()
        if self._projector.board:
            self.set_interval(FRESH_EVERY, self.post)

    def on_unmount(self) -> None:
        """Leave neither an alarm nor a notice behind."""
        if self._alarm:
            self._alarm.cancel()
        if self._projector.board:
            self._projector.board.take_down()

    def on_resize(self) -> None:
        """Say in words what the digits have no room for."""
        self.call_after_refresh(self.show)

    def on_workshop_page_woken(self) -> None:
        """Look at the clock."""
        self.room.tick()
        self.show()

    # ------------------------------------------------------------ what is shown

    def heard(self, _state: object, event: events.Event) -> None:
        """Show what happened."""
        self._news = True
        told = words.happened(event, self.room.runner.state, self.room.standing())
        if told is not None and self.is_mounted:
            put(self, "notice", told)
        if isinstance(event, events.WentAway):
            self.ask_about_away(event.away)
        if isinstance(event, events.WarningDue | events.TimeUp):
            self.cotutor.ring()

    def moved(self, _index: int) -> None:
        """Show another part of the programme."""
        self.runner = self.room.runner
        self._news = True

    def show(self) -> None:
        """Bring the screen, the room's view and the second window up to the state."""
        state, wall = self.state, self.runner.clock.wall()
        digits = self.query_one(BigDigits)
        digits.show("" if state.ended else shown_left(state))
        self.query_one(TimeBar).show(state.left, state.allotted)
        put(self, "times", words.times(self.room, wall, digits=bool(digits.display)))
        put(self, "standing", self._standing())
        self._show_following(wall)
        self.set_class(state.hold is not None, "held")
        self.set_class(state.left < 0 and state.hold is None, "over")
        if self._news:
            self._show_part()
            self.post()
            self._news = False
        now = self.posted()
        for page in self.app.screen_stack:
            if isinstance(page, AudiencePage):
                page.show(now)
        self._arm()

    def tell(self, words: str) -> None:
        """Show a line on what has just happened."""
        if words:
            put(self, "notice", words)

    def posted(self) -> Posted:
        """Where the workshop is."""
        return posted(self.room, len(self.people), self.seats())

    def post(self) -> None:
        """Put up the notice for the second window."""
        if self._projector.board is None:
            return
        try:
            self._projector.board.put_up(self._programme.name, self.posted())
        except CotutorError as problem:
            self._projector = Projector(None, problem.message)
            self.tell(problem.message)

    def action_read(self, rows: int) -> None:
        """Scroll the notes."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def _standing(self) -> Content:
        late = self.room.late()
        if self.room.day_over:
            return Content("")
        sign = "▲ " if late >= 60_000 else ""
        return Content.styled(f"{sign}{self.room.standing()}", "bold $warning" if sign else "$text-muted")

    def _show_part(self) -> None:
        room, state = self.room, self.state
        shown = scenes.scene(room.section)
        index = min(state.spell.index, len(shown.plan.phases) - 1)
        doing = scenes.headline(shown, index)
        put(self, "place", Content.styled(words.place(room), "bold"))
        if room.day_over:
            put(self, "headline", self._over())
        else:
            said = scenes.instruction(shown, index)
            put(self, "headline", said if doing == shown.title else f"{doing}. {said}")
        odd = scenes.odd_line(shown, len(self.people))
        put(self, "notes", words.notes(room.section.item, odd))
        self._show_groups(shown, index)
        self.query_one(KeyBar).refresh(layout=True)

    def _show_following(self, wall: datetime) -> None:
        """What comes next, and when; later by every minute that a part is over its time or held."""
        room = self.room
        left = room.section.item.lasts if self.state.ended else self.left_of_part()
        told = self._projector.note
        put(self, "following", words.following(room.sections, room.index, wall, left, told))

    def _over(self) -> str:
        if self.another_day:
            return f"Day {self.room.section.item.day} is over. n begins the next one."
        return "The workshop is over. Nothing was kept. q leaves."

    def _show_groups(self, shown: scenes.Scene, index: int) -> None:
        turn = scenes.turn_at(shown, index)
        size = shown.turns.size if shown.turns else 3
        groups = (
            scenes.parts([self.called(seat) for seat in group], turn, size).replace(" ", "\u00a0")
            for group in self.seats()
        )
        put(self, "groups", "    ".join(groups))

    def _arm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
        wait = self.room.seconds_to_wake()
        loop = asyncio.get_running_loop()
        self._alarm = None if wait is None else loop.call_later(wait, self.post_message, self.Woken())
