"""Whose wish decides which prompts may be offered."""

from cotutor.conversation.session.prompts import cues_allowed, guide_allowed, mode_in_force
from cotutor.domain.plan import Kind, Mode
from tests.conversation.session.sat import Sat


def test_the_wish_of_whoever_a_phase_is_about_counts_and_before_a_turn_that_of_its_speaker() -> None:
    sat = Sat()
    for mode in ("challenge", "listen"):
        sat.until(Kind.TURN).talk.obey("mode", mode)
        assert mode_in_force(sat.talk.state) is Mode(mode)
        sat.talk.obey("next")
        assert mode_in_force(sat.talk.state) is Mode(mode)
        assert guide_allowed(sat.talk.state) is (mode == "challenge")
        assert cues_allowed(sat.talk.state, sat.talk.guidance) == sat.talk.guidance.cues_for(Mode(mode))
        sat.talk.obey("next")
    assert mode_in_force(sat.talk.state) is None
    assert not guide_allowed(sat.talk.state)
    assert cues_allowed(sat.talk.state, sat.talk.guidance) == ()
    before = Sat()
    assert before.talk.state.phase.speaker is None
    assert mode_in_force(before.talk.state) is before.talk.state.modes[0]
