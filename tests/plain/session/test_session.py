import re
from itertools import pairwise, takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cotutor.content.loader import PLANS
from cotutor.conversation.session.commands import COMMANDS
from cotutor.domain.agreement import Agreement
from cotutor.domain.plan import Mode
from cotutor.plain.session.session import LONGEST_WAIT
from tests.plain.typed import GUIDANCE, Asleep, Played

WORDED = [command for command in COMMANDS if command.word]


def test_a_session_with_nobody_there_runs_to_its_end_punctually() -> None:
    played = Played()
    assert [line[:40] for line in played.changes] == [
        "09:00:00  Settle: 1 minute. Put phones a",
        "09:01:00  Settle: time is up.",
        "09:01:00  A speaks, B listens: 20 minute",
        "09:19:00  2 minutes left.",
        "09:21:00  A's time is up.",
        "09:21:00  A comes back to the present: 1",
        "09:22:00  A comes back to the present: t",
        "09:22:00  Swap: 30 seconds. Silence toge",
        "09:22:30  Swap: time is up.",
        "09:22:30  B speaks, A listens: 20 minute",
        "09:40:30  2 minutes left.",
        "09:42:30  B's time is up.",
        "09:42:30  B comes back to the present: 1",
        "09:43:30  B comes back to the present: t",
        "09:43:30  Close: 3 minutes. Thank each o",
        "09:46:30  Close: time is up.",
        "09:46:30  The session is over.",
    ]


def test_a_late_look_at_the_clock_does_not_change_the_times_told() -> None:
    rehearsed = [line for line in Played(speed=600).changes if "time is up" in line]
    assert rehearsed == [line for line in Played().changes if "time is up" in line]


def test_it_looks_at_the_clock_often_enough_and_no_oftener() -> None:
    waits = Played().waits
    assert max(waits) <= LONGEST_WAIT
    assert len(waits) < 46.5 * 60 / LONGEST_WAIT + 30


def test_with_somebody_there_a_phase_waits_for_them() -> None:
    played = Played((300, ""))
    assert "09:01:00  Settle: time is up. Press Enter when you are ready." in played.lines
    assert any(line.startswith("09:05:00  A speaks") for line in played.lines)


@pytest.mark.parametrize("typed", ["", "next", "n", "NEXT"])
def test_an_empty_line_and_next_go_on(typed: str) -> None:
    assert Played((5, typed)).changes[1].startswith("09:00:05  A speaks")


def test_after_the_time_is_up_a_turn_counts_on_and_more_time_is_owed() -> None:
    played = Played((5, ""), (1300, "time"), (0, "more 5"), (1, "owed"), (1, ""))
    assert "A speaks, +1:40 over." in played.lines
    assert any("5 minutes more for A. B: 5:00 more to come." in line for line in played.changes)
    assert "A: 21:41 of 20:00 planned" in played.lines
    assert "B: 0:00 of 20:00 planned, 5:00 more to come, as A had" in played.lines


def test_time_given_back_and_an_earlier_start() -> None:
    played = Played((5, ""), (1, "back 2"), (1, "started 90s"), (1, "time"))
    assert any("A gave back 2 minutes." in line for line in played.changes)
    assert any("Taken as begun 1 minute 30 seconds earlier." in line for line in played.changes)
    assert "A speaks, 16:27 left." in played.lines
    assert "Agreed on for this phase: 18 minutes." in played.lines


def test_undo_says_where_that_leads() -> None:
    played = Played((5, ""), (3, "undo"))
    assert "09:00:08  Undone: going on. Settle, 0:52 left." in played.changes


def test_a_pause_holds_the_clock() -> None:
    played = Played((5, ""), (10, "pause"), (60, "time"), (0, "resume"))
    assert played.changes[2].endswith("Type resume to go on.")
    assert "The clock is held." in played.lines
    assert any(
        line.startswith("09:01:15  Going on. The clock was held for 1 minute.") for line in played.changes
    )
    assert any(line.startswith("09:21:05  A's time is up.") for line in played.changes)


def test_when_nothing_more_is_typed_it_says_once_that_it_goes_on_alone() -> None:
    alone = "No more is typed, so the session goes on by itself. Ctrl+C leaves it."
    assert Played((5, "")).lines.count(alone) == 1
    assert alone not in Played((5, "end"), (5, "end")).lines


def test_at_the_end_of_the_input_a_pause_is_released() -> None:
    played = Played((5, ""), (10, "pause"))
    assert any("Going on." in line for line in played.changes)
    assert played.changes[-1].endswith("The session is over.")


def test_at_the_end_of_the_input_a_turn_over_its_time_is_ended() -> None:
    played = Played((5, ""), (1300, "time"))
    assert sum("A's time is up." in line for line in played.changes) == 1
    assert played.changes[-1].endswith("The session is over.")


@pytest.mark.parametrize(
    ("answer", "said", "left"),
    [
        ("count", "The time away, 11 minutes, counts.", "7:40"),
        ("leave out", "The time away, 11 minutes, does not count.", "18:40"),
    ],
)
def test_after_an_absence_the_people_decide(answer: str, said: str, left: str) -> None:
    played = Played((5, ""), (80, "cue"), Asleep(660), (0, answer), (0, "time"))
    asked = "Away 11 minutes. Count it or not? Type count, leave out, or next to end this phase."
    assert any(asked in line for line in played.changes)
    assert any(said in line for line in played.changes)
    assert any(line.startswith(f"A speaks, {left}") for line in played.lines)


def test_with_nobody_there_an_absence_is_left_out() -> None:
    played = Played(Asleep(0), (1, "next"), Asleep(660))
    assert any("does not count" in line for line in played.changes)


def test_the_speaker_changes_the_listening_and_guidance_follows() -> None:
    played = Played(
        (5, ""), (1, "guide"), (1, "guide 2b"), (1, "mode listen"), (1, "guide II-B"), (1, "mode")
    )
    assert sum(line.startswith(("I-", "II-", "III-")) for line in played.after("In any order")[:9]) == 9
    assert any(line.startswith("II-B Change agenda") for line in played.lines)
    assert (
        played.after("A asks for: listen only.")[0]
        == "The speaker asks for listen only, so guidance is hidden."
    )


def test_there_is_no_guidance_once_nobody_speaks_any_more() -> None:
    played = Played((1, "end"), (1, "guide"), (1, "mode"), (1, "mode think"))
    assert "No turn is left; guidance is for the listener in a turn." in played.lines
    assert played.lines.count("Nobody speaks any more in this session.") == 2


def test_listen_only_still_counts_while_its_speaker_comes_back_to_the_present() -> None:
    played = Played((5, ""), (1, "mode listen"), (1, ""), (1, "guide"), (1, ""), (1, "guide"))
    hidden = "The speaker asks for listen only, so guidance is hidden."
    assert played.after("A comes back")[0] == hidden
    assert played.after("Swap")[0].startswith("In any order")


def test_no_cue_in_listen_only_asks_the_listener_to_say_something() -> None:
    played = Played((5, ""), (1, "mode listen"), *[(0, "cue")] * 20)
    allowed = GUIDANCE.cues_for(Mode.LISTEN)
    assert set(played.after("A asks for")[:20]) == set(allowed)


def test_cues_come_one_at_a_time() -> None:
    played = Played((5, ""), (1, "cue"), (1, "cue"))
    first, second = played.after("A speaks")[:2]
    assert first.strip(".") != second.strip(".")
    assert 6 <= len(first.split()) <= 12


def test_stop_and_explain_holds_the_clock_and_says_what_may_be_said() -> None:
    played = Played((5, ""), (1, "stop"), (1, "stop"), (1, "resume"))
    assert any("Stop and explain." in line and "Type resume" in line for line in played.changes)
    assert "Nothing about this stop is recorded here." in played.lines
    assert (
        "The clock is held to stop and explain. Type resume to go on, signposts for help, end to leave."
        in played.lines
    )


def test_stop_and_explain_says_where_help_is_under_the_headings_that_help_has_too() -> None:
    stopped = Played((5, ""), (1, "stop"), (1, "resume")).after("Stop and explain.")
    helped = Played((5, ""), (1, "signposts"), (1, "pause")).after("09:00:05")
    danger = "Somebody is in danger now:"
    stopped, helped = (list(takewhile(lambda line: line[:3] != "09:", said)) for said in (stopped, helped))
    assert helped[0] == danger
    assert stopped[0] == "Stop and explain:"
    assert stopped[stopped.index(danger) :] == helped
    for post in GUIDANCE.signposts:
        (entry,) = [line for line in helped if line.startswith(f"{post.name}. {post.reach} {post.whom}")]
        assert entry.endswith(post.note)
        assert f"{post.name}: {post.source}; {post.dated}" in helped


def test_help_lists_what_can_be_typed_now_and_nothing_else() -> None:
    settling = Played((1, "help")).after("09:00:00")
    assert "pause: Hold the clock. Nobody asks why." in settling
    assert not [line for line in settling if line.startswith(("resume", "jot", "count", "undo", "keep"))]
    paused = Played((5, ""), (1, "pause"), (1, "help")).after("09:00:06")
    assert "resume: Let the clock go on." in paused
    assert "jot ask about Thursday: A line on the speaker's scratchpad." in paused
    assert not [line for line in paused if line.startswith("pause")]


def test_the_close_tells_the_time_of_each_and_the_reminder() -> None:
    closing = Played().after("Close: 3 minutes")
    assert closing[:3] == [
        "A: 20:00 of 20:00 planned",
        "B: 20:00 of 20:00 planned",
        "Equal. Nothing is owed.",
    ]
    assert any("never bring it up again" in line for line in closing)


def test_a_plan_without_a_close_tells_the_time_of_each_at_its_end() -> None:
    plan = PLANS.named("pair").value
    short = replace(plan, phases=plan.phases[:-1])
    assert Played(plan=short).after("The session is over.")[-1] == "Equal. Nothing is owed."


def test_ending_early_goes_to_the_close_and_then_out() -> None:
    played = Played((5, ""), (5, "end"), (5, "end"))
    assert any("Ended early. undo takes it back." in line for line in played.changes)
    assert played.changes[-1] == "09:00:15  The session is over. Press Enter to leave."


def test_after_the_end_there_is_still_time_to_undo_it_or_to_look_for_help() -> None:
    played = Played((5, "end"), (5, "end"), (1, "signposts"), (1, "more 5"), (1, "undo"), (1, "time"))
    over = played.after("The session is over. Press Enter to leave.")
    assert any("0330 123 1245" in line for line in over)
    assert "The session is over." in over
    assert any(line.startswith("Close, 2:5") for line in over)
    left = Played((5, "end"), (5, "end"), (1, ""), (1, "time"))
    assert left.lines[-1].endswith("Press Enter to leave.")


def test_the_bell_rings_with_warnings_and_ends_only_if_it_may() -> None:
    assert (
        "\a"
        not in Played(
            (1, "bell"),
        ).text
    )
    rung = Played((1, "bell"), bell=True).text
    assert rung.count("\a") == 1 + 2 + 2 * 7


def test_in_a_three_each_part_is_told() -> None:
    played = Played(plan="triad")
    assert any("A speaks, B listens, C observes" in line for line in played.changes)
    assert any("Feedback from C" in line for line in played.changes)


def test_the_times_told_never_go_back() -> None:
    stamps = [
        line[:8] for line in Played((5, ""), (1, "more 1"), (1, "undo"), (70, "pause"), (9, "resume")).changes
    ]
    assert all(earlier <= later for earlier, later in pairwise(stamps))


def test_hostile_names_never_act_on_the_terminal() -> None:
    plan = PLANS.named("pair").value
    names = ("\x1b]0;owned\x07[red]A", "\u202eB\x9b2J[/nope]")
    played = Played(plan=plan, agreement=Agreement.usual(plan).named(names))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", played.text)
    assert "[red]A speaks, B2J[/nope] listens" in played.text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 400),
            st.one_of(
                st.text(max_size=30),
                st.builds(
                    lambda command, rest: f"{command.word} {rest}",
                    st.sampled_from(WORDED),
                    st.sampled_from(["", "5", "90s", "listen", "II-B", "out", "\x1b[2J", "25h", "nonsense"]),
                ),
            ),
        ),
        max_size=12,
    )
)
def test_whatever_is_typed_it_stays_plain_and_ends(typed: list[tuple[float, str]]) -> None:
    played = Played(*typed)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", played.text)
    assert "The session is over." in played.changes[-1]


@pytest.mark.parametrize("mode", list(Mode))
def test_each_kind_of_listening_is_told_as_its_turn_begins(mode: Mode) -> None:
    plan = PLANS.named("pair").value
    played = Played(plan=plan, agreement=Agreement.usual(plan).listening(mode, 2))
    assert sum("Asked for: help me think." in line for line in played.changes) == 1 + (mode is Mode.THINK)
