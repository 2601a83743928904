"""What is laid over a session: the question about absence, stop and explain, the cover, leaving."""

import pytest
from textual.notifications import Notification
from textual.widgets import Static

from cotutor.content.loader import PLANS
from cotutor.domain.agreement import Agreement
from cotutor.domain.duration import MINUTE
from cotutor.tui.widgets.big_digits import BigDigits
from tests.tui.sitting import Sitting, sitting

PAIR = PLANS.named("pair").value
NAMED = Agreement.usual(PAIR).named(("Ana", "Ben"))


async def _sleep(two: Sitting, minutes: float) -> None:
    """Let the computer sleep: one long gap between two looks at the clock."""
    two.clock.go(minutes=minutes)
    await two.look()


# ------------------------------------------------------------ away


async def test_after_sleep_nothing_fires_late_and_the_pair_is_asked() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        two.listen()
        await _sleep(two, 25)
        assert two.where == "AbsenceSheet"
        assert "Away 25 minutes" in two.shown
        assert two.heard == ["Away 25 minutes. Count it or not?"]
        assert two.bells == 0


@pytest.mark.parametrize(
    ("key", "left"), [("c", 9 * MINUTE), ("l", 20 * MINUTE), ("space", 20 * MINUTE)], ids=["c", "l", "space"]
)
async def test_the_time_away_counts_or_is_left_out(key: str, left: int) -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        await _sleep(two, 11)
        await two.press(key)
        assert two.where == "SessionPage"
        assert two.state.hold is None
        assert two.state.left == left
        assert two.line("notice").startswith("The time away, 11 minutes, ")


async def test_an_absence_can_end_the_phase() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        await _sleep(two, 11)
        await two.press("n")
        assert two.where == "SessionPage"
        assert two.state.hold is None
        assert two.headline == "Ana comes back to the present"
        assert two.state.done[-1].ran == 0, "and none of the time away is in it"


async def test_an_answer_that_is_undone_is_asked_for_again() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        await _sleep(two, 11)
        await two.press("c", "u")
        assert two.where == "AbsenceSheet"
        assert "Away 11 minutes" in two.shown
        await two.press("l")
        assert two.state.left == 20 * MINUTE


async def test_the_question_waits_and_no_other_key_answers_it() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        await _sleep(two, 11)
        await two.press("escape", "q", "+", "g", "enter")
        await two.go(minutes=2)
        assert two.where == "AbsenceSheet"
        await two.press("l")
        assert two.state.left == 20 * MINUTE


async def test_stop_and_explain_comes_before_the_decision_about_an_absence_which_is_asked_for_after_it() -> (
    None
):
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        await _sleep(two, 11)
        assert "! Stop & explain" in two.shown
        await two.press("!")
        assert two.where == "ExplainSheet"
        await two.press("space")
        assert two.where == "AbsenceSheet"
        await two.press("c")
        assert two.where == "SessionPage"
        assert two.state.left == 9 * MINUTE


async def test_sleep_below_the_cover_is_asked_about_once() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n", "b")
        await _sleep(two, 11)
        await _sleep(two, 5)
        assert two.where == "Cover"
        await two.press("b")
        sheets = [type(screen).__name__ for screen in two.app.screen_stack]
        assert sheets.count("AbsenceSheet") == 1


# ------------------------------------------------------------ stop and explain


async def test_stop_and_explain_holds_the_clock_and_records_nothing() -> None:
    async with sitting((80, 100), plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        await two.go(minutes=4)
        await two.press("!")
        assert two.where == "ExplainSheet"
        words = two.app.guidance.wording.stop
        text = str(two.app.screen.query_one("#sheet Static", Static).content)
        for line in (words.heading, words.records, *words.steps, *words.say, *words.distress):
            assert line in text
        for entry in two.app.guidance.signposts:
            assert entry.name in text
        await two.go(minutes=6)
        await two.press("space")
        assert two.where == "SessionPage"
        assert two.state.hold is None
        assert two.state.left == 16 * MINUTE


async def test_stop_and_explain_may_end_the_session() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n", "!", "q")
        assert two.headline == "Close"
        assert two.line("notice") == "Ended early. u takes it back."


async def test_stop_and_explain_works_in_a_pause_and_after_the_end() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n", "space", "!")
        assert two.where == "ExplainSheet"
        await two.press("escape")
        assert two.state.hold is None
        await two.press("q", "q", "!")
        assert two.where == "ExplainSheet"
        await two.press("q")
        assert two.state.ended


async def test_stop_and_explain_scrolls_on_a_small_terminal_with_its_answers_in_sight() -> None:
    async with sitting((40, 12), plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n", "!")
        before = two.shown
        assert "Go on" in before
        await two.press("j", "down")
        assert two.shown != before
        assert "Go on" in two.shown
        await two.press("k", "up")
        assert two.shown == before


# ------------------------------------------------------------ the cover


@pytest.mark.parametrize("key", ["b", "f9", "ctrl+l"])
async def test_the_cover_shows_a_plain_clock_while_the_session_goes_on(key: str) -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n", key)
        assert two.where == "Cover"
        assert two.one(BigDigits).text == "09:00"
        for hidden in ("Ana", "Ben", "speaks", "turn", "kept"):
            assert hidden not in two.shown
        await two.go(minutes=18)
        assert two.where == "Cover", "a warning uncovers nothing"
        assert "minutes left" not in two.shown
        await two.press("b")
        assert two.where == "SessionPage"
        assert two.state.left == 2 * MINUTE
        assert "2 minutes left." in two.shown


async def test_the_cover_is_laid_once_and_takes_no_command_of_the_session() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n", "b", "ctrl+l", "n", "q", "space", "g")
        assert two.where == "Cover"
        assert two.headline == "Ana speaks"
        await two.press("escape")
        assert two.where == "SessionPage"


async def test_no_message_lies_above_the_cover() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        messages = two.app._notifications  # the pilot draws none of them
        messages.add(Notification("my-scheme.toml is left out"))
        assert len(messages) == 1
        await two.press("b")
        assert len(messages) == 0


async def test_home_can_be_covered_too() -> None:
    async with sitting() as two:
        await two.press("ctrl+l")
        assert two.where == "Cover"
        assert "cotutor" not in two.shown
        await two.press("escape")
        assert two.where == "Home"


# ------------------------------------------------------------ leaving


async def test_leaving_a_running_session_is_asked_once() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("ctrl+q")
        assert two.where == "LeaveSheet"
        await two.press("n")
        assert two.where == "SessionPage"
        await two.press("ctrl+q", "y")
        assert two.app.return_value == 0


async def test_a_second_ctrl_q_leaves() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("ctrl+q", "ctrl+q")
        assert two.app.return_value == 0


async def test_leaving_is_asked_even_from_below_the_cover() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("b", "ctrl+q")
        assert two.where == "LeaveSheet"
        await two.press("escape")
        assert two.where == "Cover"


async def test_leaving_after_the_end_needs_no_question() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("q", "q", "ctrl+q")
        assert two.app.return_value == 0
