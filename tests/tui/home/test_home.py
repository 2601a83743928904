from textual.widgets import OptionList

from cotutor.domain.plan import Kind
from cotutor.tui.home.app import build_app
from cotutor.tui.session.session import SessionPage
from cotutor.tui.widgets.menu import Menu
from tests.fakes import FakeClock
from tests.tui.sitting import Sitting, sitting


async def test_two_presses_of_enter_start_the_default_session() -> None:
    async with sitting() as two:
        assert "Two people, equal turns, one clock." in two.shown
        await two.press("enter")
        assert two.where == "AgreementPage"
        await two.press("enter")
        assert two.where == "SessionPage"
        assert two.state.plan.name == "pair"
        assert two.state.agreement.people == ("A", "B")
        assert two.state.phase.kind is Kind.SETTLE
        assert two.headline == "Settle"


async def test_home_names_every_plan_and_what_else_there_is() -> None:
    async with sitting() as two:
        for plan in two.app.library.plans.entries:
            assert plan.title in two.shown
        for title in ("Questions", "Offline help", "Sound check"):
            assert title in two.shown


async def test_the_mark_goes_round_and_skips_the_headings() -> None:
    async with sitting() as two:
        menu = two.one(Menu)
        lines = sum(not option.disabled for option in menu.options)
        marked = []
        for _ in range(lines):
            option = menu.highlighted_option
            assert option is not None
            assert not option.disabled
            assert [row for row in two.rows if row.strip().startswith("›")], "the mark is a sign"
            marked.append(option.id)
            await two.press("down")
        assert len(set(marked)) == lines
        assert _marked(two) == marked[0]
        await two.press("up")
        assert _marked(two) == marked[-1]


def _marked(two: Sitting) -> str | None:
    option = two.app.screen.query_one(OptionList).highlighted_option
    assert option is not None
    return option.id


async def test_a_click_chooses_a_line() -> None:
    async with sitting() as two:
        row = next(y for y, text in enumerate(two.rows) if "Thinking pair" in text)
        await two.pilot.click(offset=(10, row))
        await two.settle()
        assert two.where == "AgreementPage"
        assert "Thinking pair" in two.rows[0]


async def test_each_line_below_the_plans_opens_and_closes() -> None:
    async with sitting() as two:
        lines = {"guidance": "GuidancePage", "signposts": "Signposts", "sound_check": "SoundCheck"}
        for line, page in lines.items():
            menu = two.one(Menu)
            menu.highlighted = menu.get_option_index(line)
            await two.press("enter")
            assert two.where == page
            await two.press("escape")
            assert two.where == "Home"


async def test_help_names_each_key_of_the_screen_below() -> None:
    async with sitting((80, 50)) as two:
        keys = two.app.screen.KEYS  # type: ignore[attr-defined]  # home is a page
        await two.press("?")
        assert two.where == "HelpPage"
        for key in (*keys, *two.app.KEYS):
            assert key.help in two.shown
        await two.press("q")
        assert two.where == "Home"


async def test_colours_go_round_and_come_back() -> None:
    async with sitting() as two:
        seen = [two.app.theme]
        for _ in range(3):
            await two.press("t")
            seen.append(two.app.theme)
        assert len(set(seen)) == 3
        assert seen[0] == seen[3]


async def test_q_leaves_with_exit_code_nought() -> None:
    async with sitting() as two:
        await two.press("q")
        assert two.app.return_value == 0


async def test_the_sound_check_rings_and_believes_the_answer() -> None:
    async with sitting() as two:
        two.app.action_sound_check()
        await two.settle()
        assert two.bells == 1
        await two.press("r")
        assert two.bells == 2
        await two.press("n")
        assert two.app.silent
        assert "Then warnings come in words" in two.shown
        await two.press("y")
        assert not two.app.silent
        assert two.where == "Home"


async def test_the_questions_can_be_looked_through_without_a_session() -> None:
    async with sitting() as two:
        two.app.action_guidance()
        await two.settle()
        first = two.shown
        await two.press("9")
        assert "III-C" in two.shown
        await two.press("right")
        assert two.shown == first, "right of the last step comes the first"
        await two.press("left", "5")
        assert "II-B" in two.shown
        await two.press("q")
        assert two.where == "Home"


async def test_offline_help_keeps_emergency_apart_and_dates_every_number() -> None:
    async with sitting((80, 200)) as two:
        two.app.action_signposts()
        await two.settle()
        for entry in two.app.guidance.signposts:
            assert " ".join(entry.reach.split()) in two.shown
            assert entry.name in two.shown
        _entries, _, sources = two.shown.partition("Where this was read")
        for entry in two.app.guidance.signposts:
            assert " ".join(f"{entry.name}: {entry.source}; {entry.dated}".split()) in sources


async def test_a_long_page_scrolls_by_row_and_by_page() -> None:
    async with sitting((80, 12)) as two:
        two.app.action_signposts()
        await two.settle()
        top = two.rows[1:-2]
        await two.press("j")
        assert two.rows[1:-2] != top
        await two.press("k")
        assert two.rows[1:-2] == top
        await two.press("space", "pageup")
        assert two.rows[1:-2] == top


async def test_two_presses_of_enter_before_the_menu_is_filled_start_a_session() -> None:
    app = build_app(clock=FakeClock())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, SessionPage)
