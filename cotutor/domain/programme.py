"""A workshop's programme, and the sequence of small plans that it comes to.

Each item of a programme becomes one plan that the session engine runs, so a room has the same
clock as a pair. Rounds are a plan each because equality is between the people of one group: who
sits at place A in the next round is somebody else, and owes nothing.

Lengths are whole milliseconds.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Annotated, Literal

from msgspec import Meta, Struct

from cotutor.domain.duration import MINUTE, SECOND, Length, in_words
from cotutor.domain.guidance import Short
from cotutor.domain.plan import Alias, Kind, Line, Name, Phase, Plan, Role, Stop
from cotutor.domain.rotation import Round, draw, figures
from cotutor.domain.seatings import FEWEST, MOST

ROUND_PEOPLE: tuple[Alias, ...] = ("A", "B", "C")
"""What a room calls the places in a group; the seating says who has which."""
_CHANGE = Length(30 * SECOND)
_GATHER = Length(2 * MINUTE)
_TRIES = 40


class ItemKind(StrEnum):
    """What an item of a programme is."""

    WELCOME = "welcome"
    WARM_UP = "warm-up"
    TEACHING = "teaching"
    DEMONSTRATION = "demonstration"
    DEBRIEF = "debrief"
    ROUND = "round"
    """Turns in pairs or threes."""
    FEEDBACK = "feedback"
    PRACTICE = "practice"
    """Each alone, or round a table: cards, sentences to turn into questions."""
    STEP = "step"
    """One step of something that a whole group does by the clock."""
    BREAK = "break"
    REVIEW = "review"
    CLOSE = "close"


class Turns(Struct, frozen=True, forbid_unknown_fields=True):
    """How a round goes: everybody in a group speaks once, and is then given feedback."""

    size: Literal[2, 3]
    turn: Length
    """How long each speaks."""
    feedback: Length | None = None
    """How long each voice has after each turn: speaker, listener, observer. None: no feedback."""
    gather: Length = _GATHER
    """For finding one's group."""
    change: Length = _CHANGE
    """For changing roles between turns."""
    same_groups: bool = False
    """People stay where they sat in the round before."""

    @property
    def voices(self) -> tuple[Role, ...]:
        """Whose feedback is heard after each turn, in order."""
        return tuple(Role)[: self.size] if self.feedback else ()

    @property
    def length(self) -> Length:
        """How long the whole round lasts."""
        each = self.turn + len(self.voices) * (self.feedback or 0)
        return Length(self.gather + self.size * each + (self.size - 1) * self.change)


class Item(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a programme."""

    kind: ItemKind
    title: Short
    say: Line
    """What the room reads, and all that it reads."""
    length: Length | None = None
    """How long it lasts; a round's length follows from its turns."""
    trainer: Annotated[tuple[Line, ...], Meta(max_length=12)] = ()
    """Notes for the trainer, which the room never sees."""
    turns: Turns | None = None
    """Needed for a round."""
    demo: Name | None = None
    """Which demonstration is played."""
    day: Annotated[int, Meta(ge=1, le=5)] = 1

    @property
    def lasts(self) -> Length:
        """How long it lasts, whichever way the file says it."""
        return self.turns.length if self.turns else self.length or Length(0)


class Programme(Struct, frozen=True, forbid_unknown_fields=True):
    """A workshop, from the welcome to the close."""

    format: Literal[1]
    name: Name
    title: Line
    length: Length
    """How long it lasts in all, the nights left out; the items must add up to it."""
    items: Annotated[tuple[Item, ...], Meta(min_length=1, max_length=60)]
    summary: Line = ""
    fewest: Annotated[int, Meta(ge=FEWEST, le=MOST)] = FEWEST
    most: Annotated[int, Meta(ge=FEWEST, le=MOST)] = MOST


class Section(Struct, frozen=True):
    """One item of a programme as it is run."""

    item: Item
    plan: Plan
    begins: int
    """Planned, since the beginning of its day."""
    round: int | None = None
    """Which round of the rotation gives the seating, from 1; None if people don't sit in groups."""

    @property
    def ends(self) -> int:
        """Planned, since the beginning of its day."""
        return self.begins + self.item.lasts


def expand(programme: Programme) -> tuple[Section, ...]:
    """The programme as plans for the session engine, one for each item, with their planned times."""
    sections: list[Section] = []
    seating = 0
    for item in programme.items:
        before = sections[-1] if sections else None
        begins = before.ends if before and before.item.day == item.day else 0
        if item.turns and not (item.turns.same_groups and seating):
            seating += 1
        sections.append(Section(item, _plan(programme, item), begins, round=seating if item.turns else None))
    return tuple(sections)


def seat_everyone(programme: Programme, people: Sequence[str], random: Random) -> tuple[Round, ...]:
    """The seating of every round; ``Section.round`` counts them from 1.

    Args:
        programme: it may mix pairs and threes; the two rotations are then fitted to each other.
        people: numbers or first names, each once.
        random: what the draw depends on.

    Raises:
        CotutorError: as ``rotation.draw``.
    """
    sizes = [section.item.turns.size for section in _seated(expand(programme)) if section.item.turns]
    if not sizes:
        return ()
    tries = [_drawn(sizes, people, random) for _ in range(_TRIES if len(set(sizes)) > 1 else 1)]
    return min(tries, key=lambda rounds: figures(rounds, sizes[0]).repeats)


def _seated(sections: Sequence[Section]) -> list[Section]:
    """The first section of each seating."""
    firsts = {section.round: section for section in reversed(sections) if section.round}
    return [firsts[number] for number in sorted(firsts)]


def _drawn(sizes: Sequence[int], people: Sequence[str], random: Random) -> tuple[Round, ...]:
    """One draw for each size that occurs, dealt out in the order of the programme."""
    drawn = {size: iter(draw(people, size, sizes.count(size), random)) for size in sorted(set(sizes))}
    return tuple(Round(number, next(drawn[size]).groups) for number, size in enumerate(sizes, start=1))


def _plan(programme: Programme, item: Item) -> Plan:
    turns = item.turns
    people = ROUND_PEOPLE[: turns.size] if turns else ROUND_PEOPLE[:2]
    phases = _round(turns, item.say) if turns else (_together(item),)
    return Plan(
        format=1,
        name=programme.name,
        title=item.title,
        phases=phases,
        people=people,
        turn=turns.turn if turns else item.lasts,
        warn=(Length(MINUTE),) if turns and turns.turn > 2 * MINUTE else (),
    )


_KINDS = {ItemKind.BREAK: Kind.BREAK, ItemKind.CLOSE: Kind.CLOSE, ItemKind.FEEDBACK: Kind.FEEDBACK}


def _together(item: Item) -> Phase:
    return Phase(_KINDS.get(item.kind, Kind.TOGETHER), length=item.lasts, say=item.say)


def _round(turns: Turns, say: str) -> tuple[Phase, ...]:
    """A room of groups goes by the bell: within a round every phase ends by itself."""
    phases = [Phase(Kind.SETTLE, length=turns.gather, stop=Stop.HARD, say=say)]
    for place in range(1, turns.size + 1):
        if place > 1:
            phases.append(Phase(Kind.SWAP, length=turns.change, stop=Stop.HARD))
        phases.append(Phase(Kind.TURN, length=turns.turn, stop=Stop.HARD, speaker=place))
        phases += (
            Phase(Kind.FEEDBACK, length=turns.feedback, stop=Stop.HARD, speaker=place, voice=voice)
            for voice in turns.voices
        )
    return tuple(phases)


def odd_groups(turns: Turns, people: int) -> str | None:
    """What the groups of another size do, if there are any: a line for the room."""
    if turns.size == 3:
        if people % 3 == 0:
            return None
        pairs = "The pair" if people % 3 == 2 else "The two pairs"
        return f"{pairs}: in the third turn, talk together about the listening, not about what was said."
    if people % 2 == 0 or people < 3:
        return None
    third = 2 * turns.turn // 3 // (5 * SECOND) * 5 * SECOND
    return f"The three: three turns of {in_words(third)} in the same time. Whoever is free observes."


def behind(sections: Sequence[Section], index: int, left: int, elapsed: int) -> int:
    """How far the day is behind its programme, in milliseconds; below nought it is ahead.

    Args:
        sections: what ``expand`` returned.
        index: the section that runs.
        left: what is left of it; below nought it is over its time.
        elapsed: how long ago this day began.
    """
    return elapsed + max(0, left) - sections[index].ends


def standing(sections: Sequence[Section], index: int, late: int, began: datetime) -> str:
    """Ahead or behind in words, and when the day would end if the rest goes as planned.

    Args:
        sections: what ``expand`` returned.
        index: the section that runs.
        late: what ``behind`` says.
        began: when this day began, by the clock on the wall.
    """
    day = sections[index].item.day
    planned = max(section.ends for section in sections if section.item.day == day)
    ends = began + timedelta(milliseconds=planned + late)
    minutes = (abs(late) + MINUTE // 2) // MINUTE
    if not minutes:
        return f"on time: ends {ends:%H:%M}"
    word = "minute" if minutes == 1 else "minutes"
    return f"{minutes} {word} {'behind' if late > 0 else 'ahead'}: would end {ends:%H:%M}"
