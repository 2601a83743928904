"""A plan: the phases of a session, in order, as a TOML file describes them.

The agreement always comes before the clock and is no phase. Places count from 1 in speaking
order: who takes place 1 is settled in the agreement, so a plan never names a person.
"""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from cotutor.domain.duration import Length
from cotutor.domain.phase_kinds import Kind

__all__ = ["MODE_NAMES", "Alias", "Kind", "Line", "Mode", "Name", "Phase", "Place", "Plan", "Role", "Stop"]


class Stop(StrEnum):
    """What happens when a phase's time is up."""

    SOFT = "soft"
    """The time over counts up until somebody moves on."""
    HARD = "hard"
    """The next phase begins by itself."""


class Mode(StrEnum):
    """The kind of listening that the speaker wants, and may change at any second."""

    LISTEN = "listen"
    THINK = "think"
    CHALLENGE = "challenge"


class Role(StrEnum):
    """A person's part in a phase."""

    SPEAKER = "speaker"
    LISTENER = "listener"
    OBSERVER = "observer"


MODE_NAMES = {Mode.LISTEN: "listen only", Mode.THINK: "help me think", Mode.CHALLENGE: "challenge me"}
"""What each mode is called on every screen."""

Name = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9-]{0,31}$",
        description="up to 32 small letters, digits and hyphens, a letter first",
    ),
]
Line = Annotated[str, Meta(min_length=1, max_length=200)]
Alias = Annotated[str, Meta(min_length=1, max_length=20)]
Place = Annotated[int, Meta(ge=1, le=3)]


class Phase(Struct, frozen=True, forbid_unknown_fields=True):
    """One phase of a plan."""

    kind: Kind
    length: Length | None = None
    """How long it lasts; a turn without one takes the plan's ``turn``."""
    stop: Stop = Stop.SOFT
    speaker: Place | None = None
    """Who speaks, counted in speaking order. Needed for a turn."""
    listener: Place | None = None
    """Who listens; left out, it is the next person in the order who does not observe."""
    observer: Place | None = None
    """Who observes; left out in a three, it is the one who neither speaks nor listens."""
    voice: Role | None = None
    """In a feedback phase, whose feedback is heard."""
    say: Line | None = None
    """The line shown in this phase, instead of the usual one."""

    @property
    def is_turn(self) -> bool:
        """Whether it is somebody's turn."""
        return self.kind.traits.is_turn

    @property
    def turn_of(self) -> int | None:
        """The place of the person whose turn it is; None if it is no turn."""
        return self.speaker if self.is_turn else None


class Plan(Struct, frozen=True, forbid_unknown_fields=True):
    """A session's phases and its defaults, ready to be agreed on."""

    format: Literal[1]
    name: Name
    title: Line
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1, max_length=60)]
    summary: Line = ""
    people: Annotated[tuple[Alias, ...], Meta(min_length=2, max_length=3)] = ("A", "B")
    """What each person is called until the agreement gives them aliases; also how many they are."""
    turn: Length = Length(20 * 60_000)
    """The length of every turn that names none of its own."""
    warn: Annotated[tuple[Length, ...], Meta(max_length=5)] = (Length(2 * 60_000),)
    """How long before the end of a turn its speaker is warned, unless the agreement says otherwise."""
    mode: Mode = Mode.THINK
    modes: Annotated[tuple[Mode, ...], Meta(min_length=1, max_length=3)] = tuple(Mode)
    """The modes that a speaker may choose from."""
    notes: Literal["none", "allowed"] = "none"
    """Whether the people may agree that notes are written afterwards."""
    scratchpad: Literal["wipe", "may-keep"] = "wipe"
    """Whether a speaker may keep the scratchpad beyond the swap."""
    unequal: bool = False
    """Turns of different length are a mistake unless the plan says that it means it."""

    def with_turn(self, length: Length | None = None) -> "Plan":
        """This plan with every phase's length, listener and observer filled in.

        Args:
            length: the turn length agreed on, in milliseconds; None keeps the plan's own.
        """
        turn = length or self.turn
        return replace(self, turn=turn, phases=tuple(self._filled(phase, turn) for phase in self.phases))

    def _filled(self, phase: Phase, turn: Length) -> Phase:
        length = phase.length or (turn if phase.is_turn else phase.kind.traits.length)
        if phase.speaker is None:
            return replace(phase, length=length)
        count = len(self.people)
        others = [(phase.speaker - 1 + after) % count + 1 for after in range(1, count)]
        listener = phase.listener or next((place for place in others if place != phase.observer), None)
        observer = phase.observer or next((place for place in others if place != listener), None)
        return replace(phase, length=length, listener=listener, observer=observer)
