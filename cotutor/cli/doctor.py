"""``cotutor doctor``: what protects you on this computer and what does not."""

import argparse

from cotutor.cli.parser import Parser
from cotutor.cli.reading import say
from cotutor.cli.vault import add_folder


def arguments(parser: Parser) -> None:
    """Declare what ``cotutor doctor`` takes."""
    add_folder(parser)


def run(options: argparse.Namespace) -> int:
    """Look, and say what was found; returns the exit code."""
    from cotutor.cli.vault_progress import Working
    from cotutor.services import doctor
    from cotutor.services.fence import arm
    from cotutor.services.folders import config_folder
    from cotutor.services.gate import vault_folder

    with Working("Looking around") as working:
        # First, because what the fence refuses is tried in a process of its own, which it would refuse too.
        found = doctor.findings(vault_folder(options.vault), config_folder())
        arm(readable=[])
        working.doing = "Timing one guess at a passphrase"
        timed = doctor.time_key_derivation()
    return say(doctor.as_lines([*found, timed]))
