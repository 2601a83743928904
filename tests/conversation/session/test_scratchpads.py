"""What a speaker's scratchpad holds, who may use it, and when it is wiped."""

import pytest
from msgspec.structs import replace

from cotutor.content.loader import PLANS
from cotutor.conversation.notice import Medium
from cotutor.conversation.session.scratchpads import MOST_CHARACTERS, MOST_LINES
from cotutor.domain.errors import CotutorError
from cotutor.domain.keeping import Keeping
from cotutor.domain.plan import Kind, Plan
from tests.conversation.session.sat import Sat


def speaking(plan: Plan | str = "pair", medium: Medium = Medium.WORDS) -> Sat:
    sat = Sat(plan, medium).until(Kind.TURN)
    sat.lines.clear()
    return sat


def test_a_scratchpad_has_room_for_forty_lines() -> None:
    pads = speaking().talk.scratchpads
    for number in range(1, 41):
        pads.jot(f"line {number}")
    assert len(pads.read()) == MOST_LINES
    with pytest.raises(CotutorError, match="full"):
        pads.jot("one more")
    pads.write(1, "x\n" * 41)
    assert pads.text(1).count("\n") == 39


def test_a_scratchpad_has_room_for_four_thousand_characters() -> None:
    pads = speaking().talk.scratchpads
    pads.jot("x" * 3_998)
    with pytest.raises(CotutorError, match="full"):
        pads.jot("yy")
    pads.jot("y")
    assert len(pads.text(1)) == MOST_CHARACTERS
    with pytest.raises(CotutorError, match="full"):
        pads.jot("z")
    pads.write(1, "x" * 4_001)
    assert len(pads.text(1)) == 4_000


def test_a_line_needs_words_and_somebody_whose_turn_it_is() -> None:
    sat = speaking()
    with pytest.raises(CotutorError, match="after the word"):
        sat.talk.obey("jot", "")
    assert sat.talk.scratchpads.empty
    assert sat.talk.obey("jot", "ask") == ("Jotted; it goes soon after the turn.",)
    assert not sat.talk.scratchpads.empty
    assert sat.talk.obey("scratchpad") == ("ask",)
    for name, rest in (("jot", "ask"), ("scratchpad", "")):
        with pytest.raises(CotutorError, match="in their own turn"):
            Sat().talk.obey(name, rest)


def test_an_empty_one_says_so_and_can_not_be_kept() -> None:
    sat = speaking("one-way")
    assert sat.talk.obey("scratchpad") == ("The scratchpad is empty.",)
    with pytest.raises(CotutorError, match="empty"):
        sat.talk.obey("keep")
    with pytest.raises(CotutorError, match="In this plan"):
        speaking().talk.obey("keep")


@pytest.mark.parametrize(("medium", "seen"), [(Medium.KEYS, ""), (Medium.WORDS, "What was typed may still")])
def test_it_is_wiped_once_no_undo_leads_back_and_that_is_said(medium: Medium, seen: str) -> None:
    sat = speaking(medium=medium)
    sat.go(60)
    sat.talk.obey("jot", "ask")
    sat.talk.obey("next")
    pads = sat.talk.scratchpads
    assert pads.wiped_by() == sat.clock.now() + 10_001
    assert sat.talk.seconds_to_event(60) == pytest.approx(10.001)
    sat.notices.clear()
    sat.clock.go(milliseconds=10_000)
    sat.talk.tick()
    assert (pads.text(1), sat.notices) == ("ask", [])
    sat.clock.go(milliseconds=1)
    sat.talk.tick()
    assert pads.empty
    assert pads.wiped_by() is None
    (wiped,) = sat.notices
    assert wiped.text == "The scratchpad is wiped."
    assert wiped.to_do.startswith(seen)
    assert bool(wiped.to_do) == bool(seen)


def test_one_that_was_only_looked_at_is_wiped_without_a_word() -> None:
    sat = speaking()
    sat.talk.obey("scratchpad")
    sat.talk.obey("next")
    sat.notices.clear()
    sat.go(11)
    assert sat.talk.scratchpads.empty
    assert sat.notices == []


def test_an_undone_swap_gives_the_scratchpad_back() -> None:
    sat = speaking()
    sat.talk.obey("jot", "ask")
    sat.talk.obey("next")
    sat.talk.obey("undo")
    sat.go(11)
    assert sat.talk.obey("scratchpad") == ("ask",)
    assert sat.talk.scratchpads.wiped_by() is None


def test_a_kept_one_is_read_again_at_the_close_and_wiped_at_the_end() -> None:
    sat = speaking("one-way")
    sat.talk.obey("jot", "ask")
    sat.talk.obey("jot", "write")
    seen = [sat.talk.keeping]
    assert sat.talk.obey("keep")[0].startswith("Kept in memory")
    seen.append(sat.talk.keeping)
    assert sat.talk.scratchpads.kept(1)
    assert sat.talk.obey("keep") == ("It will be wiped at the end of the turn.",)
    assert not sat.talk.scratchpads.kept(1)
    seen.append(sat.talk.keeping)
    sat.talk.obey("keep")
    sat.talk.obey("next")
    sat.go(11)
    if sat.talk.state.phase.kind is not Kind.CLOSE:
        assert not sat.talk.scratchpads.readable
    sat.until(Kind.CLOSE).go(11)
    name = sat.talk.state.agreement.people[0]
    assert sat.talk.scratchpads.readable
    assert sat.talk.obey("scratchpad") == (f"{name}: ask", f"{name}: write")
    sat.talk.obey("end")
    sat.go(11)
    assert sat.talk.scratchpads.empty
    assert not sat.talk.scratchpads.readable
    seen.append(sat.talk.keeping)
    assert seen == [Keeping.NOTHING, Keeping.SESSION, Keeping.NOTHING, Keeping.NOTHING]


def test_at_a_close_for_which_nothing_was_kept_there_is_nothing_to_read() -> None:
    sat = speaking("one-way").until(Kind.CLOSE)
    assert "scratchpad" not in sat.offered
    with pytest.raises(CotutorError, match="Nothing was kept"):
        sat.talk.obey("scratchpad")
    sat.talk.obey("end")
    with pytest.raises(CotutorError, match="in their own turn"):
        sat.talk.obey("scratchpad")


def test_leaving_forgets_what_was_written() -> None:
    sat = speaking()
    sat.talk.obey("jot", "ask")
    sat.talk.close()
    assert sat.talk.scratchpads.empty
    assert not sat.talk.scratchpads.kept(1)


def test_what_another_person_kept_is_not_touched_and_both_are_read_in_the_speaking_order() -> None:
    pair = PLANS.named("pair").value
    sat = speaking(replace(pair, scratchpad="may-keep"))
    for line in ("hers", "his"):
        assert sat.talk.scratchpad_keepable
        sat.talk.obey("jot", line)
        sat.talk.obey("keep")
        sat.talk.obey("next")
        assert not sat.talk.scratchpad_keepable
        if line == "hers":
            sat.until(Kind.TURN).go(11)
    pads = sat.until(Kind.CLOSE).talk.scratchpads
    assert pads.read() == ("A: hers", "B: his")
    assert (pads.kept(1), pads.kept(2), pads.text(3)) == (True, True, "")


def test_a_kept_one_outlasts_the_end_for_as_long_as_an_undo_leads_back_to_the_close() -> None:
    sat = speaking("one-way")
    sat.talk.obey("jot", "ask")
    sat.talk.obey("keep")
    sat.until(Kind.CLOSE).go(11)
    sat.talk.obey("end")
    sat.go(10)
    assert not sat.talk.scratchpads.empty
    sat.talk.obey("undo")
    assert sat.talk.scratchpads.read() == ("Mentee: ask",)
    sat.talk.obey("end")
    sat.go(11)
    assert sat.talk.scratchpads.empty


@pytest.mark.parametrize("again", [("jot", "more"), ("scratchpad", "")])
def test_what_was_kept_and_is_no_longer_lasts_for_the_turn_in_which_it_was_opened_again(
    again: tuple[str, str],
) -> None:
    pair = PLANS.named("pair").value
    turns = tuple(phase for phase in pair.phases if phase.is_turn)
    sat = Sat(replace(pair, scratchpad="may-keep", phases=(*turns, *turns)))
    sat.talk.obey("jot", "ask")
    sat.talk.obey("keep")
    for _ in turns:
        sat.talk.obey("next")
    sat.talk.obey(*again)
    sat.talk.obey("keep")
    sat.go(11)
    assert sat.talk.scratchpads.text(1).startswith("ask")
    sat.talk.obey("next")
    sat.go(11)
    assert sat.talk.scratchpads.empty


def test_at_the_close_only_words_that_their_speaker_kept_are_read() -> None:
    pair = replace(PLANS.named("pair").value, scratchpad="may-keep")
    for keep, text, shown in ((False, "ask", False), (True, "", False), (True, "ask", True)):
        sat = speaking(pair)
        sat.talk.obey("jot", "ask")
        if keep:
            sat.talk.obey("keep")
        sat.talk.scratchpads.write(1, text)
        sat.talk.obey("end")
        assert sat.talk.state.phase.kind is Kind.CLOSE
        assert sat.talk.scratchpads.readable is shown
        assert sat.talk.scratchpads.read() == (("A: ask",) if shown else ())
