"""Plans, prompts and cards as plain text, for a printer, a pipe or a screen reader.

Every function returns lines of at most 78 columns, without box drawing.
"""

import textwrap
from collections.abc import Iterable, Sequence

from cotutor.content.loader import InForce
from cotutor.content.packs import PARTS
from cotutor.content.passages import Passage, step_shown
from cotutor.content.shelf import Found
from cotutor.conversation.library import left_out
from cotutor.domain.duration import in_words, short
from cotutor.domain.errors import CotutorError
from cotutor.domain.guidance import Guidance
from cotutor.domain.plan import MODE_NAMES, Phase, Plan, Role
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


def plans_listed(found: Found[Plan]) -> list[str]:
    """The plans there are, the person's own apart, and what is left out."""
    lines = ["Plans:", *_plan_lines(plan for plan in found.entries if plan not in found.own)]
    if found.own:
        lines += ["", "Your own plans:", *_plan_lines(found.own)]
    return lines + _problem_lines(found.problems)


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


def prompts_listed(in_force: InForce) -> list[str]:
    """What guidance there is to show, each with the word that shows it; the packs, and what is left out."""
    guidance, packs, problems = in_force
    rows = [(part.key, part.about(guidance)) for part in PARTS]
    rows.insert(1, ("I-A", "one step; so are the others, up to III-C"))
    rows.append(("example", "a prompt pack that explains its format"))
    lines = ["Guidance, by the word that shows it:", *(f"  {word:<10}  {about}" for word, about in rows)]
    if packs:
        lines += ["", "Prompt packs:", *(f"  {pack.name:<10}  {pack.title}"[:WIDTH] for pack in packs)]
    return lines + _problem_lines(problems)


def prompts_shown(guidance: Guidance, word: str) -> list[str]:
    """A part of the guidance, by one of the words that ``prompts_listed`` lists.

    Raises:
        CotutorError: no part is called that.
    """
    parts = {part.key: part for part in PARTS}
    if word in parts:
        return _passage_lines(parts[word].shown(guidance))
    try:
        return _passage_lines(step_shown(guidance, guidance.step(word)))
    except CotutorError:
        near = nearest(word, parts)
        words = f'did you mean "{near}"?' if near else f"the words are {', '.join(parts)}, I-A to III-C."
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
    return prompts_shown(guidance, "help")


def _plan_lines(plans: Iterable[Plan]) -> list[str]:
    lines: list[str] = []
    for plan in plans:
        lines += _wrapped(f"  {plan.name:<14}  {plan.title} ({short(_total(plan))} in all)", hang=18)
    return lines


def _problem_lines(problems: Sequence[str]) -> list[str]:
    lines = [line for text in left_out(problems) for line in _wrapped(text, hang=2)]
    return ["", *lines] if lines else []


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
    if phase.kind.traits.announces_parts:
        does = {Role.SPEAKER: "speaks", Role.LISTENER: "listens", Role.OBSERVER: "observes"}
        return [f"{name} {does[role]}" for role, name in names.items()]
    voice = phase.voice or Role.SPEAKER
    return [names[voice]] if voice in names else []


def _passage_lines(passages: Sequence[Passage]) -> list[str]:
    lines: list[str] = []
    for passage in passages:
        lines += ["", *_wrapped(passage.heading)]
        for text in passage.lines:
            lines += _wrapped(f"{passage.mark}{text}", hang=len(passage.mark))
    return lines[1:]


def _wrapped(text: str, indent: int = 0, hang: int | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent if hang is None else hang),
        break_on_hyphens=False,
    )
