"""The trainer's view of a workshop: one clock for everybody, what comes next, and the notes.

The room never sees this screen: it has a view of its own, see ``audience``.
"""

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cotutor.conversation.command import Command, offered
from cotutor.conversation.notice import Medium, Notice
from cotutor.conversation.trainer.commands import WORKSHOP
from cotutor.conversation.trainer.projector import Projector
from cotutor.conversation.trainer.workshop import Question, Workshop
from cotutor.domain.errors import CotutorError
from cotutor.domain.programme import Programme
from cotutor.domain.rotation import Round
from cotutor.domain.wording import shown_left
from cotutor.services.clock import Clock
from cotutor.services.noticeboard import FRESH_EVERY
from cotutor.tui.common.away import AwaySheet
from cotutor.tui.common.confirm import ConfirmSheet
from cotutor.tui.keys import bindings
from cotutor.tui.trainer import workshop_show as show
from cotutor.tui.trainer.audience import AudiencePage
from cotutor.tui.trainer.page import TrainerPage
from cotutor.tui.widgets.big_digits import BigDigits
from cotutor.tui.widgets.time_bar import TimeBar


class WorkshopPage(TrainerPage[None]):
    """A workshop that runs.

    Args:
        programme: what is done in it.
        people: numbers or first names, in memory only.
        rounds: who sits with whom.
        clock: what everything is measured by.
        projector: where the second window learns of it.
    """

    KEYS: ClassVar[tuple[Command, ...]] = WORKSHOP
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
        super().__init__()
        self.heading = programme.title
        self.workshop = Workshop(
            programme, people, rounds, clock=clock, medium=Medium.KEYS, face=self, projector=projector
        )
        self.conversation = self.workshop.now
        self._clock = clock
        self._alarm: asyncio.TimerHandle | None = None
        self._news = True
        self._allowed: tuple[Command, ...] = ()

    @property
    def running(self) -> bool:
        """Whether leaving would end something for everybody."""
        return not self.workshop.now.over

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
        self.workshop.start()
        self.show()
        if self.workshop.projector.board:
            self.set_interval(FRESH_EVERY, self.workshop.post)

    def on_unmount(self) -> None:
        """Cancel the alarm; take the second window's notice down."""
        if self._alarm:
            self._alarm.cancel()
        self.workshop.close()

    def on_resize(self) -> None:
        """Show in words what the digits have no room for."""
        self.call_after_refresh(self.show)

    def on_workshop_page_woken(self) -> None:
        self.workshop.tick()
        self.show()

    # ------------------------------------------------------------ what is shown

    def began(self, _line: str, _at: int) -> None:
        """Another part or phase began: the headline shows it, and no notice is true any more."""
        self._news = True
        if self.is_mounted:
            self.put("notice", "")

    def notice(self, notice: Notice) -> None:
        """Show a notice, and ring the bell for it."""
        self._news = True
        if notice.text:
            self.put("notice", show.notice_line(notice))
        self.cotutor.ring(notice.strokes)

    def show(self) -> None:
        """Bring the screen, the room's view and the second window up to the state."""
        workshop, state = self.workshop, self.workshop.now.state
        digits = self.query_one(BigDigits)
        digits.show("" if state.ended else shown_left(state))
        self.query_one(TimeBar).show(state.left, state.allotted)
        in_words = "" if digits.display or state.ended else f"{shown_left(state)} · "
        self.put("times", f"{in_words}{workshop.now.until}")
        self.put("standing", self._standing())
        self.put("following", show.coming(workshop.now.coming, workshop.projector.note))
        self.set_class(state.hold is not None, "held")
        self.set_class(state.left < 0 and state.hold is None, "over")
        if self._news:
            self._show_part()
            workshop.post()
            self._news = False
        allowed = offered(self.KEYS, workshop.now)
        if allowed != self._allowed:
            self._allowed = allowed
            self.refresh_bindings()
        now = workshop.now.posted
        for page in self.app.screen_stack:
            if isinstance(page, AudiencePage):
                page.show(now)
        self._ask_about_away()
        self._arm()

    def _standing(self) -> Content:
        behind, standing = self.workshop.now.behind, self.workshop.now.standing
        return (
            Content.styled(f"▲ {standing}", "bold $warning")
            if behind
            else Content.styled(standing, "$text-muted")
        )

    def _show_part(self) -> None:
        workshop = self.workshop
        self.put("place", Content.styled(workshop.now.place, "bold"))
        self.put("headline", workshop.now.headline)
        self.put("notes", show.notes(workshop.now.notes))
        self.put("groups", show.groups(workshop.now.groups, workshop.now.turn, workshop.now.size))

    def _arm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
        wait = self.workshop.seconds_to_wake()
        loop = asyncio.get_running_loop()
        self._alarm = None if wait is None else loop.call_later(wait, self.post_message, self.Woken())

    # ------------------------------------------------------------ what the keys do

    async def obey(self, name: str, rest: str = "") -> None:
        """Give the workshop a command; show what it refuses."""
        try:
            self.workshop.obey(name, rest)
        except CotutorError as refusal:
            self.notice(Notice(self._clock.now(), refusal.message))
        if self.workshop.closed:
            self.action_back()
        else:
            self.show()

    async def action_pause(self) -> None:
        await self.obey("pause")

    async def action_resume(self) -> None:
        await self.obey("resume")

    async def action_next(self) -> None:
        await self.obey("next")

    async def action_more(self) -> None:
        await self.obey("more")

    async def action_give_back(self) -> None:
        await self.obey("give_back")

    async def action_undo(self) -> None:
        await self.obey("undo")

    async def action_end(self) -> None:
        """End the workshop; ask first if that is asked."""
        await self.obey("end")
        if question := self.workshop.question:
            sheet = ConfirmSheet(question.text, question.label)
            self.lead_to(sheet, lambda yes: self._answered(question, bool(yes)))

    async def _answered(self, question: Question, yes: bool) -> None:  # noqa: FBT001  what the sheet answers
        self.workshop.put(question if yes else None)
        if yes:
            await self.obey(question.yes.name)

    def _ask_about_away(self) -> None:
        """Lay a sheet that asks over whatever there is, the room's view too, once the cover is off."""
        self.cotutor.when_uncovered(self._ask_once)

    def _ask_once(self) -> None:
        asked = any(isinstance(screen, AwaySheet) for screen in self.app.screen_stack)
        if self.workshop.now.away and not asked:
            self.app.push_screen(AwaySheet(self.workshop.now.away), self._away_decided)

    async def _away_decided(self, decision: str | None) -> None:
        if decision:
            await self.obey(decision)

    def action_read(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_audience(self) -> None:
        self.lead_to(AudiencePage(self.workshop, self.obey))
        self.call_after_refresh(self.show)

    def action_seats(self) -> None:
        from cotutor.tui.trainer.workshop_parts import SeatsPage  # noqa: PLC0415  loaded when asked for

        workshop = self.workshop
        self.lead_to(SeatsPage(workshop.now.rounds, workshop.now.people, workshop.now.round))

    def action_parts(self) -> None:
        """Show the programme, and go where the trainer chooses."""
        from cotutor.tui.trainer.workshop_parts import PartsPage  # noqa: PLC0415

        self.lead_to(PartsPage(self.workshop.now), self._go_to)

    async def _go_to(self, number: int | None) -> None:
        if number is not None:
            await self.obey("go", str(number))

    def action_demonstration(self) -> None:
        from cotutor.tui.trainer.demo_menu import DemoChoice  # noqa: PLC0415

        if self.workshop.now.demo is not None:
            self.lead_to(DemoChoice(self.cotutor.library.demonstration(self.workshop.now.demo).value))

    def action_tally(self) -> None:
        """Count what the listener does in this turn."""
        from cotutor.tui.trainer.tally import TallyPage  # noqa: PLC0415

        self.lead_to(TallyPage(self._clock, lambda: self.workshop.now.state))
