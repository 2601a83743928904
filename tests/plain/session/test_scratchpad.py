"""The speaker's scratchpad in lines."""

from msgspec.structs import replace

from cotutor.content.loader import PLANS
from cotutor.conversation.session.scratchpads import MOST_LINES
from cotutor.domain.plan import Plan
from tests.plain.typed import Played

WIPED = "The scratchpad is wiped. What was typed may still be seen further up."
SPEAKERS_OWN = "The scratchpad is the speaker's, in their own turn."


def keeping() -> Plan:
    return replace(PLANS.named("pair").value, scratchpad="may-keep")


def test_a_speaker_jots_and_reads_it_and_the_end_of_the_turn_wipes_it() -> None:
    played = Played((5, ""), (1, "jot ask about Thursday"), (1, "jottings"), (1, ""), (1, "jottings"))
    after = played.after("Jotted; it goes soon after the turn.")
    assert after[0] == "ask about Thursday"
    assert SPEAKERS_OWN in after
    assert WIPED in played.text
    assert played.text.count("ask about Thursday") == 1


def test_undo_brings_it_back_as_long_as_it_leads_back_and_then_it_is_wiped_by_itself() -> None:
    back = Played((5, ""), (1, "jot mine"), (1, ""), (5, ""), (1, "undo"), (1, "undo"), (1, "jottings"))
    assert "mine" in back.lines
    gone = Played((5, ""), (1, "jot mine"), (1, ""), (20, "undo"))
    assert f"09:00:17  {WIPED}" in gone.changes
    assert "Nothing to undo: a command can be undone for ten seconds." in gone.lines


def test_the_other_speaker_never_sees_it() -> None:
    played = Played(
        (1, ""), (1, "jot mine"), (1, "keep"), (1, ""), (1, ""), (1, ""), (1, "jottings"), plan=keeping()
    )
    assert any(line.startswith("B speaks") for line in (one[10:] for one in played.changes))
    assert "mine" not in played.lines


def test_what_each_speaker_kept_can_be_read_at_the_close_and_not_before() -> None:
    played = Played(
        (1, ""),
        *[(1, "jot hers"), (1, "keep"), (1, ""), (1, ""), (1, "jottings"), (1, "")],
        *[(1, "jot his"), (1, "keep"), (1, ""), (1, ""), (1, "jottings")],
        plan=keeping(),
    )
    assert played.after("Swap")[0] == SPEAKERS_OWN
    assert played.lines[-3:-1] != ["A: hers", "B: his"]
    assert [line for line in played.lines if line in {"A: hers", "B: his"}] == ["A: hers", "B: his"]
    assert "wiped" not in played.text


def test_kept_past_the_swap_only_if_plan_and_speaker_say_so() -> None:
    typed = ((1, ""), (1, "jot mine"), (1, "keep"), (1, "end"), (1, "jottings"))
    kept = Played(*typed, plan=keeping())
    assert "Kept in memory until the session ends: this session only." in kept.lines
    assert "A: mine" in kept.lines
    refused = Played(*typed)
    assert "In this plan the scratchpad is wiped at the end of the turn." in refused.lines
    assert "Nothing was kept past the swap." in refused.lines
    forgotten = Played((1, ""), (1, "jot mine"), (1, "end"), (1, "jottings"), plan=keeping())
    assert "mine" not in forgotten.lines
    regretted = Played(*typed[:3], (1, "keep"), *typed[3:], plan=keeping())
    assert "It will be wiped at the end of the turn." in regretted.lines
    assert "A: mine" not in regretted.lines


def test_only_a_speaker_has_one() -> None:
    played = Played((1, "jot too soon"), (1, "keep"), (1, "jottings"), plan=keeping())
    assert played.lines.count(SPEAKERS_OWN) == 3


def test_an_empty_jot_and_an_empty_pad() -> None:
    played = Played((1, ""), (1, "jot"), (1, "jottings"), (1, "keep"), plan=keeping())
    assert "Write the line after the word: jot ask about Thursday." in played.lines
    assert played.lines.count("The scratchpad is empty.") == 2


def test_a_scratchpad_is_no_minutes() -> None:
    played = Played((1, ""), *[(0, f"jot line {number}") for number in range(MOST_LINES + 3)])
    assert played.lines.count("The scratchpad is full.") == 3
    long = Played((1, ""), *[(0, f"jot {'x' * 590}")] * 8)
    assert long.lines.count("The scratchpad is full.") == 2
