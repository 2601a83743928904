"""What a plan must be beyond its types: equal, possible, and about the people it has.

Every rule yields one line for each mistake, which begins with the key; phases count from 1.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from cotutor.domain.duration import MINUTE, SECOND, Length, short
from cotutor.domain.plan import MODE_NAMES, Kind, Phase, Plan, Role

LONGEST = 8 * 60 * MINUTE
"""No session is longer than a working day, in milliseconds."""


def broken_rules(plan: Plan) -> list[str]:
    """Every rule that the plan breaks, in a line each; none if it can be used."""
    lines = [*_people(plan), *_modes(plan)]
    for number, phase in enumerate(plan.phases, start=1):
        lines += (f"phases[{number}].{line}" for line in _phase(phase, len(plan.people)))
    # What follows adds up times, which means nothing while phases name people who are not there.
    return lines or [*_turns(plan), *_total(plan)]


def _people(plan: Plan) -> Iterator[str]:
    if len({name.casefold() for name in plan.people}) < len(plan.people):
        yield "people: two of them have the same name; each needs its own"


def _modes(plan: Plan) -> Iterator[str]:
    if plan.mode not in plan.modes:
        modes = ", ".join(plan.modes)
        yield f"mode: {plan.mode} ({MODE_NAMES[plan.mode]}) is not among this plan's modes: {modes}"


def _phase(phase: Phase, count: int) -> Iterator[str]:
    places = {"speaker": phase.speaker, "listener": phase.listener, "observer": phase.observer}
    named = {key: place for key, place in places.items() if place is not None}
    for key, place in named.items():
        if place > count:
            yield f"{key}: found {place}; this plan has {count} people"
    if len(set(named.values())) < len(named):
        yield f"{' and '.join(named)}: nobody can be both at once"
    if phase.speaker is None:
        yield from _speakerless(phase, named)
    if phase.voice and not phase.kind.traits.has_voice:
        with_voice = " or ".join(kind for kind in Kind if kind.traits.has_voice)
        yield f"voice: only a {with_voice} phase has a voice, and this is {phase.kind}"
    if count < 3 and (phase.observer or phase.voice is Role.OBSERVER):
        yield f"{'observer' if phase.observer else 'voice'}: with two people nobody observes"


def _speakerless(phase: Phase, named: dict[str, int]) -> Iterator[str]:
    if phase.is_turn:
        yield f"speaker: is missing; a {phase.kind} needs one"
    elif named or phase.voice:
        yield f"speaker: is missing; without one, {' and '.join(named) or 'voice'} means nobody"


def _turns(plan: Plan) -> Iterator[str]:
    turns = [phase for phase in plan.with_turn().phases if phase.is_turn]
    if not turns:
        yield "phases: none of them is a turn; somebody has to speak"
        return
    shortest = min(phase.length or 0 for phase in turns)
    for number, warning in enumerate(plan.warn, start=1):
        if warning >= shortest:
            yield f"warn[{number}]: {short(warning)} before the end does not fit a turn of {short(shortest)}"
    if not plan.unequal:
        yield from _equality(plan)


def _equality(plan: Plan) -> Iterator[str]:
    spoken = _spoken(plan)
    # The people may agree on another turn length, so the turns must be equal at that one too.
    another = _spoken(replace(plan, turn=Length(plan.turn + SECOND)))
    if len(set(spoken.values())) > 1:
        times = ", ".join(f"{plan.people[place - 1]} {short(time)}" for place, time in spoken.items())
        yield f"phases: people speak for different times ({times}); level them, or write unequal = true"
    elif len(set(another.values())) > 1:
        yield (
            "phases: the turns are equal only at this turn length, as some have a length of their own and "
            "some have none; level them, or write unequal = true"
        )


def _spoken(plan: Plan) -> dict[int, int]:
    """Milliseconds that each of those who speak has, by place."""
    spoken: dict[int, int] = {}
    for phase in plan.with_turn().phases:
        if place := phase.turn_of:
            spoken[place] = spoken.get(place, 0) + (phase.length or 0)
    return dict(sorted(spoken.items()))


def _total(plan: Plan) -> Iterator[str]:
    total = sum(phase.length or 0 for phase in plan.with_turn().phases)
    if total > LONGEST:
        yield f"phases: together they last {short(total)}; allowed is at most {short(LONGEST)}"
