"""A session in words: headlines, time left, the ledger, one sentence for each event."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotutor.domain import events
from cotutor.domain.agreement import Agreement
from cotutor.domain.commands import (
    ChooseMode,
    CountAway,
    End,
    Explain,
    GiveBack,
    LeaveOutAway,
    More,
    Next,
    Pause,
    Resume,
    SessionCommand,
    StartedEarlier,
    Undo,
)
from cotutor.domain.duration import MINUTE, SECOND, digits
from cotutor.domain.ledger import phase_length, speakers
from cotutor.domain.plan import Kind, Mode, Phase, Plan, Role, Stop
from cotutor.domain.session import SessionState, begin
from cotutor.domain.wording import (
    TOO_LITTLE_TO_OWE,
    Parts,
    account_lines,
    accounts_now,
    headline,
    parts,
    sentence,
    session_left,
    shown_left,
)
from tests.domain.strategies import (
    HARD,
    NOON,
    PAIR,
    TRIAD,
    TURNS,
    TWICE,
    Session,
    a_plan,
    agreements,
    apt,
    carried_on,
    full,
    histories,
    plans,
    sessions,
    turn,
)

ALONE = a_plan(turn(1))


def session_of(plan: Plan) -> Session:
    """People with names, at the beginning of a plan."""
    return Session(plan, Agreement.usual(plan).named(("Ana", "Ben", "Cem")[: len(plan.people)]))


def sentences(session: Session, *commands: SessionCommand) -> list[str]:
    """The sentence for each event when these are obeyed."""
    return [sentence(event, session.state) for event in session.give(*commands)]


def one_phase(kind: Kind, speaker: int | None = None, voice: Role | None = None, people: int = 2) -> Plan:
    return a_plan(Phase(kind, speaker=speaker, voice=voice), people=("A", "B", "C")[:people])


def milliseconds(face: str) -> int:
    """What a clock face stands for."""
    seconds = 0
    for part in face.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * SECOND


def test_everybody_is_named_in_their_part() -> None:
    session = session_of(TRIAD)
    assert parts(session.state) == Parts("Ana", "Ben", "Cem")
    assert parts(session.state, session.state.plan.phases[2]) == Parts("Cem", "Ana", "Ben")
    assert parts(session_of(TURNS).state) == Parts("Ana", "Ben")
    assert parts(session_of(PAIR).state) == Parts()


@pytest.mark.parametrize(
    ("plan", "line"),
    [
        (one_phase(Kind.SETTLE), "Settle"),
        (one_phase(Kind.NEWS), "News and goods"),
        (one_phase(Kind.NEWS, 2), "News and goods: Ben"),
        (one_phase(Kind.TURN, 1), "Ana speaks"),
        (one_phase(Kind.TURN), "A turn"),
        (one_phase(Kind.RETURN, 1), "Ana comes back to the present"),
        (one_phase(Kind.RETURN), "Back to the present"),
        (one_phase(Kind.SWAP), "Swap"),
        (one_phase(Kind.SWAP, 1), "Swap"),
        (one_phase(Kind.BREAK), "Break"),
        (one_phase(Kind.TOGETHER), "Together"),
        (one_phase(Kind.CLOSE), "Close"),
        (one_phase(Kind.FEEDBACK), "Feedback on the listening"),
        (one_phase(Kind.FEEDBACK, 2), "Feedback from Ben"),
        (one_phase(Kind.FEEDBACK, 2, Role.LISTENER), "Feedback from Ana"),
        (one_phase(Kind.FEEDBACK, 2, Role.OBSERVER), "Feedback on the listening"),
        (one_phase(Kind.FEEDBACK, 1, Role.OBSERVER, people=3), "Feedback from Cem"),
    ],
)
def test_a_headline_says_what_goes_on(plan: Plan, line: str) -> None:
    session = session_of(plan)
    assert headline(session.state) == line
    session.give(Next())
    assert headline(session.state) == "The session is over"


def test_time_left_is_rounded_up_and_time_over_counts_up_from_nought() -> None:
    session = session_of(TURNS)
    shown = [shown_left(session.state)]
    for pause in (1, 999, 1_198_999, 1, 1, 998, 1):
        session.wait(milliseconds=pause)
        shown.append(shown_left(session.state))
    assert shown == ["20:00", "20:00", "19:59", "0:01", "+0:00", "+0:00", "+0:00", "+0:01"]


def test_when_a_session_is_over_no_time_is_left_and_none_counts_up() -> None:
    session = session_of(ALONE)
    session.give(Next())
    assert (shown_left(session.state), session_left(session.state)) == ("0:00", 0)


@full(15)
@given(sessions())
def test_the_time_that_is_shown_is_the_time_left_to_the_second(state: SessionState) -> None:
    assert session_left(state) >= max(0, state.left)
    shown = shown_left(state)
    if shown.startswith("+"):
        assert state.left <= 0
        assert 0 <= -state.left - milliseconds(shown[1:]) < SECOND
    else:
        assert 0 <= milliseconds(shown) - state.left < SECOND


def test_a_session_lasts_as_long_as_everybodys_time_together() -> None:
    session = session_of(TURNS)
    session.wait(minutes=5)
    assert session_left(session.state) == 35 * MINUTE
    session.give(More(4 * MINUTE))
    assert session_left(session.state) == 43 * MINUTE, "Ben will have four minutes more too"
    session.wait(minutes=20)
    assert session_left(session.state) == 25 * MINUTE, "Ana is a minute over, and so will Ben be"


@full(20)
@given(plans().flatmap(lambda plan: st.tuples(st.just(plan), agreements(plan))))
def test_a_fresh_session_lasts_as_long_as_its_plan(agreed: tuple[Plan, Agreement]) -> None:
    state = begin(*agreed, NOON).state
    assert session_left(state) == sum(phase_length(phase) for phase in state.plan.phases)


def test_the_ledger_names_what_is_still_to_come() -> None:
    session = session_of(TURNS)
    session.wait(minutes=25)
    assert account_lines(session.state) == (
        "Ana: 25:00 of 20:00 planned",
        "Ben: 0:00 of 20:00 planned, 5:00 more to come, as Ana had",
        "Equal. Nothing is owed.",
    )


def test_the_ledger_names_what_was_given_back() -> None:
    session = session_of(TURNS)
    session.wait(minutes=10)
    session.give(GiveBack(5 * MINUTE))
    assert account_lines(session.state)[0] == "Ana: 10:00 of 20:00 planned, gave back 5:00"


@pytest.mark.parametrize(
    ("over", "line"),
    [
        (0, "Equal. Nothing is owed."),
        (SECOND - 1, "Equal. Nothing is owed."),
        (SECOND, "Equal, to 1 second."),
        (TOO_LITTLE_TO_OWE - 1, "Equal, to 14 seconds."),
        (TOO_LITTLE_TO_OWE, "Owed to Ana: 0:15"),
        (90 * SECOND, "Owed to Ana: 1:30"),
    ],
)
def test_only_a_difference_that_can_be_felt_is_owed(over: int, line: str) -> None:
    session = session_of(TURNS)
    session.wait(minutes=20)
    session.give(Next())
    session.wait(minutes=20, milliseconds=over)
    session.give(Next())
    assert account_lines(session.state)[2:] == (line,)


def test_a_small_difference_between_three_is_the_largest_between_any_two() -> None:
    session = session_of(TRIAD)
    for seconds in (0, 5, 14):
        session.wait(minutes=10, seconds=seconds)
        session.give(Next())
    assert account_lines(session.state)[3:] == ("Equal, to 14 seconds.",)


def test_what_is_left_of_the_session_repays_each_difference_once() -> None:
    session = session_of(TWICE)
    assert session_left(session.state) == 40 * MINUTE
    session.wait(minutes=12)
    assert session_left(session.state) == (12 + 10 + 10) * MINUTE
    session.give(Next())
    assert session_left(session.state) == (12 + 10 + 10) * MINUTE
    session.wait(minutes=13)
    assert session_left(session.state) == (11 + 10) * MINUTE


def test_each_of_three_sees_what_they_are_owed() -> None:
    session = session_of(TRIAD)
    for minutes in (10, 10, 11):
        session.wait(minutes=minutes)
        session.give(Next())
    assert account_lines(session.state)[3:] == ("Owed to Ana: 1:00", "Owed to Ben: 1:00")


def test_where_one_person_speaks_nothing_can_be_owed() -> None:
    session = session_of(ALONE)
    session.wait(minutes=1)
    assert account_lines(session.state) == ("Ana: 1:00 of 20:00 planned",)
    assert account_lines(session_of(a_plan(Phase(Kind.TOGETHER))).state) == ()


@full(15)
@given(sessions())
def test_the_ledger_names_everybody_who_speaks_with_their_time(state: SessionState) -> None:
    lines = account_lines(state)
    places = speakers(state.plan)
    for line, one, place in zip(lines, accounts_now(state), places, strict=False):
        name = state.agreement.people[place - 1]
        assert line.startswith(f"{name}: {digits(one.spoken)} of {digits(one.planned)} planned")
    assert all(line.startswith(("Equal", "Owed to ")) for line in lines[len(places) :])
    assert (len(lines) > len(places)) == (len(places) > 1)


def test_the_beginning_of_a_phase_says_who_does_what_for_how_long() -> None:
    triad, pair = session_of(TRIAD), session_of(PAIR)
    assert sentence(triad.events[0], triad.state) == "Ana speaks, Ben listens, Cem observes: 10 minutes."
    assert sentence(pair.events[0], pair.state) == "Settle: 1 minute."
    assert sentences(pair, Next()) == [
        "Settle: over after less than a second.",
        "Ana speaks, Ben listens: 20 minutes.",
    ]
    nobody = session_of(one_phase(Kind.TURN))
    assert sentence(nobody.events[0], nobody.state) == "A turn: 20 minutes."


def test_a_turn_that_was_made_longer_says_why() -> None:
    session = session_of(TURNS)
    session.wait(minutes=25)
    assert sentences(session, Next()) == [
        "Ana speaks: over after 25 minutes.",
        "Ben speaks, Ana listens: 25 minutes, 5 minutes of it because Ana had more.",
    ]


def test_warnings_and_the_end_of_the_time_are_said() -> None:
    session = session_of(TURNS)
    assert [sentence(event, session.state) for event in session.wait(minutes=20)] == [
        "2 minutes left.",
        "Ana's time is up.",
    ]
    pair = session_of(PAIR)
    assert [sentence(event, pair.state) for event in pair.wait(minutes=1)] == ["Settle: time is up."]


def test_a_hold_says_why_and_how_long_it_was() -> None:
    session = session_of(TURNS)
    assert sentences(session, Pause()) == ["Paused, for both of you."]
    session.wait(seconds=90)
    assert sentences(session, Resume()) == ["Going on. The clock was held for 1 minute 30 seconds."]
    assert sentences(session_of(TRIAD), Pause()) == ["Paused, for all of you."]
    assert sentences(session, Explain()) == ["Stop and explain. The clock is held, and nothing is recorded."]


@pytest.mark.parametrize(
    ("decision", "line"),
    [
        (CountAway(), "The time away, 11 minutes, counts."),
        (LeaveOutAway(), "The time away, 11 minutes, does not count."),
    ],
)
def test_an_absence_is_asked_about_and_the_answer_is_said(decision: SessionCommand, line: str) -> None:
    session = session_of(TURNS)
    assert [sentence(event, session.state) for event in session.vanish(minutes=11)] == [
        "The clock is held.",
        "Away 11 minutes. Count it or not?",
    ]
    assert sentences(session, decision) == [line]


@pytest.mark.parametrize(
    ("plan", "line"),
    [
        (TURNS, "5 minutes more for Ana. Ben: 5:00 more to come."),
        (TRIAD, "5 minutes more for Ana. Ben: 5:00 more to come. Cem: 5:00 more to come."),
        (ALONE, "5 minutes more for Ana."),
        (PAIR, "5 minutes more."),
        (one_phase(Kind.NEWS, 1), "5 minutes more."),
    ],
)
def test_more_time_says_what_the_ledger_makes_of_it(plan: Plan, line: str) -> None:
    assert sentences(session_of(plan), More(5 * MINUTE)) == [line]


def test_more_time_again_says_what_it_comes_to() -> None:
    session = session_of(TURNS)
    session.give(More(MINUTE))
    assert sentences(session, More(MINUTE)) == [
        "1 minute more for Ana, 2 minutes in all. Ben: 2:00 more to come."
    ]
    assert sentences(session, GiveBack(2 * MINUTE), More(MINUTE))[-1] == (
        "1 minute more for Ana. Ben: 1:00 more to come."
    )


def test_more_time_where_no_turn_is_left_to_repay_it_says_that_it_is_owed() -> None:
    session = session_of(TURNS)
    session.give(Next())
    assert session.state.phase.speaker == 2
    assert sentences(session, More(5 * MINUTE)) == ["5 minutes more for Ben. Owed to Ana: 25:00."]


def test_time_given_back_says_who_gave_it() -> None:
    assert sentences(session_of(TURNS), GiveBack(5 * MINUTE)) == ["Ana gave back 5 minutes."]
    assert sentences(session_of(PAIR), GiveBack(30 * SECOND)) == ["You gave back 30 seconds."]


def test_less_than_a_second_more_or_back_is_not_worth_a_word() -> None:
    assert sentences(session_of(TWICE), More(SECOND)) == ["1 second more for Ana. Ben: 0:01 more to come."]
    assert sentences(session_of(TWICE), More(SECOND - 1)) == ["less than a second more for Ana."]
    for back, words in ((SECOND, ", gave back 0:01"), (SECOND - 1, "")):
        session = session_of(TURNS)
        session.give(GiveBack(back))
        assert account_lines(session.state)[0] == f"Ana: 0:00 of 20:00 planned{words}"


def test_other_decisions_are_said() -> None:
    session = session_of(TWICE)
    assert sentences(session, ChooseMode(Mode.LISTEN)) == ["Ana asks for: listen only."]
    assert sentences(session, Undo()) == ["Undone: the change of listening."]
    assert sentences(session, StartedEarlier(4 * MINUTE)) == ["Taken as begun 4 minutes earlier."]
    assert sentences(session, End()) == [
        "Ended early.",
        "Ana speaks: over after 4 minutes.",
        "The session is over.",
    ]


def test_a_turn_that_ends_by_itself_says_so_before_the_next_one() -> None:
    session = session_of(HARD)
    assert session.state.phase.stop is Stop.HARD
    assert [sentence(event, session.state) for event in session.wait(minutes=20)][1:] == [
        "Ana's time is up.",
        "Ana speaks: over after 20 minutes.",
        "Ben speaks, Ana listens: 20 minutes.",
    ]


@full(15)
@given(sessions(), histories)
def test_whatever_happens_is_said_in_one_sentence_on_one_line(
    state: SessionState, history: list[tuple[int, SessionCommand | None]]
) -> None:
    now = state.seen
    for gap, command in history:
        now += gap
        outcome = carried_on(state, apt(state, command), now)
        state = outcome.state
        for event in outcome.events:
            line = sentence(event, state)
            assert line == line.strip()
            assert line.endswith((".", "?"))
            assert "\n" not in line
            assert "None" not in line


def test_every_kind_of_event_can_be_said() -> None:
    kinds = set(events.Event.__subclasses__())
    session = session_of(TURNS)
    facts: list[events.Event] = [
        events.PhaseBegan(NOON, 0),
        events.PhaseEnded(NOON, 0, MINUTE),
        events.WarningDue(NOON, MINUTE),
        events.TimeUp(NOON, 0),
        events.Held(NOON, events.Why.PAUSE),
        events.Resumed(NOON, events.Why.PAUSE, MINUTE),
        events.WentAway(NOON, MINUTE),
        events.AwayDecided(NOON, MINUTE, counted=True),
        events.MoreGiven(NOON, None, MINUTE),
        events.GivenBack(NOON, 2, MINUTE),
        events.BeganEarlier(NOON, MINUTE),
        events.ModeChosen(NOON, 2, Mode.CHALLENGE),
        events.Undone(NOON, "the pause"),
        events.EndedEarly(NOON),
        events.SessionEnded(NOON),
    ]
    assert {type(fact) for fact in facts} == kinds
    assert len({sentence(fact, session.state) for fact in facts}) == len(kinds)
