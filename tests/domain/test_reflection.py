from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert

from cotutor.content.templates import template, templates
from cotutor.domain.reflection import (
    BOX_NAMES,
    MOST_TAGS,
    Box,
    Encounter,
    NextStep,
    Reflection,
    SelfRating,
    Template,
    cleaned,
    tags_in,
)

DAY = date(2026, 1, 1)


def test_a_template_begins_each_box_with_its_headings() -> None:
    made = Template("mine", "Mine", "about", private=("One", "Two"), shareable=("Three",))
    assert made.outline(Box.PRIVATE) == "One\n\n\nTwo\n"
    assert made.outline(Box.SHAREABLE) == "Three\n"
    assert Template("none", "None", "about").outline(Box.PRIVATE) == ""


def test_the_shipped_templates_are_the_five_that_practice_knows() -> None:
    assert [one.name for one in templates()] == ["what", "gibbs", "free", "listening", "supervision"]
    assert templates()[0].title == "What? So what? Now what?"
    assert len(template("gibbs").private) == 6
    assert template("gone since") == templates()[0]


def test_each_box_says_who_can_read_it() -> None:
    assert BOX_NAMES == {Box.PRIVATE: "Only me", Box.SHAREABLE: "Could be seen by others"}


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", ()),
        ("listening", ("listening",)),
        ("#Night, listening  night", ("listening", "night")),
        ("peer-support", ("peer-support",)),
        ("--", ()),
        ("Übung a;b", ("ab", "übung")),
        ("x" * 99, ("x" * 30,)),
    ],
)
def test_tags_are_small_sorted_and_each_once(typed: str, tags: tuple[str, ...]) -> None:
    assert tags_in(typed) == tags


@given(st.text(max_size=400))
def test_whatever_is_typed_as_tags_makes_tags_that_can_be_kept(typed: str) -> None:
    tags = tags_in(typed)
    assert len(tags) <= MOST_TAGS
    kept = convert({"uid": "a" * 16, "day": DAY, "tags": list(tags)}, Reflection)
    assert tags_in(" ".join(kept.tags)) == tags


@given(st.text(max_size=300), st.text(max_size=300))
def test_cleaning_twice_changes_nothing(private: str, line: str) -> None:
    once = cleaned(Reflection("a" * 16, DAY, private=private, alias=line[:20]))
    assert cleaned(once) == once
    assert "\x1b" not in once.private
    step = cleaned(NextStep("a" * 16, line))
    assert cleaned(step) == step
    assert "\n" not in step.text
    rating = cleaned(SelfRating("a" * 16, DAY, line))
    assert cleaned(rating) == rating
    encounter = cleaned(Encounter("a" * 16, DAY, 1, plan=line))
    assert len(encounter.plan) <= 32


@pytest.mark.parametrize(
    "fields",
    [
        {"uid": "A" * 16},
        {"uid": "a" * 15},
        {"length": -1},
        {"tags": ["a b"]},
        {"private": "x" * 100_001},
        {"more": 1},
    ],
)
def test_a_reflection_keeps_to_its_bounds(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        convert({"uid": "a" * 16, "day": "2026-01-01"} | fields, Reflection)


def test_a_reflection_without_words_is_empty() -> None:
    assert Reflection("a" * 16, DAY, private=" \n ").is_empty
    assert not Reflection("a" * 16, DAY, shareable="x").is_empty
