"""The same answers come to the same agreement, or to the same refusal, in every face."""

from io import StringIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from cotutor.cli import session
from cotutor.cli.parser import Parser
from cotutor.content.loader import PLANS, SHIPPED_PLANS
from cotutor.conversation.library import Library
from cotutor.conversation.session.agreement import QUESTIONS, Agreeing, limits, opening
from cotutor.conversation.session.request import settle
from cotutor.domain.agreement import Agreement
from cotutor.domain.duration import MINUTE, Length
from cotutor.domain.errors import CotutorError
from cotutor.domain.text import one_line
from cotutor.plain.output import Output
from cotutor.plain.session.agreement import AgreementInLines
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.start import StartButton
from tests.fakes import FakeClock
from tests.plain.typed import GUIDANCE, TypedLines
from tests.tui.sitting import sitting

WORDS = GUIDANCE.wording.agreement
_HEAD = "Press Enter to accept, or change a line: type help for how."
_TERMS = (
    "Here are ",
    "Each turn lasts ",
    "You are in ",
    "If a bleep goes: ",
    "The owner of ",
    "Nobody takes ",
)

SOUND = st.sampled_from(["5", "20m", "90s", "1h30m", "3h", "12"])
LENGTHS = st.one_of(SOUND, SOUND, st.sampled_from(["4h", "10s", "25h", "soon", "", "0", "m5"]))
WARNINGS = st.one_of(
    st.sampled_from(["", "none", "1m, 30s", "2"]),
    st.sampled_from(["3m 1m 1m", "60s"]),
    st.lists(LENGTHS, max_size=6).map(" ".join),
)
ODD_NAMES = st.sampled_from(["", "Ana", "ana", "Dr Cem", "B", "Émile", "W" * 20, "X" * 21, "\u202e"])


FITTING = st.sampled_from(["", "none", "1m, 30s", "60s 30s"])


def names_for(people: int) -> st.SearchStrategy[tuple[str, ...]]:
    """Aliases that are sound."""
    return st.permutations(["Ana", "Ben", "Dr Cem", "Zoë", ""]).map(lambda order: tuple(order[:people]))


class Wish(Struct, frozen=True):
    """What one speaker answers."""

    mode: str
    warn: str


class Answers(Struct, frozen=True):
    """One answer to every question, as somebody writes it."""

    plan: str
    names: tuple[str, ...]
    first: int
    turn: str
    wishes: tuple[Wish, ...]
    place: str
    bleep: str
    notes: str


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    plan = PLANS.named(draw(st.sampled_from(SHIPPED_PLANS))).value
    agreeing = Agreeing(plan, Agreement.usual(plan))
    people = len(plan.people)
    odd = draw(st.sampled_from(["", "", "names", "turn", "warn"]))
    chosen = {
        ask: draw(st.sampled_from([typed for typed, _shown in QUESTIONS[ask].choices(agreeing)]))
        for ask in ("place", "bleep", "notes")
    }
    modes = st.sampled_from([mode.value for mode in plan.modes])
    return Answers(
        plan=plan.name,
        names=draw(st.tuples(*[ODD_NAMES] * people) if odd == "names" else names_for(people)),
        first=draw(st.integers(1, people)) if len(agreeing.speaking) > 1 else 1,
        turn=draw(LENGTHS if odd == "turn" else SOUND),
        wishes=tuple(Wish(draw(modes), draw(WARNINGS if odd == "warn" else FITTING)) for _ in range(people)),
        **chosen,
    )


async def _in_the_form(given: Answers) -> tuple[Agreement | None, str]:
    async with sitting((100, 60), plan=PLANS.named(given.plan).value) as two:
        texts = {f"name-{place}": name for place, name in enumerate(given.names, start=1)}
        texts |= {"turn": given.turn}
        texts |= {f"warn-{place}": wish.warn for place, wish in enumerate(given.wishes, start=1)}
        for field, text in texts.items():
            for widget in two.app.screen.query(f"#{field}").results(LineField):
                widget.value = text
        chosen: dict[str, object] = {"place": given.place, "bleep": given.bleep, "notes": given.notes}
        chosen |= {f"mode-{place}": wish.mode for place, wish in enumerate(given.wishes, start=1)}
        for field, value in (chosen | {"first": given.first}).items():
            for choice in two.app.screen.query(f"#{field}").results(ChoiceField):
                choice.choose(value)
        two.one(StartButton).focus()
        await two.press("enter")
        if two.where == "SessionPage":
            return two.state.agreement, ""
        return None, two.line("problem")


def _typed(given: Answers) -> list[str]:
    """The same answers as lines, with the aliases that will be known by then."""
    plan = PLANS.named(given.plan).value
    names = [one_line(name) or usual for name, usual in zip(given.names, plan.people, strict=True)]
    agreeing = Agreeing(plan, Agreement.usual(plan))
    lines = [f"names {', '.join(given.names)}", f"turn {given.turn}"]
    lines += [f"mode {names[place - 1]} {given.wishes[place - 1].mode}" for place in agreeing.speaking]
    lines += [
        f"warn {names[place - 1]} {given.wishes[place - 1].warn or 'none'}" for place in agreeing.speaking
    ]
    lines += [f"place {given.place}", f"bleep {given.bleep}"]
    lines += [f"notes {given.notes}"] if plan.notes == "allowed" else []
    return lines + ([f"first {names[given.first - 1]}"] if len(agreeing.speaking) > 1 else [])


def _in_lines(plan_name: str, typed: list[str]) -> tuple[Agreement | None, str]:
    clock, out = FakeClock(), StringIO()
    plan = PLANS.named(plan_name).value
    lines = TypedLines(clock, [(1, line) for line in typed])
    output = Output(out, clock, bell=False)
    agreed = AgreementInLines(Agreeing(plan, Agreement.usual(plan)), WORDS, output, lines).agree()
    shown = out.getvalue().splitlines()
    answered = shown[shown.index(_HEAD) + 1 : shown.index(WORDS.limits[0])]
    refused = [
        line
        for line in answered
        if not line.startswith(_TERMS) and " asks for: " not in line and line != "It is so already."
    ]
    return (None, refused[0]) if refused else (agreed, "")


@settings(max_examples=14, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers())
async def test_the_form_and_the_lines_come_to_the_same(given: Answers) -> None:
    assert await _in_the_form(given) == _in_lines(given.plan, _typed(given))


def _on_the_command_line(words: list[str]) -> tuple[Agreement | None, str]:
    parser = Parser("session")
    session.arguments(parser)
    try:
        return settle(session._request(parser.parse(words)), Library()).agreement, ""
    except CotutorError as refusal:
        return None, refusal.message


@settings(max_examples=80, deadline=None)
@given(answers(), st.lists(LENGTHS.filter(bool), min_size=1, max_size=6))
def test_the_command_line_and_the_lines_come_to_the_same(given: Answers, warn: list[str]) -> None:
    people, mode = PLANS.named(given.plan).value.people, given.wishes[0].mode
    names = [one_line(name) or usual for name, usual in zip(given.names, people, strict=True)]
    words = [f"--turn={given.turn}", f"--mode={mode}", *(f"--warn={one}" for one in warn)]
    words += [f"--first={'ABC'[given.first - 1]}", "--as", *given.names]
    lines = [
        f"names {', '.join(given.names)}",
        f"turn {given.turn}",
        f"mode {mode}",
        f"warn {' '.join(warn)}",
    ]
    asked = _on_the_command_line([given.plan, *words])
    typed = _in_lines(given.plan, [*lines, f"first {names[given.first - 1]}"])
    if asked[1].endswith("Type cotutor session --help to see how it is used."):
        assert typed[1], "what the command line's own grammar refuses, the lines refuse as well"
    else:
        assert asked == typed


async def test_the_form_shows_the_limits_and_the_terms_that_the_lines_read() -> None:
    plan = PLANS.named("pair").value
    async with sitting((100, 60), plan=plan) as two:
        two.app.screen.query_one("#name-1", LineField).value = "Ana"
        two.app.screen.query_one("#turn", LineField).value = "15m"
        await two.settle()
        agreeing = Agreeing(plan, Agreement.usual(plan)).answer("names", "Ana,").answer("turn", "15")
        for line in (*opening(WORDS), *limits(WORDS), *agreeing.terms()):
            assert line in two.shown


OUT_OF_REACH: dict[str, dict[str, Any]] = {
    "a turn shorter than one may ask for": {"turn": Length(20_000), "warn": ()},
    "a turn longer than one may ask for": {"turn": Length(4 * 60 * MINUTE), "warn": ()},
    "a name that is written like two": {"people": ("Ana, who asks", "Ben")},
    "a name that is written like three": {"people": ("Ana, Ben, Cem", "Dan")},
}


@pytest.mark.parametrize("odd", OUT_OF_REACH)
async def test_enter_accepts_what_the_plan_says_though_nobody_could_type_it(odd: str) -> None:
    plan = replace(PLANS.named("pair").value, **OUT_OF_REACH[odd])
    usual = Agreement.usual(plan)
    lines = TypedLines(FakeClock(), [])
    output = Output(StringIO(), FakeClock(), bell=False)
    assert AgreementInLines(Agreeing(plan, usual), WORDS, output, lines).agree() == usual
    async with sitting((100, 60), plan=plan) as two:
        await two.press("enter")
        assert two.where == "SessionPage", two.line("problem")
        assert two.state.agreement == usual


@pytest.mark.parametrize("face", ["form", "lines"])
async def test_the_coin_falls_by_chance_for_people_who_are_called_coin(face: str) -> None:
    plan, thrown = PLANS.named("pair").value, 1
    agreeing = Agreeing(plan, Agreement.usual(plan).named(("Coin", "Ben")), below=lambda _most: thrown)
    if face == "lines":
        lines = TypedLines(FakeClock(), [(1, "coin")])
        agreed = AgreementInLines(agreeing, WORDS, Output(StringIO(), FakeClock(), bell=False), lines).agree()
        assert agreed is not None
        assert agreed.people == ("Ben", "Coin")
        return
    async with sitting((100, 60), plan=plan, agreement=agreeing.agreement) as two:
        fell: set[str] = set()
        choice = two.app.screen.query_one("#first", ChoiceField)
        choice.focus()
        for _ in range(60):
            while choice.value != 2:
                await two.press("right")
            await two.press("right")
            fell.add(two.line("problem"))
            if len(fell) == 2:
                break
        assert fell == {"The coin says: Coin goes first.", "The coin says: Ben goes first."}


@pytest.mark.parametrize(
    ("name", "typed"), [("Straße", "STRASSE"), ("STRASSE", "straße"), ("Dr Weiß", "dr weiss"), ("ﬁn", "FIN")]
)
def test_whose_an_answer_is_may_be_written_in_capitals_of_another_length(name: str, typed: str) -> None:
    plan = PLANS.named("pair").value
    agreeing = Agreeing(plan, Agreement.usual(plan).named((name, "Ben")))
    agreed = agreeing.answer("mode", f"{typed} challenge").answer("warn", f"{typed} 5m 1m").agreement
    assert [wish.mode for wish in agreed.wishes] == ["challenge", "think"]
    assert [wish.warnings for wish in agreed.wishes] == [(5 * MINUTE, MINUTE), (2 * MINUTE,)]


def test_warnings_of_the_command_line_are_everybodys_whatever_people_are_called() -> None:
    agreed, _ = _on_the_command_line(["pair", "--warn=5m", "--warn=1m", "--as", "5m", "Ben"])
    assert agreed is not None
    assert [wish.warnings for wish in agreed.wishes] == [(5 * MINUTE, MINUTE)] * 2


async def test_a_warning_that_nobody_gave_goes_with_a_shorter_turn_and_one_that_was_given_does_not() -> None:
    plan = PLANS.named("pair").value
    agreeing = Agreeing(plan, Agreement.usual(plan)).answer("turn", "1m")
    async with sitting((100, 60), plan=plan) as two:
        two.app.screen.query_one("#turn", LineField).value = "1m"
        await two.settle()
        two.app.screen.query_one("#warn-1", LineField).value = "3m"
        two.app.screen.query_one(StartButton).focus()
        await two.press("enter")
        assert "does not fit a turn of 1m" in two.line("problem")
        two.app.screen.query_one("#warn-1", LineField).value = ""
        two.app.screen.query_one(StartButton).focus()
        await two.press("enter")
        assert two.where == "SessionPage", two.line("problem")
        assert two.state.agreement == agreeing.agreement
