"""The commands that only print: plans, prompts and cards."""

import argparse
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from cotutor.cli.parser import Parser, one_of
from cotutor.domain.errors import ContentProblems, WrongUsage
from cotutor.domain.text import clean

if TYPE_CHECKING:
    from pathlib import Path

    from cotutor.conversation.library import Library

_DO = {"list": "what there is", "show": "one of them", "check": "what is wrong with a file"}


def card_arguments(parser: Parser) -> None:
    """Declare what ``cotutor cards`` takes."""
    parser.add_argument("what", metavar="PROGRAMME", nargs="?", help="a programme whose timetable to add")
    parser.add_argument("--html", action="store_true", help="one HTML file to print, with cards to cut out")
    parser.set_defaults(do="show")


def plan_arguments(parser: Parser) -> None:
    """Declare what ``cotutor plans`` takes."""
    _declare(parser, "a plan's name or file; for check, all your own if left out")


def prompt_arguments(parser: Parser) -> None:
    """Declare what ``cotutor prompts`` takes."""
    _declare(parser, "a part, such as II-B or cues; for check, a file, or all your own if left out")


def _declare(parser: Parser, what: str) -> None:
    parser.add_argument(
        "do",
        metavar="list | show | check",
        type=one_of(*_DO),
        nargs="?",
        default="list",
        help="list if left out",
    )
    parser.add_argument("what", metavar="FILE", nargs="?", help=what)


def plans(options: argparse.Namespace) -> int:
    """Print the plans there are, or one, or check one; returns the exit code."""
    from cotutor.content.loader import PLANS
    from cotutor.plain import printed

    library = _fenced_library(options)
    if options.do == "show":
        plan, problems = library.plan(options.what or "pair")
        return show(printed.plan_shown(plan), problems)
    found = library.plans
    if options.do == "check":
        return _checked(options.what, PLANS.check, [plan.name for plan in found.own], found.problems)
    return show(printed.plans_listed(found))


def prompts(options: argparse.Namespace) -> int:
    """Print what guidance there is, or a part of it, or check a pack; returns the exit code."""
    from cotutor.content import loader
    from cotutor.plain import printed

    library = _fenced_library(options)
    if options.do == "show" and options.what == "example":
        return show(loader.example_pack().splitlines())
    in_force = library.guidance
    if options.do == "show":
        return show(printed.prompts_shown(in_force.guidance, options.what or "steps"), in_force.problems)
    if options.do == "check":
        names = [pack.name for pack in in_force.packs]
        return _checked(options.what, loader.check_prompts, names, in_force.problems)
    return show(printed.prompts_listed(in_force))


def cards(options: argparse.Namespace) -> int:
    """Print everything worth having on paper, as text or as one HTML file; returns the exit code."""
    from cotutor.plain import printed
    from cotutor.plain.handouts import as_html

    library = _fenced_library(options)
    guidance, _packs, problems = library.guidance
    programme, mistakes = library.programme(options.what) if options.what else (None, ())
    if options.html:
        return show(as_html(printed.pages(guidance, programme)).splitlines(), problems + mistakes)
    return show(printed.cards(guidance, programme), problems + mistakes)


def show(lines: Iterable[str], problems: Iterable[str] = ()) -> int:
    """Write lines to standard output, cleaned; returns the exit code of a thing done.

    Args:
        lines: what was asked for.
        problems: what of the person's own files is left out; goes to standard error, where it spoils
            nothing that is printed or piped on.
    """
    from cotutor.conversation.library import left_out

    sys.stdout.writelines(f"{clean(line, limit=2_000, lines=True)}\n" for line in lines)
    sys.stderr.writelines(f"cotutor: {clean(line, limit=2_000)}\n" for line in left_out(problems))
    return 0


def _checked(
    what: str | None, check: "Callable[[Path], object]", sound: list[str], problems: tuple[str, ...]
) -> int:
    """Say that a file is sound, or that all of one's own are.

    Raises:
        ContentProblems: what is wrong.
    """
    if what is not None:
        from pathlib import Path

        check(Path(what))
        return show(["No mistakes."])
    if problems:
        raise ContentProblems(problems)
    return show(
        [f"No mistakes in your own: {', '.join(sound)}." if sound else "You have none of your own yet."]
    )


def _fenced_library(options: argparse.Namespace) -> "Library":
    """What can be used here; from now on only that and the file asked for can be read, and nothing written.

    Raises:
        WrongUsage: a list was asked for, and one of it too.
    """
    what = getattr(options, "what", None)
    if what and options.do == "list":
        raise WrongUsage("A list is of everything; did you mean show?")
    from cotutor.conversation.library import Library
    from cotutor.process.fence import arm
    from cotutor.services.folders import config_folder

    folder = config_folder()
    arm(readable=[folder, *([what] if what else [])])
    return Library(folder)
