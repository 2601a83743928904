"""Any size at any moment: nothing crashes, and on forty columns by twelve nothing that matters is cut."""

from collections.abc import Awaitable, Callable

import pytest

from cotutor.content.loader import load_plan
from cotutor.domain.agreement import Agreement
from cotutor.domain.plan import MODE_NAMES, Kind, Phase, Plan
from cotutor.tui.widgets.big_digits import BigDigits
from tests.tui.sitting import Sitting, sitting

PAIR = load_plan("pair")
SIZES = ((1, 1), (2, 2), (10, 5), (200, 3), (5, 60), (40, 12), (80, 24), (200, 60))


def _keys(*keys: str) -> Callable[[Sitting], Awaitable[None]]:
    return lambda two: two.press(*keys)


async def _away(two: Sitting) -> None:
    await two.press("n")
    two.clock.go(minutes=11)
    await two.look()


PLACES = {
    "home": _keys(),
    "agreement": _keys("enter"),
    "field": _keys("enter", "tab", "A", "n", "a"),
    "help": _keys("?"),
    "palette": _keys("ctrl+p"),
    "questions": _keys("up", "up", "up", "enter"),
    "offline help": _keys("up", "up", "enter"),
    "sound check": _keys("enter", "f2"),
    "turn": _keys("enter", "enter", "n"),
    "guide": _keys("enter", "enter", "n", "g"),
    "scratchpad": _keys("enter", "enter", "n", "s", "w", "o", "r", "d"),
    "cue": _keys("enter", "enter", "n", "c"),
    "big": _keys("enter", "enter", "n", "f"),
    "paused": _keys("enter", "enter", "n", "space"),
    "cover": _keys("enter", "enter", "n", "b"),
    "explain": _keys("enter", "enter", "n", "!"),
    "leave": _keys("enter", "enter", "n", "ctrl+q"),
    "close": _keys("enter", "enter", "q"),
    "ended": _keys("enter", "enter", "q", "q"),
}


@pytest.mark.parametrize("place", PLACES)
async def test_no_size_is_too_small_or_too_large_for_any_screen(place: str) -> None:
    async with sitting() as two:
        await PLACES[place](two)
        where = two.where
        for width, height in SIZES:
            await two.resize(width, height)
            assert two.where == where
            assert len(two.rows) == height
            assert all(len(row) <= width for row in two.rows)


async def test_no_size_is_wrong_for_the_question_about_absence() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await _away(two)
        for width, height in SIZES:
            await two.resize(width, height)
        await two.press("l")
        assert two.state.hold is None


async def test_a_session_begun_in_one_cell_can_be_read_once_there_is_room() -> None:
    async with sitting((1, 1), plan=PAIR, quick=True) as two:
        await two.press("n", "g", "s", "x", "escape", "c", "f", "f", "!", "escape")
        await two.resize(80, 24)
        await two.press("escape", "escape")
        assert "A speaks" in two.shown
        assert "until 09:20" in two.shown


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (130, 30)])
@pytest.mark.parametrize("place", [place for place in PLACES if place != "cover"])
async def test_what_is_kept_is_always_said(place: str, size: tuple[int, int]) -> None:
    """Sheets lie over a page that says it; the big view and the cover are for strangers' eyes."""
    if place in ("big", "palette", "sound check", "explain", "leave"):
        place = "turn"
    async with sitting(size) as two:
        await PLACES[place](two)
        assert "nothing kept" in two.rows[0]
        assert two.rows[0].rstrip().endswith("nothing kept")


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
