"""What a trainer starts in the line mode: a workshop, a demonstration, practising alone."""

import sys

from cotutor.content.workshop import load_practice
from cotutor.conversation.command import Command, find, help_lines
from cotutor.conversation.library import Library, left_out_briefly
from cotutor.conversation.notice import Medium
from cotutor.conversation.trainer.commands import DRAW, HELP, MENU, NOT_NOW, PROGRAMMES, SEATING
from cotutor.conversation.trainer.demonstration import COMPARED, COMPARED_ABOUT, offers
from cotutor.conversation.trainer.practice import ABOUT, EXERCISES, STAGES, shuffled
from cotutor.conversation.trainer.projector import Projector
from cotutor.conversation.trainer.seating import HOW, START, WHO, Seating, seat
from cotutor.conversation.trainer.workshop_lines import seating_in_words, summary
from cotutor.domain.demonstration import FICTION, Script, Which
from cotutor.domain.errors import CotutorError
from cotutor.domain.programme import Programme
from cotutor.plain.greeting import greeting
from cotutor.plain.last_line import LAST_LINE, interrupted
from cotutor.plain.numbered import chosen, next_line
from cotutor.plain.output import Output
from cotutor.plain.reader import InputLines, Lines
from cotutor.plain.trainer.demo import DemoInLines, compared
from cotutor.plain.trainer.practice import practise
from cotutor.plain.trainer.workshop import WorkshopInLines
from cotutor.process import signals
from cotutor.services.clock import Clock, clock_at
from cotutor.services.folders import config_folder


def workshop(name: str | None, people: int | None, rehearse: int, projector: Projector) -> int:
    """Run a workshop in lines; returns the exit code.

    Args:
        name: a programme's name or path; None to choose one.
        people: how many there are; None to ask.
        rehearse: how many times faster than life it runs.
        projector: how the room gets to see it.

    Raises:
        ContentProblems: there is no such programme, or it has mistakes.
    """
    library = Library(config_folder())
    programme, problems = library.programme(name) if name else (None, library.programmes.problems)
    clock, output, lines = _begin("The workshop", rehearse)
    output.show(*left_out_briefly(problems))
    if programme is None:
        found = library.programmes.entries
        titles = [f"{one.title}: {summary(one)}" for one in found]
        number = chosen(output, lines, "Which programme?", titles, PROGRAMMES)
        programme = found[number] if number is not None else None
    if programme is not None:
        output.show(f"{programme.title}. {programme.summary}")
        seating = _seating(programme, people, output, lines)
        if seating is not None:
            WorkshopInLines(
                programme,
                seating.people,
                seating.rounds,
                clock=clock,
                output=output,
                lines=lines,
                projector=projector,
            ).run()
    output.notice(LAST_LINE)
    return 0


def _seating(programme: Programme, people: int | None, output: Output, lines: Lines) -> Seating | None:
    """Who is here and who sits with whom, drawn as often as somebody wants; None if they leave."""
    asked = _asked(programme, output, lines) if people is None else seat(programme, str(people))
    start = f"{START}: press Enter. {Medium.WORDS.how(DRAW)} for another seating, or {NOT_NOW.word} to go."
    while asked is not None:
        output.show(*([asked.fit] if asked.fit else []))
        output.show(*seating_in_words(asked.rounds, asked.people), start)
        command = _command(lines, output)
        if command is None:
            return asked
        asked = None if command == NOT_NOW else seat(programme, ", ".join(asked.people))
    return None


def _command(lines: Lines, output: Output) -> Command | None:
    """Another seating, or that they leave; None for an empty line, or at the end of the input."""
    while line := next_line(lines):
        try:
            command, _rest = find(line, SEATING)
        except CotutorError as problem:
            output.show(problem.message)
            continue
        if command in {DRAW, NOT_NOW}:
            return command
        output.show(*help_lines(SEATING))
    return None


def _asked(programme: Programme, output: Output, lines: Lines) -> Seating | None:
    """The first seating for whoever is here; at the end of the input, for as many as it needs."""
    output.show(f"{WHO}? {HOW}")
    while (line := next_line(lines)) is not None:
        if line.casefold() == NOT_NOW.word:
            return None
        if line.casefold() == HELP.word:
            output.show(HOW, f"{NOT_NOW.typed}: {NOT_NOW.help}")
            continue
        try:
            return seat(programme, line)
        except CotutorError as problem:
            output.show(problem.message)
    return seat(programme, str(programme.fewest))


def demonstration(name: str | None, rehearse: int) -> int:
    """Play a demonstration in lines; returns the exit code.

    Args:
        name: a script's name or path; None to choose one.
        rehearse: how many times faster than life it plays.

    Raises:
        ContentProblems: there is no such script, or it has mistakes.
    """
    library = Library(config_folder())
    script, problems = library.demonstration(name) if name else (None, library.demonstrations.problems)
    clock, output, lines = _begin("The demonstration", rehearse)
    output.show(*left_out_briefly(problems))
    if script is None:
        found = library.demonstrations.entries
        output.show(FICTION)
        number = chosen(output, lines, "Which conversation?", [one.title for one in found], MENU)
        script = found[number] if number is not None else None
    if script is not None:
        _versions(script, clock, output, lines)
    output.notice(LAST_LINE)
    return 0


def _versions(script: Script, clock: Clock, output: Output, lines: Lines) -> None:
    """Play one version after the other, as somebody chooses; at the end of the input both, then compare."""
    titles = (f"{one.title}, {one.about}" for one in offers(script))
    options = [*titles, f"{COMPARED}, {COMPARED_ABOUT}", "Leave"]
    while True:
        number = chosen(output, lines, "Which version?", options, MENU)
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
    guidance, _packs, problems = Library(config_folder()).guidance
    _clock, output, lines = _begin("The practice", rehearse)
    output.show(*left_out_briefly(problems), ABOUT)
    titles = [f"{exercise.title}: {exercise.about}" for exercise in EXERCISES]
    number = chosen(output, lines, "What would you like to practise?", titles, MENU)
    stages = [title for _stage, title in STAGES]
    which = None if number is None else chosen(output, lines, "Which cards?", stages, MENU)
    if number is not None and which is not None:
        cards = shuffled(guidance, load_practice(), EXERCISES[number].kinds, STAGES[which][0])
        practise(cards, output, lines)
    output.notice(LAST_LINE)
    return 0


def _begin(what: str, rehearse: int) -> tuple[Clock, Output, Lines]:
    clock = clock_at(rehearse)
    output = Output(sys.stdout, clock, bell=sys.stdout.isatty())
    output.show(*greeting(rehearse))
    signals.add_exit_hook(lambda: interrupted(output, what))
    return clock, output, InputLines()
