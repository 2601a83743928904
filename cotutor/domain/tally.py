"""The observer's tally: how often a listener did what, and when; never what anybody said.

Counts fall into bins of five minutes, the segments in which research has tallied conversations
(https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3236613/). It lives in memory and ends with the turn.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from cotutor.domain.duration import MINUTE
from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Role
from cotutor.domain.skills import COUNTED, QUESTIONS, REFLECTIONS, Skill

BIN = 5 * MINUTE
"""How much of a turn one column of the picture holds, in milliseconds."""
MOST_MARKS = 2_000
"""More than a key held down by mistake in an hour; beyond it a tally says no."""

BORROWED = (
    "Borrowed from motivational interviewing, where one reflection to a question is fair and two are"
    " good. A way to think about it, not a grade: mentoring has no standard of its own."
)
"""What must be said beside any ratio (https://www.ncbi.nlm.nih.gov/pmc/articles/PMC9461167/, table 3)."""

FEEDBACK = {
    Role.SPEAKER: "Speaker: what in the listening helped you think? Not what you talked about.",
    Role.LISTENER: "Listener: what would you do again, and what would you try instead?",
    Role.OBSERVER: "Observer: what you counted, one thing that helped, and one offer.",
}
"""Who says what about the listening, in this order."""
THANK_YOU = "Whoever gets feedback need only say thank you."


class Mark(Struct, frozen=True):
    """One press of an observer's key."""

    skill: Skill
    at: int
    """Milliseconds since the turn began."""


class Tally(Struct, frozen=True):
    """What one observer has counted in one turn."""

    marks: tuple[Mark, ...] = ()

    def marked(self, skill: Skill, at: int) -> "Tally":
        """One more of ``skill``, ``at`` milliseconds into the turn.

        Raises:
            CotutorError: the tally is full.
        """
        if len(self.marks) >= MOST_MARKS:
            raise CotutorError("This tally is full: a key may have been held down. Undo, or start a new one.")
        return Tally((*self.marks, Mark(skill, max(0, at))))

    def undone(self) -> "Tally":
        """Without the last mark; an empty tally stays empty."""
        return Tally(self.marks[:-1])

    def count(self, *skills: Skill) -> int:
        """How often any of ``skills`` was counted."""
        return sum(mark.skill in skills for mark in self.marks)


class Row(Struct, frozen=True):
    """One line of the picture."""

    skill: Skill
    counts: tuple[int, ...]
    """One number for each bin, in order of time."""

    @property
    def total(self) -> int:
        """How often in the whole turn."""
        return sum(self.counts)

    def bar(self, most: int, width: int) -> str:
        """The total as a bar of number signs, where ``most`` fills ``width`` characters."""
        return "#" * (-(-self.total * width // most) if most > width else self.total)


class Share(Struct, frozen=True):
    """One figure: so many of one thing to so many of another."""

    name: str
    some: int
    of: int
    words: str
    borrowed: bool = False
    """Whether ``BORROWED`` must be said with it."""


def rows(tally: Tally, length: int) -> tuple[Row, ...]:
    """The picture: a row for everything that can be counted, also what never happened.

    Args:
        tally: what was counted.
        length: how long the turn lasted, in milliseconds; marks beyond it get bins of their own.
    """
    last = max([0, length - 1, *(mark.at for mark in tally.marks)]) // BIN
    counts = Counter((mark.skill, mark.at // BIN) for mark in tally.marks)
    return tuple(Row(skill, tuple(counts[skill, number] for number in range(last + 1))) for skill in COUNTED)


def shares(tally: Tally) -> tuple[Share, ...]:
    """The figures: open among all questions, reflections to questions, encouragers beside the floor taken."""
    opened, asked = tally.count(Skill.OPEN), tally.count(*QUESTIONS)
    reflected = tally.count(*REFLECTIONS)
    nods, taken = tally.count(Skill.ENCOURAGER), tally.count(Skill.FLOOR)
    percent = f"{round(100 * opened / asked)}% open" if asked else "no questions"
    ratio = f"{reflected / asked:.1f} to 1" if asked else "no questions"
    return (
        Share("Open among all questions", opened, asked, f"{opened} of {asked}: {percent}"),
        Share(
            "Reflections to questions", reflected, asked, f"{reflected} to {asked}: {ratio}", borrowed=True
        ),
        Share(
            "Encouragers, apart from floor taken",
            nods,
            taken,
            f"{nods} {'encourager' if nods == 1 else 'encouragers'},"
            f" floor taken {taken} {'time' if taken == 1 else 'times'}",
        ),
    )


def picture(tally: Tally, length: int, width: int = 78) -> tuple[str, ...]:
    """The tally as lines of plain text: a label, a number for each bin, a bar; then the figures.

    Args:
        tally: what was counted.
        length: how long the turn lasted, in milliseconds.
        width: how many characters a line may have, at least 40; bins that do not fit are left to the total.
    """
    drawn = rows(tally, length)
    label = max(len(skill) for skill in COUNTED)
    fitting = min(len(drawn[0].counts), (width - label - 18) // 4)
    room = width - label - 7 - 4 * fitting
    most = max(row.total for row in drawn)
    heads = "".join(f"{number * 5:>4}" for number in range(fitting))
    lines = [f"{'minutes from':{label}}{heads}  all"]
    for row in drawn:
        bins = "".join(f"{count or '.':>4}" for count in row.counts[:fitting])
        lines.append(f"{row.skill:{label}}{bins}{row.total:>5}  {row.bar(most, room)}".rstrip())
    return (*lines, "", *figure_lines(shares(tally)))


def figure_lines(figures: Sequence[Share]) -> tuple[str, ...]:
    """The figures in words, and what must be said beside those that are borrowed."""
    lines = tuple(f"{share.name}: {share.words}." for share in figures)
    return (*lines, BORROWED) if any(share.borrowed and share.of for share in figures) else lines
