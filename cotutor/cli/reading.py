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
    from cotutor.content import loader
    from cotutor.plain import printed

    folder = _fenced_folder(options)
    if options.do == "show":
        return say(printed.plan_shown(loader.load_plan(options.what or "pair", folder)))
    own, problems = loader.own_plans(folder)
    if options.do == "check":
        return _checked(options.what, loader.check_plan, [plan.name for plan in own], problems)
    return say(printed.plans_listed(loader.shipped_plans(), own, problems))


def prompts(options: argparse.Namespace) -> int:
    """Print what guidance there is, or a part of it, or check a pack; returns the exit code."""
    from cotutor.content import loader
    from cotutor.plain import printed

    folder = _fenced_folder(options)
    if options.do == "show" and options.what == "example":
        return say(loader.example_pack().splitlines())
    if options.do == "show":
        return say(printed.prompts_shown(loader.load_guidance(folder), options.what or "steps"))
    packs, problems = loader.own_packs(folder)
    if options.do == "check":
        return _checked(options.what, loader.check_prompts, [pack.name for pack in packs], problems)
    guidance = loader.load_guidance(None if problems else folder)
    return say(printed.prompts_listed(guidance, packs, problems))


def cards(options: argparse.Namespace) -> int:
    """Print everything worth having on paper, as text or as one HTML file; returns the exit code."""
    from cotutor.content import loader
    from cotutor.content.workshop import load_programme
    from cotutor.plain import printed
    from cotutor.plain.handouts import as_html

    folder = _fenced_folder(options)
    guidance = loader.load_guidance(folder)
    programme = load_programme(options.what, folder) if options.what else None
    if options.html:
        return say(as_html(printed.pages(guidance, programme)).splitlines())
    return say(printed.cards(guidance, programme))


def say(lines: Iterable[str]) -> int:
    """Write lines to standard output, cleaned; returns the exit code of a thing done."""
    sys.stdout.writelines(f"{clean(line, limit=2_000, lines=True)}\n" for line in lines)
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
        return say(["No mistakes."])
    if problems:
        raise ContentProblems(problems)
    return say(
        [f"No mistakes in your own: {', '.join(sound)}." if sound else "You have none of your own yet."]
    )


def _fenced_folder(options: argparse.Namespace) -> "Path":
    """The configuration folder; from here on only it and the file asked for can be read, and nothing written.

    Raises:
        WrongUsage: a list was asked for, and one of it too.
    """
    what = getattr(options, "what", None)
    if what and options.do == "list":
        raise WrongUsage("A list is of everything; did you mean show?")
    from cotutor.process.fence import arm
    from cotutor.services.folders import config_folder

    folder = config_folder()
    arm(readable=[folder, *([what] if what else [])])
    return folder
