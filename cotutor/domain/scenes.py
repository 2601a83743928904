"""What a room of people is shown of a workshop: where it is, what to do, who has which part.

A ``Scene`` holds of a programme's item only what is meant for the room. Who is shown it can't
be shown the trainer's notes by mistake: they are not in it.
"""

from collections.abc import Sequence

from msgspec import Struct

from cotutor.domain.plan import Phase, Plan, Role
from cotutor.domain.programme import Programme, Section, Turns, expand, odd_groups
from cotutor.domain.tally import FEEDBACK

LEGEND = "1→2 (3): 1 speaks, 2 listens, 3 observes"
"""How to read the parts of a group."""


class Scene(Struct, frozen=True):
    """One item of a programme, as the room knows it."""

    title: str
    say: str
    plan: Plan
    turns: Turns | None = None


def scene(section: Section) -> Scene:
    """What the room may know of a section."""
    item = section.item
    return Scene(item.title, item.say, section.plan.with_turn(), item.turns)


def scenes(programme: Programme) -> tuple[Scene, ...]:
    """What the room may know of a programme."""
    return tuple(scene(section) for section in expand(programme))


def headline(shown: Scene, index: int) -> str:
    """What goes on in a phase, in a few words: ``Turn 2 of 3``."""
    phase = _phase(shown, index)
    if shown.turns is None:
        return shown.title
    words = phase.kind.traits.room_headline
    named = words.format(turn=phase.speaker, size=shown.turns.size, voice=phase.voice or Role.SPEAKER)
    return named or shown.title


def instruction(shown: Scene, index: int) -> str:
    """What to do in a phase."""
    phase = _phase(shown, index)
    if phase.voice:
        return FEEDBACK[phase.voice]
    return (phase.kind.traits.room_line if shown.turns else "") or shown.say


def turn_at(shown: Scene, index: int) -> int | None:
    """Which turn of the round a phase belongs to, from 1; None before the first one and in other items."""
    phase = _phase(shown, index)
    if shown.turns is None:
        return None
    return _phase(shown, index + 1).speaker if phase.kind.traits.announces_next else phase.speaker


def parts(group: Sequence[str], turn: int | None, size: int) -> str:
    """A group in a turn, as short as can be read from afar: ``7→2 (5)``; see ``LEGEND``.

    Args:
        group: seats, by number or name, in speaking order.
        turn: which turn of the round; None while people look for each other.
        size: how many people the round is meant for; a group of another size shares its time itself.
    """
    if turn is None:
        return " · ".join(group)
    if len(group) > size or turn > len(group):
        return " + ".join(group)
    speaker, listener, *observers = (*group[turn - 1 :], *group[: turn - 1])
    return f"{speaker}→{listener}" + "".join(f" ({observer})" for observer in observers)


def parts_in_words(group: Sequence[str], turn: int | None, size: int) -> str:
    """The same for reading aloud: ``7 speaks, 2 listens, 5 observes``."""
    if turn is None:
        return " with ".join((group[0], " and ".join(group[1:])))
    if len(group) > size or turn > len(group):
        return f"{', '.join(group[:-1])} and {group[-1]} by themselves"
    order = (*group[turn - 1 :], *group[: turn - 1])
    verbs = ("speaks", "listens", "observes")
    return ", ".join(f"{seat} {verb}" for seat, verb in zip(order, verbs, strict=False))


def odd_line(shown: Scene, people: int) -> str:
    """What groups of another size do in this round, or nothing."""
    return (odd_groups(shown.turns, people) if shown.turns and people else None) or ""


def _phase(shown: Scene, index: int) -> Phase:
    return shown.plan.phases[min(index, len(shown.plan.phases) - 1)]


def too_few_or_many(programme: Programme, people: int) -> str:
    """A line if the programme was made for fewer or more people; empty if it fits."""
    if programme.fewest <= people <= programme.most:
        return ""
    return f"Made for {programme.fewest} to {programme.most} people; you are {people}. It runs all the same."
