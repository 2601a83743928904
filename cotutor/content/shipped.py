"""The guidance that comes with the program, from its four files."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from cotutor.content.checking import load_shipped
from cotutor.domain.guidance import CueSet, Guidance, Row, Signpost, Stage, Step, Wording


class EganFile(Struct, frozen=True, forbid_unknown_fields=True):
    """``egan.toml``: three stages, three rows, nine steps."""

    format: Literal[1]
    stages: Annotated[tuple[Stage, ...], Meta(min_length=3, max_length=3)]
    rows: Annotated[tuple[Row, ...], Meta(min_length=3, max_length=3)]
    steps: Annotated[tuple[Step, ...], Meta(min_length=9, max_length=9)]


class CuesFile(Struct, frozen=True, forbid_unknown_fields=True):
    """``cues.toml``: the cards for the listener, in sets by the kinds of listening that they suit."""

    format: Literal[1]
    sets: Annotated[tuple[CueSet, ...], Meta(min_length=1)]


class HelpFile(Struct, frozen=True, forbid_unknown_fields=True):
    """``help.toml``: where help is, each entry with its source and date."""

    format: Literal[1]
    signposts: Annotated[tuple[Signpost, ...], Meta(min_length=1)]


class WordingFile(Wording, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``wording.toml``: all that is said around and between the turns."""

    format: Literal[1]


def shipped_wording() -> Wording:
    """What is said around and between the turns, before any pack changes it."""
    return load_shipped("wording.toml", WordingFile)


def shipped_guidance() -> Guidance:
    """All of the guidance, before any pack changes it."""
    egan = load_shipped("egan.toml", EganFile)
    return Guidance(
        stages=egan.stages,
        rows=egan.rows,
        steps=egan.steps,
        cue_sets=load_shipped("cues.toml", CuesFile).sets,
        signposts=load_shipped("help.toml", HelpFile).signposts,
        wording=shipped_wording(),
    )
