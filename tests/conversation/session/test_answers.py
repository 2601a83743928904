"""What a session answers when it is asked: where it stands, and the nine steps."""

from tests.conversation.session.sat import Sat


def test_without_a_step_all_nine_are_listed_and_with_one_its_questions() -> None:
    sat = Sat()
    steps = sat.talk.guidance.steps
    first, *listed = sat.talk.obey("guide")
    assert first == "In any order, or none. Type guide II-B for the questions of a step."
    assert listed == [f"{step.id} {step.classic}: {step.job}" for step in steps]
    for step in steps:
        assert sat.talk.obey("guide", step.id) == (
            f"{step.id} {step.classic}. {step.job}",
            *step.questions,
        )


def test_when_a_phase_ends_is_said_up_to_its_end() -> None:
    sat = Sat()
    sat.clock.go(milliseconds=29_999)
    sat.talk.tick()
    sat.clock.go(milliseconds=30_000)
    for left, said in ((1, "It ends at 09:01:00. "), (0, "The whole session ends at about ")):
        sat.talk.tick()
        assert sat.talk.state.left == left
        assert sat.talk.obey("time")[-1].startswith(said)
        sat.clock.go(milliseconds=1)
