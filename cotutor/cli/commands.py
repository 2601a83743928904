"""The commands there are: one row each, and finding the one that was meant.

A command's modules are imported when it is called, because how fast the program starts is measured.
"""

import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cotutor import VERSION
from cotutor.cli.command import Command, Doing
from cotutor.cli.parser import Parser, or_rather
from cotutor.domain.errors import WrongUsage
from cotutor.domain.text import one_line


class Row(NamedTuple):
    """A line of the table: what the overview says of a command, and how to get at the rest."""

    usage: str
    does: str
    load: Callable[[], Doing]

    def command(self) -> Command:
        """The command itself; only now are its modules imported."""
        return Command(self.usage, self.does, *self.load())


def _session() -> Doing:
    from cotutor.cli import session

    return session.arguments, session.run, session.MORE


def _workshop() -> Doing:
    from cotutor.cli import trainer

    return trainer.workshop_arguments, trainer.workshop, trainer.WORKSHOP_MORE


def _demo() -> Doing:
    from cotutor.cli import trainer

    return trainer.demo_arguments, trainer.demo, trainer.DEMO_MORE


def _practise() -> Doing:
    from cotutor.cli import trainer

    return trainer.practice_arguments, trainer.practise, ""


def _reflect() -> Doing:
    from cotutor.cli.vault import commands

    return commands.reflect_arguments, commands.reflect, ""


def _vault() -> Doing:
    from cotutor.cli.vault import commands

    return commands.arguments, commands.run, commands.MORE


def _plans() -> Doing:
    from cotutor.cli import reading

    return reading.plan_arguments, reading.plans, ""


def _prompts() -> Doing:
    from cotutor.cli import reading

    return reading.prompt_arguments, reading.prompts, ""


def _cards() -> Doing:
    from cotutor.cli import reading

    return reading.card_arguments, reading.cards, ""


def _doctor() -> Doing:
    from cotutor.cli import doctor

    return doctor.arguments, doctor.run, ""


COMMANDS = {
    "session": Row(
        "session [PLAN] [OPTIONS]", "start a session; without a plan, two turns of twenty minutes", _session
    ),
    "workshop": Row(
        "workshop [PROGRAMME] [--people N] [--audience]",
        "one clock for a room, rotating partners, a window for the projector",
        _workshop,
    ),
    "demo": Row(
        "demo [SCRIPT]", "an invented conversation, unhelpful and helpful, with stops to answer", _demo
    ),
    "practise": Row(
        "practise", "practise alone with cards; nothing is kept, and there is no score", _practise
    ),
    "reflect": Row("reflect [--vault DIR]", "unlock your vault and write", _reflect),
    "vault": Row(
        "vault COMMAND [--vault DIR]",
        "make, check, back up, restore, export, import, forget: private reflections",
        _vault,
    ),
    "plans": Row(
        "plans list | show [PLAN] | check [FILE]",
        "the plans there are, one of them, or what is wrong with a file",
        _plans,
    ),
    "prompts": Row(
        "prompts list | show [PART] | check [FILE]",
        "questions, cues, help and wordings, to look through and to check",
        _prompts,
    ),
    "cards": Row(
        "cards [PROGRAMME] [--html]",
        "questions, cues, a blank tally, the agreement and a timetable, to print",
        _cards,
    ),
    "doctor": Row(
        "doctor [--vault DIR] [--quick]", "what protects you on this computer and what does not", _doctor
    ),
}
"""Every command by its name. A new one is a new row."""

_OPTIONS = {"--help": "this text", "--version": "the version"}


def obey(words: Sequence[str]) -> int:
    """Do what the words after the program's name say; returns the exit code.

    Raises:
        WrongUsage: they make no sense.
    """
    # "cotutor --plain session" is what people type who always want --plain.
    if len(words) > 1 and words[0] == "--plain":
        words = [words[1], "--plain", *words[2:]]
    if words[0].startswith("-"):
        return _without_command(words)
    name, *rest = words
    row = COMMANDS.get(name)
    if row is None:
        shown = one_line(name, 40)
        raise WrongUsage(
            f"There is no command {shown}{or_rather(name, COMMANDS) or '.'} Type cotutor --help for the list."
        )
    command = row.command()
    return command.run(command.parser(name).parse(rest))


def _without_command(words: Sequence[str]) -> int:
    parser = Parser("")
    parser.format_help = overview  # type: ignore[method-assign]  # the list of commands says more than argparse can
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--plain", action="store_true")
    options = parser.parse(words)
    if options.version:
        sys.stdout.write(f"cotutor {VERSION}\n")
        return 0
    sys.stdout.write(overview())
    return 0


def overview() -> str:
    """What ``cotutor --help`` says."""
    rows = {"": "the home screen", **{command.usage: command.does for command in COMMANDS.values()}}
    lines = [
        "cotutor: equal turns of speaking and listening, for two doctors or three.",
        "Nothing is kept unless you ask.",
        "",
    ]
    for usage, does in rows.items():
        lines += [f"  cotutor {usage}".rstrip(), f"      {does}"]
    lines += ["", *(f"  cotutor {name:<12}{does}" for name, does in _OPTIONS.items())]
    lines += [
        "",
        "  cotutor COMMAND --help tells more about a command.",
        "  cotutor session --plain speaks in plain lines: for screen readers and scripts.",
        "",
        "Lengths of time: 90s, 20m, 1h, 1h30m; a bare number is minutes.",
        "Exit codes: 0 done, 1 a problem you can act on, 2 wrong usage,",
        "            3 wrong passphrase, 4 damaged, 5 in use elsewhere,",
        "            6 made by a newer version.",
    ]
    return "\n".join(lines) + "\n"
