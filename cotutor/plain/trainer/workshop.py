"""A workshop in lines: one clock for a room, each change in one line, commands as words."""

from typing import TYPE_CHECKING

from cotutor.domain import commands, events, scenes
from cotutor.domain.duration import SECOND
from cotutor.domain.errors import CotutorError
from cotutor.domain.events import Event
from cotutor.domain.plan import Kind
from cotutor.domain.programme import Programme
from cotutor.domain.rotation import Round
from cotutor.domain.session import SessionState, next_due
from cotutor.domain.wording import shown_left
from cotutor.plain.numbered import number_typed
from cotutor.plain.output import Output
from cotutor.plain.reader import Lines
from cotutor.plain.session.words import Word, command, find, listed
from cotutor.plain.trainer import workshop_telling as telling
from cotutor.services.clock import Clock
from cotutor.services.noticeboard import Noticeboard, posted
from cotutor.services.workshop_runner import RoomRunner

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_WAIT = 10.0
"""Seconds between two looks at the clock; also how fresh the second window's notice is kept."""

WORKSHOP_WORDS = (
    Word("next", "go on to the next phase or part; an empty line does the same"),
    Word("pause", "hold the room's clock"),
    Word("resume", "let the clock go on"),
    Word("more", "more time; in a round, in each of its turns", "more 2, or more 90s"),
    Word("back", "less time", "back 2"),
    Word("undo", "take back the last command, within ten seconds"),
    Word("time", "where the room is, how long is left, ahead or behind"),
    Word("seats", "who sits with whom now"),
    Word("parts", "the whole programme"),
    Word("go", "leave this part and begin another, by its number", "go 4"),
    Word("notes", "your notes on this part"),
    Word("count", "the time away counts"),
    Word("leave", "leave out the time away", "leave out"),
    Word("end", "end the workshop; asks first"),
    Word("help", "this list"),
)
"""Everything that can be typed while a workshop runs."""


class RoomInLines:
    """A workshop in lines.

    Args:
        programme: what the room does.
        people: numbers or first names.
        rounds: who sits with whom.
        clock: what everything is measured by.
        output: where it is written.
        lines: where the commands come from.
        board: where notices for a second window are put up, if anywhere.
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
        board: Noticeboard | None = None,
    ) -> None:
        self._programme = programme
        self._people = people
        self._rounds = rounds
        self._clock = clock
        self._output = output
        self._lines = lines
        self._board = board
        self._leaving = False
        self._asked = False
        self._room = RoomRunner(programme, clock, self._heard, self._moved)
        self._answers: dict[str, Callable[[str], tuple[str, ...]]] = {
            "help": lambda _rest: listed(WORKSHOP_WORDS),
            "time": lambda _rest: self._time(),
            "seats": lambda _rest: self._seats() or ("Nobody sits in groups now.",),
            "parts": lambda _rest: telling.part_lines(self._room.sections, self._room.index),
            "notes": lambda _rest: telling.note_lines(self._room.section.item),
            "go": self._go,
            "end": lambda _rest: self._end(),
        }

    @property
    def _state(self) -> SessionState:
        return self._room.runner.state

    def run(self) -> None:
        """Run the programme to its end; at the end of the input it goes on by itself."""
        self._room.start()
        while not self._over():
            self._post()
            line = self._lines.read(self._seconds_to_wait())
            self._room.tick()
            if self._lines.ended:
                self._go_on_alone()
            elif line is not None:
                self._obey(line)
        if self._board:
            self._board.take_down()

    def _over(self) -> bool:
        last = self._room.index + 1 == len(self._room.sections)
        return self._leaving or (self._room.day_over and last)

    def _go_on_alone(self) -> None:
        if self._room.day_over:
            if self._room.index + 1 < len(self._room.sections):
                self._room.go_to(self._room.index + 1)
            return
        self._room.runner.go_on_alone()
        self._room.tick()

    def _seconds_to_wait(self) -> float:
        due = next_due(self._state)
        if due is None:
            return LONGEST_WAIT
        return min(LONGEST_WAIT, max(0, due - self._clock.now()) / (SECOND * self._clock.speed))

    def _post(self) -> None:
        if self._board is None:
            return
        seats = telling.numbered_groups(self._room, self._rounds, self._people)
        try:
            self._board.put_up(self._programme.name, posted(self._room, len(self._people), seats))
        except CotutorError as problem:
            self._board = None
            self._output.show(problem.message)

    def _obey(self, line: str) -> None:
        try:
            word, rest = find(line or "next", WORKSHOP_WORDS)
            wanted = None if word.name in self._answers else command(word, rest)
            if wanted is None:
                self._output.show(*self._answers[word.name](rest))
            elif isinstance(wanted, commands.Next) and self._room.day_over:
                self._room.go_to(self._room.index + 1)
            else:
                self._room.send(wanted)
            self._asked = word.name == "end"
        except CotutorError as problem:
            self._output.show(problem.message)

    # What happens

    def _moved(self, index: int) -> None:
        section = self._room.sections[index]
        self._output.notice(telling.part_line(self._room.sections, index))
        odd = scenes.odd_line(scenes.scene(section), len(self._people))
        self._output.show(*([odd] if odd else []))

    def _heard(self, state: SessionState, event: Event) -> None:
        scene = scenes.scene(self._room.section)
        line = telling.told(event, state, scene, alone=self._lines.ended)
        if line:
            self._output.notice(line, event.at)
        match event:
            case events.PhaseBegan(index=index) if state.plan.phases[index].kind in {Kind.SETTLE, Kind.TURN}:
                self._output.show(*self._seats())
            case events.WarningDue() | events.TimeUp():
                self._output.ring()
            case events.MoreGiven() | events.GivenBack() | events.Resumed() | events.AwayDecided():
                self._output.show(telling.capital(self._room.standing()))
            case events.SessionEnded() if self._last_of_day():
                self._output.show(
                    "This day is over." if self._lines.ended else "This day is over. Enter goes on."
                )

    def _last_of_day(self) -> bool:
        sections, following = self._room.sections, self._room.index + 1
        return following == len(sections) or sections[following].item.day != self._room.section.item.day

    # Answers

    def _time(self) -> tuple[str, ...]:
        index = min(self._state.spell.index, len(self._state.plan.phases) - 1)
        doing = scenes.headline(scenes.scene(self._room.section), index)
        held = ("The clock is held.",) if self._state.hold else ()
        return (
            telling.part_line(self._room.sections, self._room.index),
            f"{doing}, {telling.left(shown_left(self._state))}.",
            *held,
            telling.capital(self._room.standing()),
        )

    def _seats(self) -> tuple[str, ...]:
        groups = telling.groups(self._room, self._rounds)
        if not groups:
            return ()
        scene = scenes.scene(self._room.section)
        turn = scenes.turn_at(scene, min(self._state.spell.index, len(scene.plan.phases) - 1))
        size = scene.turns.size if scene.turns else 2
        return ("; ".join(scenes.parts_in_words(group, turn, size) for group in groups) + ".",)

    def _go(self, rest: str) -> tuple[str, ...]:
        number = number_typed(rest, len(self._room.sections))
        if number is None:
            return (f"Say which part: go 1 to go {len(self._room.sections)}. Type parts for the list.",)
        self._room.go_to(number)
        return ()

    def _end(self) -> tuple[str, ...]:
        self._leaving = self._asked
        return () if self._leaving else ("End the workshop for everybody? Type end once more.",)
