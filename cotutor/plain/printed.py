"""Plans, prompts and cards as plain text, for a printer, a pipe or a screen reader.

Every function returns lines of at most 78 columns, without box drawing.
"""

import textwrap
from collections.abc import Callable, Iterable, Sequence

from cotutor.content.packs import Pack
from cotutor.domain.duration import in_words, short
from cotutor.domain.errors import CotutorError
from cotutor.domain.guidance import GROUP_NAMES, NOT_STATED, Group, Guidance, Signpost, Step
from cotutor.domain.plan import MODE_NAMES, Kind, Phase, Plan, Role
from cotutor.domain.programme import Programme
from cotutor.domain.text import nearest
from cotutor.plain.handouts import (
    WIDTH,
    Card,
    Page,
    agreement,
    as_text,
    blank_tally,
    cue_cards,
    question_cards,
    timetable,
)

_CUT = "- " * (WIDTH // 2 - 1) + "-"


def plans_listed(shipped: Iterable[Plan], own: Sequence[Plan], problems: Sequence[str] = ()) -> list[str]:
    """The plans there are, and what is wrong with those that cannot be used.

    Args:
        shipped: the plans of the program.
        own: the person's own plans.
        problems: a line for each mistake in a file of theirs.
    """
    lines = ["Plans:", *_plan_lines(shipped)]
    if own:
        lines += ["", "Your own plans:", *_plan_lines(own)]
    return lines + _problem_lines(problems)


def plan_shown(plan: Plan) -> list[str]:
    """One plan: what it is for, its defaults, its phases in order."""
    filled = plan.with_turn()
    warned = f"a warning {' and '.join(in_words(length) for length in plan.warn)} before the end"
    others = " or ".join(MODE_NAMES[mode] for mode in plan.modes if mode is not plan.mode)
    lines = [
        f"{plan.name}: {plan.title}",
        *_wrapped(plan.summary),
        "",
        f"People: {', '.join(plan.people)}, in speaking order.",
        f"Turns: {in_words(plan.turn)}; {warned if plan.warn else 'no warning'}.",
        f"Listening: {MODE_NAMES[plan.mode]}{f', or {others} if the speaker asks' if others else ''}.",
        f"Notes: {'possible, if everybody agrees' if plan.notes == 'allowed' else 'none'}.",
        f"In all: {in_words(_total(plan))}, after the agreement.",
        "",
    ]
    for number, phase in enumerate(filled.phases, start=1):
        lines += _wrapped(_phase_line(number, phase, plan.people), hang=22)
    return lines


def prompts_listed(guidance: Guidance, packs: Sequence[Pack] = (), problems: Sequence[str] = ()) -> list[str]:
    """What guidance there is to show, each with the word that shows it.

    Args:
        guidance: the guidance in force.
        packs: the packs that changed it.
        problems: a line for each mistake in a pack.
    """
    count = sum(len(step.questions) for step in guidance.steps)
    lines = [
        "Guidance, by the word that shows it:",
        f"  steps       Egan's nine steps, with {count} questions",
        "  I-A         one step; so are the others, up to III-C",
        f"  cues        {len(guidance.cues)} listening cues",
        f"  returns     {len(guidance.wording.returns)} ways of coming back to the present",
        f"  help        {len(guidance.signposts)} places to find help",
        "  agreement   what is said before the clock starts",
        "  modes       the kinds of listening, and what each asks",
        "  stop        stop and explain",
        "  close       what is said at the end",
        "  example     a prompt pack that explains its format",
    ]
    if packs:
        lines += ["", "Prompt packs:", *(f"  {pack.name:<10}  {pack.title}"[:WIDTH] for pack in packs)]
    return lines + _problem_lines(problems)


def prompts_shown(guidance: Guidance, word: str) -> list[str]:
    """A part of the guidance, by one of the words that ``prompts_listed`` lists.

    Raises:
        CotutorError: no part is called that.
    """
    if word in _PARTS:
        return _PARTS[word](guidance)
    try:
        return _step_lines(guidance, guidance.step(word))
    except CotutorError:
        near = nearest(word, _PARTS)
        words = f'did you mean "{near}"?' if near else f"the words are {', '.join(_PARTS)}, I-A to III-C."
        raise CotutorError(f"There are no such prompts; {words}") from None


def cards(guidance: Guidance, programme: Programme | None = None) -> list[str]:
    """Everything worth having on paper, as text; see ``pages``."""
    lines: list[str] = []
    for page in _handouts(guidance, programme):
        lines += [*as_text([page]).splitlines(), "", _CUT, ""]
    return lines + help_lines(guidance)


def pages(guidance: Guidance, programme: Programme | None = None) -> list[Page]:
    """The agreement, questions, cues, a blank tally, a programme's timetable if there is one, where help is."""
    help_page = Page("Where help is", cards=(Card(tuple(help_lines(guidance)), listed=False),))
    return [*_handouts(guidance, programme), help_page]


def _handouts(guidance: Guidance, programme: Programme | None) -> list[Page]:
    handouts = [agreement(guidance.wording), *question_cards(guidance), cue_cards(guidance), blank_tally()]
    return [*handouts, timetable(programme)] if programme else handouts


def help_lines(guidance: Guidance) -> list[str]:
    """Where help is, each group under its own heading."""
    lines: list[str] = []
    for group in Group:
        lines += [GROUP_NAMES[group].upper(), ""]
        for entry in guidance.help_of(group):
            lines += [*_entry_lines(entry), ""]
    return lines[:-1]


def _plan_lines(plans: Iterable[Plan]) -> list[str]:
    lines: list[str] = []
    for plan in plans:
        lines += _wrapped(f"  {plan.name:<14}  {plan.title} ({short(_total(plan))} in all)", hang=18)
    return lines


def _problem_lines(problems: Sequence[str]) -> list[str]:
    return ["", "These cannot be used yet:", *_bullets(problems)] if problems else []


def _total(plan: Plan) -> int:
    return sum(phase.length or 0 for phase in plan.with_turn().phases)


def _phase_line(number: int, phase: Phase, people: tuple[str, ...]) -> str:
    who = ", ".join(_who(phase, people))
    line = f"{number:>3}  {phase.kind:<9} {short(phase.length or 0):>6}  {who}"
    return f"{line}{'. ' if who else ''}{phase.say or ''}".rstrip()


def _who(phase: Phase, people: tuple[str, ...]) -> list[str]:
    """Who does what in a phase that has a speaker."""
    places = {Role.SPEAKER: phase.speaker, Role.LISTENER: phase.listener, Role.OBSERVER: phase.observer}
    names = {role: people[place - 1] for role, place in places.items() if place}
    if phase.kind is Kind.TURN:
        does = {Role.SPEAKER: "speaks", Role.LISTENER: "listens", Role.OBSERVER: "observes"}
        return [f"{name} {does[role]}" for role, name in names.items()]
    voice = phase.voice or Role.SPEAKER
    return [names[voice]] if voice in names else []


def _step_lines(guidance: Guidance, step: Step) -> list[str]:
    stage = guidance.stage(step.stage)
    return [
        f"{step.id}  {step.title}: {stage.question}",
        *_wrapped(step.job),
        "",
        *_bullets(step.questions),
        "",
        "Beware of:",
        *_bullets(step.mistakes),
    ]


def _all_steps(guidance: Guidance) -> list[str]:
    lines = ["In any order, repeated, or left out: being heard may be enough.", ""]
    for step in guidance.steps:
        lines += [*_step_lines(guidance, step), ""]
    return lines[:-1]


def _entry_lines(entry: Signpost) -> list[str]:
    note = f" {entry.note}" if entry.note else ""
    hours = "" if entry.hours == NOT_STATED else f" Hours: {entry.hours}."
    return [
        entry.name,
        *_wrapped(f"{entry.reach}{hours}", indent=2),
        *_wrapped(f"{entry.whom}{note}", indent=2),
        *_wrapped(f"Source: {entry.source} ({entry.dated}).", indent=2),
    ]


def _mode_lines(guidance: Guidance) -> list[str]:
    lines: list[str] = []
    for words in guidance.wording.modes:
        lines += [f"{MODE_NAMES[words.mode].upper()}: {words.line}", *_bullets(words.listener), ""]
    return lines[:-1]


def _stop_lines(guidance: Guidance) -> list[str]:
    words = guidance.wording.stop
    parts = {
        "Steps:": words.steps,
        "You might say:": words.say,
        "If somebody is in distress:": words.distress,
        "Afterwards:": words.afterwards,
    }
    lines = [words.heading.upper(), "", *_all_wrapped(words.when)]
    for heading, part in parts.items():
        lines += ["", heading, *_bullets(part)]
    return [*lines, "", *_wrapped(words.records)]


def _close_lines(guidance: Guidance) -> list[str]:
    words = guidance.wording.closing
    return [
        words.heading.upper(),
        "",
        *_wrapped(words.appreciation),
        *_bullets(words.starters),
        "",
        *_all_wrapped([words.next_date, words.reminder, words.nothing_kept, words.pairing]),
    ]


_PARTS: dict[str, Callable[[Guidance], list[str]]] = {
    "steps": _all_steps,
    "cues": lambda guidance: _bullets(guidance.cues),
    "returns": lambda guidance: _bullets(guidance.wording.returns),
    "help": help_lines,
    "agreement": lambda guidance: as_text([agreement(guidance.wording)]).splitlines(),
    "modes": _mode_lines,
    "stop": _stop_lines,
    "close": _close_lines,
}


def _wrapped(text: str, indent: int = 0, hang: int | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent if hang is None else hang),
        break_on_hyphens=False,
    )


def _all_wrapped(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in _wrapped(text)]


def _bullets(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in _wrapped(f"- {text}", hang=2)]
