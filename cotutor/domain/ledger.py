"""Who had how much time, what is still to come, and what is owed.

Equality is worked out, never stored: each upcoming turn is levelled up to whoever has had most
so far, and what no turn is left to repay is owed and shown. So giving one person time always
gives it to the others too, and a turn cut short is made up in that person's next one, if the
plan has one. Time that a speaker gave back is theirs to give: it counts as had.

All times are milliseconds. A person's *balance* is what they had beyond the plan.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from cotutor.domain.plan import Phase, Plan


class Spell(Struct, frozen=True):
    """The time that a phase has taken so far, or took in the end."""

    index: int
    """Which phase of the plan, from 0."""
    ran: int = 0
    """Milliseconds that counted."""
    held: int = 0
    """Milliseconds that did not: pauses, stop and explain, absences left out."""
    extra: int = 0
    """Milliseconds that the speaker accepted on top; below nought they gave time back."""


class Account(Struct, frozen=True):
    """What one speaker has had of their time and is owed, in milliseconds."""

    place: int
    """The speaker's place in the speaking order, from 1."""
    planned: int
    """All their turns as the plan has them."""
    spoken: int
    """What they have had so far."""
    credit: int
    """What their next turn is longer by, because others had more."""
    waived: int
    """What they gave back of their own accord."""
    owed: int
    """What no turn is left to repay. Somebody's, and shown, if not nought."""


def phase_length(phase: Phase) -> int:
    """The planned length of a phase whose plan went through ``Plan.with_turn``."""
    if phase.length is None:
        raise ValueError("the plan has not been through with_turn")
    return phase.length


def is_turn_of(phase: Phase, place: int) -> bool:
    """Whether this phase is a turn in which the person at ``place`` speaks."""
    return phase.turn_of == place


def speakers(plan: Plan) -> tuple[int, ...]:
    """The places of those who have a turn in this plan, in speaking order."""
    return tuple(sorted({place for phase in plan.phases if (place := phase.turn_of)}))


def credit(plan: Plan, spells: Sequence[Spell], place: int) -> int:
    """How much longer the next turn of the person at ``place`` is, so that all stay equal.

    Args:
        plan: a plan that went through ``with_turn``.
        spells: the phases that count as had; a running one as it is expected to end.
        place: whose next turn; one of ``speakers``.
    """
    return _levelling(_balances(plan, _turns(plan, spells)), place)


def allotted(plan: Plan, done: Sequence[Spell], current: Spell) -> int:
    """How long the current phase is to last: planned, levelled with the others, and what was added."""
    phase = plan.phases[current.index]
    levelled = credit(plan, done, phase.turn_of) if phase.turn_of else 0
    return phase_length(phase) + levelled + current.extra


def accounts(plan: Plan, done: Sequence[Spell], current: Spell) -> tuple[Account, ...]:
    """Everybody's time, in speaking order.

    Args:
        plan: a plan that went through ``with_turn``.
        done: the phases that are over.
        current: the phase that runs; an index past the plan's end when the session is over.
    """
    had = spent = _turns(plan, done)
    if current.index < len(plan.phases):
        expected = replace(current, ran=max(current.ran, allotted(plan, done, current)))
        had, spent = _turns(plan, (*done, expected)), _turns(plan, (*done, current))
    balances = _balances(plan, had)
    coming = {phase.turn_of for phase in plan.phases[current.index + 1 :]}
    more = {place: _levelling(balances, place) if place in coming else 0 for place in balances}
    missed = {place: 0 if place in coming else _missed(plan, had, place) for place in balances}
    standings = {place: balances[place] + more[place] - missed[place] for place in balances}
    return tuple(
        Account(
            place=place,
            planned=_planned(plan, place),
            spoken=sum(turn.ran for turn in spent if turn.place == place),
            credit=more[place],
            waived=sum(turn.waived for turn in spent if turn.place == place),
            owed=max(standings.values()) - standings[place],
        )
        for place in balances
    )


class _Turn(Struct, frozen=True):
    """What a spell was to its speaker."""

    place: int
    length: int
    ran: int
    waived: int
    """What they gave back and really did not use afterwards."""


def _turns(plan: Plan, spells: Sequence[Spell]) -> list[_Turn]:
    """The turns among ``spells``, each levelled by those before it."""
    turns: list[_Turn] = []
    balances = _balances(plan, turns)
    for spell in spells:
        phase = plan.phases[spell.index]
        place = phase.turn_of
        if place is None:
            continue
        length = phase_length(phase)
        unused = length + _levelling(balances, place) - spell.ran
        turn = _Turn(place, length, spell.ran, waived=max(0, min(-spell.extra, unused)))
        turns.append(turn)
        balances[turn.place] += _excess(turn)
    return turns


def _excess(turn: _Turn) -> int:
    return turn.ran + turn.waived - turn.length


def _balances(plan: Plan, turns: Sequence[_Turn]) -> dict[int, int]:
    """What each speaker had beyond the plan; time given back counts as had."""
    return {place: sum(_excess(turn) for turn in turns if turn.place == place) for place in speakers(plan)}


def _levelling(balances: dict[int, int], place: int) -> int:
    return max(balances.values()) - balances[place]


def _planned(plan: Plan, place: int) -> int:
    return sum(phase_length(phase) for phase in plan.phases if is_turn_of(phase, place))


def _missed(plan: Plan, had: Sequence[_Turn], place: int) -> int:
    """The turns that an early end took from a person."""
    return _planned(plan, place) - sum(turn.length for turn in had if turn.place == place)
