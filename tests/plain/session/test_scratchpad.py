from msgspec.structs import replace

from cotutor.content.loader import load_plan
from cotutor.domain.plan import Plan
from cotutor.plain.session.scratchpad import MOST_LINES
from tests.plain.typed import Played


def test_a_speaker_jots_and_reads_it_and_the_swap_wipes_it() -> None:
    played = Played((5, ""), (1, "jot ask about Thursday"), (1, "jottings"), (1, ""), (1, "jottings"))
    told = played.after("Jotted: this session only.")
    assert told[0] == "ask about Thursday"
    assert "The scratchpad is wiped. What was typed may still be seen further up." in played.text
    assert told[-1] != "ask about Thursday"
    assert played.text.count("ask about Thursday") == 1


def test_the_other_speaker_never_sees_it() -> None:
    played = Played(
        (1, ""), (1, "jot mine"), (1, "keep"), (1, ""), (1, ""), (1, ""), (1, "jottings"), plan=keeping()
    )
    assert any(line.startswith("B speaks") for line in (one[10:] for one in played.changes))
    assert "mine" not in played.lines


def test_kept_past_the_swap_only_if_plan_and_speaker_say_so() -> None:
    typed = ((1, ""), (1, "jot mine"), (1, "keep"), (1, "end"), (1, "jottings"))
    kept = Played(*typed, plan=keeping())
    assert "Kept in memory until the session ends: this session only." in kept.lines
    assert "A: mine" in kept.lines
    assert "The scratchpad is wiped." not in kept.text
    refused = Played(*typed)
    assert "In this plan the scratchpad is wiped at the end of the turn." in refused.lines
    assert "Nothing was kept past the swap." in refused.lines
    forgotten = Played((1, ""), (1, "jot mine"), (1, "end"), (1, "jottings"), plan=keeping())
    assert "mine" not in forgotten.lines


def keeping() -> Plan:
    return replace(load_plan("pair"), scratchpad="may-keep")


def test_only_a_speaker_has_one() -> None:
    played = Played((1, "jot too soon"), (1, "keep"), (1, "jottings"))
    assert "The scratchpad is the speaker's, in their own turn." in played.lines
    assert "Nothing was kept past the swap." in played.lines


def test_an_empty_jot_and_an_empty_pad() -> None:
    played = Played((1, ""), (1, "jot"), (1, "jottings"), (1, "keep"), plan=keeping())
    assert "Write the line after the word: jot ask about Thursday." in played.lines
    assert played.lines.count("The scratchpad is empty.") == 2


def test_a_scratchpad_is_no_minutes() -> None:
    played = Played((1, ""), *[(0, f"jot line {number}") for number in range(MOST_LINES + 3)])
    assert played.lines.count("The scratchpad is full.") == 3
