"""Prompt packs: how a local scheme adds to the shipped guidance or replaces parts of it.

A pack is one TOML file; ``example-pack.toml`` shows and explains every key. The limits of
confidentiality can be added to and never taken away, and an emergency route always remains.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from cotutor.domain.guidance import (
    AgreementWords,
    Cue,
    CueSet,
    Group,
    Guidance,
    Question,
    Signpost,
    Step,
    StepId,
)
from cotutor.domain.plan import Line, Mode, Name
from cotutor.domain.text import nearest


class Cues(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to the listening cues."""

    add: Annotated[tuple[Cue, ...], Meta(min_length=1, max_length=60)]
    modes: Annotated[tuple[Mode, ...], Meta(min_length=1, max_length=3)] = tuple(Mode)
    """The kinds of listening that the added ones suit."""
    replace: bool = False
    """Drop the shipped ones."""


class Returns(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to the ways of coming back to the present."""

    add: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=20)]
    replace: bool = False
    """Drop the shipped ones."""


class StepChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to one of the nine steps, which keeps its names."""

    id: StepId
    questions: Annotated[tuple[Question, ...], Meta(max_length=20)] = ()
    mistakes: Annotated[tuple[Line, ...], Meta(max_length=10)] = ()
    job: Line | None = None
    replace: bool = False
    """Drop the shipped questions, and the mistakes if the pack names some."""


class Help(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to the help page."""

    entries: Annotated[tuple[Signpost, ...], Meta(max_length=30)] = ()
    """An entry with the id of a shipped one takes its place."""
    hide: Annotated[tuple[Name, ...], Meta(max_length=30)] = ()
    """Shipped entries that do not apply here."""


class Agreement(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to what is said before the clock starts."""

    limits: Annotated[tuple[Line, ...], Meta(max_length=10)] = ()
    """Added to the shipped limits of confidentiality."""
    bleep: Line | None = None
    notes: Line | None = None


class Pack(Struct, frozen=True, forbid_unknown_fields=True):
    """A scheme's changes to the shipped guidance."""

    format: Literal[1]
    name: Name
    title: Line
    cues: Cues | None = None
    returns: Returns | None = None
    steps: Annotated[tuple[StepChange, ...], Meta(max_length=9)] = ()
    help: Help = Help()
    agreement: Agreement = Agreement()


def broken_rules(pack: Pack, guidance: Guidance) -> list[str]:
    """What is wrong with a pack beyond its types, in a line each; entries count from 1."""
    return [*_steps(pack), *_help(pack, guidance)]


def applied(guidance: Guidance, pack: Pack) -> Guidance:
    """The guidance with the changes of a pack that breaks no rules."""
    wording = guidance.wording
    changes = {change.id: change for change in pack.steps}
    return replace(
        guidance,
        cue_sets=_cue_sets(guidance.cue_sets, pack.cues) if pack.cues else guidance.cue_sets,
        steps=tuple(
            _changed(step, changes[step.id]) if step.id in changes else step for step in guidance.steps
        ),
        signposts=_signposts(guidance.signposts, pack.help),
        wording=replace(
            wording,
            agreement=_agreed(wording.agreement, pack.agreement),
            returns=_added(wording.returns, pack.returns.add, pack.returns.replace)
            if pack.returns
            else wording.returns,
        ),
    )


def _added(shipped: Iterable[str], new: Iterable[str], drop: bool) -> tuple[str, ...]:  # noqa: FBT001  the pack's own switch
    return tuple(dict.fromkeys(new if drop else (*shipped, *new)))


def _cue_sets(shipped: tuple[CueSet, ...], change: Cues) -> tuple[CueSet, ...]:
    return (*(() if change.replace else shipped), CueSet(change.modes, change.add))


def _changed(step: Step, change: StepChange) -> Step:
    return replace(
        step,
        job=change.job or step.job,
        questions=_added(step.questions, change.questions, change.replace),
        mistakes=_added(step.mistakes, change.mistakes, change.replace and bool(change.mistakes)),
    )


def _signposts(shipped: tuple[Signpost, ...], change: Help) -> tuple[Signpost, ...]:
    entries = {entry.id: entry for entry in shipped if entry.id not in change.hide}
    return tuple((entries | {entry.id: entry for entry in change.entries}).values())


def _agreed(words: AgreementWords, change: Agreement) -> AgreementWords:
    return replace(
        words,
        limits=_added(words.limits, change.limits, drop=False),
        bleep=change.bleep or words.bleep,
        notes=change.notes or words.notes,
    )


def _steps(pack: Pack) -> Iterator[str]:
    seen: set[str] = set()
    for number, change in enumerate(pack.steps, start=1):
        if change.id in seen:
            yield f"steps[{number}].id: {change.id} is already changed above; write it once"
        if change.replace and not change.questions:
            yield f"steps[{number}].questions: is missing; with replace = true the step would have none"
        seen.add(change.id)


def _help(pack: Pack, guidance: Guidance) -> Iterator[str]:
    shipped = [entry.id for entry in guidance.signposts]
    for number, hidden in enumerate(pack.help.hide, start=1):
        if hidden not in shipped:
            near = nearest(hidden, shipped)
            rather = f'did you mean "{near}"?' if near else f"the entries are {', '.join(shipped)}"
            yield f'help.hide[{number}]: there is no entry "{hidden}"; {rather}'
    seen: set[str] = set()
    for number, entry in enumerate(pack.help.entries, start=1):
        if entry.id in seen:
            yield f"help.entries[{number}].id: {entry.id} is already given above; write it once"
        if entry.checked is None:
            yield f"help.entries[{number}].checked: is missing; it is the date on which you checked the entry"
        seen.add(entry.id)
    if not any(entry.group is Group.EMERGENCY for entry in _signposts(guidance.signposts, pack.help)):
        yield "help.hide: no emergency entry would be left; keep at least one"
