"""The commands there are: one row each, and finding the one that was meant.

A command's modules are imported when it is called, because how fast the program starts is measured.
"""

import sys
from collections.abc import Sequence

from cotutor import VERSION
from cotutor.cli import reading, session, trainer, vault
from cotutor.cli.command import Command
from cotutor.cli.parser import Parser, or_rather
from cotutor.domain.errors import WrongUsage
from cotutor.domain.text import one_line

COMMANDS = {
    "session": Command(
        "session [PLAN] [OPTIONS]",
        "start a session; without a plan, two turns of twenty minutes",
        session.arguments,
        session.run,
        session.MORE,
    ),
    "workshop": Command(
        "workshop [PROGRAMME] [--people N] [--audience]",
        "one clock for a room, rotating partners, a window for the projector",
        trainer.workshop_arguments,
        trainer.workshop,
        trainer.WORKSHOP_MORE,
    ),
    "demo": Command(
        "demo [SCRIPT]",
        "an invented conversation, unhelpful and helpful, with stops to answer",
        trainer.demo_arguments,
        trainer.demo,
        trainer.DEMO_MORE,
    ),
    "practise": Command(
        "practise",
        "practise alone with cards; nothing is kept, and there is no score",
        trainer.practice_arguments,
        trainer.practise,
    ),
    "reflect": Command(
        "reflect [--vault DIR]",
        "unlock your vault and write",
        vault.reflect_arguments,
        vault.reflect,
    ),
    "vault": Command(
        "vault COMMAND [--vault DIR]",
        "make, check, back up, restore, export, import, forget: private reflections",
        vault.arguments,
        vault.run,
        vault.MORE,
    ),
    "plans": Command(
        "plans list | show [PLAN] | check [FILE]",
        "the plans there are, one of them, or what is wrong with a file",
        reading.plan_arguments,
        reading.plans,
    ),
    "prompts": Command(
        "prompts list | show [PART] | check [FILE]",
        "the same for questions, cues, help and wordings",
        reading.prompt_arguments,
        reading.prompts,
    ),
    "cards": Command(
        "cards [PROGRAMME] [--html]",
        "questions, cues, a blank tally, the agreement and a timetable, to print",
        reading.card_arguments,
        reading.cards,
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
    if not words or words[0].startswith("-"):
        return _without_command(words)
    name, *rest = words
    command = COMMANDS.get(name)
    if command is None:
        shown = one_line(name, 40)
        raise WrongUsage(
            f"There is no command {shown}{or_rather(name, COMMANDS) or '.'} Type cotutor --help for the list."
        )
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
    if options.plain:
        sys.stdout.write(overview())
        return 0
    return session.home()


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
