"""What the trainer's keys do in a workshop."""

from cotutor.conversation.command import Command
from cotutor.domain import scenes
from cotutor.domain.commands import NotNow, Pause, Resume, SessionCommand
from cotutor.domain.rotation import Round
from cotutor.domain.session import SessionState
from cotutor.domain.wording import session_left
from cotutor.services.workshop_runner import RoomRunner
from cotutor.tui.common.confirm import ConfirmSheet
from cotutor.tui.session.actions import SessionActions
from cotutor.tui.trainer.audience import AudiencePage
from cotutor.tui.trainer.page import HELP, READ, back

KEYS = (
    Command("space", "pause", "Pause", "Pause the room's clock, or go on.", shown="space"),
    Command("n", "next", "Next", "Go on to the next phase, or the next part."),
    Command("plus,equals_sign", "more", "More", "A minute more, in every turn of the round.", shown="+"),
    HELP,
    Command("v", "audience", "Room's view", "What the room may see, on the whole window; v comes back."),
    Command("u", "undo", "Undo", "Undo the last key, for ten seconds."),
    Command("s", "seats", "Seats", "Who sits with whom, in every round."),
    Command("p", "parts", "Parts", "The whole programme and its notes; go to any part of it."),
    Command("d", "demonstration", "Demo", "Play this part's demonstration; the clock goes on."),
    Command("o", "tally", "Tally", "Count what a listener does."),
    Command("minus", "give_back", "Less", "A minute less.", shown="-"),
    Command("h", "app.signposts", "Help lines", "Offline help: where to turn."),
    Command("q", "end", "End", "End the workshop; asks first."),
    Command("b,f9", "app.cover", "Cover", "Cover the screen with a plain clock."),
    *READ,
)
"""The keys of a workshop, most needed first."""


class WorkshopActions(SessionActions):
    """The commands of a workshop. What is shown is the subclass's part.

    Args:
        room: the room's clock.
        people: numbers or first names.
        rounds: who sits with whom.
    """

    def __init__(self, room: RoomRunner, people: tuple[str, ...], rounds: tuple[Round, ...]) -> None:
        super().__init__(room.runner)
        self.room = room
        self.people = people
        self.rounds = rounds
        self._number = {person: number for number, person in enumerate(people, start=1)}

    @property
    def state(self) -> SessionState:
        """The part that runs, as it was last seen."""
        return self.room.runner.state

    @property
    def another_day(self) -> bool:
        """Whether another day follows this one that is over."""
        return self.room.index + 1 < len(self.room.sections)

    def seats(self) -> tuple[tuple[int, ...], ...]:
        """The groups of the present round, by number; none if people don't sit in groups."""
        number = self.room.section.round
        if number is None or self.room.day_over:
            return ()
        groups = self.rounds[number - 1].groups
        return tuple(tuple(self._number[seat.person] for seat in group.seats) for group in groups)

    def called(self, seat: int) -> str:
        """The name or number on a seat."""
        return self.people[seat - 1]

    def left_of_part(self) -> int:
        """Milliseconds until the next part begins, if this one goes as planned."""
        return session_left(self.state)

    def send(self, command: SessionCommand) -> None:
        """Give the room a command; what it refuses is told."""
        try:
            self.room.send(command)
        except NotNow as refusal:
            self.tell("The day is over." if self.room.day_over else refusal.message)
        self.show()

    async def command(self, command: SessionCommand) -> None:
        """Do what a key of the room's view asked for."""
        if isinstance(command, Pause) and self.state.hold is not None:
            command = Resume()
        self.send(command)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a demonstration only where there is one."""
        if action == "demonstration":
            return self.room.section.item.demo is not None
        if action == "seats":
            return bool(self.rounds)
        if action == "tally":
            return True
        return super().check_action(action, parameters)

    async def action_next(self) -> None:
        """Go on; after the end of a day, begin the next one."""
        if not self.room.day_over:
            await super().action_next()
        elif self.another_day:
            self.room.go_to(self.room.index + 1)
            self.show()
        else:
            await back(self.app)

    async def action_end(self) -> None:
        """End the workshop, after asking."""
        if self.room.day_over and not self.another_day:
            await back(self.app)
            return
        question = "End the workshop for everybody? Nothing is kept, so it can't be taken up again."
        self.app.push_screen(ConfirmSheet(question, "End it"), self._ended)

    async def _ended(self, end: bool | None) -> None:  # noqa: FBT001  what the sheet answers
        if end:
            await back(self.app)

    def action_audience(self) -> None:
        """Show the room's view."""
        sections = self.room.sections
        shown = tuple(scenes.scene(section) for section in sections)
        self.app.push_screen(AudiencePage(shown, self.people, self.command))
        self.call_after_refresh(self.show)

    def action_seats(self) -> None:
        """Show who sits with whom."""
        from cotutor.tui.trainer.workshop_parts import SeatsPage  # noqa: PLC0415  loaded when asked for

        self.app.push_screen(SeatsPage(self.rounds, self.people, self.room.section.round))

    def action_parts(self) -> None:
        """Show the programme, and go where the trainer chooses."""
        from cotutor.tui.trainer.workshop_parts import PartsPage  # noqa: PLC0415

        self.app.push_screen(PartsPage(self.room.sections, self.room.index), self._go_to)

    def _go_to(self, index: int | None) -> None:
        if index is not None:
            self.room.go_to(index)
            self.show()

    def action_demonstration(self) -> None:
        """Play this part's demonstration."""
        from cotutor.content.workshop import load_demo  # noqa: PLC0415
        from cotutor.tui.trainer.demo_menu import DemoChoice  # noqa: PLC0415

        demo = self.room.section.item.demo
        if demo is not None:
            self.app.push_screen(DemoChoice(load_demo(demo, self.cotutor.config_folder)))
