"""What somebody asked for when they started a session, and the plan and agreement it comes to.

Both faces begin here, so that ``cotutor session triad --turn 12m`` means the same in the
terminal app and in the line mode.
"""

from typing import NamedTuple

from msgspec import Struct

from cotutor.conversation.library import Library
from cotutor.conversation.session.agreement import Agreeing, names_of
from cotutor.domain.agreement import Agreement
from cotutor.domain.duration import Length, short
from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Mode, Plan

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
    agreeing = Agreeing(plan, Agreement.usual(plan))
    if request.names is not None:
        agreeing = agreeing.answer("names", names_of(request.names))
    if request.turn is not None:
        agreeing = agreeing.answer("turn", short(request.turn))
    if request.mode is not None:
        agreeing = agreeing.answer("mode", request.mode)
    if request.warn is not None:
        warnings = " ".join(short(length) for length in request.warn)
        for place, _person in enumerate(agreeing.agreement.people, start=1):
            agreeing = agreeing.answer("warn", warnings, place)  # by place, as somebody may be called "5m"
    if request.first is not None:
        agreeing = agreeing.answer("first", agreeing.name(_place(request.first, plan)))
    return Proposal(plan, agreeing.agreement, problems)


def _place(letter: str, plan: Plan) -> int:
    places = PLACES[: len(plan.people)]
    if letter not in places:
        raise CotutorError(
            f"This plan is for {len(places)} people: {', '.join(places)}. Say which speaks first."
        )
    return places.index(letter) + 1
