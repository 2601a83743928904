"""Plans, agreements, commands and whole sessions: a few to read, and any number for Hypothesis."""

import os

from hypothesis import settings
from hypothesis import strategies as st

from cotutor.domain.agreement import SHORTEST_TURN, Agreement
from cotutor.domain.commands import (
    ChooseMode,
    CountAway,
    End,
    Explain,
    GiveBack,
    LeaveOutAway,
    More,
    Next,
    NotNow,
    Pause,
    Resume,
    SessionCommand,
    StartedEarlier,
    Undo,
    apply,
)
from cotutor.domain.duration import MINUTE, SECOND, Length
from cotutor.domain.events import Event, WarningDue, Why
from cotutor.domain.ledger import Account, accounts
from cotutor.domain.plan import Kind, Mode, Phase, Plan, Stop
from cotutor.domain.session import AWAY_AFTER, Outcome, SessionState, advance, begin

NOON = 7_000_000
"""Where the clock stands when a test begins; any number would do."""


def full(examples: int) -> settings:
    """So many examples; fifteen times as many when COTUTOR_FULL=1 asks for the long run."""
    long_run = os.environ.get("COTUTOR_FULL") == "1"
    return settings(max_examples=examples * 15 if long_run else examples, deadline=None)


def a_plan(*phases: Phase, people: tuple[str, ...] = ("A", "B"), minutes: float = 20) -> Plan:
    return Plan(
        format=1,
        name="test",
        title="Test",
        phases=phases,
        people=people,
        turn=Length(minutes * MINUTE),
        unequal=True,
    )


def turn(speaker: int, stop: Stop = Stop.SOFT, minutes: float | None = None) -> Phase:
    length = None if minutes is None else Length(minutes * MINUTE)
    return Phase(Kind.TURN, speaker=speaker, stop=stop, length=length)


SETTLE, SWAP, CLOSE = Phase(Kind.SETTLE), Phase(Kind.SWAP), Phase(Kind.CLOSE)
PAIR = a_plan(SETTLE, turn(1), Phase(Kind.RETURN, speaker=1), SWAP, turn(2), CLOSE)
TURNS = a_plan(turn(1), turn(2))
HARD = a_plan(turn(1, Stop.HARD), turn(2, Stop.HARD), CLOSE)
TWICE = a_plan(turn(1), turn(2), turn(1), turn(2), minutes=10)
TRIAD = a_plan(turn(1), turn(2), turn(3), people=("A", "B", "C"), minutes=10)


class Session:
    """A session under way, with everything that happened in it."""

    def __init__(self, plan: Plan, agreement: Agreement | None = None) -> None:
        self.now = NOON
        self.events: list[Event] = []
        self.state: SessionState
        self._take(begin(plan, agreement or Agreement.usual(plan), self.now))

    def wait(self, *, minutes: float = 0, seconds: float = 0, milliseconds: int = 0) -> tuple[Event, ...]:
        """Let time pass under a watched clock; what happened meanwhile."""
        until = self.now + round(minutes * MINUTE + seconds * SECOND) + milliseconds
        events: tuple[Event, ...] = ()
        while self.now < until:
            self.now = min(until, self.now + AWAY_AFTER)
            events += self._take(advance(self.state, self.now))
        return events

    def vanish(self, *, minutes: float) -> tuple[Event, ...]:
        """Let time pass while the computer sleeps."""
        self.now += round(minutes * MINUTE)
        return self._take(advance(self.state, self.now))

    def give(self, *commands: SessionCommand) -> tuple[Event, ...]:
        events: tuple[Event, ...] = ()
        for command in commands:
            events += self._take(apply(self.state, command, self.now))
        return events

    def refused(self, command: SessionCommand) -> str:
        """The words in which a command is refused."""
        try:
            apply(self.state, command, self.now)
        except NotNow as refusal:
            return refusal.message
        raise AssertionError(f"{command} was obeyed")

    @property
    def accounts(self) -> tuple[Account, ...]:
        return accounts(self.state.plan, self.state.done, self.state.spell)

    @property
    def spoken(self) -> list[float]:
        return [one.spoken / MINUTE for one in self.accounts]

    @property
    def owed(self) -> list[float]:
        return [one.owed / MINUTE for one in self.accounts]

    @property
    def warned(self) -> list[float]:
        """The minutes left at each warning so far."""
        return [event.left / MINUTE for event in self.events if isinstance(event, WarningDue)]

    def _take(self, outcome: Outcome) -> tuple[Event, ...]:
        self.state = outcome.state
        self.events += outcome.events
        return outcome.events


lengths = st.integers(1, 240).map(lambda seconds: Length(seconds * SECOND)) | st.integers(1, 20 * SECOND).map(
    Length
)
"""From a millisecond to four minutes."""


@st.composite
def plans(draw: st.DrawFn, *, people: int | None = None) -> Plan:
    """Any plan: soft and hard, equal and not, one speaker or several, none at all."""
    count = people or draw(st.integers(2, 3))
    turns = st.builds(
        Phase,
        kind=st.just(Kind.TURN),
        speaker=st.integers(1, count),
        stop=st.sampled_from(Stop),
        length=st.none() | lengths,
    )
    others = st.builds(
        Phase,
        kind=st.sampled_from([kind for kind in Kind if kind is not Kind.TURN]),
        speaker=st.none() | st.integers(1, count),
        stop=st.sampled_from(Stop),
        length=lengths,
    )
    size = draw(st.integers(1, 8))
    phases = draw(st.lists(turns | turns | others, min_size=size, max_size=size))
    return a_plan(*phases, people=("A", "B", "C")[:count])


@st.composite
def agreements(draw: st.DrawFn, plan: Plan) -> Agreement:
    """Any agreement for a plan, with turns of thirty seconds to four minutes."""
    agreement = Agreement.usual(plan).with_turn(Length(draw(st.integers(SHORTEST_TURN, 4 * MINUTE))))
    for place in range(1, len(plan.people) + 1):
        warnings = draw(st.lists(st.integers(1, agreement.turn - 1), max_size=4, unique=True))
        agreement = agreement.warned(tuple(warnings), place)
    return agreement.starting_with(draw(st.integers(1, len(plan.people))))


amounts = st.one_of(st.integers(1, MINUTE), st.integers(1, 5 * MINUTE), st.sampled_from([-MINUTE, 0, 10**12]))
commands: st.SearchStrategy[SessionCommand] = st.one_of(
    st.sampled_from([Next(), Next(), Pause(), Resume(), Explain(), End(), Undo(), Undo()]),
    st.sampled_from([CountAway(), LeaveOutAway()]) | st.builds(ChooseMode, st.sampled_from(Mode)),
    st.builds(More, amounts),
    st.builds(GiveBack, amounts),
    st.builds(StartedEarlier, amounts),
)
gaps = st.one_of(
    st.integers(0, 12 * SECOND),
    st.integers(0, AWAY_AFTER),
    st.integers(AWAY_AFTER, AWAY_AFTER),
    st.sampled_from([-5 * SECOND, 0, AWAY_AFTER + 1, 12 * MINUTE]),
)
"""How long until the next command: at once, soon, after a sleep, even before."""
histories = st.integers(0, 24).flatmap(
    lambda size: st.lists(st.tuples(gaps, st.none() | commands), min_size=size, max_size=size)
)
"""What people do to a session, and when; None only looks at the clock."""


@st.composite
def sessions(draw: st.DrawFn, *, people: int | None = None) -> SessionState:
    """A session in any state that commands and time can bring it to."""
    plan = draw(plans(people=people))
    state = begin(plan, draw(agreements(plan)), NOON).state
    now = NOON
    for gap, command in draw(histories):
        now += gap
        state = carried_on(state, apt(state, command), now).state
    return state


def carried_on(state: SessionState, command: SessionCommand | None, now: int) -> Outcome:
    """The next outcome; where a command is refused, only time has passed."""
    if command is None:
        return advance(state, now)
    try:
        return apply(state, command, now)
    except NotNow:
        return advance(state, now)


def apt(state: SessionState, command: SessionCommand | None) -> SessionCommand | None:
    """The command, or the one that makes sense in its place: a held clock is mostly let go."""
    if state.hold is None:
        return Pause() if command == Resume() else command
    if state.hold.why is Why.AWAY and command in (Next(), Pause(), Resume(), None):
        return LeaveOutAway() if command == Pause() else CountAway()
    return Resume() if command in (Pause(), None, CountAway(), LeaveOutAway()) else command
