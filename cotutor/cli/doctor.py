"""``cotutor doctor``: what protects you on this computer and what does not."""

import argparse

from cotutor.cli.parser import Parser
from cotutor.cli.reading import show
from cotutor.cli.vault.commands import add_folder


def arguments(parser: Parser) -> None:
    """Declare what ``cotutor doctor`` takes."""
    add_folder(parser)
    parser.add_argument(
        "--quick", action="store_true", help="leave out timing a guess at a passphrase, which takes seconds"
    )


def run(options: argparse.Namespace) -> int:
    """Look, and say what was found; returns the exit code."""
    from cotutor.cli.vault.progress import Working
    from cotutor.process.fence import arm
    from cotutor.services import doctor
    from cotutor.services.auto_lock import vault_folder
    from cotutor.services.folders import config_folder

    # First, because what the fence refuses is tried in a process of its own, which it would refuse too.
    found = doctor.findings(vault_folder(options.vault), config_folder())
    arm(readable=[])
    if not options.quick:
        with Working("Timing one guess at a passphrase"):
            found = (*found, doctor.time_key_derivation())
    return show(doctor.as_lines(found))
