"""An invented conversation in lines: one line for each thing said, with stops to answer."""

from cotutor.conversation.command import find
from cotutor.conversation.notice import Medium
from cotutor.conversation.trainer.commands import DEMONSTRATION
from cotutor.conversation.trainer.demonstration import (
    ASKED,
    Counted,
    Demonstration,
    counted,
    setting,
)
from cotutor.domain.demonstration import FICTION, Script, Spoken, WhatNext, Which
from cotutor.domain.errors import CotutorError
from cotutor.domain.skills import COUNTED
from cotutor.plain.output import Output
from cotutor.plain.reader import Lines
from cotutor.services.clock import Clock

_LONGEST_WAIT = 3600.0


class DemoInLines:
    """One version of a conversation in lines.

    Args:
        script: the conversation.
        which: the version.
        clock: what it plays by.
        output: where it is shown.
        lines: where the commands come from.
    """

    def __init__(self, script: Script, which: Which, *, clock: Clock, output: Output, lines: Lines) -> None:
        self.demonstration = Demonstration(script, which, clock, Medium.WORDS)
        self._script = script
        self._which = which
        self._output = output
        self._lines = lines
        self._shown = 0
        self._waiting: tuple[WhatNext | None, bool] = (None, False)

    def run(self) -> None:
        """Play until somebody goes to what was counted; at the end of the input stops are left unanswered."""
        demonstration, output = self.demonstration, self._output
        output.show(FICTION, f"{self._script.title}. The {self._which} version.", *setting(self._script))
        output.show(self._script.version(self._which).watch)
        demonstration.start()
        while not demonstration.closed:
            self._show()
            wait = demonstration.seconds_to_event()
            line = self._lines.read(_LONGEST_WAIT if wait is None else wait)
            demonstration.tick()
            self._show()
            if self._lines.ended:
                demonstration.go_on_alone()
            elif line is not None:
                self._obey(line)
        shown = counted(self._script, self._which)
        output.show(FICTION, f"{shown.title}:", *_counts(shown), *_figures(shown))

    def _obey(self, line: str) -> None:
        try:
            command, _rest = find(line or "next", DEMONSTRATION)
            self._output.show(*self.demonstration.obey(command.name))
            if command.name == "before":
                self._shown, self._waiting = len(self.demonstration.played) - 1, (None, False)
        except CotutorError as problem:
            self._output.show(problem.message)

    def _show(self) -> None:
        """Show every line that has been reached, the stop if there is one, and the end."""
        demonstration = self.demonstration
        played = demonstration.played
        for line in played[self._shown :]:
            self._output.notice(self._line(line))
        self._shown = len(played)
        waiting = (demonstration.stop, demonstration.ended)
        if waiting != self._waiting and any(waiting):
            if demonstration.stop:
                numbered = (f"{n}. {one.say}" for n, one in enumerate(demonstration.stop.choices, start=1))
                self._output.show(ASKED, *numbered)
            self._output.show(*([] if self._lines.ended else [demonstration.state_of_play]))
        self._waiting = waiting

    def _line(self, line: Spoken) -> str:
        label = self.demonstration.label(line)
        return f"{self._script.name_of(line)}: {line.say}" + (f" [{label}]" if label else "")


def _counts(shown: Counted) -> tuple[str, ...]:
    return tuple(f"{skill}: {shown.tally.count(skill)}" for skill in COUNTED)


def _figures(shown: Counted) -> tuple[str, ...]:
    return (*shown.figures, shown.borrowed, f"{shown.questions_title}:", *shown.questions)


def compared(script: Script) -> tuple[str, ...]:
    """Both versions side by side, a line for each behaviour; then the figures and the questions of each."""
    both = [counted(script, which) for which in Which]
    rows = (f"{skill}: {both[0].tally.count(skill)}, {both[1].tally.count(skill)}" for skill in COUNTED)
    first, second = Which
    lines = [FICTION, f"The {first} version first, then the {second} one:", *rows]
    for one in both:
        lines += [f"{one.title}:", *_figures(one)]
    return tuple(lines)
