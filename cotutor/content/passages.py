"""The guidance in passages to be read: what is shown of each of its parts, whatever packs have changed."""

from msgspec import Struct

from cotutor.domain.guidance import GROUP_NAMES, AgreementWords, Group, Guidance, Signpost, Step
from cotutor.domain.plan import MODE_NAMES


class Passage(Struct, frozen=True):
    """A few lines of guidance that belong together; blank lines stand between passages."""

    lines: tuple[str, ...] = ()
    heading: str = ""
    mark: str = ""
    """What stands before each of the lines: nothing, blanks, or the dash of a list."""


def steps_shown(guidance: Guidance) -> tuple[Passage, ...]:
    """The nine steps, and that their order is free."""
    first = Passage(("In any order, repeated, or left out: being heard may be enough.",))
    return (first, *(passage for step in guidance.steps for passage in step_shown(guidance, step)))


def step_shown(guidance: Guidance, step: Step) -> tuple[Passage, ...]:
    """One step: its job, its questions, the mistakes that lie near."""
    heading = f"{step.id}  {step.title}: {guidance.stage(step.stage).question}"
    return (
        Passage((step.job,), heading),
        Passage(step.questions, mark="- "),
        Passage(step.mistakes, "Beware of:", "- "),
    )


def help_shown(guidance: Guidance) -> tuple[Passage, ...]:
    """Where help is, group by group."""
    return tuple(
        passage
        for group in Group
        for passage in (
            Passage(heading=GROUP_NAMES[group].upper()),
            *map(_entry_shown, guidance.help_of(group)),
        )
    )


def _entry_shown(entry: Signpost) -> Passage:
    note = f" {entry.note}" if entry.note else ""
    source = f"Source: {entry.source} ({entry.dated})."
    return Passage((f"{entry.reach}{entry.hours_said}", f"{entry.whom}{note}", source), entry.name, "  ")


def agreement_shown(guidance: Guidance) -> tuple[Passage, ...]:
    """What is read before the clock starts."""
    words = guidance.wording.agreement
    return (Passage(heading=words.heading.upper()), Passage(words.opening), *agreement_passages(words))


def agreement_passages(words: AgreementWords) -> tuple[Passage, ...]:
    """What two people agree on, below the heading and the opening lines."""
    return (
        Passage(words.limits, "The limits"),
        Passage((words.acknowledge,), "Both say yes to this"),
        Passage(tuple(one.line for one in words.first), "Who speaks first", "- "),
        Passage((words.bleep, words.notes, words.scope), "And besides", "- "),
    )


def modes_shown(guidance: Guidance) -> tuple[Passage, ...]:
    """What the listener does in each kind of listening."""
    return tuple(
        Passage(words.listener, f"{MODE_NAMES[words.mode].upper()}: {words.line}", "- ")
        for words in guidance.wording.modes
    )


def stop_shown(guidance: Guidance) -> tuple[Passage, ...]:
    """Stop and explain: when, how and in which words."""
    words = guidance.wording.stop
    return (
        Passage(heading=words.heading.upper()),
        Passage(words.when),
        Passage(words.steps, "Steps:", "- "),
        Passage(words.say, "You might say:", "- "),
        Passage(words.distress, "If somebody is in distress:", "- "),
        Passage(words.afterwards, "Afterwards:", "- "),
        Passage((words.records,)),
    )


def close_shown(guidance: Guidance) -> tuple[Passage, ...]:
    """What is read at the end."""
    words = guidance.wording.closing
    return (
        Passage(heading=words.heading.upper()),
        Passage(words.starters, words.appreciation, "- "),
        Passage((words.next_date, words.reminder, words.nothing_kept, words.pairing)),
    )
