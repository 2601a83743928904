"""The speaker's scratchpad: in memory, for one turn, and really gone afterwards."""

import gc

import pytest
from msgspec.structs import replace

from cotutor.content.loader import PLANS
from cotutor.conversation.session.scratchpads import MOST_CHARACTERS
from cotutor.domain.agreement import Agreement
from cotutor.domain.plan import Kind
from cotutor.tui.widgets.fields import LinesField
from cotutor.tui.widgets.scratchpad import KeptScratchpads, Scratchpad
from tests.tui.sitting import Sitting, sitting

PAIR = PLANS.named("pair").value
NAMED = Agreement.usual(PAIR).named(("Ana", "Ben"))
ONE_WAY = PLANS.named("one-way").value


def _written(two: Sitting) -> str:
    return two.one(Scratchpad).text


async def _turn_with(two: Sitting, text: str) -> None:
    await two.press("n", "s")
    await two.key_in(text)


async def test_plain_keys_type_and_command_nothing() -> None:
    async with sitting(plan=PAIR, agreement=NAMED, quick=True) as two:
        await _turn_with(two, "n q b!+g?u")
        assert _written(two) == "n q b!+g?u"
        assert two.headline == "Ana speaks"
        assert "Ana's scratchpad · esc leaves it · wiped after the turn" in two.shown
        assert two.rows[-1].split("  ")[:3] == [" esc Put away", "f9 Cover", ""], "only what would be obeyed"
        await two.press("escape", "n")
        assert two.state.phase.kind is Kind.RETURN


async def test_esc_leaves_it_then_puts_it_away_and_s_brings_it_back() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await _turn_with(two, "options")
        await two.press("escape")
        assert _written(two) == "options"
        assert "esc Put away" in two.shown
        await two.press("escape")
        assert not two.app.screen.query(Scratchpad)
        await two.press("s")
        assert _written(two) == "options"
        await two.key_in("!")
        assert _written(two).count("!") == 1, "it has the focus again"


async def test_it_is_wiped_at_the_end_of_the_turn_and_the_other_never_sees_it() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await _turn_with(two, "my topic")
        await two.press("escape", "n")
        assert "my topic" not in two.shown
        await two.go(seconds=11)
        assert two.line("notice") == "The scratchpad is wiped."
        assert two.page.conversation.scratchpads.empty
        while not two.state.ended:
            assert "my topic" not in two.shown
            await two.press("s")
            assert "my topic" not in two.shown
            await two.press("escape", "escape", "n")
            await two.go(seconds=11)


async def test_undo_within_ten_seconds_brings_the_words_back() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await _turn_with(two, "half a plan")
        await two.press("escape", "n", "n")
        assert two.headline == "Swap"
        await two.press("u", "u", "s")
        assert two.headline == "A speaks"
        assert _written(two) == "half a plan"


async def test_nothing_of_it_is_left_in_any_object_once_it_cannot_come_back() -> None:
    canary = "".join(("kanarien", "vogel"))  # noqa: FLY002  the source must not hold it
    async with sitting(plan=PAIR, quick=True) as two:
        await _turn_with(two, canary)
        pad = two.one(Scratchpad)
        field = pad.query_one(LinesField)
        await two.press("escape", "n", "n")
        assert field.text == ""
        assert not field.history.undo_stack
        assert not field.history.redo_stack
        await two.go(seconds=11)
        assert two.page.conversation.scratchpads.empty
        gc.collect()
        assert not [one for one in _strings() if canary in one and one is not canary]


@pytest.mark.parametrize(
    "keys", ["q s escape q", "q s b b escape q", "q s q", "q q", "q s q q"], ids=lambda keys: f"by {keys}"
)
async def test_nothing_of_what_was_kept_is_left_in_any_object_after_the_end(keys: str) -> None:
    canary = "".join(("kanarien", "zucht"))  # noqa: FLY002  the source must not hold it
    async with sitting(plan=replace(PAIR, scratchpad="may-keep"), quick=True) as two:
        await _turn_with(two, canary)
        await two.press("ctrl+s", "escape", *keys.split())
        if two.where == "SessionPage":
            assert two.state.ended
            # Woken as often as the page says, and by nothing else.
            while (wait := two.page.conversation.seconds_to_wake()) is not None:
                await two.go(seconds=wait)
            assert two.page.conversation.scratchpads.empty
        gc.collect()
        assert not [one for one in _strings() if canary in one and one is not canary]


def _strings() -> list[str]:
    """Every string that an object known to the collector refers to."""
    return [one for one in gc.get_referents(*gc.get_objects()) if type(one) is str]


async def test_the_collector_would_have_found_it() -> None:
    canary = "zebrafink"
    async with sitting(plan=PAIR, quick=True) as two:
        await _turn_with(two, canary)
        assert [one for one in _strings() if canary in one and one is not canary]


async def test_a_speaker_may_keep_it_until_the_close_where_the_plan_says_so() -> None:
    async with sitting(plan=ONE_WAY, quick=True) as two:
        await _turn_with(two, "ring the registrar")
        assert "wiped after the turn · ctrl+s: keep it" in two.shown
        await two.press("ctrl+s")
        assert "kept until the close · ctrl+s: wipe it" in two.shown
        assert two.rows[0].endswith("this session only ")
        await two.press("escape", "n", "n", "n")
        await two.go(seconds=11)
        assert two.state.phase.kind is Kind.CLOSE
        await two.press("s")
        assert two.line("kept") == "Mentee: ring the registrar"
        await two.press("escape")
        assert not two.app.screen.query(KeptScratchpads)
        await two.press("n")
        assert two.state.ended
        await two.press("s")
        assert two.line("notice") == "The scratchpad is the speaker's, in their own turn."
        await two.go(seconds=11)
        await two.look()
        assert two.page.conversation.scratchpads.empty
        assert two.rows[0].endswith("nothing kept ")


async def test_at_the_close_each_speaker_finds_what_they_kept() -> None:
    async with sitting(plan=replace(PAIR, scratchpad="may-keep"), agreement=NAMED, quick=True) as two:
        for words in ("hers", "his"):
            await _turn_with(two, words)
            await two.press("ctrl+s", "escape", "n")
            await two.press("n")
        assert two.state.phase.kind is Kind.CLOSE
        await two.press("s")
        assert two.line("kept") == "Ana: hers\nBen: his"


async def test_a_keeper_may_think_better_of_it() -> None:
    async with sitting(plan=ONE_WAY, quick=True) as two:
        await _turn_with(two, "x")
        await two.press("ctrl+s", "ctrl+s", "escape", "n", "n", "n")
        await two.go(seconds=11)
        await two.press("s")
        assert not two.app.screen.query(Scratchpad)
        assert two.page.conversation.scratchpads.empty


async def test_ctrl_s_keeps_nothing_where_the_plan_wipes() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await _turn_with(two, "x")
        await two.press("ctrl+s")
        assert "esc leaves it · wiped after the turn" in two.shown
        assert two.line("notice") == "In this plan the scratchpad is wiped at the end of the turn."


async def test_it_is_for_whoever_speaks() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("s")
        assert two.line("notice") == "The scratchpad is the speaker's, in their own turn."


async def test_guide_and_scratchpad_take_turns_and_words_wait() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await _turn_with(two, "waiting")
        await two.press("escape", "g")
        assert "waiting" not in two.shown
        assert "Story" in two.shown
        await two.press("s")
        assert _written(two) == "waiting"
        assert "Story" not in two.shown


async def test_the_screen_is_covered_even_while_typing() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await _turn_with(two, "private")
        await two.press("ctrl+l")
        assert two.where == "Cover"
        assert "private" not in two.shown
        await two.press("b")
        assert _written(two) == "private", "and the key that uncovers types nothing"


async def test_it_takes_no_more_than_its_measure() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await two.press("n", "s")
        await two.paste("x" * (MOST_CHARACTERS - 1))
        await two.key_in("yz")
        assert len(_written(two)) == MOST_CHARACTERS
        assert _written(two).endswith("xy")
        await two.press("backspace")
        await two.key_in("w")
        await two.press("enter")
        assert len(_written(two)) == MOST_CHARACTERS
        assert _written(two).endswith("xw")


async def test_nothing_is_copied_or_cut() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await _turn_with(two, "words")
        for key in ("ctrl+a", "ctrl+c", "ctrl+a", "ctrl+x"):
            await two.press(key)
        assert _written(two) == "words"
        assert two.app.clipboard == ""


async def test_leaving_for_home_wipes_it() -> None:
    async with sitting(plan=PAIR, quick=True) as two:
        await _turn_with(two, "x")
        page = two.page
        field = two.one(LinesField)
        await two.press("escape", "q", "q", "q")
        assert two.where == "Home"
        assert field.text == ""
        assert page.conversation.scratchpads.empty
