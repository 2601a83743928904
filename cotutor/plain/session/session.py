"""One session in lines: tells each change as it becomes true, and obeys one word a line."""

from typing import TYPE_CHECKING

from cotutor.conversation.session.prompts import cues_allowed, guide_allowed, mode_in_force
from cotutor.domain import events
from cotutor.domain.agreement import Agreement
from cotutor.domain.duration import SECOND
from cotutor.domain.errors import CotutorError
from cotutor.domain.events import Event
from cotutor.domain.guidance import Guidance
from cotutor.domain.plan import MODE_NAMES, Kind, Plan
from cotutor.domain.session import SessionState, next_due, speaker_place
from cotutor.domain.wording import account_lines, session_left
from cotutor.plain.output import Output
from cotutor.plain.reader import Lines
from cotutor.plain.session import telling
from cotutor.plain.session.scratchpad import Scratchpads
from cotutor.plain.session.words import SESSION_WORDS, command, find, listed
from cotutor.services.clock import Clock
from cotutor.services.session_runner import SessionRunner

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_WAIT = 10.0
"""Seconds between two looks at the clock; a gap much longer than that is how an absence is noticed."""


class Conversation:
    """A session in lines.

    Args:
        plan: the plan as loaded.
        agreement: what the people agreed on.
        guidance: what can be read on request.
        clock: what everything is measured by.
        output: where it is written.
        lines: where the commands come from.
    """

    def __init__(
        self,
        plan: Plan,
        agreement: Agreement,
        guidance: Guidance,
        *,
        clock: Clock,
        output: Output,
        lines: Lines,
    ) -> None:
        self._guidance = guidance
        self._clock = clock
        self._output = output
        self._lines = lines
        self._pads = Scratchpads(agreement.people, may_keep=plan.scratchpad == "may-keep")
        self._cues_shown = 0
        self._alone = False
        self._runner = SessionRunner(plan, agreement, clock, self._heard)
        self._answers: dict[str, Callable[[str], tuple[str, ...]]] = {
            "help": lambda _rest: listed(SESSION_WORDS),
            "time": self._time,
            "owed": lambda _rest: account_lines(self._state),
            "mode": self._mode,
            "guide": self._guide,
            "cue": self._cue,
            "signposts": lambda _rest: telling.signpost_lines(self._guidance),
            "jot": lambda rest: self._pads.jot(self._state, rest),
            "jottings": lambda _rest: self._pads.read(self._state),
            "keep": lambda _rest: self._pads.keep(self._state),
            "bell": lambda _rest: self._output.bell_checked(),
        }

    @property
    def _state(self) -> SessionState:
        return self._runner.state

    def run(self) -> int:
        """Run the session to its end, and return the instant of it.

        At the end of the input nobody can move it on any more: then each phase ends by itself at
        its time, a hold is released, and time away is left out.
        """
        self._runner.start()
        while True:
            if self._lines.ended:
                self._go_on_alone()
            if self._state.ended:
                return self._state.seen
            line = self._lines.read(self._seconds_to_wait())
            self._runner.tick()
            if line is not None and not self._state.ended:
                self._obey(line)

    def _go_on_alone(self) -> None:
        if not self._alone:
            self._alone = True
            self._output.show("No more is typed, so the session goes on by itself. Ctrl+C leaves it.")
        self._runner.go_on_alone()

    def _seconds_to_wait(self) -> float:
        due = next_due(self._state)
        if due is None:
            return LONGEST_WAIT
        return min(LONGEST_WAIT, max(0, due - self._clock.now()) / (SECOND * self._clock.speed))

    def _obey(self, line: str) -> None:
        try:
            word, rest = find(line or "next", SESSION_WORDS)
            if (wanted := command(word, rest)) is not None:
                self._runner.send(wanted)
            if word.name == "stop":
                self._output.show(*telling.explain_lines(self._guidance.wording))
            elif wanted is None:
                self._output.show(*self._answers[word.name](rest))
        except CotutorError as problem:
            self._output.show(problem.message)

    def _heard(self, state: SessionState, event: Event) -> None:
        line = telling.told(event, state, self._guidance.wording, alone=self._alone)
        if line:
            self._output.notice(line, event.at)
        match event:
            case events.WarningDue() | events.TimeUp():
                self._output.ring()
            case events.PhaseEnded(index=index):
                self._wipe(state, index, event.at)
            case events.PhaseBegan(index=index) if state.plan.phases[index].kind is Kind.CLOSE:
                self._output.show(*telling.close_lines(state, self._guidance.wording))
            case events.SessionEnded() if state.plan.phases[-1].kind is not Kind.CLOSE:
                self._output.show(*account_lines(state))

    def _wipe(self, state: SessionState, index: int, at: int) -> None:
        phase = state.plan.phases[index]
        if phase.kind is Kind.TURN and self._pads.wipe(phase.speaker):
            self._output.notice("The scratchpad is wiped. What was typed may still be seen further up.", at)

    # Answers

    def _time(self, _rest: str) -> tuple[str, ...]:
        now = self._clock.now()
        ends = self._output.time_of_day(now + max(0, self._state.left))
        all_ends = self._output.time_of_day(now + session_left(self._state))
        return telling.time_lines(self._state, ends, all_ends)

    def _mode(self, _rest: str) -> tuple[str, ...]:
        place = speaker_place(self._state)
        if place is None:
            return ("Nobody speaks any more in this session.",)
        name = self._state.agreement.people[place - 1]
        return (
            f"{name} asks for: {MODE_NAMES[self._state.modes[place - 1]]}.",
            "The speaker may change it at any second: mode listen, mode think or mode challenge.",
        )

    def _guide(self, rest: str) -> tuple[str, ...]:
        if mode_in_force(self._state) is None:
            return ("No turn is left; guidance is for the listener in a turn.",)
        if not guide_allowed(self._state):
            return ("The speaker asks for listen only, so guidance is hidden.",)
        return telling.guide_lines(self._guidance, rest)

    def _cue(self, _rest: str) -> tuple[str, ...]:
        self._cues_shown += 1
        cues = cues_allowed(self._state, self._guidance)
        if not cues:
            return ("No turn is left; cues are for the listener in a turn.",)
        return (cues[(self._cues_shown - 1) % len(cues)],)
