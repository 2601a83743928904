"""Any size at any moment: nothing crashes, and on forty columns by twelve nothing that matters is cut."""

import pytest

from cotutor.content.loader import PLANS
from cotutor.domain.agreement import Agreement
from cotutor.domain.plan import MODE_NAMES, Kind, Phase, Plan
from cotutor.tui.widgets.big_digits import BigDigits
from tests.tui.sitting import Sitting, sitting

PAIR = PLANS.named("pair").value
SIZES = ((1, 1), (10, 5), (200, 3), (5, 60), (40, 12), (130, 40), (80, 24))
AT_HOME = (
    "",
    "?",
    "escape ctrl+p",
    "escape enter",
    "tab A n a",
    "f2",
    "escape escape up up up enter",
    "escape down enter",
)
IN_SESSION = (
    "",
    "n g",
    "g s w o r d",
    "escape escape c",
    "escape f",
    "f space",
    "space b",
    "b !",
    "space h",
    "escape ctrl+q",
    "escape q",
    "q",
)
STRANGERS = {"Palette", "SoundCheck", "ExplainSheet", "LeaveSheet", "Cover"}
"""What lies over a page that says what is kept, and the cover, which is for strangers' eyes."""


async def _try_every_size(two: Sitting) -> None:
    where = two.where
    for width, height in SIZES:
        await two.resize(width, height)
        assert two.where == where
        assert len(two.rows) == height
        assert all(len(row) <= width for row in two.rows)
        if width >= 40 and where not in STRANGERS and not two.app.screen.has_class("big"):
            assert two.rows[0].rstrip().endswith("nothing kept"), "what is kept is always said"


async def _walk(two: Sitting, stops: tuple[str, ...]) -> set[str]:
    passed = set()
    for keys in stops:
        await two.press(*keys.split())
        passed.add(two.where)
        await _try_every_size(two)
    return passed


async def test_no_size_is_too_small_or_too_large_for_any_screen_around_a_session() -> None:
    async with sitting() as two:
        passed = await _walk(two, AT_HOME)
        assert passed >= {"Home", "HelpPage", "Palette", "AgreementPage", "SoundCheck", "Signposts"}


async def test_no_size_is_too_small_or_too_large_for_any_moment_of_a_session() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        passed = await _walk(two, IN_SESSION)
        assert passed == {"SessionPage", "Cover", "ExplainSheet", "Signposts", "LeaveSheet"}
        assert two.state.ended


async def test_no_size_is_wrong_for_the_question_about_absence() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("n")
        two.clock.go(minutes=11)
        await two.look()
        for width, height in SIZES:
            await two.resize(width, height)
            assert two.where == "AbsenceSheet"
        await two.press("l")
        assert two.state.hold is None


async def test_a_session_begun_in_one_cell_can_be_read_once_there_is_room() -> None:
    async with sitting((1, 1), plan=PAIR, quick=True) as two:
        await two.press("n", "g", "s", "x", "escape", "c", "f", "f", "!", "escape")
        await two.resize(80, 24)
        await two.press("escape", "escape")
        assert "A speaks" in two.shown
        assert "until 09:20" in two.shown


LONG = tuple(letter * 20 for letter in "WMX")
SAY = (
    "Speaker: tell of a moment at work when somebody listened to you so well that you still know it. " * 3
)[:200]


def _sixty_phases() -> Plan:
    kinds = (Kind.TURN, Kind.FEEDBACK, Kind.RETURN, Kind.SWAP)
    phases = []
    for number in range(59):
        kind = kinds[number % 4]
        speaker = number // 4 % 3 + 1 if kind is not Kind.SWAP else None
        phases.append(Phase(kind=kind, speaker=speaker, say=SAY if kind is Kind.FEEDBACK else None))
    return Plan(
        format=1,
        name="longest",
        title="W" * 200,
        phases=(*phases, Phase(kind=Kind.CLOSE)),
        people=("A", "B", "C"),
        unequal=True,
    )


async def test_the_largest_plan_with_the_longest_names_fits_forty_by_twelve() -> None:
    plan = _sixty_phases()
    async with sitting((40, 12), plan=plan, agreement=Agreement.usual(plan).named(LONG), quick=True) as two:
        for phase in two.state.plan.phases[:12]:
            assert "nothing kept" in two.rows[0]
            assert two.headline in two.shown
            if phase.speaker:
                assert LONG[phase.speaker - 1] in two.headline
            if phase.kind is Kind.TURN and phase.listener:
                assert LONG[phase.listener - 1] in two.shown
                assert MODE_NAMES[two.state.modes[0]] in two.shown, "the kind of listening matters"
            assert two.one(BigDigits).text in ("20:00", "2:00", "1:00", "0:30")
            assert "until" in two.shown
            assert "Pause" in two.shown
            await two.press("n")
        await two.press("q")
        assert two.headline == "Close"
        assert f"{LONG[0]}: 0:00 of" in two.line("closing")


@pytest.mark.parametrize("width", [40, 80, 120])
async def test_a_line_to_say_of_two_hundred_characters_is_shown_whole(width: int) -> None:
    plan = _sixty_phases()
    async with sitting((width, 24), plan=plan, quick=True) as two:
        await two.press("n")
        assert two.line("sub") == SAY
        assert " ".join(SAY.split()) in two.shown


async def test_the_digits_are_readable_from_afar_at_every_usual_size() -> None:
    for size, rows in (((40, 12), 5), ((80, 24), 10), ((130, 40), 15)):
        async with sitting(size, plan=PAIR, quick=True) as two:
            await two.press("n")
            assert sum("█" in row for row in two.rows) >= rows
