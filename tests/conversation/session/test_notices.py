"""What a session reports by itself: in which order, how loudly, and what it says can be done about it."""

import pytest
from msgspec.structs import replace

from cotutor.content.loader import PLANS
from cotutor.conversation.notice import Medium
from cotutor.domain.errors import CotutorError
from cotutor.domain.events import Why
from cotutor.domain.plan import Kind, Mode
from tests.conversation.session.sat import Sat
from tests.fakes import FakeClock


def turn(medium: Medium = Medium.WORDS) -> Sat:
    sat = Sat("pair", medium).until(Kind.TURN)
    sat.go(60)
    sat.notices.clear()
    return sat


def test_a_warning_rings_once_the_end_twice_and_nothing_else_rings() -> None:
    sat = turn()
    for name in ("pause", "resume", "more", "undo", "explain", "resume"):
        sat.talk.obey(name, "1")
    assert {notice.strokes for notice in sat.notices} == {0}
    sat.notices.clear()
    sat.go(20 * 60)
    assert [(notice.strokes, notice.sign) for notice in sat.notices] == [(1, "▲"), (2, "■")]
    warning, _ = sat.notices
    assert warning.until == warning.at + 30_000


@pytest.mark.parametrize(
    ("medium", "name", "to_do"),
    [
        (Medium.KEYS, "pause", "Press space to go on."),
        (Medium.WORDS, "pause", "Type resume to go on."),
        (Medium.KEYS, "more", "u takes it back."),
        (Medium.WORDS, "give_back", "undo takes it back."),
        (Medium.WORDS, "earlier", "undo takes it back."),
        (Medium.KEYS, "mode", ""),
        (Medium.KEYS, "explain", ""),
        (Medium.WORDS, "explain", "Type resume to go on, signposts for help, end to leave."),
    ],
)
def test_what_can_be_done_is_said_in_the_words_of_the_face(medium: Medium, name: str, to_do: str) -> None:
    sat = turn(medium)
    sat.talk.obey(name, "listen" if name == "mode" else "1")
    assert [notice.to_do for notice in sat.notices][-1:] == [to_do]


@pytest.mark.parametrize("name", ["more", "give_back", "earlier"])
def test_that_something_can_be_undone_is_said_as_long_as_it_can(name: str) -> None:
    sat = turn()
    sat.talk.obey(name, "1")
    (notice,) = sat.notices
    assert notice.to_do_until == sat.clock.now() + 10_000
    sat.talk.obey("mode", "listen")
    assert sat.notices[-1].to_do_until is None
    assert not notice.outlasts
    assert not notice.new_phase


def test_time_that_is_up_says_how_to_go_on_and_in_a_turn_how_to_give_more() -> None:
    for medium, in_turn, elsewhere in (
        (Medium.KEYS, "n goes on, + gives more.", "n goes on."),
        (
            Medium.WORDS,
            "The clock counts on. Press Enter to go on, or offer more: more 5.",
            "Press Enter when you are ready.",
        ),
    ):
        sat = turn(medium)
        sat.go(20 * 60)
        assert sat.notices[-1].to_do == in_turn
        sat.talk.obey("next")
        sat.go(5 * 60)
        assert sat.notices[-1].to_do == elsewhere


def test_in_lines_whoever_goes_on_hears_where_the_session_stands() -> None:
    sat = turn()
    for name in ("pause", "resume"):
        sat.talk.obey(name)
    assert sat.notices[-1].to_do.endswith(" left.")
    screen = turn(Medium.KEYS)
    for name in ("pause", "resume"):
        screen.talk.obey(name)
    assert screen.notices[-1].to_do == ""


def test_the_first_phase_is_announced_as_soon_as_the_session_starts() -> None:
    (first,) = Sat().notices
    assert (first.at, first.new_phase) == (FakeClock().now(), True)
    assert first.text.startswith("Settle: 1 minute.")


def test_a_phase_that_ends_is_handed_over_before_the_next_is_announced() -> None:
    sat = turn()
    sat.talk.obey("next")
    assert sat.handed_over == 2
    (notice,) = sat.notices
    assert notice.new_phase
    assert notice.lines == ()
    assert notice.text.startswith("A comes back to the present")


def test_the_close_reads_out_whose_time_it_was_and_the_end_only_if_there_was_no_close() -> None:
    sat = Sat().until(Kind.CLOSE)
    assert sat.notices[-1].lines == tuple(line for section in sat.talk.closing for line in section.lines)
    assert len(sat.talk.closing) == 4
    sat.talk.obey("end")
    over = sat.notices[-1]
    assert (over.lines, over.to_do, over.new_phase) == ((), "Press Enter to leave.", True)
    assert [section.heading for section in sat.talk.closing] == ["Time"]
    assert Sat("pair", Medium.KEYS).talk.closing == ()


def test_a_late_look_that_leaps_over_the_close_gives_its_words_all_the_same() -> None:
    sat = Sat().until(Kind.CLOSE)
    words = sat.notices[-1].lines
    late = Sat()
    late.talk.go_on_alone()
    late.talk._runner.state = replace(late.talk.state, away_after=10**9)
    late.clock.go(hours=3)
    late.talk.tick()
    assert late.talk.state.ended
    assert [notice.lines[-3:] for notice in late.notices if notice.lines] == [words[-3:]]


def test_an_early_end_outlasts_the_phase_that_it_leads_to() -> None:
    sat = turn()
    sat.talk.obey("end")
    assert [(notice.outlasts, notice.new_phase) for notice in sat.notices] == [(True, False), (False, True)]
    assert sat.notices[0].to_do == "undo takes it back."


def test_once_nobody_types_no_notice_asks_for_anything() -> None:
    sat = turn()
    assert sat.talk.go_on_alone() == (
        "No more is typed, so the session goes on by itself. Ctrl+C leaves it.",
    )
    assert sat.talk.go_on_alone() == ()
    for _ in range(900):
        sat.go(5)
        sat.talk.go_on_alone()
    assert sat.talk.state.ended
    assert {notice.to_do for notice in sat.notices} == {""}


def test_an_absence_is_asked_about_once_and_not_reported_twice() -> None:
    sat = turn()
    sat.clock.go(hours=1)
    sat.talk.tick()
    assert sat.asked == [Why.AWAY]
    (notice,) = sat.notices
    assert notice.sign == "?"
    assert notice.to_do == "Type count, leave out, or next to end this phase."
    assert sat.talk.away == 3_600_000
    sat.talk.obey("leave_out")
    assert sat.talk.away == 0


def test_undoing_a_way_out_of_a_stop_to_explain_asks_again() -> None:
    sat = turn()
    sat.talk.obey("explain")
    assert (sat.talk.question, sat.asked) == (Why.EXPLAIN, [])
    sat.talk.obey("resume")
    sat.talk.obey("undo")
    assert sat.asked == [Why.EXPLAIN]


def test_a_cue_goes_with_the_phase_and_with_the_kind_of_listening() -> None:
    sat = turn()
    first, second = sat.talk.obey("cue"), sat.talk.obey("cue")
    assert first != second
    assert sat.talk.cue == second[0]
    sat.talk.obey("pause")
    assert sat.talk.cue
    sat.talk.obey("mode", "challenge")
    assert sat.talk.cue == ""
    sat.talk.obey("cue")
    sat.talk.obey("resume")
    sat.talk.obey("next")
    assert sat.talk.cue == ""


def test_the_kinds_of_listening_go_round_and_the_last_leads_to_the_first() -> None:
    sat = turn()
    plan = PLANS.named("pair").value
    begun = list(plan.modes).index(sat.talk.state.modes[0])
    for step in range(1, 4):
        sat.talk.obey("mode", "next")
        assert sat.talk.state.modes[0] is plan.modes[(begun + step) % 3]
    sat.talk.obey("mode", "listen")
    assert not sat.talk.guide_allowed
    assert sat.talk.state.modes[0] is Mode.LISTEN
    assert sat.talk.obey("mode") == (
        "A asks for: listen only.",
        "The speaker may change it at any second: mode listen or mode think or mode challenge.",
    )


def test_after_the_end_nobody_asks_for_a_kind_of_listening_even_if_a_turn_came_last() -> None:
    pair = PLANS.named("pair").value
    turns = tuple(phase for phase in pair.phases if phase.is_turn)
    sat = Sat(replace(pair, phases=turns))
    assert sat.talk.obey("mode")[0].startswith("A asks for: ")
    sat.talk.obey("next")
    assert sat.talk.obey("mode")[0].startswith("B asks for: ")
    sat.talk.obey("next")
    assert sat.talk.state.ended
    for rest in ("", "listen", "next"):
        with pytest.raises(CotutorError):
            sat.talk.obey("mode", rest)
    assert sat.talk.mode_name == ""
    assert sat.talk.who_listens == ()


def test_once_no_turn_is_left_guidance_and_cues_say_so_and_blame_nobodys_wish() -> None:
    sat = Sat().until(Kind.CLOSE)
    for name, why in (("guide", "No turn is left"), ("cue", "There is no cue now")):
        with pytest.raises(CotutorError, match=why):
            sat.talk.obey(name)
    listening = turn()
    listening.talk.obey("mode", "listen")
    with pytest.raises(CotutorError, match="asks for listen only"):
        listening.talk.obey("guide")


def test_who_listens_is_said_in_a_turn_and_nowhere_else() -> None:
    sat = Sat("triad")
    assert sat.talk.who_listens == ()
    assert sat.until(Kind.TURN).talk.who_listens == (
        f"B listens, C observes  ·  {sat.talk.mode_name}",
        "B listens, C observes",
        "B listens",
    )
    assert sat.until(Kind.RETURN).talk.who_listens == ()
    assert sat.talk.mode_name == ""


def test_where_the_session_stands_is_answered_with_the_times_of_the_wall() -> None:
    sat = turn()
    now, length, ends = sat.talk.obey("time")
    assert now == "A speaks, 19:00 left."
    assert length.startswith("Agreed on for this phase: 20 minutes")
    assert ends.startswith("It ends at 09:20:00. The whole session ends at about ")
    sat.talk.obey("pause")
    assert sat.talk.obey("time")[1] == "The clock is held."
    sat.talk.obey("resume")
    sat.go(20 * 60)
    now, _, ends = sat.talk.obey("time")
    assert now.endswith(" over.")
    assert ends.startswith("The whole session ends")


def test_waiting_ends_when_something_happens_and_goes_by_the_speed_of_the_clock() -> None:
    sat = turn()
    assert sat.talk.seconds_to_event(5) == 5
    assert sat.talk.seconds_to_event(10_000) == 17 * 60
    sat.clock.speed = 60
    assert sat.talk.seconds_to_event(10_000) == 17
    sat.talk.obey("pause")
    assert sat.talk.seconds_to_event(7) == 7


def test_only_a_swap_says_who_speaks_next() -> None:
    sat = Sat("triad")
    said = {phase.kind: False for phase in sat.plan.phases}
    while sat.talk.state.phase.kind is not Kind.CLOSE:
        said[sat.talk.state.phase.kind] |= any("speaks next" in line for line in sat.talk.to_do)
        if sat.talk.state.phase.kind is Kind.SWAP:
            following = sat.plan.phases[sat.talk.state.spell.index + 1].speaker
            assert f"{' ABC'[following or 0]} speaks next." in sat.talk.to_do
        sat.talk.obey("next")
    assert [kind for kind, named in said.items() if named] == [Kind.SWAP]


def test_ways_to_begin_are_a_list_at_the_close_and_help_has_its_notes() -> None:
    sat = Sat().until(Kind.CLOSE)
    assert [section.listed for section in sat.talk.closing] == [False, False, True, False]
    lines = sat.talk.obey("app.signposts")
    notes = [post.note for post in sat.talk.guidance.signposts if post.note]
    assert all(any(line.endswith(note) for line in lines) for note in notes)
    assert not any(line.endswith(" ") for line in lines)


def test_each_phase_says_what_to_do_in_it_and_only_a_turn_what_is_asked_for() -> None:
    sat = Sat()
    wording = sat.talk.guidance.wording
    for index, phase in enumerate(sat.plan.phases):
        usual = wording.phase(phase.kind).line
        expected = {Kind.TURN: (), Kind.RETURN: (wording.return_at(index),)}.get(phase.kind, (usual,))
        assert sat.talk.to_do[:1] == expected
        assert ("Asked for: " in sat.notices[-1].text) is phase.is_turn
        sat.talk.obey("next")


def test_after_a_swap_speaks_whoever_comes_next_and_an_end_without_a_close_tells_the_time_alone() -> None:
    pair = PLANS.named("pair").value
    (swap,) = (phase for phase in pair.phases if phase.kind is Kind.SWAP)
    first, second = (phase for phase in pair.phases if phase.is_turn)
    sat = Sat(replace(pair, phases=(first, swap, second)))
    sat.talk.obey("next")
    assert sat.talk.to_do[-1] == "B speaks next."
    for _ in range(2):
        sat.talk.obey("next")
    assert sat.notices[-1].lines == sat.talk.obey("owed")
