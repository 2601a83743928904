"""``cotutor vault forget``: what is deleted is gone, and the rest has a fresh key."""

import argparse
import re
from typing import TYPE_CHECKING

from cotutor.cli.parser import Parser
from cotutor.cli.reading import show
from cotutor.cli.vault.work import behind_fence, counted, folder_of, opened, refuse_missing, wall
from cotutor.domain.errors import CotutorError

if TYPE_CHECKING:
    from cotutor.cli.vault.ask import Asking
    from cotutor.services.notebook import Notebook

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
        from cotutor.cli.vault.ask import Asking

        asking = Asking(from_input=options.from_input)
        with opened(options, asking) as notebook:
            if options.list:
                return _list(notebook)
            return _forget(notebook, options, asking)

    return behind_fence(work, writable=[folder])


def _list(notebook: "Notebook") -> int:
    return show(
        [
            f"{one.uid}  {one.day.isoformat()}"
            + (f"  expires {one.expires.isoformat()}" if one.expires else "")
            for one in notebook.vault.store.all_reflections()
        ]
        or ["There are no reflections."]
    )


def _forget(notebook: "Notebook", options: argparse.Namespace, asking: "Asking") -> int:
    from cotutor.cli.vault.progress import Working
    from cotutor.services import upkeep

    uids = _meant(notebook, options)
    count = notebook.vault.store.count() if uids is None else len(uids)
    if uids is not None and not uids:
        return show(["Nothing more to forget: nothing else has expired."])
    asking.confirmed(
        f"Delete {counted(count, 'reflection')} for good? This cannot be undone.",
        yes=options.yes or options.expired,
    )
    with Working("Forgetting") as working:
        upkeep.forget(notebook, uids, wall(), keep_backups=options.keep_backups, progress=working.progress)
    return show(
        [
            f"Forgotten: {counted(count, 'reflection')}. The rest has moved to a fresh key.",
            f"Backups in the vault's folder: {_backups(notebook, options)}. Exports, and backups elsewhere, are yours to delete.",
        ]
    )


def _backups(notebook: "Notebook", options: argparse.Namespace) -> str:
    from cotutor.services import custody

    if not custody.list_backups(notebook.vault.folder):
        return "none"
    return "left as they are" if options.keep_backups else "replaced by a fresh one"


def _meant(notebook: "Notebook", options: argparse.Namespace) -> list[str] | None:
    """The reflections that are meant; None for all.

    Raises:
        CotutorError: one of them is not there.
    """
    if options.all:
        return None
    if options.expired:
        return notebook.vault.store.expired(wall().date())
    uids = sorted(set(options.uids))
    for uid in uids:
        if notebook.reflection(uid) is None:
            raise CotutorError(f"There is no reflection {uid} in this vault, so nothing was forgotten.")
    return uids
