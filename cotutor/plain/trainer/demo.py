"""An invented conversation in lines: one line for each thing said, with stops to answer."""

from cotutor.domain import demonstration as demo
from cotutor.domain.demonstration import FICTION, Playback, Script, Spoken, Which, tallied
from cotutor.domain.duration import SECOND
from cotutor.domain.errors import CotutorError
from cotutor.domain.skills import ABOUT, COUNTED
from cotutor.domain.tally import BORROWED, shares
from cotutor.plain.numbered import number_typed
from cotutor.plain.output import Output
from cotutor.plain.reader import Lines
from cotutor.plain.session.words import Word, find, listed
from cotutor.services.clock import Clock

_LONGEST_WAIT = 3600.0
_FASTEST = 64

DEMO_WORDS = (
    Word("next", "the next line at once, or leave a stop; an empty line does the same"),
    Word("back", "say the line before once more"),
    Word("pause", "hold the conversation"),
    Word("resume", "let it go on"),
    Word("faster", "twice as fast"),
    Word("slower", "half as fast"),
    Word("labels", "leave out what each line is, so that people can guess, or say it again"),
    Word("end", "go to what was counted"),
    Word("help", "this list"),
)
"""Everything that can be typed while a demonstration plays; at a stop, also 1, 2 or 3."""


class DemoInLines:
    """One version of a conversation in lines.

    Args:
        script: the conversation.
        which: the version.
        clock: what it plays by.
        output: where it is written.
        lines: where the commands come from.
    """

    def __init__(self, script: Script, which: Which, *, clock: Clock, output: Output, lines: Lines) -> None:
        self._playback = demo.play(script, which, clock.now())
        self._clock = clock
        self._output = output
        self._lines = lines
        self._labels = True
        self._said = -1
        self._asked = -1
        self._leaving = False

    def run(self) -> None:
        """Play to the end; at the end of the input stops are left unanswered."""
        script, which = self._playback.script, self._playback.which
        self._output.show(FICTION, f"{script.title}. The {which} version.", script.setting)
        self._output.show(script.version(which).watch)
        self._playback = demo.play(script, which, self._clock.now())
        self._tell()
        while not self._playback.ended and not self._leaving:
            line = self._lines.read(self._seconds_to_wait())
            self._playback = demo.advance(self._playback, self._clock.now())
            self._tell()
            if self._lines.ended:
                self._go_on_alone()
            elif line is not None:
                self._obey(line)
            self._tell()
        self._output.show(FICTION, *counted(script, which))
        self._output.show("Questions for the room:", *script.version(which).debrief)

    def _seconds_to_wait(self) -> float:
        due = demo.next_due(self._playback)
        if due is None:
            return 0.0 if self._lines.ended else _LONGEST_WAIT
        return max(0, due - self._clock.now()) / (SECOND * self._clock.speed)

    def _go_on_alone(self) -> None:
        now = self._clock.now()
        if self._playback.paused:
            self._playback = demo.hold(self._playback, now, paused=False)
        if self._playback.stop:
            self._playback = demo.go_on(self._playback, now)

    def _obey(self, line: str) -> None:
        try:
            stop = self._playback.stop
            number = number_typed(line, len(stop.choices)) if stop else None
            if stop and number is not None:
                self._playback = demo.choose(self._playback, number, self._clock.now())
                choice = stop.choices[number]
                helps = "That helps." if choice.helps else "That hinders."
                self._output.show(f"{helps} {choice.why}", "Press Enter to go on.")
            else:
                self._word(find(line or "next", DEMO_WORDS)[0].name)
        except CotutorError as problem:
            self._output.show(problem.message)

    def _word(self, word: str) -> None:
        playback, now = self._playback, self._clock.now()
        if word in {"pause", "resume"}:
            self._playback = demo.hold(playback, now, paused=word == "pause")
            self._output.notice("Paused. Type resume to go on." if word == "pause" else "Going on.")
        elif word in {"faster", "slower"}:
            speed = playback.speed * 2 if word == "faster" else playback.speed // 2
            self._playback = demo.at_speed(playback, min(_FASTEST, max(1, speed)), now)
            self._output.show(f"{self._playback.speed} times the speed.")
        elif word == "back":
            self._playback = demo.go_back(playback, now)
            self._said, self._asked = self._playback.index - 1, -1
        elif word == "next":
            self._playback = demo.go_on(playback, now)
        elif word == "labels":
            self._labels = not self._labels
            self._output.show(
                "Each line says what it is." if self._labels else "Lines don't say what they are."
            )
        elif word == "end":
            self._leaving = True
        else:
            self._output.show(*listed(DEMO_WORDS))

    def _tell(self) -> None:
        """Say every line that has been reached, and the stop if there is one."""
        playback = self._playback
        while self._said < playback.index and not self._leaving:
            self._said += 1
            self._output.notice(said(playback, playback.lines[self._said], labels=self._labels))
        if playback.stop and self._asked != playback.passed:
            self._asked = playback.passed
            numbered = (f"{number}. {one.say}" for number, one in enumerate(playback.stop.choices, start=1))
            self._output.show("What would you say next?", *numbered)
            if not self._lines.ended:
                self._output.show("Type 1, 2 or 3; Enter goes on.")


def said(playback: Playback, line: Spoken, *, labels: bool) -> str:
    """One line of the conversation: who, what, and at the end what it is."""
    parts = [line.step or ""]
    if line.skill:
        parts.append(f"{line.skill}, {'helps' if ABOUT[line.skill].helps else 'hinders'}")
    label = "; ".join(part for part in parts if part) if labels else ""
    name = playback.script.name_of(line)
    return f"{name}: {line.say}" + (f" [{label}]" if label else "")


def counted(script: Script, which: Which) -> tuple[str, ...]:
    """What an observer would have counted in a version."""
    tally = tallied(script, which)
    return (
        f"What was counted in the {which} version:",
        *(f"{skill}: {tally.count(skill)}" for skill in COUNTED),
        *(f"{share.name}: {share.words}." for share in shares(tally)),
        BORROWED,
    )


def compared(script: Script) -> tuple[str, ...]:
    """Both versions side by side, a line for each behaviour."""
    both = [tallied(script, which) for which in Which]
    rows = (f"{skill}: {both[0].count(skill)}, {both[1].count(skill)}" for skill in COUNTED)
    return (FICTION, "Unhelpful version first, then the helpful one:", *rows)
