"""What somebody asked for when they started a session, and the plan and agreement it comes to.

Both faces begin here, so that ``cotutor session triad --turn 12m`` means the same in the
terminal app and in the line mode.
"""

from typing import NamedTuple

from msgspec import Struct

from cotutor.conversation.library import Library
from cotutor.domain.agreement import Agreement
from cotutor.domain.duration import Length
from cotutor.domain.errors import CotutorError
from cotutor.domain.ledger import speakers
from cotutor.domain.plan import MODE_NAMES, Mode, Plan

PLACES = ("A", "B", "C")
"""How the places in the speaking order are called before anybody has a name."""


class SessionRequest(Struct, frozen=True):
    """A session as it was asked for. What is left out, the plan says."""

    plan: str = "pair"
    """The name of a plan, or a path to one."""
    turn: Length | None = None
    warn: tuple[Length, ...] | None = None
    mode: Mode | None = None
    first: str | None = None
    """One of ``PLACES``: who of the people, in the order of ``names``, speaks first."""
    names: tuple[str, ...] | None = None
    quick: bool = False
    """Take the agreement as it is and start."""
    rehearse: int = 1
    """How many times faster than life the session runs."""
    silent: bool = False
    """Never ring the bell."""


class Proposal(NamedTuple):
    """The session that a request comes to, before the people have agreed."""

    plan: Plan
    agreement: Agreement
    problems: tuple[str, ...] = ()
    """Why it is the shipped plan, although the person has one of that name."""


def settle(request: SessionRequest, library: Library) -> Proposal:
    """The plan, and the agreement as far as the request settles it.

    Args:
        request: what was asked for.
        library: what the plan's name means.

    Raises:
        ContentProblems: there is no such plan, or it has mistakes.
        CotutorError: what was asked for does not fit the plan.
    """
    plan, problems = library.plan(request.plan)
    agreement = Agreement.usual(plan)
    if request.turn is not None:
        agreement = agreement.with_turn(request.turn)
    if request.warn is not None:
        agreement = agreement.warned(request.warn)
    if request.mode is not None:
        agreement = agreement.listening(allowed(request.mode, plan))
    if request.names is not None:
        agreement = agreement.named(request.names)
    if request.first is not None:
        agreement = starting_with(agreement, _place(request.first, plan), plan)
    return Proposal(plan, agreement, problems)


def allowed(mode: Mode, plan: Plan) -> Mode:
    """The kind of listening, if the plan has it.

    Raises:
        CotutorError: it has not.
    """
    if mode not in plan.modes:
        raise CotutorError(f"This plan is for {', '.join(MODE_NAMES[one] for one in plan.modes)}.")
    return mode


def starting_with(agreement: Agreement, place: int, plan: Plan) -> Agreement:
    """The agreement with the person at ``place`` (from 1) speaking first.

    Raises:
        CotutorError: only one person speaks in this plan, so turning round would change who is who.
    """
    if len(speakers(plan)) == 1:
        raise CotutorError(f"Only {agreement.people[speakers(plan)[0] - 1]} speaks in this plan.")
    return agreement.starting_with(place)


def _place(letter: str, plan: Plan) -> int:
    places = PLACES[: len(plan.people)]
    if letter not in places:
        raise CotutorError(
            f"This plan is for {len(places)} people: {', '.join(places)}. Say which speaks first."
        )
    return places.index(letter) + 1
