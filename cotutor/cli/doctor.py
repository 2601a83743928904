"""``cotutor doctor``: what protects you on this computer and what does not."""

import argparse
import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cotutor.cli.parser import Parser
from cotutor.cli.reading import show
from cotutor.cli.vault.commands import add_folder
from cotutor.domain.text import one_line

if TYPE_CHECKING:
    from cotutor.services.doctor import Finding

_WIDEST = 78
_NAME = 17
"""Columns for a finding's name, with the space after it."""
_TWO_COLUMNS_FROM = 60
"""Columns of the terminal from which there is room for the sentence beside the name."""
_LONGEST = 600


def arguments(parser: Parser) -> None:
    """Declare what ``cotutor doctor`` takes."""
    add_folder(parser)
    parser.add_argument(
        "--quick", action="store_true", help="leave out timing a guess at a passphrase, which takes seconds"
    )


def run(options: argparse.Namespace) -> int:
    """Look, and print the findings; returns the exit code."""
    import shutil

    from cotutor.cli.vault.progress import Working
    from cotutor.process.fence import arm
    from cotutor.services import doctor
    from cotutor.services.folders import config_folder, vault_folder

    # First, because what the fence refuses is tried in a process of its own, which it would refuse too.
    findings = doctor.findings(vault_folder(options.vault), config_folder())
    arm(readable=[])
    if not options.quick:
        with Working("Timing one guess at a passphrase"):
            findings = (*findings, doctor.time_key_derivation())
    return show(as_lines(findings, shutil.get_terminal_size().columns))


def as_lines(findings: Iterable["Finding"], columns: int = 80) -> Iterator[str]:
    """The findings by what they mean, what protects first, each with its advice; a count at the end.

    Args:
        findings: in the order in which they are to be shown.
        columns: of the terminal. No line is wider, nor wider than 78, but for a path or a command
            that is so by itself: it stays in one piece, to be copied.
    """
    from cotutor.services.doctor import State

    listed = list(findings)
    counts = []
    for state in State:
        of_state = [finding for finding in listed if finding.state is state]
        counts.append(f"{len(of_state)} {state.counted}")
        if of_state:
            yield f"{state.value[0].upper()}{state.value[1:]}:"
        for finding in of_state:
            yield from _shown(finding, columns)
    yield ""
    yield from textwrap.wrap(f"In all: {', '.join(counts)}.", min(columns, _WIDEST))


def _shown(finding: "Finding", columns: int) -> Iterator[str]:
    name, indent = f"  {finding.name:<{_NAME}}", 2 + _NAME
    if columns < _TWO_COLUMNS_FROM:
        yield f"  {finding.name}"
        name, indent = " " * 4, 4
    for words in (finding.sentence, f"Advice: {finding.advice}" if finding.advice else ""):
        # A path may hold anything, and this goes to the terminal.
        for line in textwrap.wrap(
            one_line(words, _LONGEST),
            min(columns, _WIDEST) - indent,
            break_long_words=False,
            break_on_hyphens=False,
        ):
            yield f"{name}{line}"
            name = " " * indent
