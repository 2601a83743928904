"""A session from the first phase to home again: what the keys do, and what is shown of it."""

import pytest

from cotutor.content.loader import PLANS
from cotutor.domain.agreement import Agreement
from cotutor.domain.duration import MINUTE, SECOND
from cotutor.domain.events import Why
from cotutor.domain.plan import Kind, Mode
from cotutor.tui.keys import offered
from cotutor.tui.widgets.big_digits import BigDigits
from cotutor.tui.widgets.key_bar import KeyBar
from tests.tui.sitting import Sitting, sitting

PAIR = PLANS.named("pair").value
NAMED = Agreement.usual(PAIR).named(("Ana", "Ben"))


def _digits(two: Sitting) -> str:
    return two.one(BigDigits).text


async def test_a_whole_session_runs_from_settling_to_home_again() -> None:
    headlines = []
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        for phase in two.state.plan.phases:
            headlines.append(two.headline)
            await two.go(seconds=(phase.length or 0) / SECOND)
            assert two.state.left == 0
            await two.press("n")
        assert headlines == [
            "Settle",
            "Ana speaks",
            "Ana comes back to the present",
            "Swap",
            "Ben speaks",
            "Ben comes back to the present",
            "Close",
        ]
        assert two.headline == "The session is over"
        assert two.line("closing").splitlines() == [
            "Time",
            "Ana: 20:00 of 20:00 planned",
            "Ben: 20:00 of 20:00 planned",
            "Equal. Nothing is owed.",
            "",
            "Nothing was kept.",
        ]
        await two.press("n")
        assert two.where == "Home"
        assert len(two.app.screen_stack) == 1


async def test_a_turn_says_who_speaks_who_listens_how_and_until_when() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        assert two.headline == "Ana speaks"
        assert two.line("sub") == "Ben listens  ·  help me think"
        assert _digits(two) == "20:00"
        assert two.line("times") == "until 09:20  ·  session until 09:45"
        await two.go(seconds=1)
        assert _digits(two) == "19:59"
        await two.go(seconds=0.999)
        assert _digits(two) == "19:59", "a second is over when it is over"


async def test_the_second_turn_waits_for_a_key_and_undo_takes_it_back() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n", "n", "n")
        assert two.state.phase.kind is Kind.SWAP
        assert "Ben speaks next." in two.line("sub")
        await two.go(seconds=45)
        assert _digits(two) == "+0:15"
        assert two.state.phase.kind is Kind.SWAP
        await two.press("n")
        assert two.headline == "Ben speaks"
        await two.press("u")
        assert two.state.phase.kind is Kind.SWAP
        assert _digits(two) == "+0:15"


async def test_the_warning_comes_in_words_with_a_sign_and_a_bell() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        two.listen()
        await two.go(minutes=17, seconds=59)
        assert two.line("notice") == ""
        assert two.bells == 0
        await two.go(seconds=1)
        assert two.line("notice") == "▲ 2 minutes left."
        assert two.bells == 1
        assert two.heard == ["2 minutes left."]


async def test_over_time_counts_up_calmly_until_somebody_goes_on() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        await two.go(minutes=20)
        assert two.line("notice") == "■ Ana's time is up. n goes on, + gives more."
        await two.go(seconds=40)
        assert _digits(two) == "+0:40"
        assert two.page.has_class("over")
        assert two.line("times").startswith("over its time")
        assert two.state.phase.kind is Kind.TURN
        await two.press("n")
        assert not two.page.has_class("over")


async def test_a_hard_stop_goes_on_by_itself() -> None:
    async with sitting(plan=PLANS.named("taster").value, quick=True) as two:
        kinds = [two.state.phase.kind]
        for seconds in (90, 45, 15):
            await two.go(seconds=seconds)
            kinds.append(two.state.phase.kind)
        assert kinds == [Kind.TURN, Kind.FEEDBACK, Kind.FEEDBACK, Kind.SWAP]


async def test_silent_means_no_bell() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        two.app.silent = True
        await two.press("n")
        await two.go(minutes=21)
        assert two.bells == 0


async def test_space_pauses_in_sight_of_both_and_goes_on() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        await two.go(minutes=3)
        two.listen()
        await two.press("space")
        assert two.state.hold is not None
        assert two.line("notice") == "‖ Paused, for both of you. Press space to go on."
        assert two.line("times") == "The clock is held."
        assert two.page.has_class("held")
        await two.go(minutes=5)
        assert _digits(two) == "17:00"
        await two.press("space")
        assert two.line("notice") == "Going on. The clock was held for 5 minutes."
        assert two.line("times") == "until 09:25  ·  session until 09:50"
        assert two.heard == [
            "Paused, for both of you.",
            "Going on. The clock was held for 5 minutes.",
        ]


@pytest.mark.parametrize("key", ["+", "="])
async def test_more_time_is_owed_to_the_other_and_shown_at_the_close(key: str) -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n", key)
        assert two.state.left == 21 * MINUTE
        assert two.line("notice") == "1 minute more for Ana. Ben: 1:00 more to come. u takes it back."
        await two.go(minutes=21)
        await two.press("n", "n", "n")
        assert two.headline == "Ben speaks"
        assert two.state.left == 21 * MINUTE, "the credit is in the second turn"
        await two.go(minutes=20)
        await two.press("q")
        assert two.headline == "Close"
        assert "Ana: 21:00 of 20:00 planned" in two.line("closing")
        assert "Owed to Ben: 1:00" in two.line("closing")


async def test_a_speaker_gives_time_back_at_most_what_is_left() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n", "-")
        assert _digits(two) == "19:00"
        assert two.line("notice").startswith("Ana gave back 1 minute.")
        await two.press("u")
        assert _digits(two) == "20:00"
        assert two.line("notice") == "↶ Undone: giving time back."


async def test_begun_earlier_takes_a_minute_each_time() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n", "a", "a", "a", "a")
        assert _digits(two) == "16:00"
        assert (
            two.line("notice") == "Taken as begun 1 minute earlier. Time so far: 4 minutes. u takes it back."
        )
        await two.press("u", "u")
        assert _digits(two) == "18:00"


async def test_undo_lasts_ten_seconds_and_no_longer() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        await two.go(seconds=9)
        await two.press("u")
        assert two.headline == "Settle"
        await two.press("n")
        await two.go(seconds=11)
        await two.press("u")
        assert two.headline == "Ana speaks"
        assert two.line("notice") == "Nothing to undo: a command can be undone for ten seconds."


async def test_m_changes_the_kind_of_listening_at_any_second() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        for mode in (Mode.CHALLENGE, Mode.LISTEN, Mode.THINK):
            await two.press("m")
            assert two.state.modes[0] is mode
            assert two.state.modes[1] is Mode.THINK, "only the speaker's own"
            assert two.line("sub").startswith("Ben listens")
        assert two.line("notice") == "Ana asks for: help me think."


async def test_a_plan_with_one_kind_of_listening_says_so() -> None:
    async with sitting(plan=PLANS.named("thinking-pair").value, quick=True) as two:
        await two.press("n", "m")
        assert two.line("notice") == "This plan has one kind of listening."


async def test_the_guide_is_hidden_from_a_speaker_who_only_wants_to_be_heard() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        assert "g Guide" in two.shown
        await two.press("g")
        assert two.page.has_class("asked")
        await two.press("m", "m")
        assert two.state.modes[0] is Mode.LISTEN
        assert not two.page.has_class("asked"), "it goes as soon as the speaker wants it gone"
        assert "g Guide" not in two.shown
        await two.press("g")
        assert not two.page.has_class("asked")
        titles = [command.title for command in two.commands]
        assert not [title for title in titles if title.startswith("Guide")]
        await two.press("m", "g")
        assert two.page.has_class("asked")


async def test_listen_only_still_counts_while_its_speaker_comes_back_to_the_present() -> None:
    async with sitting(plan=PAIR, agreement=NAMED.listening(Mode.LISTEN, 1), quick=True) as two:
        await two.press("n", "n")
        assert two.state.phase.kind is Kind.RETURN
        await two.press("g")
        assert not two.page.has_class("asked")
        await two.press("n", "g")
        assert two.page.has_class("asked"), "at the swap it is for the next speaker to say"


async def test_one_cue_at_a_time_and_the_phase_takes_it_away() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("n")
        assert two.line("cue") == ""
        shown = []
        for cue in two.app.guidance.cues_for(Mode.THINK)[:3]:
            await two.press("c")
            shown.append(two.line("cue"))
            assert cue in two.line("cue")
        assert len(set(shown)) == 3
        await two.press("escape")
        assert two.line("cue") == ""
        await two.press("c", "n")
        assert two.line("cue") == ""


async def test_ending_early_goes_to_the_close_with_what_is_owed() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n")
        await two.go(minutes=20)
        two.listen()
        await two.press("q")
        assert two.state.phase.kind is Kind.CLOSE
        assert two.line("notice") == "Ended early. u takes it back."
        assert [line.partition(".")[0] for line in two.heard] == ["Ended early", "Close: 3 minutes"]
        assert "Ben: 0:00 of 20:00 planned" in two.line("closing")
        assert "Owed to Ben: 20:00" in two.line("closing")
        await two.press("u")
        assert two.headline == "Ana speaks"
        assert not two.page.has_class("closing")
        await two.press("q", "q")
        assert two.state.ended
        await two.press("q")
        assert two.where == "Home"


async def test_the_close_speaks_of_the_listening_and_never_of_the_content() -> None:
    async with sitting((80, 40), plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("q")
        words = two.app.guidance.wording.closing
        for line in (words.heading, words.appreciation, *words.starters, words.next_date, words.reminder):
            assert line in two.shown
        assert words.nothing_kept in two.shown


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_big_view_has_neither_keys_nor_notes(size: tuple[int, int]) -> None:
    async with sitting(size, plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("f")
        assert "█" in two.shown
        await two.press("f")
        await two.press("n", "s")
        await two.key_in("secret")
        await two.press("escape", "c", "f")
        assert two.page.has_class("big")
        for hidden in ("secret", "Pause", "scratchpad", "nothing kept", "“"):
            assert hidden not in two.shown
        assert "Ana speaks" in two.shown
        assert "█" in two.shown
        assert not two.one(KeyBar).display
        await two.go(seconds=20)
        assert _digits(two) == "19:40"
        await two.press("f")
        assert "secret" in two.shown


async def test_a_guide_ends_with_the_phase_that_it_was_asked_for_in() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await two.press("n", "g")
        assert "Story" in two.shown
        await two.press("n")
        assert "Story" not in two.shown
        await two.press("n", "n")
        assert two.headline == "Ben speaks"
        assert "Story" not in two.shown
        await two.press("g")
        assert "Story" in two.shown


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_guide_is_not_seen_in_the_big_view(size: tuple[int, int]) -> None:
    async with sitting(size, plan=PAIR, quick=True) as two:
        await two.press("n", "g", "f")
        assert "Story" not in two.shown
        assert "█" in two.shown
        for back in ("escape", "f"):
            await two.press(back)
            assert "Story" in two.shown, "esc leaves the big view first"
            await two.press("9")
            assert "III-C" in two.shown, "and the guide has its keys again"
            await two.press("1", "f")


async def test_what_the_engine_refuses_is_told_in_words() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("u")
        assert two.line("notice").startswith("Nothing to undo")
        await two.press("q", "q", "+")
        assert two.line("notice") == "The session is over."


async def test_a_rehearsal_says_so_under_a_banner() -> None:
    async with sitting(plan=PAIR, quick=True, speed=60) as two:
        assert "REHEARSAL 60x" in two.rows[0]
        assert "nothing kept" in two.rows[0]


async def test_keys_of_the_bar_can_be_clicked() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        y = next(y for y, row in enumerate(two.rows) if "space Pause" in row)
        await two.pilot.click(offset=(two.rows[y].index("Pause"), y))
        await two.settle()
        assert two.state.hold is not None
        assert two.state.hold.why is Why.PAUSE
        await two.pilot.click(offset=(two.rows[y].index("Next"), y))
        await two.settle()
        assert two.state.phase.kind is Kind.TURN


async def test_a_key_of_the_bar_explains_itself_under_the_mouse() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        y = next(y for y, row in enumerate(two.rows) if "space Pause" in row)
        await two.pilot.hover(offset=(two.rows[y].index("Pause"), y))
        assert str(two.one(KeyBar).tooltip) == "Hold the clock. Nobody asks why."
        await two.pilot.hover(offset=(0, y))
        assert two.one(KeyBar).tooltip is None


async def test_help_lists_what_can_be_done_now_while_the_session_runs_on() -> None:
    async with sitting((80, 60), plan=PAIR, quick=True) as two:
        await two.press("n", "?")
        for command in offered(two.page, two.page.KEYS):
            assert command.help in two.shown
        assert "At the close" not in two.shown
        await two.go(minutes=1)
        await two.press("escape")
        assert _digits(two) == "19:00"


async def test_offline_help_is_one_key_away_and_back() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("n", "h")
        assert two.where == "Signposts"
        await two.press("escape")
        assert two.where == "SessionPage"


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_whole_close_can_be_read_with_the_keys(size: tuple[int, int]) -> None:
    async with sitting(size, plan=PAIR, quick=True) as two:
        assert "Read on" not in two.shown
        await two.press("q")
        seen = " ".join(two.rows)
        for _ in range(12):
            await two.press("down")
            seen += " ".join(two.rows)
        assert "Nothing was kept." in seen
        top = two.rows
        await two.press("up")
        assert two.rows != top
