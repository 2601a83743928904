"""What a trainer starts in the line mode: a workshop, a demonstration, practising alone."""

import random
import sys
from typing import TYPE_CHECKING

from cotutor.content.loader import load_guidance
from cotutor.content.workshop import DEMOS, PROGRAMMES, load_demo, load_practice, load_programme
from cotutor.domain.demonstration import FICTION, Script, Which
from cotutor.domain.duration import short
from cotutor.domain.errors import CotutorError
from cotutor.domain.participants import numbered, people_called
from cotutor.domain.practice import CardKind, deck
from cotutor.domain.programme import Programme, seat_everyone
from cotutor.domain.scenes import too_few_or_many
from cotutor.plain.greeting import greeting
from cotutor.plain.numbered import chosen, next_line
from cotutor.plain.output import Output
from cotutor.plain.reader import InputLines, Lines
from cotutor.plain.session.start import LAST_LINE, interrupted
from cotutor.plain.trainer.demo import DemoInLines, compared
from cotutor.plain.trainer.practice import practise
from cotutor.plain.trainer.workshop import RoomInLines
from cotutor.plain.trainer.workshop_telling import seating_lines
from cotutor.process import signals
from cotutor.services.clock import Clock, clock_at
from cotutor.services.folders import config_folder
from cotutor.services.noticeboard import Noticeboard

if TYPE_CHECKING:
    from cotutor.domain.guidance import StageId


def workshop(
    name: str | None, people: int | None, rehearse: int, board: Noticeboard | None, note: str
) -> int:
    """Run a workshop in lines; returns the exit code.

    Args:
        name: a programme's name or path; None to choose one.
        people: how many there are; None to ask.
        rehearse: how many times faster than life it runs.
        board: where notices for a second window are put up, if anywhere.
        note: what the trainer is told about that.

    Raises:
        ContentProblems: there is no such programme, or it has mistakes.
    """
    folder = config_folder()
    programme = load_programme(name, folder) if name else None
    clock, output, lines = _begin("The workshop", rehearse)
    if programme is None:
        own, problems = PROGRAMMES.own(folder)
        output.show(*problems)
        found = (*PROGRAMMES.shipped(), *own)
        titles = [f"{one.title}: {short(one.length)}, {one.fewest} to {one.most} people" for one in found]
        number = chosen(output, lines, "Which programme?", titles)
        programme = found[number] if number is not None else None
    if programme is not None:
        output.show(f"{programme.title}. {programme.summary}", note)
        _room(programme, people, clock=clock, output=output, lines=lines, board=board)
    output.notice(LAST_LINE)
    return 0


def _room(
    programme: Programme,
    people: int | None,
    *,
    clock: Clock,
    output: Output,
    lines: Lines,
    board: Noticeboard | None,
) -> None:
    who = numbered(people) if people else _who(programme, output, lines)
    if fit := too_few_or_many(programme, len(who)):
        output.show(fit)
    rounds = seat_everyone(programme, who, random.SystemRandom())
    output.show(*seating_lines(rounds), "Press Enter to start the room's clock. Type leave to go.")
    if next_line(lines) not in {"leave", "end"}:
        RoomInLines(programme, who, rounds, clock=clock, output=output, lines=lines, board=board).run()


def _who(programme: Programme, output: Output, lines: Lines) -> tuple[str, ...]:
    """Who is there; at the end of the input, as many as the programme needs."""
    output.show("How many are you, or what are your first names?")
    while (line := next_line(lines)) is not None:
        try:
            return people_called(line)
        except CotutorError as problem:
            output.show(problem.message)
    return numbered(programme.fewest)


def demonstration(name: str | None, rehearse: int) -> int:
    """Play a demonstration in lines; returns the exit code.

    Args:
        name: a script's name or path; None to choose one.
        rehearse: how many times faster than life it plays.

    Raises:
        ContentProblems: there is no such script, or it has mistakes.
    """
    folder = config_folder()
    script = load_demo(name, folder) if name else None
    clock, output, lines = _begin("The demonstration", rehearse)
    if script is None:
        own, problems = DEMOS.own(folder)
        found = (*DEMOS.shipped(), *own)
        output.show(FICTION, *problems)
        number = chosen(output, lines, "Which conversation?", [one.title for one in found])
        script = found[number] if number is not None else None
    if script is not None:
        _versions(script, clock, output, lines)
    output.notice(LAST_LINE)
    return 0


def _versions(script: Script, clock: Clock, output: Output, lines: Lines) -> None:
    """Play one version after the other, as somebody chooses; at the end of the input both, then compare."""
    options = [*(f"the {which} version" for which in Which), "compare the two", "leave"]
    while True:
        number = chosen(output, lines, "Which version?", options)
        if number is None or number == len(options) - 1:
            return
        versions = [*Which] if lines.ended else [*Which][number : number + 1]
        for which in versions:
            DemoInLines(script, which, clock=clock, output=output, lines=lines).run()
        if lines.ended or not versions:
            output.show(*compared(script))
        if lines.ended:
            return


def practice(rehearse: int = 1) -> int:
    """Practise alone in lines; returns the exit code."""
    guidance = load_guidance(config_folder())
    _clock, output, lines = _begin("The practice", rehearse)
    kinds = (tuple(CardKind), *((kind,) for kind in CardKind))
    titles = ["everything", *(str(kind) for kind in CardKind), "Stage I only: everything"]
    number = chosen(output, lines, "What would you like to practise?", titles)
    if number is not None and not lines.ended:
        stage: StageId | None = "I" if number == len(kinds) else None
        wanted = kinds[number % len(kinds)]
        chance = random.SystemRandom()
        practise(deck(guidance, load_practice(), chance, kinds=wanted, stage=stage), output, lines)
    output.notice(LAST_LINE)
    return 0


def _begin(what: str, rehearse: int) -> tuple[Clock, Output, Lines]:
    clock = clock_at(rehearse)
    output = Output(sys.stdout, clock, bell=sys.stdout.isatty())
    output.show(*greeting(rehearse))
    signals.add_exit_hook(lambda: interrupted(output, what))
    return clock, output, InputLines()
