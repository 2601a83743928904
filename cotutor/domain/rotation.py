"""Who sits with whom in a workshop, round by round, and in which role.

People are drawn into pairs or threes and rotated so that nobody meets the same person twice
before they must. When the number does not divide, promises about equal time decide the rest:

- pairs, odd number: one three, which shares the same time in thirds;
- threes, one over: two pairs; two over: one pair. In a group of four somebody would go without
  a turn; in a pair both speak and both listen, and only nobody observes.

Within a round everyone in a group takes each role in turn. The roles as drawn are those of a
round's first turn, and they too fall equally on everyone, within one, over the rounds.
"""

from collections import Counter, deque
from collections.abc import Sequence
from itertools import combinations, permutations
from random import Random

from msgspec import Struct

from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Role
from cotutor.domain.seatings import FEWEST, MOST, seating

LONGEST_ROTATION = 24
"""The most rounds that are drawn; a long day has about eight."""

_ROLES = tuple(Role)
_Lineup = list[int]
"""The people of one group, by number, in the order of their roles."""


class Seat(Struct, frozen=True):
    """One person in one round."""

    person: str
    role: Role
    """The role in the round's first turn."""


class Group(Struct, frozen=True):
    """A pair or a three, in speaking order."""

    seats: tuple[Seat, ...]

    def turn(self, number: int) -> "Group":
        """The same people in the roles of turn ``number`` of the round, counted from 1.

        In a pair the third turn has no speaker of its own; it is the first over again, and a
        room that runs threes lets its pairs use that time to talk about the listening.
        """
        count = len(self.seats)
        return Group(
            tuple(
                Seat(seat.person, _ROLES[(place - number + 1) % count])
                for place, seat in enumerate(self.seats)
            )
        )


class Round(Struct, frozen=True):
    """Everyone in the room, in groups."""

    number: int
    groups: tuple[Group, ...]


class Figures(Struct, frozen=True):
    """How good a rotation is."""

    meetings: int
    repeats: int
    """Meetings of two people who had met in an earlier round."""
    least: int
    """What ``least_repeats`` says no rotation can go below."""
    roles: dict[Role, tuple[int, int]]
    """For each role, how often the person who has it least and most has it in a first turn."""
    odd: tuple[int, int]
    """How often the person least and most often in a group of the odd size is in one."""


def draw(people: Sequence[str], size: int, rounds: int, random: Random) -> tuple[Round, ...]:
    """Draw groups and rotate them.

    Args:
        people: numbers or first names, each once. They stay in memory.
        size: 2 for pairs, 3 for threes.
        rounds: how many times people change partners.
        random: who sits where depends on it; how good the rotation is does not.

    Raises:
        CotutorError: there are too few or too many people or rounds, or two have one name.
    """
    if not FEWEST <= len(people) <= MOST:
        raise CotutorError(f"A rotation is for {FEWEST} to {MOST} people, not {len(people)}.")
    if not 1 <= rounds <= LONGEST_ROTATION:
        raise CotutorError(f"A rotation has 1 to {LONGEST_ROTATION} rounds, not {rounds}.")
    if len(set(people)) < len(people):
        raise CotutorError("Two people have the same name; give each their own, or use numbers.")
    order = list(people)
    random.shuffle(order)
    seated = [[list(group) for group in one] for one in seating(len(order), size, rounds)]
    _share_roles(seated, len(order))
    return tuple(
        Round(number, tuple(_group(lineup, order) for lineup in lineups))
        for number, lineups in enumerate(seated, start=1)
    )


def _group(lineup: _Lineup, order: Sequence[str]) -> Group:
    return Group(tuple(Seat(order[one], role) for one, role in zip(lineup, _ROLES, strict=False)))


def _share_roles(seated: list[list[_Lineup]], people: int) -> None:
    """Order every lineup so that each role falls equally on everyone."""
    had = [[0] * len(_ROLES) for _ in range(people)]
    for lineups in seated:
        for lineup in lineups:
            lineup[:] = min(
                permutations(lineup), key=lambda order: [had[one][at] for at, one in enumerate(order)]
            )
            for at, one in enumerate(lineup):
                had[one][at] += 1
    lineups = [lineup for one in seated for lineup in one]
    pairs_of_roles = list(combinations(range(len(_ROLES)), 2))
    while any(_exchange(lineups, had, first, second) for first, second in pairs_of_roles):
        pass


def _exchange(lineups: list[_Lineup], had: list[list[int]], first: int, second: int) -> bool:
    """Make the shares of two roles more equal by one chain of exchanges; False if none helps.

    Somebody who has had ``first`` too often gives it to a partner for ``second``, who does the
    same in another round, and so on to somebody who has had it too seldom. The sum of the
    squares of all shares falls each time, so this comes to an end.
    """
    excess = [counts[first] - counts[second] for counts in had]
    gives: dict[int, list[_Lineup]] = {}
    for lineup in lineups:
        if len(lineup) > second:
            gives.setdefault(lineup[first], []).append(lineup)
    for start in sorted(range(len(had)), key=lambda one: -excess[one]):
        chain = _chain(start, gives, excess, second)
        if chain:
            end = chain[-1][second]
            for lineup in chain:
                lineup[first], lineup[second] = lineup[second], lineup[first]
            for one, change in ((start, -1), (end, 1)):
                had[one][first] += change
                had[one][second] -= change
            return True
    return False


def _chain(start: int, gives: dict[int, list[_Lineup]], excess: list[int], second: int) -> list[_Lineup]:
    """The shortest chain of groups from ``start`` to somebody whose excess is smaller by more than two."""
    came: dict[int, tuple[int, _Lineup]] = {}
    waiting = deque([start])
    while waiting:
        one = waiting.popleft()
        for lineup in gives.get(one, ()):
            other = lineup[second]
            if other == start or other in came:
                continue
            came[other] = (one, lineup)
            if excess[start] - excess[other] > 2:
                return _back(other, start, came)
            waiting.append(other)
    return []


def _back(end: int, start: int, came: dict[int, tuple[int, _Lineup]]) -> list[_Lineup]:
    chain = []
    while end != start:
        end, lineup = came[end]
        chain.append(lineup)
    return chain[::-1]


def least_repeats(people: int, size: int, rounds: int) -> int:
    """Repeated meetings that no rotation can avoid: those beyond the number of pairs there are.

    For very few people even this cannot be reached (six people have two groups of three, and
    the second round must seat two together again).
    """
    a_round = sum(len(group) * (len(group) - 1) // 2 for group in seating(people, size, 1)[0])
    return max(0, rounds * a_round - people * (people - 1) // 2)


def figures(rounds: Sequence[Round], size: int) -> Figures:
    """Measure a rotation that was drawn for groups of ``size``."""
    met: Counter[frozenset[str]] = Counter()
    shares: dict[Role, Counter[str]] = {role: Counter() for role in _ROLES}
    odd: Counter[str] = Counter()
    everyone = [seat.person for group in rounds[0].groups for seat in group.seats]
    for group in (group for one in rounds for group in one.groups):
        names = [seat.person for seat in group.seats]
        met.update(frozenset(two) for two in combinations(names, 2))
        odd.update(names if len(names) != size else ())
        for seat in group.seats:
            shares[seat.role][seat.person] += 1
    return Figures(
        meetings=met.total(),
        repeats=met.total() - len(met),
        least=least_repeats(len(everyone), size, len(rounds)),
        roles={role: _least_and_most(share, everyone) for role, share in shares.items()},
        odd=_least_and_most(odd, everyone),
    )


def _least_and_most(share: Counter[str], everyone: Sequence[str]) -> tuple[int, int]:
    counts = [share[person] for person in everyone]
    return min(counts), max(counts)
