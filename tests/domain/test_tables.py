"""No table that has a row for each of something lacks one."""

import importlib
import pkgutil
from collections.abc import Iterable
from typing import get_args

from msgspec import Struct, inspect

from cotutor import domain
from cotutor.domain import (
    commands,
    demonstration,
    events,
    guidance,
    identifiers,
    plan,
    practice,
    programme,
    reflection,
    skills,
    tally,
    wording,
)


def test_every_event_has_its_sentence() -> None:
    assert set(wording._SENTENCES) == set(events.Event.__subclasses__())


def test_every_command_is_obeyed_and_can_be_named_when_it_is_undone() -> None:
    assert {*commands._OBEYED, commands.Undo} == set(get_args(commands.SessionCommand))
    assert all(what for _obeyed, what in commands._OBEYED.values())


def test_every_mode_role_group_skill_and_identifier_has_its_words() -> None:
    assert set(plan.MODE_NAMES) == set(plan.Mode)
    assert set(tally.FEEDBACK) == set(plan.Role)
    assert set(guidance.GROUP_NAMES) == set(guidance.Group)
    assert set(skills.ABOUT) == set(skills.Skill)
    assert set(identifiers.EXPLANATIONS) == set(identifiers.IdentifierKind)


def test_every_identifier_has_a_pattern_but_the_one_with_a_check_digit() -> None:
    found = {kind for kind, *_ in identifiers._PATTERNS}
    assert found == set(identifiers.IdentifierKind) - {identifiers.IdentifierKind.NHS_NUMBER}


def test_no_value_of_the_domain_can_be_changed() -> None:
    names = [f"{domain.__name__}.{module.name}" for module in pkgutil.iter_modules(domain.__path__)]
    members = [one for name in names for one in vars(importlib.import_module(name)).values()]
    structs = {one for one in members if isinstance(one, type) and issubclass(one, Struct)} - {Struct}
    assert len(structs) > 60
    assert not [struct for struct in structs if not struct.__struct_config__.frozen]


def test_only_what_takes_the_floor_or_closes_the_subject_is_said_to_hinder() -> None:
    hinder = {"CLOSED", "ADVICE", "STORY", "FLOOR", "REASSURANCE"}
    assert {skill.name for skill, about in skills.ABOUT.items() if not about.helps} == hinder
    assert skills.About("A new one").helps


def test_a_key_that_is_not_known_is_refused_wherever_in_a_file_it_stands() -> None:
    files = (
        *(plan.Plan, programme.Programme, demonstration.Script, practice.Practice),
        *(reflection.Templates, reflection.Reflection),
        *(guidance.Stage, guidance.Row, guidance.Step, guidance.CueSet, guidance.Signpost, guidance.Wording),
    )
    found = structs_in(inspect.multi_type_info(files))
    assert len(found) > 30
    assert not [one.cls for one in found if not one.forbid_unknown_fields]


def structs_in(kinds: Iterable[inspect.Type]) -> list[inspect.StructType]:
    """Every struct that one of these kinds of value may hold, at any depth."""
    found: list[inspect.StructType] = []
    rest: list[object] = list(kinds)
    while rest:
        match rest.pop():
            case inspect.StructType() as one:
                found.append(one)
                rest += [field.type for field in one.fields]
            case inspect.UnionType(types=types):
                rest += types
            case inspect.Type() as kind:
                rest += [
                    getattr(kind, name, None) for name in ("item_type", "key_type", "value_type", "type")
                ]
    return found
