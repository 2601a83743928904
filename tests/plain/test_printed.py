"""Plans, prompts and cards on paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from cotutor.content.loader import PLANS, InForce, check_prompts
from cotutor.content.shelf import Found
from cotutor.content.shipped import shipped_guidance
from cotutor.domain.errors import CotutorError
from cotutor.domain.guidance import Guidance
from cotutor.plain import printed

GUIDANCE = shipped_guidance()
PACK = Path(__file__).parent.parent / "vectors" / "prompts" / "good" / "replaces.toml"
WORDS = ["steps", "II-B", "cues", "returns", "help", "agreement", "modes", "stop", "close"]


def pages() -> list[list[str]]:
    return [
        printed.plans_listed(Found(PLANS.shipped(), PLANS.shipped(), ("x.toml: " + "a long problem " * 20,))),
        *(printed.plan_shown(plan) for plan in PLANS.shipped()),
        printed.prompts_listed(InForce(GUIDANCE, (check_prompts(PACK),), ("x.toml: a problem",))),
        *(printed.prompts_shown(GUIDANCE, word) for word in WORDS),
        printed.cards(GUIDANCE),
    ]


@pytest.mark.parametrize("lines", pages(), ids=lambda lines: lines[0][:30])
def test_every_line_fits_and_draws_no_boxes(lines: list[str]) -> None:
    assert all(len(line) <= 78 for line in lines)
    assert all(line == line.rstrip() and line.isascii() and line.isprintable() for line in lines)
    assert lines[-1]


def test_plans_are_listed_with_their_length() -> None:
    lines = printed.plans_listed(Found(PLANS.shipped()))
    assert lines[:2] == ["Plans:", "  pair            Two turns of twenty minutes (46m30s in all)"]
    assert len(lines) == 1 + len(PLANS.shipped())


def test_ones_own_plans_and_problems_follow() -> None:
    shipped = PLANS.shipped()
    lines = printed.plans_listed(Found(shipped, shipped[:1], ("mine.toml: name: is missing",)))
    assert lines[:2] == ["Plans:", "  pair-short      Two turns of ten minutes (25m in all)"]
    assert lines[-5:] == [
        "",
        "Your own plans:",
        "  pair            Two turns of twenty minutes (46m30s in all)",
        "",
        "Left out: mine.toml: name: is missing",
    ]


def test_a_plan_is_shown_with_who_does_what() -> None:
    lines = printed.plan_shown(PLANS.named("triad").value)
    assert "Turns: 10 minutes; a warning 1 minute before the end." in lines
    assert "Listening: help me think, or listen only or challenge me if the speaker asks." in lines
    assert lines[-19:-13] == [
        "  1  settle        1m",
        "  2  turn         10m  A speaks, B listens, C observes.",
        "  3  return       30s  A.",
        "  4  feedback      1m  A.",
        "  5  feedback      1m  B.",
        "  6  feedback      2m  C.",
    ]


def test_a_plan_without_warning_notes_or_choice_says_so() -> None:
    plan = replace(PLANS.named("thinking-pair").value, warn=(), notes="allowed")
    lines = printed.plan_shown(plan)
    assert "Turns: 5 minutes; no warning." in lines
    assert "Listening: listen only." in lines
    assert "Notes: possible, if everybody agrees." in lines


def test_every_word_that_is_listed_shows_something() -> None:
    listed = printed.prompts_listed(InForce(GUIDANCE))[1:]
    words = [line.split()[0] for line in listed]
    assert words == ["steps", "I-A", *WORDS[2:], "example"]
    assert all(printed.prompts_shown(GUIDANCE, word) for word in words[:-1])


def test_packs_are_listed() -> None:
    assert "  scheme      A scheme" in printed.prompts_listed(InForce(GUIDANCE, (check_prompts(PACK),)))


@pytest.mark.parametrize(
    ("word", "said"),
    [("cue", 'did you mean "cues"?'), ("IX-Z", "the words are steps, cues"), ("", "the words are")],
)
def test_a_word_that_shows_nothing_is_told(word: str, said: str) -> None:
    with pytest.raises(CotutorError, match="There are no such prompts") as caught:
        printed.prompts_shown(GUIDANCE, word)
    assert said in caught.value.message


def test_a_step_shows_its_names_and_questions() -> None:
    lines = printed.prompts_shown(GUIDANCE, "1b")
    assert lines[0] == "I-B  Blind spots (later: New perspectives): What is going on?"
    assert [line[2:] for line in lines if line.endswith("?")][1:] == list(GUIDANCE.questions("I-B"))


def test_the_cards_hold_everything() -> None:
    text = " ".join(printed.cards(GUIDANCE))
    questions = [question for step in GUIDANCE.steps for question in step.questions]
    for part in (*GUIDANCE.cues, *questions, "OBSERVER'S TALLY", "116 123", "absolute secrecy"):
        assert part in text


@pytest.mark.parametrize(
    "show", [printed.help_lines, lambda guidance: printed.prompts_shown(guidance, "help")]
)
def test_help_comes_in_three_groups_with_hours_and_dates(show: Callable[[Guidance], list[str]]) -> None:
    lines = show(GUIDANCE)
    heads = [line for line in lines if line.isupper() and len(line) > 10]
    assert [head.split()[0] for head in heads] == ["SOMEBODY", "SOMEBODY", "SAFETY,"]
    assert "  Telephone 0330 123 1245. Hours: 24 hours, every day." in lines
    assert "  Telephone 999." in lines
    assert "  Source: British Medical Association, bma.org.uk (28 June 2024)." in lines
