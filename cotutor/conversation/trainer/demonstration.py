"""A demonstration: how one version of it is played, and what both faces show of it."""

from typing import NamedTuple

from msgspec.structs import replace

from cotutor.conversation.command import help_lines, offered
from cotutor.conversation.notice import Medium
from cotutor.conversation.trainer.commands import DEMONSTRATION, PLAY_ON
from cotutor.domain import demonstration as demo
from cotutor.domain.demonstration import Choice, Script, Spoken, WhatNext, Which, starts, tallied
from cotutor.domain.duration import MINUTE, SECOND, in_words
from cotutor.domain.skills import ABOUT
from cotutor.domain.tally import BORROWED, Tally, shares
from cotutor.services.clock import Clock

SPEEDS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 60)
"""How many times faster than life a demonstration can be played."""
ASKED = "What would you say next?"
QUESTIONS = "Questions for the room"
OTHER = {Which.UNHELPFUL: Which.HELPFUL, Which.HELPFUL: Which.UNHELPFUL}
COMPARED = "Compare the two"
COMPARED_ABOUT = "what was counted in each, and questions for the room"

_CHOOSE = "1, 2 or 3 chooses; Enter goes on without."
_GO_ON = "Enter goes on."


class Demonstration:
    """The conversation of one version of a demonstration as it plays.

    Args:
        script: the invented conversation.
        which: the version.
        clock: what it plays by.
        medium: whether commands are given by keys or by words.
    """

    def __init__(self, script: Script, which: Which, clock: Clock, medium: Medium) -> None:
        self.playback = demo.play(script, which, clock.now())
        self.labelled = True
        """Whether each line is shown with what it is."""
        self.closed = False
        """Whether it is over, and what was counted is to be shown."""
        self._clock = clock
        self._medium = medium

    # ------------------------------------------------------------ what is done

    def start(self) -> None:
        """Begin with the first line, however long ago this was made."""
        self.playback = replace(self.playback, seen=self._clock.now())

    def tick(self) -> None:
        """Bring it up to the clock."""
        self.playback = demo.advance(self.playback, self._clock.now())

    def obey(self, name: str) -> tuple[str, ...]:
        """Do what a command says; returns the lines that answer it.

        Raises:
            CotutorError: there is nothing to choose at present.
        """
        now = self._clock.now()
        if name.startswith("choose("):
            self.playback = demo.choose(self.playback, int(name[7:-1]), now)
        elif name in {"pause", "resume"}:
            self.playback = demo.hold(self.playback, now, paused=name == "pause")
        elif name in {"faster", "slower"}:
            self._change_speed(1 if name == "faster" else -1)
        elif name == "before":
            self.playback = demo.go_back(self.playback, now)
        elif name == "next" and not self.ended:
            self.playback = demo.go_on(self.playback, now)
        elif name in {"next", "end"}:
            self.closed = True
        elif name == "labels":
            self.labelled = not self.labelled
            return ("Each line says what it is." if self.labelled else "Lines don't say what they are.",)
        else:
            return help_lines(offered(DEMONSTRATION, self))
        return () if name in {"before", "next", "end"} else (self.state_of_play,)

    def go_on_alone(self) -> None:
        """See to it that it plays to its end although nobody is there to answer."""
        if self.paused:
            self.obey("resume")
        if self.playback.stop or self.ended:
            self.obey("next")

    def seconds_to_event(self) -> float | None:
        """Real seconds until the next line or stop; None if nothing comes by itself."""
        due = demo.next_due(self.playback)
        return None if due is None else max(0, due - self._clock.now()) / (SECOND * self._clock.speed)

    def _change_speed(self, way: int) -> None:
        at = min(max(0, SPEEDS.index(self.playback.speed) + way), len(SPEEDS) - 1)
        self.playback = demo.at_speed(self.playback, SPEEDS[at], self._clock.now())

    # ------------------------------------------------------------ what is shown

    @property
    def paused(self) -> bool:
        """Whether somebody holds it."""
        return self.playback.paused

    @property
    def ended(self) -> bool:
        """Whether the last line has been played, and nothing is left to choose."""
        return self.playback.ended

    @property
    def stop(self) -> WhatNext | None:
        """The stop at which it waits."""
        return self.playback.stop

    @property
    def choosing(self) -> bool:
        """Whether it waits at a stop."""
        return self.playback.stop is not None

    @property
    def choice(self) -> Choice | None:
        """What was chosen at this stop."""
        return self.playback.choice

    @property
    def played(self) -> tuple[Spoken, ...]:
        """The lines up to now, the latest last."""
        return self.playback.lines[: self.playback.index + 1]

    def label(self, line: Spoken) -> str:
        """What a line is, ``I-A, encourager, helps``; empty where that is hidden, or nothing in particular."""
        skill = [f"{line.skill}, {'helps' if ABOUT[line.skill].helps else 'hinders'}"] if line.skill else []
        return ", ".join([*([line.step] if line.step else []), *skill]) if self.labelled else ""

    @property
    def state_of_play(self) -> str:
        """Where it is, and what can be done about it."""
        playback = self.playback
        if playback.ended:
            return f"That was the {playback.which} version. Enter shows what was counted."
        if playback.stop:
            return f"{verdict(playback.choice)} {_GO_ON}" if playback.choice else _CHOOSE
        doing = "playing" if playback.speed == 1 else f"playing at {playback.speed} times the speed"
        if playback.paused:
            doing = f"paused. {self._medium.how(PLAY_ON)} to play on"
        hidden = "" if self.labelled else ", labels hidden"
        return f"Line {playback.index + 1} of {len(playback.lines)}{hidden}: {doing}."


def verdict(choice: Choice) -> str:
    """Whether what was chosen helps, and why."""
    return f"{'That helps.' if choice.helps else 'That hinders.'} {choice.why}"


class Offer(NamedTuple):
    """A version that can be played."""

    which: Which
    title: str
    about: str
    """How long it takes and how often it stops."""
    watch: str
    """What to look out for."""


def offers(script: Script) -> tuple[Offer, ...]:
    """The versions of a script, in the order in which they are shown."""
    return tuple(_offer(script, which) for which in Which)


def _offer(script: Script, which: Which) -> Offer:
    lasts = max(MINUTE, round(starts(script.lines(which))[-1] / MINUTE) * MINUTE)
    stops = len(script.version(which).stops)
    about = f"about {in_words(lasts)}, {stops} {'stop' if stops == 1 else 'stops'}"
    return Offer(which, f"The {which} version", about, script.version(which).watch)


def setting(script: Script) -> tuple[str, ...]:
    """Where a conversation takes place, and who the two people are."""
    people = (script.speaker, script.listener)
    return (script.setting, *(f"{one.name}: {one.about}." for one in people))


class Counted(NamedTuple):
    """What an attentive observer would have counted in a version."""

    title: str
    tally: Tally
    length: int
    """How long the version lasts at natural pace, in milliseconds."""
    figures: tuple[str, ...]
    borrowed: str
    """What must be said beside the figures."""
    questions_title: str
    questions: tuple[str, ...]


def counted(script: Script, which: Which) -> Counted:
    """What was counted in a version, and questions for the room."""
    tally = tallied(script, which)
    return Counted(
        f"What was counted in the {which} version",
        tally,
        starts(script.lines(which))[-1],
        tuple(f"{share.name}: {share.words}." for share in shares(tally)),
        BORROWED,
        f"{QUESTIONS}: the {which} version",
        script.version(which).debrief,
    )
