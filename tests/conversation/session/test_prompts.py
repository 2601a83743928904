"""Whose wish decides which prompts may be offered."""

from msgspec.structs import replace

from cotutor.content.loader import PLANS
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


def test_the_kind_of_listening_can_change_wherever_the_plan_has_another() -> None:
    pair = PLANS.named("pair").value
    for modes, can in (((Mode.THINK,), False), ((Mode.THINK, Mode.LISTEN), True), (tuple(Mode), True)):
        sat = Sat(replace(pair, modes=modes)).until(Kind.TURN)
        assert sat.talk.mode_can_change is can
