"""A workshop in lines: one clock for everybody, each change in one line, commands as words."""

from cotutor.conversation.command import find
from cotutor.conversation.notice import Medium, Notice
from cotutor.conversation.trainer.commands import WORKSHOP
from cotutor.conversation.trainer.projector import Projector
from cotutor.conversation.trainer.workshop import Workshop
from cotutor.domain.errors import CotutorError
from cotutor.domain.programme import Programme
from cotutor.domain.rotation import Round
from cotutor.plain.output import Output
from cotutor.plain.reader import Lines
from cotutor.services.clock import Clock

LONGEST_WAIT = 10.0
"""Seconds between two looks at the clock; also how fresh the second window's notice is kept."""


class WorkshopInLines:
    """A workshop in lines.

    Args:
        programme: what is done in it.
        people: numbers or first names.
        rounds: who sits with whom.
        clock: what everything is measured by.
        output: where it is shown.
        lines: where the commands come from.
        projector: how the room gets to see it.
    """

    def __init__(
        self,
        programme: Programme,
        people: tuple[str, ...],
        rounds: tuple[Round, ...],
        *,
        clock: Clock,
        output: Output,
        lines: Lines,
        projector: Projector,
    ) -> None:
        self._output = output
        self._lines = lines
        self._seats: tuple[str, ...] = ()
        self.workshop = Workshop(
            programme, people, rounds, clock=clock, medium=Medium.WORDS, face=self, projector=projector
        )

    def run(self) -> None:
        """Run the programme until somebody leaves; at the end of the input it goes on by itself."""
        workshop = self.workshop
        workshop.start()
        while not workshop.closed:
            self._show_seats()
            workshop.post()
            wait = workshop.seconds_to_event()
            line = self._lines.read(LONGEST_WAIT if wait is None else min(LONGEST_WAIT, wait))
            workshop.tick()
            if self._lines.ended:
                workshop.go_on_alone()
            elif line is not None:
                self._obey(line)
        workshop.close()

    def _obey(self, line: str) -> None:
        try:
            command, rest = find(line or "next", Medium.WORDS.meant(WORKSHOP, self.workshop.now))
            self._output.show(*self.workshop.obey(command.name, rest))
        except CotutorError as problem:
            self._output.show(problem.message)

    def began(self, line: str, at: int) -> None:
        """Show that a part or a phase began."""
        self._output.notice(line, at)

    def notice(self, notice: Notice) -> None:
        """Show a notice, and ring the bell for it."""
        if notice.text:
            self._output.notice(f"{notice.text} {notice.to_do}".rstrip(), notice.at)
        for _ in range(notice.strokes):
            self._output.ring()

    def _show_seats(self) -> None:
        """Show who has which part, whenever that has changed."""
        seats = self.workshop.now.seats_in_words
        if seats != self._seats:
            self._output.show(*seats)
        self._seats = seats
