"""``cotutor vault forget``: what is deleted is gone, and the rest has a fresh key."""

import argparse
import re
from typing import TYPE_CHECKING

from cotutor.cli.parser import Parser
from cotutor.cli.reading import show
from cotutor.cli.vault.opening import behind_fence, folder_of, opened, wall
from cotutor.conversation.vault.places import refuse_missing

if TYPE_CHECKING:
    from cotutor.cli.vault.asking import Asking
    from cotutor.conversation.vault.values import Vault

MORE = """\
The vault's own backups hold what is to be forgotten too: one fresh backup takes
the place of them all, unless --keep-backups is given. Exports, and backups
elsewhere, are yours to delete. What has expired is erased whenever the vault is
opened, so --expired does not ask.
"""


def arguments(parser: Parser) -> None:
    """Declare what forgetting takes."""
    add = parser.add_argument
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--reflection", dest="uids", metavar="ID", nargs="+", type=_uid, help="these; --list tells their IDs"
    )
    what.add_argument("--expired", action="store_true", help="those whose day has come")
    what.add_argument("--all", action="store_true", help="all of them, with their next steps")
    what.add_argument("--list", action="store_true", help="list IDs and days; forget nothing")
    add("--keep-backups", action="store_true", help="leave the vault's own backups as they are")
    add("--yes", action="store_true", help="forget without asking")


def _uid(written: str) -> str:
    if re.fullmatch("[0-9a-f]{16}", written):
        return written
    raise argparse.ArgumentTypeError("an ID has sixteen signs, 0 to 9 and a to f; --list tells them")


def run(options: argparse.Namespace) -> int:
    """Forget what is meant; returns the exit code."""
    folder = folder_of(options)
    refuse_missing(folder)

    def work() -> int:
        from cotutor.cli.vault.asking import Asking

        asking = Asking(from_input=options.from_input)
        with opened(options, asking) as vault:
            return _list(vault) if options.list else _forget(vault, options, asking)

    return behind_fence(work, writable=[folder])


def _list(vault: "Vault") -> int:
    from cotutor.conversation.vault.forgetting import list_lines

    return show(list_lines(vault))


def _forget(vault: "Vault", options: argparse.Namespace, asking: "Asking") -> int:
    from cotutor.cli.vault.progress import Working
    from cotutor.conversation.vault import forgetting
    from cotutor.conversation.vault.questions import forgetting as question

    uids = forgetting.meant(vault, options.uids, wall().date(), everything=options.all)
    if uids is not None and not uids:
        return show([forgetting.NOTHING])
    count = vault.reflections.count() if uids is None else len(uids)
    asking.confirmed(question(count), yes=options.yes or options.expired)
    with Working("Forgetting") as working:
        lines = forgetting.forget(
            vault, uids, wall(), keep_backups=options.keep_backups, progress=working.progress
        )
    return show(lines)
