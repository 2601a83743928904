"""An invented conversation, in an unhelpful and a helpful version, and how it is played.

Both versions begin with the same lines: only what the listener does then makes the difference.
Playing is pure: a ``Playback`` and an instant give the next ``Playback``; whichever clock a face
has, real or sped up, moves it. All instants and lengths are whole milliseconds.
"""

from enum import StrEnum
from itertools import accumulate
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from cotutor.domain.duration import SECOND, Length
from cotutor.domain.errors import CotutorError
from cotutor.domain.guidance import Lines, Short, StepId
from cotutor.domain.plan import Line, Name
from cotutor.domain.skills import ABOUT, Skill
from cotutor.domain.tally import Mark, Tally

FICTION = "An invented conversation. Nobody in it exists, and nothing in it happened."
"""Said on every screen and page that shows a demonstration."""

_WORDS_A_MINUTE = 150
_BREATH = SECOND


class Which(StrEnum):
    """The two versions, in the order in which they are shown."""

    UNHELPFUL = "unhelpful"
    HELPFUL = "helpful"


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the two people in the conversation."""

    name: Short
    about: Line


class Spoken(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the conversation."""

    who: Literal["speaker", "listener"]
    say: Annotated[str, Meta(min_length=1, max_length=400)]
    """What is said; or, in brackets, what is done."""
    skill: Skill | None = None
    """What the listener does here; a speaker's line has none."""
    step: StepId | None = None
    """Where in Egan's steps the conversation is; None if nowhere in particular."""
    wait: Length | None = None
    """Until the next line; left out, it is what saying the words takes, and a breath."""

    @property
    def lasts(self) -> int:
        """Milliseconds until the next line."""
        return self.wait or len(self.say.split()) * 60 * SECOND // _WORDS_A_MINUTE + _BREATH


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that the listener might say next."""

    say: Line
    helps: bool
    why: Annotated[str, Meta(min_length=1, max_length=300)]


class WhatNext(Struct, frozen=True, forbid_unknown_fields=True):
    """A stop: what would you say next?"""

    after: Annotated[int, Meta(ge=1)]
    """The line after which the conversation stops; lines count from 1, with the opening."""
    choices: Annotated[tuple[Choice, ...], Meta(min_length=3, max_length=3)]


class Version(Struct, frozen=True, forbid_unknown_fields=True):
    """How the conversation goes on after the opening."""

    watch: Line
    """What to look out for, shown before."""
    lines: Annotated[tuple[Spoken, ...], Meta(min_length=1, max_length=80)]
    debrief: Lines
    """Questions for the room afterwards."""
    stops: Annotated[tuple[WhatNext, ...], Meta(max_length=10)] = ()


class Script(Struct, frozen=True, forbid_unknown_fields=True):
    """A demonstration: one opening, and two ways in which the conversation goes on from it."""

    format: Literal[1]
    name: Name
    title: Line
    fiction: Literal[True]
    """Whoever writes a demonstration says by this that it is about nobody."""
    setting: Annotated[str, Meta(min_length=1, max_length=600)]
    speaker: Person
    listener: Person
    opening: Annotated[tuple[Spoken, ...], Meta(min_length=1, max_length=20)]
    """How both versions begin."""
    unhelpful: Version
    helpful: Version

    def version(self, which: Which) -> Version:
        """One of the two versions, without the opening."""
        return self.helpful if which is Which.HELPFUL else self.unhelpful

    def lines(self, which: Which) -> tuple[Spoken, ...]:
        """All lines of a version, from the opening on."""
        return self.opening + self.version(which).lines

    def name_of(self, line: Spoken) -> str:
        """The name of the person whose line it is."""
        return (self.speaker if line.who == "speaker" else self.listener).name


class Playback(Struct, frozen=True):
    """How far a demonstration has been played."""

    script: Script
    which: Which
    seen: int
    """The instant this is up to."""
    speed: int
    at: int = 0
    """How much has been played, at natural pace."""
    paused: bool = False
    passed: int = 0
    """How many stops are behind."""
    chosen: tuple[int | None, ...] = ()
    """What was chosen at each stop, from 0; None where nobody chose."""

    @property
    def lines(self) -> tuple[Spoken, ...]:
        """All lines of the version that plays."""
        return self.script.lines(self.which)

    @property
    def index(self) -> int:
        """The line that is being said, from 0; at the end it is the last."""
        begun = sum(start <= self.at for start in starts(self.lines)[:-1])
        return begun - 1 if self.at < self._limit or self.ended else self._stop_line

    @property
    def stop(self) -> WhatNext | None:
        """The stop at which the conversation waits, or None."""
        return None if self.at < self._limit or self._upcoming is None else self._upcoming

    @property
    def choice(self) -> Choice | None:
        """What was chosen at the present stop, or None."""
        stop = self.stop
        number = self.chosen[self.passed] if len(self.chosen) > self.passed else None
        return stop.choices[number] if stop and number is not None else None

    @property
    def ended(self) -> bool:
        """Whether everything has been said and asked."""
        return self._upcoming is None and self.at >= self._limit

    @property
    def _upcoming(self) -> WhatNext | None:
        stops = self.script.version(self.which).stops
        return stops[self.passed] if self.passed < len(stops) else None

    @property
    def _stop_line(self) -> int:
        return (self._upcoming.after if self._upcoming else len(self.lines)) - 1

    @property
    def _limit(self) -> int:
        """How far it plays by itself."""
        return starts(self.lines)[self._stop_line + 1]


def starts(lines: tuple[Spoken, ...]) -> tuple[int, ...]:
    """When each line begins at natural pace; last, when the last one ends."""
    return tuple(accumulate((line.lasts for line in lines), initial=0))


def play(script: Script, which: Which, now: int, speed: int = 1) -> Playback:
    """Begin to play a version."""
    return Playback(script, which, seen=now, speed=speed)


def advance(playback: Playback, now: int) -> Playback:
    """Play up to ``now``, but not past a stop; an earlier instant changes nothing."""
    gone = max(0, now - playback.seen)
    at = playback.at if playback.paused else playback.at + gone * playback.speed
    return replace(playback, seen=playback.seen + gone, at=min(at, playback._limit))  # noqa: SLF001  same module


def next_due(playback: Playback) -> int | None:
    """The instant of the next line or stop; None if nothing comes by itself."""
    if playback.paused or playback.stop or playback.ended:
        return None
    to_come = next(start for start in starts(playback.lines) if start > playback.at)
    return playback.seen + -(-(to_come - playback.at) // playback.speed)


def choose(playback: Playback, number: int, now: int) -> Playback:
    """Say what one would say next; the conversation waits on, so that the reason can be read.

    Args:
        playback: it waits at a stop. Choosing again replaces the choice.
        number: which of the three, from 0.
        now: the present instant.

    Raises:
        CotutorError: there is nothing to choose at present, or no such choice.
    """
    playback = advance(playback, now)
    if playback.stop is None:
        raise CotutorError("There is nothing to choose just now; the conversation stops by itself.")
    if not 0 <= number < len(playback.stop.choices):
        raise CotutorError("Choose 1, 2 or 3.")
    return replace(playback, chosen=(*playback.chosen[: playback.passed], number))


def go_on(playback: Playback, now: int) -> Playback:
    """Leave a stop, chosen or not; elsewhere, go to the next line or stop at once."""
    playback = advance(playback, now)
    if playback.stop:
        chosen = playback.chosen if len(playback.chosen) > playback.passed else (*playback.chosen, None)
        return replace(playback, passed=playback.passed + 1, chosen=chosen)
    to_come = (start for start in starts(playback.lines) if start > playback.at)
    return replace(playback, at=next(to_come, playback.at))


def go_back(playback: Playback, now: int) -> Playback:
    """Say the line before once more; stops after it are asked again."""
    playback = advance(playback, now)
    index = playback.index if playback.stop or playback.ended else max(0, playback.index - 1)
    stops = playback.script.version(playback.which).stops
    passed = sum(stop.after <= index for stop in stops[: playback.passed])
    return replace(playback, at=starts(playback.lines)[index], passed=passed, chosen=playback.chosen[:passed])


def hold(playback: Playback, now: int, *, paused: bool) -> Playback:
    """Stop the lines from coming, or let them go on, from ``now``."""
    return replace(advance(playback, now), paused=paused)


def at_speed(playback: Playback, speed: int, now: int) -> Playback:
    """Play so many times as fast from now on."""
    return replace(advance(playback, now), speed=speed)


def tallied(script: Script, which: Which) -> Tally:
    """What an attentive observer would have counted in a version; for comparing in the debriefing."""
    lines = script.lines(which)
    return Tally(
        tuple(
            Mark(line.skill, start)
            for line, start in zip(lines, starts(lines), strict=False)
            if line.skill and ABOUT[line.skill].key
        )
    )
