import pytest

from cotutor.content.loader import PLANS
from cotutor.domain.agreement import Agreement
from cotutor.domain.duration import MINUTE
from cotutor.domain.plan import Mode
from cotutor.tui.session.agreement import AgreementPage
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.start import StartButton
from tests.tui.sitting import Sitting, sitting

PAIR = PLANS.named("pair").value


async def _focus(two: Sitting, name: str) -> None:
    two.app.screen.query_one(f"#{name}").focus()
    await two.settle()


async def _fill(two: Sitting, name: str, text: str) -> None:
    await _focus(two, name)
    await two.write(text)


async def _start(two: Sitting) -> None:
    two.one(StartButton).focus()
    await two.press("enter")


def _choice(two: Sitting, name: str) -> ChoiceField[object]:
    return two.app.screen.query_one(f"#{name}", ChoiceField)


async def test_everything_that_is_filled_in_is_agreed() -> None:
    async with sitting(plan=PAIR) as two:
        await _fill(two, "name-1", "Ana")
        await _fill(two, "name-2", "Ben")
        await _fill(two, "turn", "12m")
        await _fill(two, "warn-1", "5m, 1")
        await _fill(two, "warn-2", "")
        await _focus(two, "mode-1")
        await two.press("left")
        await _focus(two, "mode-2")
        await two.press("right")
        await _focus(two, "place")
        await two.press("space")
        await _focus(two, "bleep")
        await two.press("right")
        await _start(two)
        agreement = two.state.agreement
        assert agreement.people == ("Ana", "Ben")
        assert agreement.turn == 12 * MINUTE
        assert [wish.mode for wish in agreement.wishes] == [Mode.LISTEN, Mode.CHALLENGE]
        assert [wish.warnings for wish in agreement.wishes] == [(5 * MINUTE, MINUTE), ()]
        assert (agreement.meeting, agreement.bleep, agreement.notes) == ("remote", "end the turn", False)


async def test_names_are_used_on_the_page_as_they_are_typed() -> None:
    async with sitting(plan=PAIR) as two:
        await _fill(two, "name-1", "Ana")
        assert two.line("wants-1") == "Ana wants"
        assert "● Ana" in two.shown
        await _fill(two, "name-1", "")
        assert two.line("wants-1") == "A wants"


async def test_the_second_may_go_first_with_their_own_wishes() -> None:
    async with sitting(plan=PAIR) as two:
        await _fill(two, "name-1", "Ana")
        await _fill(two, "name-2", "Ben")
        await _focus(two, "mode-2")
        await two.press("left")
        await _focus(two, "first")
        await two.press("right")
        await _start(two)
        assert two.state.agreement.people == ("Ben", "Ana")
        assert two.state.agreement.wishes[0].mode is Mode.LISTEN


async def test_the_coin_falls_both_ways_and_says_so() -> None:
    async with sitting(plan=PAIR) as two:
        await _fill(two, "name-1", "Ana")
        fell: set[str] = set()
        await _focus(two, "first")
        for _ in range(60):
            while _choice(two, "first").value != 2:
                await two.press("right")
            await two.press("right")
            fell.add(two.line("problem"))
            if len(fell) == 2:
                break
        assert fell == {"The coin says: Ana goes first.", "The coin says: B goes first."}


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("name-1", "b", "Two people have the same alias"),
        ("name-1", "Z" * 21, "An alias has at most 20 letters."),
        ("turn", "soon", "Say how long: 5 for minutes, 90s, or 1h30m."),
        ("turn", "5s", "A turn lasts from 30s to 3h"),
        ("turn", "9h", "A turn lasts from 30s to 3h"),
        ("warn-1", "30m", "does not fit a turn of 20m"),
        ("warn-2", "1 2 3 4 5 6", "At most 5 warnings"),
        ("warn-2", "when?", "Say how long: 5 for minutes, 90s, or 1h30m."),
    ],
)
async def test_a_mistake_is_told_and_its_field_has_the_focus(field: str, text: str, problem: str) -> None:
    async with sitting(plan=PAIR) as two:
        await _fill(two, field, text)
        await _start(two)
        assert two.where == "AgreementPage"
        assert problem in two.shown
        assert two.app.focused is not None
        assert two.app.focused.id == field


async def test_warnings_that_no_longer_fit_a_shorter_turn_go_in_sight_and_come_back_with_a_longer_one() -> (
    None
):
    async with sitting(plan=PAIR) as two:
        field = two.app.screen.query_one("#warn-2", LineField)
        for turn, warning in (("1m", ""), ("15m", "2m"), ("1m", "")):
            await _fill(two, "turn", turn)
            await two.settle()
            assert field.value == warning
        await _fill(two, "warn-1", "90s")
        await _start(two)
        assert "A warning 1m30s before the end does not fit a turn of 1m." in two.shown
        await _fill(two, "warn-1", "10s")
        await _start(two)
        assert two.state.agreement.wishes[1].warnings == ()
        assert two.state.agreement.wishes[0].warnings == (10_000,)


async def test_a_mistake_is_in_sight_on_a_small_terminal() -> None:
    async with sitting((40, 12), plan=PAIR) as two:
        await _fill(two, "turn", "5s")
        await _start(two)
        assert "A turn lasts from 30s to 3h" in two.shown
        assert two.app.focused is not None
        field = two.app.focused
        assert two.app.screen.query_one("#form").region.contains_region(field.region)


async def test_tab_arrows_and_enter_visit_every_field_in_reading_order() -> None:
    expected = ["name-1", "name-2", "first", "turn", "mode-1", "warn-1", "mode-2", "warn-2", "place", "bleep"]
    for forth, back in (("tab", "shift+tab"), ("down", "up")):
        async with sitting(plan=PAIR) as two:
            assert isinstance(two.app.focused, StartButton)
            visited = []
            for _ in range(len(expected)):
                await two.press(forth)
                assert two.app.focused is not None
                visited.append(two.app.focused.id)
            assert visited == expected
            await two.press(forth)
            assert isinstance(two.app.focused, StartButton)
            await two.press(back)
            assert two.app.focused.id == expected[-1]


async def test_enter_in_a_field_goes_on_and_does_not_start() -> None:
    async with sitting(plan=PAIR) as two:
        await _focus(two, "name-1")
        for _ in range(10):
            assert two.where == "AgreementPage"
            await two.press("enter")
        assert isinstance(two.app.focused, StartButton)
        await two.press("enter")
        assert two.where == "SessionPage"


async def test_the_mouse_chooses_words_fields_and_the_button() -> None:
    async with sitting((100, 40), plan=PAIR) as two:
        choice = _choice(two, "mode-1")
        words = "".join(str(choice.render()))
        for mode, word in ((Mode.LISTEN, "listen only"), (Mode.CHALLENGE, "challenge me")):
            await two.click("#mode-1", (words.index(word), 0))
            assert choice.value == mode
        await two.click("#name-2")
        assert two.app.focused is two.app.screen.query_one("#name-2")
        await two.click(StartButton)
        assert two.state.agreement.wishes[0].mode is Mode.CHALLENGE


async def test_a_click_beside_the_words_chooses_nothing() -> None:
    async with sitting((100, 40), plan=PAIR) as two:
        await two.click("#place", (40, 0))
        assert _choice(two, "place").value == "in person"


async def test_notes_are_only_offered_by_a_plan_that_allows_them() -> None:
    async with sitting(plan=PAIR) as two:
        assert "This plan is without notes." in two.shown
        assert not two.app.screen.query("#notes")
    async with sitting(plan=PLANS.named("one-way").value) as two:
        assert _choice(two, "notes").value == "no"
        await _focus(two, "notes")
        await two.press("right")
        await _start(two)
        assert two.state.agreement.notes is True


async def test_only_those_who_speak_have_wishes() -> None:
    async with sitting(plan=PLANS.named("one-way").value) as two:
        assert two.app.screen.query("#mode-1")
        assert not two.app.screen.query("#mode-2")


async def test_the_limits_of_confidentiality_stand_in_full() -> None:
    async with sitting((80, 60), plan=PAIR) as two:
        words = two.app.guidance.wording.agreement
        for line in (*words.limits, words.acknowledge, *words.opening, words.scope):
            assert line in two.shown


async def test_three_people_agree_on_three_names() -> None:
    async with sitting(plan=PLANS.named("triad").value) as two:
        assert "We all agree: start" in two.shown
        for place, name in enumerate(("Ana", "Ben", "Cleo"), start=1):
            await _fill(two, f"name-{place}", name)
        await _focus(two, "first")
        await two.press("right", "right")
        await _start(two)
        assert two.state.agreement.people == ("Cleo", "Ana", "Ben")


async def test_escape_goes_back_and_what_was_typed_is_forgotten() -> None:
    async with sitting() as two:
        await two.press("enter")
        await _fill(two, "name-1", "Ana")
        await two.press("escape")
        assert two.where == "Home"
        await two.press("enter")
        assert two.app.screen.query_one("#name-1", LineField).value == "A"


async def test_sound_check_and_help_come_back_to_the_form() -> None:
    async with sitting() as two:
        await two.press("enter")
        await _fill(two, "name-1", "Ana")
        await two.press("f2")
        assert two.where == "SoundCheck"
        await two.press("y", "f1")
        assert two.where == "HelpPage"
        await two.press("escape")
        assert isinstance(two.app.screen, AgreementPage)
        assert two.app.screen.query_one("#name-1", LineField).value == "Ana"


async def test_what_the_command_line_settled_stands_in_the_form() -> None:
    agreed = Agreement.usual(PAIR).named(("Ana", "Ben")).with_turn(PAIR.turn).warned((90_000,), 1)
    async with sitting(plan=PAIR, agreement=agreed.listening(Mode.CHALLENGE, 2)) as two:
        assert two.app.screen.query_one("#name-1", LineField).value == "Ana"
        assert two.app.screen.query_one("#warn-1", LineField).value == "1m30s"
        assert _choice(two, "mode-2").value == Mode.CHALLENGE
        await two.press("enter")
        assert two.state.agreement.wishes == agreed.listening(Mode.CHALLENGE, 2).wishes


async def test_a_click_finds_its_word_where_the_words_take_several_rows() -> None:
    async with sitting((40, 40), plan=PAIR) as two:
        row = next(y for y, text in enumerate(two.rows) if "challenge me" in text)
        assert "listen only" not in two.rows[row]
        await two.pilot.click(offset=(two.rows[row].index("challenge"), row))
        await two.settle()
        assert _choice(two, "mode-1").value == Mode.CHALLENGE


@pytest.mark.parametrize("width", [40, 80])
async def test_three_long_names_can_be_seen_and_chosen(width: int) -> None:
    names = tuple(letter * 20 for letter in "WMX")
    plan = PLANS.named("triad").value
    async with sitting((width, 50), plan=plan, agreement=Agreement.usual(plan).named(names)) as two:
        for place in (1, 2, 3):
            field = two.app.screen.query_one(f"#name-{place}")
            assert two.app.screen.region.contains_region(field.region)
        row = next(y for y, text in enumerate(two.rows) if f"○ {names[2]}" in text)
        await two.pilot.click(offset=(two.rows[row].index("○ X"), row))
        await two.settle()
        assert _choice(two, "first").value == 3
