"""What is shipped keeps to the practice it rests on."""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from msgspec import Struct

from cotutor.content.loader import PLANS
from cotutor.content.plan_rules import broken_rules
from cotutor.content.shipped import shipped_guidance
from cotutor.domain.duration import MINUTE
from cotutor.domain.guidance import Group
from cotutor.domain.plan import Kind, Role

GUIDANCE = shipped_guidance()
WORDING = GUIDANCE.wording
SHIPPED = PLANS.shipped()
NARROW = 76

# A question is open if it, or its last clause, begins like this.
OPEN = re.compile(r"(And |By )?(what|how|which|who|when|where)\b", re.IGNORECASE)
ADVICE = re.compile(
    r"\b(have you (tried|thought|considered)|why don't you|you (should|ought|must|need to))\b", re.IGNORECASE
)


def texts(value: Any) -> Iterator[str]:
    """Every text in a struct."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name))


def test_every_line_fits_and_is_typed_with_care() -> None:
    for text in {*texts(GUIDANCE), *texts(SHIPPED)}:
        assert len(text) <= NARROW, text
        assert text == " ".join(text.split())
        assert text.count('"') % 2 == 0, text


def test_every_step_has_eight_open_questions_and_gives_no_advice() -> None:
    for step in GUIDANCE.steps:
        assert len(step.questions) >= 8, step.id
        assert len(step.mistakes) >= 3, step.id
        for question in step.questions:
            last = re.split(r"[,:] ", question)[-1]
            assert OPEN.match(question) or OPEN.match(last), question
            assert not ADVICE.search(question), question


def test_no_question_is_asked_in_two_steps() -> None:
    questions = [question for step in GUIDANCE.steps for question in step.questions]
    assert len(questions) == len(set(questions)) >= 72


def test_the_nine_steps_carry_both_names() -> None:
    ids = [step.id for step in GUIDANCE.steps]
    assert ids == [f"{stage}-{row}" for stage in ("I", "II", "III") for row in "ABC"]
    assert GUIDANCE.step("I-B").title == "Blind spots (later: New perspectives)"
    assert GUIDANCE.step("III-B").title == "Best-fit strategies"


def test_cues_are_short_and_distinct() -> None:
    assert len(GUIDANCE.cues) == len(set(GUIDANCE.cues)) == 18
    assert all(6 <= len(cue.split()) <= 12 for cue in GUIDANCE.cues)


def test_emergency_counselling_and_advice_are_kept_apart() -> None:
    assert "Telephone 999." in {entry.reach for entry in GUIDANCE.help_of(Group.EMERGENCY)}
    counselling = {entry.id: entry for entry in GUIDANCE.help_of(Group.COUNSELLING)}
    assert set(counselling) == {"bma", "practitioner-health", "samaritans", "doctors-in-distress"}
    assert "Not an emergency service." in counselling["bma"].whom
    assert "0330 123 1245" in counselling["bma"].reach
    assert "116 123" in counselling["samaritans"].reach
    assert {"defence-body", "gmc", "speak-up-guardian", "occupational-health", "supervisor"} == {
        entry.id for entry in GUIDANCE.help_of(Group.ADVICE)
    }


def test_every_number_has_a_source_and_only_a_date_that_the_source_bears() -> None:
    assert all(entry.source for entry in GUIDANCE.signposts)
    dated = {entry.id: entry.checked for entry in GUIDANCE.signposts if entry.checked}
    assert dated == {"bma": dt.date(2024, 6, 28)}


def test_the_agreement_names_the_limits_and_promises_no_secrecy() -> None:
    limits = " ".join(WORDING.agreement.limits)
    for word in ("danger", "patients", "crime", "dishonesty", "stops the session", "GMC", "elsewhere"):
        assert word in limits
    assert "nobody here promises absolute secrecy" in limits
    assert [first.id for first in WORDING.agreement.first] == ["burdened", "experienced", "coin"]
    assert "trains nobody and treats nobody" in WORDING.agreement.scope
    assert WORDING.stop.records == "Nothing about this stop is recorded here."


def test_the_close_leaves_the_content_alone() -> None:
    assert "Leave the content alone" in WORDING.closing.appreciation
    assert WORDING.closing.nothing_kept == "Nothing was kept."
    assert "four to eight sessions" in WORDING.closing.pairing


def test_every_plan_keeps_the_rules() -> None:
    assert {plan.name: broken_rules(plan) for plan in SHIPPED} == {plan.name: [] for plan in SHIPPED}


def test_a_silence_lies_between_two_turns_of_every_plan() -> None:
    for plan in SHIPPED:
        turns = [number for number, phase in enumerate(plan.phases) if phase.kind is Kind.TURN]
        for before, after in pairwise(turns):
            assert Kind.SWAP in {phase.kind for phase in plan.phases[before:after]}, plan.name


def test_every_plan_closes() -> None:
    assert {plan.phases[-1].kind for plan in SHIPPED} == {Kind.CLOSE}


def test_each_turn_of_every_plan_but_the_taster_ends_in_the_present() -> None:
    for plan in SHIPPED:
        for phase, after in pairwise(plan.phases):
            if phase.kind is Kind.TURN and plan.name != "taster":
                assert (after.kind, after.speaker) == (Kind.RETURN, phase.speaker), plan.name


def test_the_usual_plan_is_two_turns_of_twenty_minutes() -> None:
    plan = PLANS.named("pair").value.with_turn()
    assert [phase.kind for phase in plan.phases] == [
        Kind.SETTLE,
        *(Kind.TURN, Kind.RETURN, Kind.SWAP),
        *(Kind.TURN, Kind.RETURN, Kind.CLOSE),
    ]
    assert {phase.length for phase in plan.phases if phase.kind is Kind.TURN} == {20 * MINUTE}
    assert (plan.notes, plan.scratchpad) == ("none", "wipe")


def test_in_a_triad_everybody_speaks_listens_observes_and_feedback_has_its_order() -> None:
    phases = PLANS.named("triad").value.with_turn().phases
    turns = [(phase.speaker, phase.listener, phase.observer) for phase in phases if phase.kind is Kind.TURN]
    assert turns == [(1, 2, 3), (2, 3, 1), (3, 1, 2)]
    voices = [phase.voice for phase in phases if phase.kind is Kind.FEEDBACK]
    assert voices == [Role.SPEAKER, Role.LISTENER, Role.OBSERVER] * 3


def test_one_way_has_one_speaker_and_says_so() -> None:
    plan = PLANS.named("one-way").value
    assert {phase.speaker for phase in plan.phases if phase.kind is Kind.TURN} == {1}
    assert (plan.people, plan.unequal, plan.notes) == (("Mentee", "Mentor"), True, "allowed")


def test_a_taster_lasts_six_minutes() -> None:
    lengths = [phase.length for phase in PLANS.named("taster").value.with_turn().phases]
    assert lengths[:3] == [90_000, 45_000, 15_000]
    assert sum(length or 0 for length in lengths) < 7 * MINUTE
