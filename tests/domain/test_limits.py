"""How long a text, how large a number and how many of a thing files and forms may hold."""

import importlib
import pkgutil

from cotutor import domain
from cotutor.domain.demonstration import Script
from cotutor.domain.guidance import CueSet, Row, Signpost, Stage, Step, Wording
from cotutor.domain.plan import Plan
from cotutor.domain.practice import Practice
from cotutor.domain.programme import Programme
from cotutor.domain.reflection import Encounter, NextStep, Reflection, SelfRating, Templates
from tests.limits import limits_of, read_loosely

LIMITS = {
    ("AdviceTurned.better", 2, 3),
    ("AgreementWords.first", 3, 3),
    ("Alias", 1, 20),
    ("Choice.why", 1, 300),
    ("Cue", None, 90),
    ("CueSet.cues", 1, 60),
    ("CueSet.modes", 1, 3),
    ("Encounter.plan", None, 32),
    ("Item.day", 1, 5),
    ("Item.trainer", None, 12),
    ("Line", 1, 200),
    ("Line", None, 200),
    ("Lines", 1, 20),
    ("Milliseconds", 0, 86_400_000),
    ("Moment", 0, 253_402_300_799_999),
    ("NextStep.text", 1, 500),
    ("PhaseWords.listener", None, 200),
    ("PhaseWords.observer", None, 200),
    ("PhaseWords.speaker", None, 200),
    ("Place", 1, 3),
    ("Plan.modes", 1, 3),
    ("Plan.people", 2, 3),
    ("Plan.phases", 1, 60),
    ("Plan.warn", None, 5),
    ("Practice.spots", 1, 500),
    ("Practice.turns", 1, 500),
    ("Programme.fewest", 2, 60),
    ("Programme.items", 1, 60),
    ("Programme.most", 2, 60),
    ("Question", 8, 120),
    ("Reason", 1, 300),
    ("Reflection.tags", None, 20),
    ("Score", 1, 10),
    ("Script.opening", 1, 20),
    ("Script.setting", 1, 600),
    ("SelfRating.topic", 1, 200),
    ("Short", 1, 60),
    ("ShortAlias", None, 20),
    ("Signpost.note", None, 200),
    ("Spoken.say", 1, 400),
    ("Step.questions", 1, 40),
    ("Template.about", 1, 200),
    ("Template.private", None, 12),
    ("Template.shareable", None, 12),
    ("Template.title", 1, 60),
    ("Templates.templates", 1, 40),
    ("Text", None, 100_000),
    ("Version.lines", 1, 80),
    ("Version.stops", None, 10),
    ("WhatNext.after", 1, None),
    ("WhatNext.choices", 3, 3),
}
"""A type or a field; the least and the most characters, members or, of a number, its value."""

FOUND = {
    (name, *limit.ends): limit
    for found in pkgutil.iter_modules(domain.__path__)
    for name, limit in limits_of(importlib.import_module(f"{domain.__name__}.{found.name}")).items()
}


def test_what_files_may_hold_has_neither_grown_nor_shrunk() -> None:
    assert set(FOUND) == LIMITS


def test_every_limit_takes_what_is_just_within_and_refuses_what_is_just_beyond() -> None:
    for (name, least, most), limit in FOUND.items():
        within = [end for end in (least, most) if end is not None]
        assert all(limit.takes(end) for end in within), name
        beyond = ([] if least is None else [least - 1]) + ([] if most is None else [most + 1])
        assert not any(limit.takes(end) for end in beyond if end >= 0 or limit.base is int), name


def test_a_misspelt_key_is_never_passed_over_in_a_file() -> None:
    files = (Plan, Programme, Script, Templates, Practice, CueSet, Row, Signpost, Stage, Step, Wording)
    assert read_loosely((*files, Encounter, NextStep, Reflection, SelfRating)) == []
