from cotutor.content.loader import PLANS
from cotutor.tui.widgets.guidance_panel import GuidancePanel, StepMap
from tests.tui.sitting import Sitting, sitting

PAIR = PLANS.named("pair").value


def _chosen(two: Sitting) -> int:
    assert two.one(GuidancePanel).chosen == two.one(StepMap).chosen
    return two.one(GuidancePanel).chosen


async def test_numbers_choose_a_step_in_any_order() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("n", "g")
        for number in (7, 2, 9, 1, 5):
            await two.press(str(number))
            step = two.app.guidance.steps[number - 1]
            assert _chosen(two) == number - 1
            assert two.line("step").startswith(f"{step.id}  {step.classic}")
            assert f"›{number} {step.id}" in two.shown


async def test_every_step_shows_its_job_its_questions_and_what_to_beware_of() -> None:
    async with sitting((110, 40), plan=PAIR, quick=True) as two:
        await two.press("n", "g")
        for number, step in enumerate(two.app.guidance.steps, start=1):
            await two.press(str(number))
            text = two.line("step")
            assert step.job in text
            for line in (*map(str, step.questions), *step.mistakes):
                assert line in text


async def test_arrows_go_from_step_to_step_round_and_round() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("n", "g", "left")
        assert _chosen(two) == 8
        await two.press("right", "right")
        assert _chosen(two) == 1


async def test_arrows_up_and_down_scroll_and_another_step_begins_at_its_top() -> None:
    async with sitting((80, 24), plan=PAIR, quick=True) as two:
        await two.press("n", "g")
        top = two.rows[11:21]
        await two.press("down", "down")
        assert two.rows[11:21] != top
        await two.press("up")
        await two.press("2", "1")
        assert two.rows[11:21] == top


async def test_each_step_can_be_clicked_whether_it_is_named_or_only_numbered() -> None:
    for width in (80, 40):
        async with sitting((width, 24), plan=PAIR, quick=True) as two:
            await two.press("n", "g")
            for number in (9, 4, 1):
                row = two.one(StepMap).region.y
                x = two.rows[row].index(str(number))
                await two.pilot.click(offset=(x, row))
                await two.settle()
                assert _chosen(two) == number - 1


async def test_the_keys_of_the_session_go_on_working_beside_it() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("n", "g", "space")
        assert two.state.hold is not None
        await two.press("space", "c")
        assert two.line("cue")
        await two.press("g")
        assert not two.app.screen.query(GuidancePanel)


async def test_nobody_has_it_open_who_did_not_ask_for_it() -> None:
    plan = PLANS.named("triad").value
    async with sitting(plan=plan, quick=True) as two:
        await two.press("n", "g")
        assert two.app.screen.query(GuidancePanel)
        await two.press("n")
        assert not two.app.screen.query(GuidancePanel)


async def test_where_there_is_room_it_stands_beside_the_clock() -> None:
    async with sitting((130, 30), plan=PAIR, quick=True) as two:
        await two.press("n", "g")
        panel = two.one(GuidancePanel).region
        digits = two.app.screen.query_one("#digits").region
        assert panel.x >= digits.right
        assert panel.width == 54
        await two.resize(80, 24)
        assert two.one(GuidancePanel).region.y >= two.app.screen.query_one("#times").region.bottom
