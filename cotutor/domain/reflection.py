"""What a person keeps for themselves: reflections, next steps, the encounter log, self-ratings.

Values only. Every length of time is whole milliseconds; every moment is milliseconds since 1970
in UTC; a day is a calendar date where the person was.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal, TypeVar

from msgspec import Meta, Struct
from msgspec.structs import replace

from cotutor.domain.duration import MINUTE
from cotutor.domain.plan import Name
from cotutor.domain.text import clean, one_line

TEXT_LIMIT: Final = 100_000
"""The most characters a box may hold: some thirty printed pages."""
LINE_LIMIT: Final = 200
STEP_LIMIT: Final = 500
TAG_LIMIT: Final = 30
MOST_TAGS: Final = 20

Uid = Annotated[str, Meta(pattern=r"^[0-9a-f]{16}\Z", description="sixteen hexadecimal digits")]
Text = Annotated[str, Meta(max_length=TEXT_LIMIT)]
Line = Annotated[str, Meta(max_length=LINE_LIMIT)]
ShortAlias = Annotated[str, Meta(max_length=20)]
Tag = Annotated[
    str, Meta(pattern=rf"^[^\W_][\w-]{{0,{TAG_LIMIT - 1}}}\Z", description="letters, digits, hyphens")
]
Milliseconds = Annotated[int, Meta(ge=0, le=24 * 60 * MINUTE)]
Moment = Annotated[int, Meta(ge=0, le=253_402_300_799_999)]
Score = Annotated[int, Meta(ge=1, le=10)]


class Box(StrEnum):
    """Who may ever see a text."""

    PRIVATE = "private"
    SHAREABLE = "shareable"


BOX_NAMES: Final = {Box.PRIVATE: "Only me", Box.SHAREABLE: "Could be seen by others"}
"""What each box is called wherever it is shown."""


class Template(Struct, frozen=True, forbid_unknown_fields=True):
    """A way to begin writing: headings for each box, to be kept, changed or deleted."""

    name: Name
    title: Annotated[str, Meta(min_length=1, max_length=60)]
    about: Annotated[str, Meta(min_length=1, max_length=LINE_LIMIT)]
    private: Annotated[tuple[Line, ...], Meta(max_length=12)] = ()
    """Headings of the box that only the writer sees."""
    shareable: Annotated[tuple[Line, ...], Meta(max_length=12)] = ()

    def outline(self, box: Box) -> str:
        """The text that a box begins with: each heading on a line, with room beneath it."""
        headings = self.private if box is Box.PRIVATE else self.shareable
        return "\n\n".join(f"{heading}\n" for heading in headings)


class Templates(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of templates; the first is the default."""

    format: Literal[1]
    templates: Annotated[tuple[Template, ...], Meta(min_length=1, max_length=40)]


class Reflection(Struct, frozen=True, forbid_unknown_fields=True):
    """One reflection: what only its writer sees, and what could be seen by others."""

    uid: Uid
    day: date
    """The day that it is about."""
    template: Name = "what"
    alias: ShortAlias = ""
    """What the writer calls the other person; never a name."""
    tags: Annotated[tuple[Tag, ...], Meta(max_length=MOST_TAGS)] = ()
    length: Milliseconds = 0
    """Time spent learning, for a count of CPD hours."""
    expires: date | None = None
    """The day on which it erases itself."""
    created: Moment = 0
    changed: Moment = 0
    private: Text = ""
    shareable: Text = ""

    @property
    def is_empty(self) -> bool:
        """Nothing has been written in either box."""
        return not (self.private.strip() or self.shareable.strip())


class StepState(StrEnum):
    """Where a next step stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class NextStep(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that the writer means to do; only the writer sees it."""

    uid: Uid
    text: Annotated[str, Meta(min_length=1, max_length=STEP_LIMIT)]
    due: date | None = None
    state: StepState = StepState.OPEN
    reflection: Uid | None = None
    """The reflection that it came from."""
    created: Moment = 0
    changed: Moment = 0


class Setting(StrEnum):
    """Whether two people met in one room or over a call."""

    IN_PERSON = "in person"
    REMOTE = "remote"


class Part(StrEnum):
    """The writer's part in an encounter."""

    PEER = "peer"
    MENTOR = "mentor"
    MENTEE = "mentee"
    OBSERVER = "observer"
    TRAINER = "trainer"


class Encounter(Struct, frozen=True, forbid_unknown_fields=True):
    """That a meeting took place. Nothing about what was said or with whom."""

    uid: Uid
    day: date
    length: Milliseconds
    setting: Setting = Setting.IN_PERSON
    role: Part = Part.PEER
    plan: Annotated[str, Meta(max_length=32)] = ""
    """The plan that was used, by name."""


class SelfRating(Struct, frozen=True, forbid_unknown_fields=True):
    """How the writer rates themselves in something, from 1 to 10, before and after."""

    uid: Uid
    day: date
    topic: Annotated[str, Meta(min_length=1, max_length=LINE_LIMIT)]
    before: Score | None = None
    after: Score | None = None


Entry = TypeVar("Entry", Reflection, NextStep, Encounter, SelfRating)
"""Whatever a vault keeps."""


def cleaned(value: Entry) -> Entry:
    """The same entry with every text made harmless; a reflection's tags sorted and each once."""
    match value:
        case Reflection():
            return replace(
                value,
                alias=one_line(value.alias, 20),
                tags=tags_in(" ".join(value.tags)),
                private=clean(value.private, limit=TEXT_LIMIT, lines=True),
                shareable=clean(value.shareable, limit=TEXT_LIMIT, lines=True),
            )
        case NextStep():
            return replace(value, text=one_line(value.text, STEP_LIMIT))
        case Encounter():
            return replace(value, plan=one_line(value.plan, 32))
        case _:
            return replace(value, topic=one_line(value.topic, LINE_LIMIT))


def tags_in(typed: str) -> tuple[str, ...]:
    """The tags that somebody typed, with spaces, commas or # between them: small letters, sorted, each once."""
    found = set()
    for word in one_line(typed, 1000).replace(",", " ").replace("#", " ").casefold().split():
        tag = "".join(sign for sign in word if sign.isalnum() or sign == "-").lstrip("-")[:TAG_LIMIT]
        if tag:
            found.add(tag)
    return tuple(sorted(found)[:MOST_TAGS])
