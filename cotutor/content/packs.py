"""The parts of the guidance: what each is called, how a prompt pack changes it, how it is listed and shown.

One row of ``PARTS`` for each part, and nowhere else: a new row can be used in packs, is checked,
applied, listed and shown without any other change. A pack is one TOML file by which a local scheme
adds to the shipped guidance or replaces parts of it; ``example-pack.toml`` explains every key. The
limits of confidentiality can be added to and never taken away, and an emergency route always remains.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, Literal, Optional, cast

from msgspec import Meta, Struct, defstruct
from msgspec.structs import replace

from cotutor.content import passages
from cotutor.content.passages import Passage
from cotutor.domain.guidance import (
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


class Part(Struct, frozen=True, kw_only=True):
    """What is true of a part of the guidance."""

    key: str
    """The word that shows it; in a pack, the key of its changes."""
    about: Callable[[Guidance], str]
    """What there is of it, in a few words."""
    shown: Callable[[Guidance], tuple[Passage, ...]]
    """All of it."""
    change: Any = None
    """The type of its changes in a pack; None if no pack may change it."""
    applied: Callable[[Guidance, Any], Guidance] = lambda guidance, _change: guidance
    """The guidance with changes that break no rules."""
    rules: Callable[[Any, Guidance], Iterable[str]] = lambda _change, _guidance: ()
    """What is wrong with changes beyond their types, in a line each; entries count from 1."""


class Pack(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A scheme's changes to the shipped guidance; ``PackFile`` adds a field for each part."""

    format: Literal[1]
    name: Name
    title: Line


def broken_rules(pack: Pack, guidance: Guidance) -> list[str]:
    """What is wrong with a pack beyond its types, in a line each; entries count from 1."""
    return [line for part, change in _changes(pack) for line in part.rules(change, guidance)]


def applied(guidance: Guidance, pack: Pack) -> Guidance:
    """The guidance with the changes of a pack that breaks no rules."""
    for part, change in _changes(pack):
        guidance = part.applied(guidance, change)
    return guidance


def _changes(pack: Pack) -> list[tuple[Part, Any]]:
    """The parts that a pack changes, each with its changes."""
    found = ((part, getattr(pack, part.key)) for part in PARTS if part.change)
    return [(part, change) for part, change in found if change is not None]


def _added(shipped: Iterable[str], new: Iterable[str], drop: bool) -> tuple[str, ...]:  # noqa: FBT001  the pack's own switch
    return tuple(dict.fromkeys(new if drop else (*shipped, *new)))


# ---------------------------------------------------------------- the nine steps


class StepChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to one of the nine steps, which keeps its names."""

    id: StepId
    questions: Annotated[tuple[Question, ...], Meta(max_length=20)] = ()
    mistakes: Annotated[tuple[Line, ...], Meta(max_length=10)] = ()
    job: Line | None = None
    replace: bool = False
    """Drop the shipped questions, and the mistakes if the pack names some."""


StepChanges = Annotated[tuple[StepChange, ...], Meta(max_length=9)]


def _steps_applied(guidance: Guidance, changes: tuple[StepChange, ...]) -> Guidance:
    by_id = {change.id: change for change in changes}
    steps = (_changed(step, by_id[step.id]) if step.id in by_id else step for step in guidance.steps)
    return replace(guidance, steps=tuple(steps))


def _changed(step: Step, change: StepChange) -> Step:
    return replace(
        step,
        job=change.job or step.job,
        questions=_added(step.questions, change.questions, change.replace),
        mistakes=_added(step.mistakes, change.mistakes, change.replace and bool(change.mistakes)),
    )


def _step_rules(changes: tuple[StepChange, ...], _guidance: Guidance) -> Iterator[str]:
    seen: set[str] = set()
    for number, change in enumerate(changes, start=1):
        if change.id in seen:
            yield f"steps[{number}].id: {change.id} is already changed above; write it once"
        if change.replace and not change.questions:
            yield f"steps[{number}].questions: is missing; with replace = true the step would have none"
        seen.add(change.id)


def _steps_about(guidance: Guidance) -> str:
    return f"Egan's nine steps, with {sum(len(step.questions) for step in guidance.steps)} questions"


# ---------------------------------------------------------------- cues, and ways of coming back


class CueChanges(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to the listening cues."""

    add: Annotated[tuple[Cue, ...], Meta(min_length=1, max_length=60)]
    modes: Annotated[tuple[Mode, ...], Meta(min_length=1, max_length=3)] = tuple(Mode)
    """The kinds of listening that the added ones suit."""
    replace: bool = False
    """Drop the shipped ones."""


class ReturnChanges(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to the ways of coming back to the present."""

    add: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=20)]
    replace: bool = False
    """Drop the shipped ones."""


def _cues_applied(guidance: Guidance, change: CueChanges) -> Guidance:
    kept = () if change.replace else guidance.cue_sets
    return replace(guidance, cue_sets=(*kept, CueSet(change.modes, change.add)))


def _returns_applied(guidance: Guidance, change: ReturnChanges) -> Guidance:
    wording = guidance.wording
    returns = _added(wording.returns, change.add, change.replace)
    return replace(guidance, wording=replace(wording, returns=returns))


# ---------------------------------------------------------------- where help is


class HelpChanges(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to the help page."""

    entries: Annotated[tuple[Signpost, ...], Meta(max_length=30)] = ()
    """An entry with the id of a shipped one takes its place."""
    hide: Annotated[tuple[Name, ...], Meta(max_length=30)] = ()
    """Shipped entries that do not apply here."""


def _help_applied(guidance: Guidance, change: HelpChanges) -> Guidance:
    entries = {entry.id: entry for entry in guidance.signposts if entry.id not in change.hide}
    entries |= {entry.id: entry for entry in change.entries}
    return replace(guidance, signposts=tuple(entries.values()))


def _help_rules(change: HelpChanges, guidance: Guidance) -> Iterator[str]:
    shipped = [entry.id for entry in guidance.signposts]
    for number, hidden in enumerate(change.hide, start=1):
        if hidden not in shipped:
            near = nearest(hidden, shipped)
            rather = f'did you mean "{near}"?' if near else f"the entries are {', '.join(shipped)}"
            yield f'help.hide[{number}]: there is no entry "{hidden}"; {rather}'
    seen: set[str] = set()
    for number, entry in enumerate(change.entries, start=1):
        if entry.id in seen:
            yield f"help.entries[{number}].id: {entry.id} is already given above; write it once"
        if entry.checked is None:
            yield f"help.entries[{number}].checked: is missing; it is the date on which you checked the entry"
        seen.add(entry.id)
    if not _help_applied(guidance, change).help_of(Group.EMERGENCY):
        yield "help.hide: no emergency entry would be left; keep at least one"


# ---------------------------------------------------------------- before the clock starts


class AgreementChanges(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to what is said before the clock starts."""

    limits: Annotated[tuple[Line, ...], Meta(max_length=10)] = ()
    """Added to the shipped limits of confidentiality."""
    bleep: Line | None = None
    notes: Line | None = None


def _agreement_applied(guidance: Guidance, change: AgreementChanges) -> Guidance:
    words = guidance.wording.agreement
    agreement = replace(
        words,
        limits=_added(words.limits, change.limits, drop=False),
        bleep=change.bleep or words.bleep,
        notes=change.notes or words.notes,
    )
    return replace(guidance, wording=replace(guidance.wording, agreement=agreement))


PARTS: tuple[Part, ...] = (
    Part(
        key="steps",
        about=_steps_about,
        shown=passages.steps_shown,
        change=StepChanges,
        applied=_steps_applied,
        rules=_step_rules,
    ),
    Part(
        key="cues",
        about=lambda guidance: f"{len(guidance.cues)} listening cues",
        shown=lambda guidance: (Passage(guidance.cues, mark="- "),),
        change=CueChanges,
        applied=_cues_applied,
    ),
    Part(
        key="returns",
        about=lambda guidance: f"{len(guidance.wording.returns)} ways of coming back to the present",
        shown=lambda guidance: (Passage(guidance.wording.returns, mark="- "),),
        change=ReturnChanges,
        applied=_returns_applied,
    ),
    Part(
        key="help",
        about=lambda guidance: f"{len(guidance.signposts)} places to find help",
        shown=passages.help_shown,
        change=HelpChanges,
        applied=_help_applied,
        rules=_help_rules,
    ),
    Part(
        key="agreement",
        about=lambda _guidance: "what is said before the clock starts",
        shown=passages.agreement_shown,
        change=AgreementChanges,
        applied=_agreement_applied,
    ),
    Part(
        key="modes",
        about=lambda _guidance: "the kinds of listening, and what each asks",
        shown=passages.modes_shown,
    ),
    Part(key="stop", about=lambda _guidance: "stop and explain", shown=passages.stop_shown),
    Part(key="close", about=lambda _guidance: "what is said at the end", shown=passages.close_shown),
)
"""Every part, in the order in which they are listed."""

PackFile = cast(
    "type[Pack]",
    defstruct(
        "PackFile",
        [(part.key, Optional[part.change], None) for part in PARTS if part.change],  # noqa: UP045  an annotated type has no |
        bases=(Pack,),
        frozen=True,
        forbid_unknown_fields=True,
        kw_only=True,
    ),
)
"""What the file of a pack holds: a ``Pack``, and for each part that it changes a field with the changes."""
