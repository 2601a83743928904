"""What the program can say to help: Egan's steps, listening cues, where to find help, wordings.

The steps may be used in any order, repeated, or left alone: Egan's own diagram bids nobody to
follow its arrows slavishly. All questions and cues are this project's own wording.
"""

import datetime as dt
import re
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Kind, Line, Mode, Name, Role

Short = Annotated[str, Meta(min_length=1, max_length=60)]
Question = Annotated[
    str,
    Meta(
        min_length=8,
        max_length=120,
        pattern=r"\?$",
        description="a question of 8 to 120 characters, ending in ?",
    ),
]
Cue = Annotated[
    str, Meta(max_length=90, pattern=r"^\S+( \S+){5,11}$", description="6 to 12 words, at most 90 characters")
]
"""One card that the listener may look at: six to twelve words."""


class CueSet(Struct, frozen=True, forbid_unknown_fields=True):
    """Cues that suit the same kinds of listening."""

    modes: Annotated[tuple[Mode, ...], Meta(min_length=1, max_length=3)]
    cues: Annotated[tuple[Cue, ...], Meta(min_length=1, max_length=60)]


Lines = Annotated[tuple[Line, ...], Meta(min_length=1, max_length=20)]
StageId = Literal["I", "II", "III"]
RowId = Literal["A", "B", "C"]
StepId = Annotated[str, Meta(pattern=r"^I{1,3}-[ABC]$", description="a step from I-A to III-C")]

_TYPED_STEP = re.compile(r"(I{1,3}|[123])\W?([ABC])", re.ASCII)


class Stage(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the three stages: a column of Egan's diagram."""

    id: StageId
    name: Short
    """The classic name."""
    later: Short
    """The name in the 10th and 11th editions."""
    question: Question
    """What the whole stage asks."""


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """What the three steps of a row have in common: opening out, challenging, focusing."""

    id: RowId
    name: Short
    line: Line


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the nine steps."""

    id: StepId
    classic: Short
    later: Short
    """The name in the 10th and 11th editions."""
    job: Line
    """What the listener is there for, in one line."""
    questions: Annotated[tuple[Question, ...], Meta(min_length=1, max_length=40)]
    mistakes: Lines

    @property
    def title(self) -> str:
        """Both names, where they differ: ``Blind spots (later: New perspectives)``."""
        same = self.classic.casefold().replace("-", " ") == self.later.casefold()
        return self.classic if same else f"{self.classic} (later: {self.later})"

    @property
    def stage(self) -> str:
        """The stage's id: ``II`` of ``II-B``."""
        return self.id.partition("-")[0]

    @property
    def row(self) -> str:
        """The row's id: ``B`` of ``II-B``."""
        return self.id.partition("-")[2]


class Group(StrEnum):
    """Kinds of help that must never be mistaken for one another."""

    EMERGENCY = "emergency"
    """Somebody is in danger now."""
    COUNSELLING = "counselling"
    """Somebody to talk to; no emergency service."""
    ADVICE = "advice"
    """Safety, probity and fitness: whom to ask, whom to tell."""


GROUP_NAMES = {
    Group.EMERGENCY: "Somebody is in danger now",
    Group.COUNSELLING: "Somebody to talk to (no emergency service)",
    Group.ADVICE: "Safety, probity, fitness to practise: whom to ask, whom to tell",
}
"""The heading over each group of help."""


NOT_STATED = "not stated"
"""The hours of an entry whose source gives none."""


class Signpost(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of the offline help page."""

    id: Name
    group: Group
    name: Short
    reach: Line
    """The number, the address, or who to ask for it."""
    whom: Line
    """For whom it is, or for what."""
    source: Line
    """Where this was read."""
    hours: Short = NOT_STATED
    checked: dt.date | None = None
    """The date that the source bears, or on which a scheme checked it. None: the source has none."""
    note: Annotated[str, Meta(max_length=200)] = ""

    @property
    def hours_said(self) -> str:
        """The hours as a sentence that follows others; nothing where the source does not state them."""
        return "" if self.hours == NOT_STATED else f" Hours: {self.hours}."

    @property
    def dated(self) -> str:
        """The date in words: ``28 June 2024``, or that there is none."""
        day = self.checked
        return f"{day.day} {day:%B %Y}" if day else "date not known: check before you rely on it"


class FirstSpeaker(Struct, frozen=True, forbid_unknown_fields=True):
    """One way to settle who speaks first."""

    id: Literal["burdened", "experienced", "coin"]
    line: Line


class AgreementWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said before the clock starts."""

    heading: Short
    opening: Lines
    limits: Lines
    """The limits of confidentiality, in plain words."""
    acknowledge: Line
    """What both say yes to."""
    first: Annotated[tuple[FirstSpeaker, ...], Meta(min_length=3, max_length=3)]
    """Suggestions for who goes first, best first."""
    bleep: Line
    notes: Line
    scope: Line


class ClosingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said at the end."""

    heading: Short
    appreciation: Line
    """The invitation to say what helped in the listening."""
    starters: Lines
    """Ways to begin saying so."""
    next_date: Line
    reminder: Line
    """The listener never reopens it."""
    nothing_kept: Line
    pairing: Line
    """After several sessions: does the pairing still suit?"""


class StopAndExplain(Struct, frozen=True, forbid_unknown_fields=True):
    """What the screen says when the session stops for safety or probity."""

    heading: Short
    when: Lines
    steps: Lines
    """What the listener does, in order."""
    say: Lines
    """Words that the listener may borrow."""
    distress: Lines
    """If somebody is in distress or danger."""
    afterwards: Lines
    records: Line
    """That nothing is recorded here."""


class ModeWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What a kind of listening asks of the listener."""

    mode: Mode
    line: Line
    """For the one who chooses it."""
    listener: Lines


class PhaseWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The usual instructions of a kind of phase."""

    kind: Kind
    line: Line
    """For everybody; the only one that a room sees."""
    speaker: Annotated[str, Meta(max_length=200)] = ""
    listener: Annotated[str, Meta(max_length=200)] = ""
    observer: Annotated[str, Meta(max_length=200)] = ""

    def instruction(self, role: Role | None = None) -> str:
        """The line for one role, or for everybody where the role has none of its own."""
        own = {Role.SPEAKER: self.speaker, Role.LISTENER: self.listener, Role.OBSERVER: self.observer}
        return (own[role] if role else "") or self.line


class Wording(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All that is said around and between the turns."""

    agreement: AgreementWords
    closing: ClosingWords
    stop: StopAndExplain
    returns: Lines
    """Small ways of coming back to the present."""
    modes: tuple[ModeWords, ...]
    """One for each kind of listening."""
    phases: tuple[PhaseWords, ...]
    """One for each kind of phase."""

    def mode(self, mode: Mode) -> ModeWords:
        """The words of a kind of listening."""
        return next(words for words in self.modes if words.mode is mode)

    def phase(self, kind: Kind) -> PhaseWords:
        """The words of a kind of phase; a kind without any has nothing to instruct."""
        return next((words for words in self.phases if words.kind is kind), PhaseWords(kind, line=""))

    def lacking(self) -> list[str]:
        """A line for each kind of listening or of phase that has no words, or has them twice."""
        modes, kinds = [words.mode for words in self.modes], [words.kind for words in self.phases]
        counts = [
            *((f"modes: the kind of listening {mode}", modes.count(mode)) for mode in Mode),
            *((f"phases: the kind {kind}", kinds.count(kind)) for kind in Kind),
        ]
        return [
            f"{what} has {'its words twice' if count else 'no words'}" for what, count in counts if count != 1
        ]

    def return_at(self, number: int) -> str:
        """The suggestion for coming back at ``number``, going round for ever."""
        return self.returns[number % len(self.returns)]


class Guidance(Struct, frozen=True, kw_only=True):
    """Everything that can be shown on request."""

    stages: tuple[Stage, ...]
    rows: tuple[Row, ...]
    steps: tuple[Step, ...]
    cue_sets: tuple[CueSet, ...]
    signposts: tuple[Signpost, ...]
    wording: Wording

    def step(self, written: str) -> Step:
        """The step that somebody asked for: ``II-B``, ``ii b`` and ``2b`` are one.

        Raises:
            CotutorError: there is no such step.
        """
        match = _TYPED_STEP.fullmatch(written.strip().upper())
        if match is None:
            raise CotutorError("The steps are I-A to III-C: write one like II-B.")
        stage = "I" * int(match[1]) if match[1].isdecimal() else match[1]
        return next(step for step in self.steps if step.id == f"{stage}-{match[2]}")

    def stage(self, stage_id: str) -> Stage:
        """The stage ``I``, ``II`` or ``III``."""
        return next(stage for stage in self.stages if stage.id == stage_id)

    def row(self, row_id: str) -> Row:
        """The row ``A``, ``B`` or ``C``."""
        return next(row for row in self.rows if row.id == row_id)

    def steps_of(self, stage_id: str) -> tuple[Step, ...]:
        """The steps of one stage, from A to C."""
        return tuple(step for step in self.steps if step.stage == stage_id)

    def questions(self, written: str) -> tuple[Question, ...]:
        """The questions of a step, asked for as in ``step``."""
        return self.step(written).questions

    @property
    def cues(self) -> tuple[Cue, ...]:
        """Every cue, once each."""
        return tuple(dict.fromkeys(cue for one in self.cue_sets for cue in one.cues))

    def cues_for(self, mode: Mode) -> tuple[Cue, ...]:
        """The cues that suit a kind of listening; none if a pack has left none for it."""
        return tuple(dict.fromkeys(cue for one in self.cue_sets if mode in one.modes for cue in one.cues))

    def help_of(self, group: Group) -> tuple[Signpost, ...]:
        """The entries of one group of help, never mixed with another."""
        return tuple(entry for entry in self.signposts if entry.group is group)
