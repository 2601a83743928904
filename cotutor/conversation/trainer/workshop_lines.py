"""What both faces show of a workshop's programme and seating, apart from where it is now."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from cotutor.domain.duration import MINUTE, short
from cotutor.domain.programme import Programme, Section
from cotutor.domain.rotation import Round
from cotutor.domain.scenes import parts_in_words

NO_SEATING = "In this programme nobody changes places."
ORDER = "Whoever is named first speaks first, then the next."
NUMBERS = "Numbers in the second window, which shows no names"


class Part(NamedTuple):
    """One part of a programme in a list of all of them."""

    number: int
    """From 1, through all days; it is what ``go`` is followed by."""
    day: int
    """From 1; 0 in a programme of one day."""
    begins: str
    """Planned, since its day began: ``1:25``."""
    title: str
    lasts: str
    now: bool
    """Whether it is the one that runs."""


def parts(sections: Sequence[Section], index: int) -> tuple[Part, ...]:
    """The whole programme.

    Args:
        sections: what ``expand`` returned.
        index: the section that runs, from 0.
    """
    days = sections[-1].item.day > 1
    return tuple(
        Part(
            number + 1,
            section.item.day if days else 0,
            f"{section.begins // MINUTE // 60}:{section.begins // MINUTE % 60:02}",
            section.item.title,
            short(section.item.lasts),
            now=number == index,
        )
        for number, section in enumerate(sections)
    )


def place(sections: Sequence[Section], index: int) -> str:
    """``Part 4 of 11: First round, in threes``, with the day where there are several."""
    item = sections[index].item
    part = f"part {index + 1} of {len(sections)}: {item.title}"
    return f"Day {item.day}, {part}" if sections[-1].item.day > 1 else f"P{part[1:]}"


def groups(one: Round) -> tuple[tuple[str, ...], ...]:
    """Who sits together in a round, each group in speaking order."""
    return tuple(tuple(seat.person for seat in group.seats) for group in one.groups)


def seating_in_words(rounds: Sequence[Round], people: Sequence[str]) -> tuple[str, ...]:
    """Who sits with whom in every round, a line for each, to be read aloud."""
    if not rounds:
        return (NO_SEATING,)
    seated = (
        f"Round {one.number}: {'; '.join(parts_in_words(group, None, len(group)) for group in groups(one))}."
        for one in rounds
    )
    numbered = numbers(people)
    return (*seated, ORDER, *([f"{NUMBERS}: {', '.join(numbered)}."] if numbered else []))


def numbers(people: Sequence[str]) -> tuple[str, ...]:
    """``3 Cem`` for everybody, as the second window knows people; empty if they go by numbers anyway."""
    if list(people) == [str(number) for number in range(1, len(people) + 1)]:
        return ()
    return tuple(f"{number} {name}" for number, name in enumerate(people, start=1))


def summary(programme: Programme) -> str:
    """How long a programme lasts and for how many it was made."""
    return f"{short(programme.length)}, {programme.fewest} to {programme.most} people"


def until(left: int, wall: datetime, *, held: bool) -> str:
    """Until when a phase lasts, or why that can't be known.

    Args:
        left: milliseconds that are left of it.
        wall: the present moment.
        held: whether its clock is held.
    """
    if held:
        return "paused"
    return "over its time" if left < 0 else f"until {wall + timedelta(milliseconds=left):%H:%M}"
