"""The longer texts of a session, section by section: the close, where help is, and stop and explain."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from cotutor.domain.duration import in_words
from cotutor.domain.guidance import GROUP_NAMES, Group, Guidance, Signpost, Wording
from cotutor.domain.session import SessionState
from cotutor.domain.wording import account_lines


class Tone(StrEnum):
    """How much a section stands out on a screen."""

    USUAL = "usual"
    URGENT = "urgent"
    QUIET = "quiet"


class Section(Struct, frozen=True):
    """Lines that belong together."""

    lines: tuple[str, ...] = ()
    heading: str = ""
    """What stands over them."""
    listed: bool = False
    """Whether they are the items of a list."""
    signposts: tuple[Signpost, ...] = ()
    """Entries of the offline help."""
    tone: Tone = Tone.USUAL


def read_out(sections: Iterable[Section], *, headings: bool = False) -> tuple[str, ...]:
    """All lines one after the other, as the line mode gives them.

    Args:
        sections: what is read out.
        headings: whether each section's heading is, too; what follows a notice has that for a heading.
    """
    lines: list[str] = []
    for section in sections:
        lines += [f"{section.heading}:"] if headings and section.heading else []
        lines += section.lines
        lines += (
            " ".join((f"{post.name}.", post.reach, *signpost_notes(post))) for post in section.signposts
        )
    return tuple(lines)


def signpost_notes(post: Signpost) -> tuple[str, ...]:
    """What there is to know of an entry of help beside its name and number, a line each."""
    return (f"{post.whom}{post.hours_said}", *((post.note,) if post.note else ()))


def closing(state: SessionState, wording: Wording, *, over: bool) -> tuple[Section, ...]:
    """The close: everybody's time and what is owed, appreciation, the reminder; after the end, the time alone.

    Args:
        state: the session.
        wording: the closing words in force.
        over: whether this is for after the end. A late look at the clock may leap over a whole close, whose
            words are given all the same.
    """
    words = wording.closing
    time = Section(account_lines(state), "Time")
    if over:
        return (time,)
    return (
        time,
        Section((words.appreciation,), words.heading),
        Section(words.starters, listed=True),
        Section((words.next_date, words.reminder, words.pairing)),
    )


def absence(away: int) -> Section:
    """The question whether an absence of ``away`` milliseconds counts."""
    return Section(
        ("The computer slept, or the program was stopped. The clock is held.", "Does the time count?"),
        f"Away {in_words(away)}",
    )


def help_sections(guidance: Guidance) -> tuple[Section, ...]:
    """Where help is, each kind apart from the others, then where that was read."""
    groups = (
        Section(
            heading=GROUP_NAMES[group],
            signposts=guidance.help_of(group),
            tone=Tone.URGENT if group is Group.EMERGENCY else Tone.USUAL,
        )
        for group in Group
    )
    sources = tuple(f"{post.name}: {post.source}; {post.dated}" for post in guidance.signposts)
    return (*groups, Section(sources, "Where this was read, and when it was checked", tone=Tone.QUIET))


def explanation(guidance: Guidance) -> tuple[Section, ...]:
    """What the listener may say and do when safety or probity is at stake, and where help is.

    That nothing is recorded comes first.
    """
    stop = guidance.wording.stop
    return (
        Section((stop.records, *stop.when), stop.heading),
        Section(stop.steps, "What to do", listed=True),
        Section(stop.say, "Words to borrow", listed=True),
        Section(stop.distress, "If somebody is in distress", listed=True),
        Section(stop.afterwards, "Afterwards", listed=True),
        *help_sections(guidance),
    )
