"""Looking things up in the guidance."""

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert
from msgspec.structs import replace

from cotutor.content.shipped import shipped_guidance
from cotutor.domain.errors import CotutorError
from cotutor.domain.guidance import NOT_STATED, Cue, Group, Lines, PhaseWords, Question, Short, Signpost
from cotutor.domain.plan import Alias, Kind, Line, Mode, Name, Role

GUIDANCE = shipped_guidance()


@pytest.mark.parametrize("written", ["II-B", "ii-b", "IIB", " ii b ", "2b", "2-B", "2.b"])
def test_a_step_is_found_however_it_is_written(written: str) -> None:
    assert GUIDANCE.step(written).id == "II-B"


@pytest.mark.parametrize("written", ["", "IV-A", "II-D", "4a", "B-II", "II--B", "story", "²b"])
def test_what_is_no_step_is_reported(written: str) -> None:
    with pytest.raises(CotutorError, match="I-A to III-C"):
        GUIDANCE.step(written)


@given(st.text(max_size=8))
def test_whatever_is_typed_is_a_step_or_is_reported(written: str) -> None:
    with suppress(CotutorError):
        assert GUIDANCE.step(written) in GUIDANCE.steps


@pytest.mark.parametrize("stage", ["I", "II", "III"])
def test_the_steps_of_a_stage_are_in_order(stage: str) -> None:
    steps = GUIDANCE.steps_of(stage)
    assert [step.id for step in steps] == [f"{stage}-{row}" for row in "ABC"]
    assert {GUIDANCE.stage(step.stage).id for step in steps} == {stage}
    assert [GUIDANCE.row(step.row).id for step in steps] == ["A", "B", "C"]


def test_questions_are_the_steps_own() -> None:
    assert GUIDANCE.questions("1a") == GUIDANCE.step("I-A").questions


def test_a_kind_without_words_is_named_and_instructs_nothing() -> None:
    words = GUIDANCE.wording
    assert words.lacking() == []
    fewer = replace(words, phases=(*words.phases[2:], words.phases[-1]), modes=words.modes[1:])
    assert fewer.lacking() == [
        "modes: the kind of listening listen has no words",
        "phases: the kind settle has no words",
        "phases: the kind news has no words",
        "phases: the kind close has its words twice",
    ]
    assert fewer.phase(Kind.SETTLE).instruction(Role.SPEAKER) == ""


def test_listen_only_is_offered_no_cue_that_asks_the_listener_to_say_something() -> None:
    listening = " ".join(GUIDANCE.cues_for(Mode.LISTEN)).casefold()
    assert not [word for word in ("ask", "say back", "summarise", "name ", "offer") if word in listening]
    assert set(GUIDANCE.cues_for(Mode.LISTEN)) < set(GUIDANCE.cues_for(Mode.THINK))
    assert set(GUIDANCE.cues_for(Mode.THINK)) < set(GUIDANCE.cues_for(Mode.CHALLENGE)) == set(GUIDANCE.cues)


def test_returns_go_round() -> None:
    returns = GUIDANCE.wording.returns
    assert [GUIDANCE.wording.return_at(number) for number in range(len(returns) + 1)] == [
        *returns,
        returns[0],
    ]


def test_the_groups_of_help_share_no_entry() -> None:
    groups = [GUIDANCE.help_of(group) for group in Group]
    assert all(groups)
    assert sum(map(len, groups)) == len(GUIDANCE.signposts) == len({entry.id for entry in GUIDANCE.signposts})


@pytest.mark.parametrize("mode", Mode)
def test_every_mode_has_its_words(mode: Mode) -> None:
    assert GUIDANCE.wording.mode(mode).mode is mode


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_phase_has_its_words(kind: Kind) -> None:
    assert GUIDANCE.wording.phase(kind).kind is kind


def test_a_role_without_its_own_line_reads_the_common_one() -> None:
    words = PhaseWords(Kind.TURN, line="all", speaker="s", listener="l")
    assert [words.instruction(role) for role in (None, *Role)] == ["all", "s", "l", "all"]


def test_a_signpost_says_how_old_it_is() -> None:
    entry = Signpost("x", Group.ADVICE, "X", "reach", "whom", "source", checked=dt.date(2024, 6, 28))
    undated = Signpost("x", Group.ADVICE, "X", "reach", "whom", "source")
    assert [undated.hours_said, replace(undated, hours="9 to 5").hours_said] == ["", " Hours: 9 to 5."]
    assert (entry.dated, entry.hours) == ("28 June 2024", NOT_STATED)
    assert undated.dated.startswith("date not known")


def test_every_kind_of_text_is_taken_up_to_its_limit_and_no_further() -> None:
    for kind, shortest, longest in (
        (Short, "x", "x" * 60),
        (Line, "x", "x" * 200),
        (Alias, "x", "x" * 20),
        (Name, "x", "x" + "-0" * 15 + "z"),
        (Question, "Is it a?", "x" * 119 + "?"),
        (Cue, "a b c d e f", " ".join(["seven.."] * 10 + ["seven", "four"])),
    ):
        assert [convert(text, kind) for text in (shortest, longest)] == [shortest, longest]
        for text in (shortest[1:], f"x{longest}"):
            with pytest.raises(ValidationError):
                convert(text, kind)
    assert [convert(["x"] * count, Lines) for count in (1, 20)] == [("x",), ("x",) * 20]
    for lines in ([], ["x"] * 21):
        with pytest.raises(ValidationError):
            convert(lines, Lines)


def test_a_step_has_both_its_names_where_they_differ() -> None:
    assert GUIDANCE.step("I-A").title == "Story"
    assert GUIDANCE.step("I-B").title == "Blind spots (later: New perspectives)"
    assert GUIDANCE.step("III-B").title == "Best-fit strategies"
