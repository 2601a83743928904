"""A workshop that runs: what may be done now, what comes of it, and what there is to show of it."""

from typing import TYPE_CHECKING, NamedTuple, Protocol

from msgspec.structs import replace

from cotutor.conversation.command import Command, help_lines, offered
from cotutor.conversation.notice import Medium, Notice
from cotutor.conversation.trainer import workshop_lines as lines
from cotutor.conversation.trainer import workshop_notices as notices
from cotutor.conversation.trainer.commands import END, GO, PARTS, WORKSHOP
from cotutor.conversation.trainer.projector import Projector
from cotutor.conversation.trainer.workshop_now import WorkshopNow
from cotutor.conversation.typed import length_typed
from cotutor.domain import commands, scenes
from cotutor.domain.commands import UNDECIDED, NotNow, SessionCommand
from cotutor.domain.duration import MINUTE, SECOND, Length, short
from cotutor.domain.errors import CotutorError
from cotutor.domain.events import Event, PhaseBegan, SessionEnded
from cotutor.domain.programme import Programme
from cotutor.domain.rotation import Round
from cotutor.domain.session import SessionState, next_due
from cotutor.services.clock import Clock
from cotutor.services.workshop_runner import WorkshopRunner

if TYPE_CHECKING:
    from collections.abc import Callable


class Face(Protocol):
    """Where a workshop is shown."""

    def began(self, line: str, at: int) -> None:
        """Another part, or another phase of it, began at this instant of the clock."""

    def notice(self, notice: Notice) -> None:
        """Show a notice; one without text only rings the bell."""


class Question(NamedTuple):
    """Something that is asked before it is done."""

    text: str
    """What will be lost, as a question."""
    yes: Command
    """The command that does it if it is given once more; any other one takes the question back."""
    label: str
    """One or two words for what yes does."""


class Workshop:
    """The conversation of a workshop.

    Args:
        programme: what is done in it.
        people: numbers or first names, in memory only.
        rounds: who sits with whom.
        clock: what everything is measured by.
        medium: whether commands are given by keys or by words.
        face: where it is shown.
        projector: how the room gets to see it.
    """

    def __init__(
        self,
        programme: Programme,
        people: tuple[str, ...],
        rounds: tuple[Round, ...],
        *,
        clock: Clock,
        medium: Medium,
        face: Face,
        projector: Projector | None = None,
    ) -> None:
        self.programme = programme
        self.projector = projector or Projector()
        self.closed = False
        """Whether the trainer has left, or ended it for everybody."""
        self.question: Question | None = None
        """What waits for a yes."""
        self._face = face
        self._clock = clock
        self._medium = medium
        self._runner = WorkshopRunner(programme, clock, self._heard, self._moved)
        self.now = WorkshopNow(self._runner, people, rounds, clock, medium)
        """Where it is."""
        self._obeyed: dict[str, Callable[[str], tuple[str, ...]]] = {
            "next": lambda _rest: self._next(),
            "move_on": lambda _rest: self._move_on(),
            "go": self._go,
            "end": lambda _rest: self._end(),
        }
        self._answered: dict[str, Callable[[str], tuple[str, ...]]] = {
            "time": lambda _rest: self.now.time_lines,
            "seats": self._seats,
            "parts": lambda _rest: self._part_lines(),
            "notes": lambda _rest: self.now.notes,
            "app.keys": lambda _rest: help_lines(offered(WORKSHOP, self.now)),
        }

    # ------------------------------------------------------------ what is done

    def start(self) -> None:
        """Begin the first part; say how the room gets to see it."""
        self._runner.start()
        self._face.notice(Notice(self._clock.now(), self.projector.note))
        self.post()

    def tick(self) -> None:
        """Bring the workshop up to the clock."""
        self._runner.tick()

    def obey(self, name: str, rest: str = "") -> tuple[str, ...]:
        """Do what a command says; returns the lines that answer it.

        Args:
            name: the command's name.
            rest: what was typed after its word.

        Raises:
            CotutorError: it can't be done now, or what belongs to it is not understood.
        """
        asked, self.question = self.question, None
        if asked and asked.yes.name == name:
            self.closed = True
            return ()
        if name in self._answered:  # these change nothing
            return self._answered[name](rest)
        if self.now.away and not any(one.name == name for one in offered(WORKSHOP, self.now)):
            raise NotNow(UNDECIDED)
        if name in self._obeyed:
            return self._obeyed[name](rest)
        self._send(_command(name, rest))
        return ()

    def put(self, question: Question | None) -> None:
        """Put a question again, which stays on a screen whatever is obeyed meanwhile; or take it back."""
        self.question = question

    def go_on_alone(self) -> None:
        """See to it that the workshop runs to its end although nobody is there to move it on."""
        self.now.alone = True
        if not self.now.day_over:
            self._runner.runner.go_on_alone()
            self._runner.tick()
        if self.now.day_over:
            self._next()

    def post(self) -> None:
        """Put up the notice for the second window; without a way to do so, go on without it."""
        if self.projector.board is None:
            return
        try:
            self.projector.board.put_up(self.programme.name, self.now.posted)
        except CotutorError as problem:
            self.projector = Projector(None, problem.message)
            self._face.notice(Notice(self._clock.now(), problem.message))

    def close(self) -> None:
        """Leave no notice for the second window behind."""
        if self.projector.board:
            self.projector.board.take_down()

    def seconds_to_wake(self) -> float | None:
        """Real seconds until the digits or the workshop change; None if nothing will by itself."""
        return self._runner.seconds_to_wake()

    def seconds_to_event(self) -> float | None:
        """Real seconds until something happens by itself; None if nothing will."""
        due = next_due(self.now.state)
        return None if due is None else max(0, due - self._clock.now()) / (SECOND * self._clock.speed)

    # ------------------------------------------------------------ commands

    def _send(self, command: SessionCommand) -> None:
        try:
            self._runner.send(command)
        except NotNow as refusal:
            raise NotNow("This day is over.") if self.now.day_over else refusal from None

    def _next(self) -> tuple[str, ...]:
        """Go on; after the end of a day, begin the next one; after the last, leave."""
        if self.now.over:
            self.closed = True
        elif self.now.day_over:
            self._runner.go_to(self.now.index + 1)
        else:
            self._send(commands.Next())
        return ()

    def _move_on(self) -> tuple[str, ...]:
        """Leave out the time away and go on."""
        self._send(commands.LeaveOutAway())
        return self._next()

    def _go(self, rest: str) -> tuple[str, ...]:
        most = len(self._runner.sections)
        if not (rest.isascii() and rest.isdecimal() and 1 <= int(rest[:4]) <= most):
            how = self._medium.how(PARTS)
            raise CotutorError(f"Say which part: {GO.word} 1 to {GO.word} {most}. {how} for the list.")
        self._runner.go_to(int(rest[:4]) - 1)
        return ()

    def _end(self) -> tuple[str, ...]:
        if self.now.over:
            self.closed = True
            return ()
        self.question = Question(
            "End the workshop for everybody? Nothing is kept, so it can't be taken up again.", END, "End it"
        )
        return (self.question.text, f"{self._medium.how(END)} once more; any other word goes on.")

    def _seats(self, rest: str) -> tuple[str, ...]:
        if rest.casefold() == "all":
            return lines.seating_in_words(self.now.rounds, self.now.people)
        return self.now.seats_in_words or ("Nobody sits in groups now.",)

    def _part_lines(self) -> tuple[str, ...]:
        return tuple(
            f"{part.number}. {f'day {part.day}, ' if part.day else ''}{part.begins} {part.title},"
            f" {part.lasts}.{' Now.' if part.now else ''}"
            for part in self.now.parts
        )

    # ------------------------------------------------------------ what happens

    def _moved(self, index: int) -> None:
        item = self._runner.sections[index].item
        now = self._clock.now()
        self._face.began(f"{lines.place(self._runner.sections, index)}, {short(item.lasts)}.", now)
        if odd := scenes.odd_line(scenes.scene(self._runner.sections[index]), len(self.now.people)):
            self._face.began(odd, now)

    def _heard(self, state: SessionState, event: Event) -> None:
        if isinstance(event, PhaseBegan):
            self._face.began(notices.began(self.now.scene, event.index), event.at)
        elif isinstance(event, SessionEnded) and self._runner.last_of_day:
            self._face.began(self.now.headline, event.at)
        elif notice := notices.notice(event, state, self.now.scene, self._medium, self.now.standing):
            self._face.notice(replace(notice, to_do="") if self.now.alone else notice)


_GIVEN: dict[str, SessionCommand] = {
    "pause": commands.Pause(),
    "resume": commands.Resume(),
    "undo": commands.Undo(),
    "count": commands.CountAway(),
    "leave_out": commands.LeaveOutAway(),
}

_MEASURED: dict[str, type[commands.More | commands.GiveBack]] = {
    "more": commands.More,
    "give_back": commands.GiveBack,
}


def _command(name: str, rest: str) -> SessionCommand:
    if name in _GIVEN:
        return _GIVEN[name]
    return _MEASURED[name](length_typed(rest) if rest else Length(MINUTE))
