"""Where a workshop is now, in the words and numbers that both faces show."""

from datetime import timedelta

from cotutor.conversation.notice import Medium
from cotutor.conversation.trainer import workshop_lines as lines
from cotutor.conversation.trainer.commands import DEMO, END, NEXT
from cotutor.domain import scenes
from cotutor.domain.duration import MINUTE, short
from cotutor.domain.events import Why
from cotutor.domain.rotation import Round
from cotutor.domain.scenes import Scene
from cotutor.domain.session import SessionState
from cotutor.domain.wording import session_left, shown_left
from cotutor.services.clock import Clock
from cotutor.services.noticeboard import Posted, posted
from cotutor.services.workshop_runner import WorkshopRunner

BEHIND = MINUTE
"""From so far behind its programme on, a workshop's standing is a warning."""


class WorkshopNow:
    """What there is to show of a workshop at this moment; reading it changes nothing.

    Args:
        runner: the workshop.
        people: numbers or first names.
        rounds: who sits with whom.
        clock: what everything is measured by.
        medium: whether commands are given by keys or by words.
    """

    def __init__(
        self,
        runner: WorkshopRunner,
        people: tuple[str, ...],
        rounds: tuple[Round, ...],
        clock: Clock,
        medium: Medium,
    ) -> None:
        self.people = people
        self.rounds = rounds
        self.alone = False
        """Whether nobody is there any more to give commands; then nothing says what can be done."""
        self._runner = runner
        self._clock = clock
        self._medium = medium
        self._number = {person: number for number, person in enumerate(people, start=1)}

    # ------------------------------------------------------------ where it is

    @property
    def state(self) -> SessionState:
        """The part that runs."""
        return self._runner.runner.state

    @property
    def index(self) -> int:
        """The part that runs, from 0."""
        return self._runner.index

    @property
    def paused(self) -> bool:
        """Whether the clock is held until somebody lets it go on."""
        return self.state.hold is not None and self.state.hold.why is Why.PAUSE

    @property
    def away(self) -> int:
        """Milliseconds for which nobody looked at the clock, while it is undecided whether they count; or 0."""
        hold = self.state.hold
        return hold.away if hold and hold.why is Why.AWAY else 0

    @property
    def undoable(self) -> bool:
        """Whether a command can be taken back, also one of the part before."""
        return self._runner.undoable

    @property
    def day_over(self) -> bool:
        """Whether this day's last part is over."""
        return self._runner.day_over

    @property
    def over(self) -> bool:
        """Whether the last part of the last day is over."""
        return self.day_over and self.index + 1 == len(self._runner.sections)

    @property
    def demo(self) -> str | None:
        """The name of this part's demonstration."""
        return self._runner.section.item.demo

    @property
    def seated(self) -> bool:
        """Whether people sit in groups in any part of this programme."""
        return bool(self.rounds)

    # ------------------------------------------------------------ what is shown

    @property
    def place(self) -> str:
        """``Part 4 of 11: First round, in threes``."""
        return lines.place(self._runner.sections, self.index)

    @property
    def doing(self) -> str:
        """What goes on in this phase, in a few words."""
        return scenes.headline(self.scene, self._phase)

    @property
    def headline(self) -> str:
        """What goes on, and what the room is to do; at the end of a day, how it goes on."""
        if self.over:
            return self._with("The workshop is over. Nothing was kept.", f"{self._medium.how(END)} to leave.")
        if self.day_over:
            day = self._runner.section.item.day
            return self._with(f"Day {day} is over.", f"{self._medium.how(NEXT)} to begin the next one.")
        instruction = scenes.instruction(self.scene, self._phase)
        return instruction if self.doing == self.scene.title else f"{self.doing}. {instruction}"

    @property
    def until(self) -> str:
        """Until when this phase lasts, or why that can't be said; empty when the day is over."""
        if self.day_over:
            return ""
        return lines.until(self.state.left, self._clock.wall(), held=self.state.hold is not None)

    @property
    def standing(self) -> str:
        """Ahead or behind in a sentence, and when the day would end; empty when it is over."""
        if self.day_over:
            return ""
        standing = self._runner.standing()
        return f"{standing[0].upper()}{standing[1:]}."

    @property
    def behind(self) -> bool:
        """Whether it is so far behind that it should be seen at once."""
        return not self.day_over and self._runner.late() >= BEHIND

    @property
    def time_lines(self) -> tuple[str, ...]:
        """Where the workshop is, how long is left, ahead or behind."""
        if self.day_over:
            return (f"{self.place}.", self.headline)
        return (f"{self.place}.", f"{self.doing}, {shown_left(self.state)}, {self.until}.", self.standing)

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The groups of the present round, in speaking order; none if people don't sit in groups."""
        number = self._runner.section.round
        return () if number is None or self.day_over else lines.groups(self.rounds[number - 1])

    @property
    def turn(self) -> int | None:
        """Which turn of a round it is, from 1; None while people look for each other and elsewhere."""
        return scenes.turn_at(self.scene, self._phase)

    @property
    def size(self) -> int:
        """How many people a group of this round is meant for; 0 if people don't sit in groups."""
        return self.scene.turns.size if self.scene.turns else 0

    @property
    def notes(self) -> tuple[str, ...]:
        """The trainer's notes on this part, what odd groups do, and how to get its demonstration."""
        return self.notes_on(self.index)

    def notes_on(self, index: int) -> tuple[str, ...]:
        """The notes on any part, by its number from 0."""
        section = self._runner.sections[index]
        odd = scenes.odd_line(scenes.scene(section), len(self.people))
        demo = section.item.demo
        playing = {
            Medium.KEYS: f"{self._medium.named(DEMO)} plays the demonstration.",
            Medium.WORDS: f"Its demonstration, in another window: cotutor demo {demo} --plain",
        }
        return (
            *section.item.trainer,
            *([odd] if odd else []),
            *([playing[self._medium]] if demo else []),
        ) or ("There are no notes on this part.",)

    def instruction_of(self, index: int) -> str:
        """What the room reads in a part, by its number from 0."""
        return self._runner.sections[index].item.say

    @property
    def coming(self) -> tuple[str, ...]:
        """The parts that follow on this day, with the times at which they would begin."""
        here = self._runner.section.item
        at = self._clock.wall() + timedelta(milliseconds=session_left(self.state))
        coming: list[str] = []
        for section in self._runner.sections[self.index + 1 :]:
            if section.item.day != here.day:
                return (*coming, f"then day {section.item.day}")
            coming.append(f"{at:%H:%M}  {section.item.title} ({short(section.item.lasts)})")
            at += timedelta(milliseconds=section.item.lasts)
        return tuple(coming) or ("This is the last part.",)

    @property
    def parts(self) -> tuple[lines.Part, ...]:
        """Every part of the programme with its times, the present one marked."""
        return lines.parts(self._runner.sections, self.index)

    @property
    def posted(self) -> Posted:
        """Where the workshop is, in numbers, for the room's view."""
        seats = tuple(tuple(self._number[person] for person in group) for group in self.groups)
        return posted(self._runner, len(self.people), seats)

    @property
    def round(self) -> int | None:
        """Which round's seating this part has, from 1; None if people don't sit in groups."""
        return self._runner.section.round

    @property
    def scene(self) -> Scene:
        """What the room may know of this part."""
        return scenes.scene(self._runner.section)

    @property
    def _phase(self) -> int:
        return self.state.spell.index

    def _with(self, text: str, to_do: str) -> str:
        return text if self.alone else f"{text} {to_do}"

    @property
    def seats_in_words(self) -> tuple[str, ...]:
        """Who speaks, listens and observes now, to be read aloud; empty if people don't sit in groups."""
        if not self.groups:
            return ()
        groups = (scenes.parts_in_words(group, self.turn, self.size) for group in self.groups)
        return (f"{'; '.join(groups)}.",)
