"""The longer texts of a session, section by section: the close, and stop and explain."""

from collections.abc import Iterable

from msgspec import Struct

from cotutor.domain.duration import in_words
from cotutor.domain.guidance import Wording
from cotutor.domain.session import SessionState
from cotutor.domain.wording import account_lines


class Section(Struct, frozen=True):
    """Lines that belong together."""

    lines: tuple[str, ...]
    heading: str = ""
    """What stands over them on a screen; in lines it is left out."""
    listed: bool = False
    """Whether they are the items of a list."""


def read_out(sections: Iterable[Section]) -> tuple[str, ...]:
    """All lines one after the other, as the line mode gives them."""
    return tuple(line for section in sections for line in section.lines)


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


def explanation(wording: Wording) -> tuple[Section, ...]:
    """What the listener may say and do when safety or probity is at stake; that nothing is recorded comes first."""
    stop = wording.stop
    return (
        Section((stop.records, *stop.when), stop.heading),
        Section(stop.steps, "What to do", listed=True),
        Section(stop.say, "Words to borrow", listed=True),
        Section(stop.distress, "If somebody is in distress", listed=True),
        Section(stop.afterwards, "Afterwards", listed=True),
    )
