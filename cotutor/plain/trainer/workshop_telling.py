"""What the line mode says of a workshop."""

from collections.abc import Sequence

from cotutor.domain import events, scenes
from cotutor.domain.duration import MINUTE, in_words, short
from cotutor.domain.events import Event, Why
from cotutor.domain.ledger import phase_length
from cotutor.domain.programme import Item, Section
from cotutor.domain.rotation import Round
from cotutor.domain.scenes import Scene
from cotutor.domain.session import SessionState
from cotutor.domain.wording import sentence
from cotutor.services.workshop_runner import RoomRunner


def told(event: Event, state: SessionState, scene: Scene, *, alone: bool) -> str | None:
    """A change in one line; None if another line tells it.

    Args:
        event: what happened.
        state: the part after it.
        scene: what the room knows of the part.
        alone: whether nobody is there any more to give commands.
    """
    said: str | None = sentence(event, state)
    to_do = ""
    match event:
        case events.PhaseBegan(index=index):
            said = _began(state, scene, index)
        case events.PhaseEnded() | events.SessionEnded() | events.EndedEarly() | events.Held(why=Why.AWAY):
            said = None  # another line tells it
        case events.TimeUp(index=index) if state.ended or state.spell.index != index:
            said = None  # the next phase has begun by itself
        case events.TimeUp(index=index):
            said, to_do = f"{scenes.headline(scene, index)}: time is up.", " Press Enter to go on."
        case events.Held():
            said, to_do = "Paused for the whole room.", " Type resume to go on."
        case events.WentAway():
            to_do = " Type count, or leave out."
        case events.MoreGiven(amount=amount):
            said = f"{in_words(amount)} more."
        case events.GivenBack(amount=amount):
            said = f"{in_words(amount)} less."
    return f"{said}{'' if alone else to_do}" if said else None


def _began(state: SessionState, scene: Scene, index: int) -> str:
    length = in_words(phase_length(state.plan.phases[index]))
    doing, said = scenes.headline(scene, index), scenes.instruction(scene, index)
    if doing == scene.title:
        return f"{capital(length)} {said}"
    turning = scenes.turn_at(scene, index) is not None and said == scene.say
    return f"{doing}: {length}." if turning else f"{doing}: {length}. {said}"


def part_line(sections: Sequence[Section], index: int) -> str:
    """Which part runs: ``Part 4 of 11: First round, in threes, 30m.``."""
    item = sections[index].item
    return f"Part {index + 1} of {len(sections)}: {item.title}, {short(item.lasts)}."


def part_lines(sections: Sequence[Section], index: int) -> tuple[str, ...]:
    """The whole programme, a line for each part, with the time since its day began."""
    lines = []
    for number, section in enumerate(sections):
        at = section.begins // MINUTE
        now = " Now." if number == index else ""
        day = f"day {section.item.day}, " if sections[-1].item.day > 1 else ""
        lines.append(
            f"{number + 1}. {day}{at // 60}:{at % 60:02} {section.item.title}, {short(section.item.lasts)}.{now}"
        )
    return tuple(lines)


def note_lines(item: Item) -> tuple[str, ...]:
    """The trainer's notes on a part, and its demonstration."""
    demo = (f"Its demonstration, in another window: cotutor demo {item.demo} --plain",) if item.demo else ()
    return (item.trainer + demo) or ("There are no notes on this part.",)


def left(shown: str) -> str:
    """``12:34 left``, or ``+0:10 over``."""
    return f"{shown} {'over' if shown.startswith('+') else 'left'}"


def capital(text: str) -> str:
    """A sentence of its own."""
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def groups(room: RoomRunner, rounds: Sequence[Round]) -> tuple[tuple[str, ...], ...]:
    """The groups of the present round, in speaking order; none if people don't sit in groups."""
    number = room.section.round
    if number is None or room.day_over:
        return ()
    return tuple(tuple(seat.person for seat in group.seats) for group in rounds[number - 1].groups)


def numbered_groups(
    room: RoomRunner, rounds: Sequence[Round], people: Sequence[str]
) -> tuple[tuple[int, ...], ...]:
    """The same by seat number, for the second window, which is told no names."""
    number = {person: place for place, person in enumerate(people, start=1)}
    return tuple(tuple(number[person] for person in group) for group in groups(room, rounds))


def seating_lines(rounds: Sequence[Round]) -> tuple[str, ...]:
    """Who sits with whom in every round, a line for each."""
    return tuple(
        f"Round {one.number}: "
        + "; ".join(
            scenes.parts_in_words([seat.person for seat in group.seats], None, 2) for group in one.groups
        )
        + "."
        for one in rounds
    )
