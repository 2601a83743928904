"""What the people agree on before the clock starts. It lives in memory only.

The listening mode and the warnings belong to each speaker, not to the session: co-counselling
practice lets the client alone set them, and change the mode at any second.
"""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from cotutor.domain.duration import SECOND, Length, short
from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Mode, Plan
from cotutor.domain.text import one_line

LONGEST_ALIAS = 20
"""Characters of an alias; more would not fit beside the clock at forty columns."""
SHORTEST_TURN = 30 * SECOND
LONGEST_TURN = 3 * 60 * 60 * SECOND
MOST_WARNINGS = 5


Meeting = Literal["in person", "remote"]
Bleep = Literal["pause", "end the turn", "ignore"]


class Wishes(Struct, frozen=True):
    """What one speaker wants of their own turn."""

    mode: Mode
    warnings: tuple[int, ...]
    """Milliseconds before the end of the turn, longest first."""


class Agreement(Struct, frozen=True):
    """The contract of one session, in speaking order."""

    people: tuple[str, ...]
    turn: Length
    wishes: tuple[Wishes, ...]
    meeting: Meeting = "in person"
    bleep: Bleep = "pause"
    """What happens when a bleep or a telephone goes."""
    notes: bool = False
    """Whether the owner of the computer may write their own reflection afterwards."""

    @classmethod
    def usual(cls, plan: Plan) -> "Agreement":
        """The agreement that two presses of Enter accept: everything as the plan has it."""
        wish = Wishes(plan.mode, usual_warnings(plan.warn, plan.turn))
        return cls(people=plan.people, turn=plan.turn, wishes=tuple(wish for _ in plan.people))

    def named(self, names: tuple[str, ...]) -> "Agreement":
        """The same with these aliases, in the present speaking order.

        Raises:
            CotutorError: there are too many or too few names, one is empty, or two are alike.
        """
        people = tuple(one_line(name, LONGEST_ALIAS) for name in names)
        if len(people) != len(self.people):
            raise CotutorError(
                f"This plan is for {len(self.people)} people, so give {len(self.people)} names."
            )
        if not all(people):
            raise CotutorError("An alias needs at least one letter that can be shown.")
        if len({name.casefold() for name in people}) < len(people):
            raise CotutorError("Two people have the same alias; give each their own.")
        return replace(self, people=people)

    def with_turn(self, turn: Length) -> "Agreement":
        """The same with turns of ``turn`` milliseconds; warnings that no longer fit are dropped.

        Raises:
            CotutorError: a turn of that length makes no sense.
        """
        if not SHORTEST_TURN <= turn <= LONGEST_TURN:
            raise CotutorError(f"A turn lasts from {short(SHORTEST_TURN)} to {short(LONGEST_TURN)}.")
        wishes = tuple(replace(wish, warnings=usual_warnings(wish.warnings, turn)) for wish in self.wishes)
        return replace(self, turn=turn, wishes=wishes)

    def warned(self, warnings: tuple[int, ...], place: int | None = None) -> "Agreement":
        """The same with these warnings for the speaker at ``place`` (from 1), or for everybody.

        Raises:
            CotutorError: there are too many, or one is not shorter than the turn.
        """
        if len(warnings) > MOST_WARNINGS:
            raise CotutorError(f"At most {MOST_WARNINGS} warnings in a turn.")
        late = next((warning for warning in warnings if not 0 < warning < self.turn), None)
        if late is not None:
            raise CotutorError(
                f"A warning {short(late)} before the end does not fit a turn of {short(self.turn)}."
            )
        sorted_warnings = tuple(sorted(set(warnings), reverse=True))
        return self._wishing(place, lambda wish: replace(wish, warnings=sorted_warnings))

    def listening(self, mode: Mode, place: int | None = None) -> "Agreement":
        """The same with this kind of listening for the speaker at ``place`` (from 1), or for everybody."""
        return self._wishing(place, lambda wish: replace(wish, mode=mode))

    def starting_with(self, place: int) -> "Agreement":
        """The same people, turned round so that the one at ``place`` (from 1) speaks first."""
        cut = place - 1
        return replace(
            self, people=self.people[cut:] + self.people[:cut], wishes=self.wishes[cut:] + self.wishes[:cut]
        )

    def _wishing(self, place: int | None, change: Callable[[Wishes], Wishes]) -> "Agreement":
        return replace(
            self,
            wishes=tuple(
                change(wish) if place in (None, number) else wish
                for number, wish in enumerate(self.wishes, start=1)
            ),
        )


def usual_warnings(warnings: tuple[int, ...], turn: int) -> tuple[int, ...]:
    """Those of ``warnings`` (milliseconds before the end) that fit a turn of ``turn`` milliseconds."""
    return tuple(sorted({int(warning) for warning in warnings if 0 < warning < turn}, reverse=True))
