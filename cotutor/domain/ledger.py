"""Who had how much time, what is still to come, and what is owed.

Equality is worked out, never stored: each upcoming turn is levelled up to the longest excess
that anybody has had so far, and what no turn is left to repay is owed and shown. So giving one
person time always gives it to the others too, whatever happened before.

All times are milliseconds. A person's *excess* is what they spoke beyond the plan.
"""

from collections.abc import Sequence

from msgspec import Struct

from cotutor.domain.plan import Kind, Phase, Plan


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
    """One speaker's time."""

    place: int
    """The speaker's place in the speaking order, from 1."""
    planned: int
    """All their turns as the plan has them."""
    spoken: int
    """What they have had so far."""
    credit: int
    """What their next turn is longer by, because others had more than planned."""
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
    return phase.kind is Kind.TURN and phase.speaker == place


def speakers(plan: Plan) -> tuple[int, ...]:
    """The places of those who have a turn in this plan, in speaking order."""
    return tuple(
        sorted({phase.speaker for phase in plan.phases if phase.kind is Kind.TURN and phase.speaker})
    )


def credit(plan: Plan, spells: Sequence[Spell], place: int) -> int:
    """How much longer the next turn of the person at ``place`` is, so that all stay equal.

    Args:
        plan: a plan that went through ``with_turn``.
        spells: the phases that count as had; a running one as it is expected to end.
        place: whose next turn.
    """
    others = max((_excess(plan, spells, other) for other in speakers(plan) if other != place), default=0)
    return max(0, others - max(0, _excess(plan, spells, place)))


def agreed(plan: Plan, done: Sequence[Spell], current: Spell) -> int:
    """How long the current phase is to last: planned, levelled with the others, and what was added."""
    phase = plan.phases[current.index]
    levelled = credit(plan, done, phase.speaker) if phase.kind is Kind.TURN and phase.speaker else 0
    return phase_length(phase) + levelled + current.extra


def accounts(plan: Plan, done: Sequence[Spell], current: Spell) -> tuple[Account, ...]:
    """Everybody's time, in speaking order.

    Args:
        plan: a plan that went through ``with_turn``.
        done: the phases that are over.
        current: the phase that runs; an index past the plan's end when the session is over.
    """
    running = current.index < len(plan.phases)
    expected = (
        Spell(current.index, ran=max(current.ran, agreed(plan, done, current)), extra=current.extra)
        if running
        else current
    )
    had = (*done, expected) if running else tuple(done)
    standings = {place: _standing(plan, had, expected.index, place) for place in speakers(plan)}
    most = max(standings.values(), default=0)
    spent = (*done, current) if running else tuple(done)
    return tuple(
        Account(
            place=place,
            planned=sum(phase_length(phase) for phase in plan.phases if is_turn_of(phase, place)),
            spoken=sum(spell.ran for spell in _turns(plan, spent, place)),
            credit=_coming_credit(plan, had, expected.index, place),
            waived=_waived(plan, spent, place),
            owed=most - standing,
        )
        for place, standing in standings.items()
    )


def _turns(plan: Plan, spells: Sequence[Spell], place: int) -> list[Spell]:
    return [spell for spell in spells if is_turn_of(plan.phases[spell.index], place)]


def _waived(plan: Plan, spells: Sequence[Spell], place: int) -> int:
    """What a person gave back and really did not use afterwards."""
    return sum(
        max(0, min(-spell.extra, agreed(plan, spells[:number], spell) - spell.extra - spell.ran))
        for number, spell in enumerate(spells)
        if is_turn_of(plan.phases[spell.index], place)
    )


def _excess(plan: Plan, spells: Sequence[Spell], place: int) -> int:
    return sum(spell.ran - phase_length(plan.phases[spell.index]) for spell in _turns(plan, spells, place))


def _coming(plan: Plan, index: int, place: int) -> int:
    return sum(phase_length(phase) for phase in plan.phases[index + 1 :] if is_turn_of(phase, place))


def _coming_credit(plan: Plan, had: Sequence[Spell], index: int, place: int) -> int:
    return credit(plan, had, place) if _coming(plan, index, place) else 0


def _standing(plan: Plan, had: Sequence[Spell], index: int, place: int) -> int:
    """What a person will have had beyond the plan, if the rest goes as planned; time given back counts as had."""
    turns = _turns(plan, had, place)
    planned = sum(phase_length(phase) for phase in plan.phases if is_turn_of(phase, place))
    has = sum(spell.ran for spell in turns) + _waived(plan, had, place)
    return has + _coming(plan, index, place) + _coming_credit(plan, had, index, place) - planned
