"""What happens in a session: small facts with the instant they became true.

All instants and lengths are whole milliseconds.
"""

from enum import StrEnum

from msgspec import Struct

from cotutor.domain.plan import Mode


class Why(StrEnum):
    """Why the clock is held."""

    PAUSE = "pause"
    EXPLAIN = "stop and explain"
    AWAY = "away"


class Event(Struct, frozen=True):
    """Something that happened, at an instant."""

    at: int


class PhaseBegan(Event, frozen=True):
    """The phase at ``index`` of the plan began."""

    index: int


class PhaseEnded(Event, frozen=True):
    """A phase ended, after so much time that counted."""

    index: int
    ran: int


class WarningDue(Event, frozen=True):
    """A warning that this speaker asked for: so much is left."""

    left: int


class TimeUp(Event, frozen=True):
    """The time of the present phase is used up."""

    index: int


class Held(Event, frozen=True):
    """The clock was held, for a pause, to stop and explain, or because nobody was there."""

    why: Why


class Resumed(Event, frozen=True):
    """The clock goes on after being held so long."""

    why: Why
    held: int


class WentAway(Event, frozen=True):
    """Nobody looked at the clock for so long; the clock is held until the pair decides."""

    away: int


class AwayDecided(Event, frozen=True):
    """The pair decided whether the time away counts."""

    away: int
    counted: bool


class MoreGiven(Event, frozen=True):
    """The speaker has this much more; the others are credited with the same."""

    place: int | None
    amount: int


class GivenBack(Event, frozen=True):
    """The speaker gave this much back."""

    place: int | None
    amount: int


class BeganEarlier(Event, frozen=True):
    """The present phase is taken to have begun this much earlier."""

    amount: int


class ModeChosen(Event, frozen=True):
    """The speaker wants this kind of listening from now on."""

    place: int
    mode: Mode


class Undone(Event, frozen=True):
    """The latest command was undone; ``what`` names it."""

    what: str


class EndedEarly(Event, frozen=True):
    """Somebody ended the session before its plan."""


class SessionEnded(Event, frozen=True):
    """The last phase of the session ended."""
