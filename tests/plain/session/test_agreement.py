from io import StringIO

import pytest

from cotutor.content.loader import PLANS
from cotutor.conversation.session.agreement import Agreeing
from cotutor.conversation.session.agreement_commands import AGREEMENT_COMMANDS
from cotutor.domain.agreement import Agreement
from cotutor.domain.duration import MINUTE
from cotutor.domain.plan import Mode
from cotutor.plain.output import Output
from cotutor.plain.session.agreement import AgreementInLines
from tests.fakes import FakeClock
from tests.plain.typed import GUIDANCE, TypedLines


def agreed(*typed: str, plan: str = "pair") -> tuple[Agreement | None, list[str]]:
    clock, out = FakeClock(), StringIO()
    loaded = PLANS.named(plan).value
    agreement = AgreementInLines(
        Agreeing(loaded, Agreement.usual(loaded), below=lambda most: most - 1),
        GUIDANCE.wording.agreement,
        Output(out, clock, bell=False),
        TypedLines(clock, [(1, line) for line in typed]),
    ).agree()
    return agreement, out.getvalue().splitlines()


def changed(*typed: str, plan: str = "pair") -> Agreement:
    agreement, _ = agreed(*typed, "", "", plan=plan)
    assert agreement is not None
    return agreement


def test_two_empty_lines_accept_everything_and_the_limits_are_read_between() -> None:
    agreement, lines = agreed("", "")
    assert agreement == Agreement.usual(PLANS.named("pair").value)
    read = lines.index("Press Enter to accept, or change a line: type help for how.")
    assert lines[read + 1 : -2] == list(GUIDANCE.wording.agreement.limits)
    assert lines[-2:] == [GUIDANCE.wording.agreement.acknowledge, "Press Enter to agree and start the clock."]


def test_at_the_end_of_the_input_it_is_taken_as_it_stands() -> None:
    agreement, lines = agreed("turn 5m")
    assert agreement is not None
    assert agreement.turn == 5 * MINUTE
    assert lines[-1] == "Press Enter to agree and start the clock."


def test_the_terms_are_read_aloud() -> None:
    _, lines = agreed()
    assert "Here are A and B. A speaks first, then B." in lines
    assert "Each turn lasts 20 minutes." in lines
    assert "A asks for: help me think; a word 2 minutes before the end." in lines
    assert "You are in one room." in lines
    assert "Nobody takes notes." in lines


def test_names_by_spaces_or_commas() -> None:
    assert changed("names Ana Ben").people == ("Ana", "Ben")
    assert changed("names Dr Ana, Dr Ben").people == ("Dr Ana", "Dr Ben")


def test_an_alias_that_is_left_empty_stays_what_it_was_without_one() -> None:
    assert changed("names ,Ben").people == ("A", "Ben")
    assert changed("names Ana Ben", "first Ben", "names Cleo,").people == ("Cleo", "A")


def test_who_speaks_first_by_name_or_by_a_coin() -> None:
    assert changed("names Ana Ben", "first ben").people == ("Ben", "Ana")
    assert changed("coin").people == changed("first coin").people == ("B", "A")
    assert "The coin says: B goes first." in agreed("coin")[1]
    assert changed("coin", plan="triad").people == ("C", "A", "B")


@pytest.mark.parametrize("typed", ["coin", "first mentor", "first mentee"])
def test_where_one_person_speaks_there_is_no_order(typed: str) -> None:
    agreement, lines = agreed(typed, "", "", plan="one-way")
    assert agreement == Agreement.usual(PLANS.named("one-way").value)
    assert any("speaks in this plan." in line for line in lines)


def test_each_speaker_has_their_own_warnings_and_listening() -> None:
    agreement = changed("warn 5m, 1m", "warn B none", "mode A listen only")
    assert all(wish.warnings == () for wish in changed("warn").wishes)
    assert [wish.warnings for wish in agreement.wishes] == [(5 * MINUTE, MINUTE), ()]
    assert [wish.mode for wish in agreement.wishes] == [Mode.LISTEN, Mode.THINK]


def test_place_and_bleep() -> None:
    agreement = changed("place rem", "bleep end")
    assert (agreement.meeting, agreement.bleep) == ("remote", "end the turn")


def test_notes_only_where_the_plan_allows_them() -> None:
    assert changed("notes yes", plan="one-way").notes
    agreement, lines = agreed("notes yes", "", "")
    assert agreement is not None
    assert not agreement.notes
    assert "This plan is without notes." in lines


def test_only_what_changed_is_read_again() -> None:
    _, lines = agreed("turn 15m", "turn 15m", "", "")
    told = lines.index("Each turn lasts 15 minutes.")
    assert lines[told + 1] == "It is so already."


def test_it_can_be_read_again_and_left() -> None:
    agreement, lines = agreed("read", "leave")
    assert agreement is None
    assert lines.count("Here are A and B. A speaks first, then B.") == 2


def test_one_can_still_leave_when_the_limits_have_been_read() -> None:
    assert agreed("", "leave")[0] is None


def test_help_and_the_bell() -> None:
    _, lines = agreed("help", "bell", "", "")
    offered = [one for one in AGREEMENT_COMMANDS if one.word and one.word != "notes"]
    assert all(f"{one.typed}: {one.help}" in lines for one in offered)
    assert not any(line.startswith("notes") for line in lines), "this plan is without notes"
    assert "The bell is off: this session is silent, or this is no terminal." in lines


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("names Ana", "This plan is for 2 people, so give 2 names."),
        ("names Ana ana", "Two people have the same alias; give each their own."),
        (f"names Ana {'Z' * 21}", "An alias has at most 20 letters."),
        ("first Zoe", "Say who: A or B."),
        ("turn soon", "Say how long: 5 for minutes, 90s, or 1h30m."),
        ("warn soon", "Say how long: 5 for minutes, 90s, or 1h30m."),
        ("warn 30m", "A warning 30m before the end does not fit a turn of 20m."),
        ("mode chalenge", "The kinds of listening are listen, think, challenge. Did you mean challenge?"),
        ("place elsewhere", "Say in person or remote."),
        ("bleep pasue", "Say pause or end the turn or ignore. Did you mean pause?"),
        ("n", "That could be names or notes: type a letter more."),
    ],
)
def test_a_mistake_changes_nothing_and_says_what_to_do(typed: str, said: str) -> None:
    agreement, lines = agreed(typed, "", "")
    assert agreement == Agreement.usual(PLANS.named("pair").value)
    assert said in lines


def test_a_kind_of_listening_that_the_plan_does_not_have() -> None:
    assert "This plan is for listen only." in agreed("mode think", plan="thinking-pair")[1]
