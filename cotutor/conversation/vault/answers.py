"""Which answers are taken: what was typed into the fields of the vault's forms, read and checked.

Every function raises ``CotutorError`` with a sentence for the person if an answer will not do.
"""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from cotutor.domain.days import HOW, parse_day
from cotutor.domain.duration import MINUTE, parse_length, short
from cotutor.domain.errors import CotutorError
from cotutor.domain.reflection import (
    LINE_LIMIT,
    STEP_LIMIT,
    Part,
    Reflection,
    SelfRating,
    Setting,
    tags_in,
)
from cotutor.domain.text import one_line
from cotutor.services.handover import Met
from cotutor.vault.search import Wanted

DAY_HINT = HOW
TAGS_HINT = "words with spaces between"
ALIAS_HINT = "an alias, never a name"
LENGTH_HINT = "like 45m or 1h30m"
SPENT_HINT = "for CPD, like 1h30m"
EXPIRES_HINT = "+1y; empty keeps it"
SCORE_HINT = "1 not at all, 10 fully"
TOPIC_HINT = "such as: keeping silence"


class EncounterAnswers(Struct, frozen=True):
    """A line of the encounter log as it was filled in."""

    day: date
    length: int
    """Milliseconds."""
    setting: Setting
    role: Part
    plan: str


def day(typed: str, today: date) -> date | None:
    """A day; None if nothing was typed."""
    try:
        return parse_day(typed, today)
    except ValueError as problem:
        raise CotutorError(str(problem)) from None


def length(typed: str) -> int:
    """A length of time in milliseconds."""
    try:
        return int(parse_length(typed))
    except ValueError as problem:
        words = str(problem)
        raise CotutorError(f"{words[0].upper()}{words[1:]}.") from None


def score(typed: str) -> int | None:
    """A self-rating from 1 to 10; None if nothing was typed."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= 10):
        raise CotutorError("A rating is a whole number from 1 to 10.")
    return int(typed)


def details(
    before: Reflection, today: date, *, about: str, tags: str, alias: str, spent: str, expires: str
) -> Reflection:
    """A reflection with what was typed about it.

    Args:
        before: as it was.
        today: what days are counted from.
        about: the day that it is about.
        tags: with spaces or commas between.
        alias: what the writer calls the other person.
        spent: time spent learning; nothing for none.
        expires: the day on which it erases itself; nothing for never.
    """
    about_day = day(about, today)
    if about_day is None:
        raise CotutorError("A reflection needs the day that it is about.")
    until = day(expires, today)
    if until is not None and until <= today:
        raise CotutorError("The day on which it erases itself must be after today.")
    return replace(
        before,
        day=about_day,
        tags=tags_in(tags),
        alias=one_line(alias, 20),
        length=length(spent) if spent else 0,
        expires=until,
    )


def step(text: str, due: str, today: date) -> tuple[str, date | None]:
    """The words of a next step and the day it is due."""
    words = one_line(text, STEP_LIMIT)
    if not words:
        raise CotutorError("Say what you will do.")
    return words, day(due, today)


def offered_length(met: Met | None) -> str:
    """How long a session was, in whole minutes, to begin with; nothing for one under a minute."""
    return short(round(met.length / MINUTE) * MINUTE) if met and met.length >= MINUTE else ""


def encounter(today: date, *, on: str, long: str, setting: str, role: str, plan: str) -> EncounterAnswers:
    """A line for the log.

    Args:
        today: the day it was if none was typed, and what days are counted from.
        on: the day.
        long: how long it was.
        setting: in person or remote, as ``Setting`` has it.
        role: the writer's part, as ``Part`` has it.
        plan: the plan's name, or nothing.
    """
    return EncounterAnswers(day(on, today) or today, length(long), Setting(setting), Part(role), plan)


def rating(blank: SelfRating, *, topic: str, before: str, after: str) -> SelfRating:
    """A self-rating with what was typed.

    Args:
        blank: the one to change, or a new one.
        topic: in what.
        before: the score before.
        after: the score afterwards; nothing yet.
    """
    words = one_line(topic, LINE_LIMIT)
    if not words:
        raise CotutorError("Say in what you rate yourself.")
    return replace(blank, topic=words, before=score(before), after=score(after))


def wanted(today: date, *, tag: str, alias: str, since: str, until: str, template: str) -> Wanted:
    """Which reflections to show; nothing typed filters nothing."""
    return Wanted(
        tag=next(iter(tags_in(tag)), ""),
        alias=alias,
        since=day(since, today),
        until=day(until, today),
        template=template,
    )
