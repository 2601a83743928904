"""``cotutor vault check``, ``backup`` and ``restore``: is it whole, and is there another one?"""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cotutor.cli.parser import Parser
from cotutor.cli.reading import show
from cotutor.cli.vault.keys import unlocking
from cotutor.cli.vault.work import (
    behind_fence,
    counted,
    database_damaged,
    folder_of,
    moment,
    opened,
    proved,
    refuse_missing,
    refuse_strange,
    shown,
    wall,
)
from cotutor.domain.errors import CotutorError, Damaged

if TYPE_CHECKING:
    from cotutor.cli.vault.ask import Asking
    from cotutor.services.notebook import Notebook
    from cotutor.vault.backup import Backup, Drill

BACKUP_MORE = """\
Without DIR the backup is made in the vault's own folder, where older ones are
thinned out. In DIR, which may be a disk of its own, all are kept, in a folder
cotutor-backups. A backup opens with the passphrase of its day.
"""
RESTORE_MORE = """\
BACKUP is a name that cotutor vault backup --list gives, or a folder. It is
opened and checked first; --drill stops there and touches nothing. The vault
that it replaces is set aside, not deleted.
"""
_ELSEWHERE = "cotutor-backups"


def backup_arguments(parser: Parser) -> None:
    """Declare what a backup takes."""
    parser.add_argument("place", metavar="DIR", nargs="?", type=Path, help="a folder to make it in")
    parser.add_argument("--list", action="store_true", help="only list the backups that there are")


def restore_arguments(parser: Parser) -> None:
    """Declare what restoring takes."""
    parser.add_argument("backup", metavar="BACKUP", help="a backup's name or folder")
    parser.add_argument("--drill", action="store_true", help="only try it")
    parser.add_argument("--yes", action="store_true", help="replace the vault without asking")
    unlocking(parser)


def check(options: argparse.Namespace) -> int:
    """Say whether the vault is whole and how it stands; returns the exit code."""
    folder = folder_of(options)
    refuse_missing(folder)

    def work() -> int:
        from cotutor.cli.vault.ask import Asking

        asking = Asking(from_input=options.from_input)
        with opened(options, asking, damaged_too=True) as notebook:
            whole = notebook.vault.key_file_whole
            show([f"  key file      {'whole' if whole else 'changed since it was written'}"])
            if notebook.vault.damage is not None:
                raise database_damaged(notebook.vault.damage)
            show(_standing(notebook, folder))
            if not whole:
                raise Damaged(
                    "The key file of this vault has changed since it was written, though it still opens."
                    " Choose a new passphrase: cotutor vault passphrase."
                )
        return 0

    return behind_fence(work, writable=[folder])


def _standing(notebook: "Notebook", folder: Path) -> list[str]:
    from cotutor.services import custody

    standing = notebook.standing()
    found = custody.list_backups(folder)
    lines = {
        "database": "whole: every page is as it was written, and its structure is sound",
        "drafts": str(standing.drafts),
        "recovery key": "yes" if standing.has_recovery else "none",
        "backups": f"{len(found)}, the last of {moment(found[-1].made)}" if found else "none in its folder",
    }
    if standing.read_only:
        lines["changes"] = "none possible: the folder or the disk allows only reading"
    return [f"  {name:<14}{said}" for name, said in lines.items()]


def backup(options: argparse.Namespace) -> int:
    """Make a backup, or list those there are; returns the exit code."""
    folder = folder_of(options)
    place = None if options.place is None else Path(os.path.abspath(options.place)) / _ELSEWHERE  # noqa: PTH100  a link stays one
    if options.list:
        return _list(folder, place)
    refuse_missing(folder)
    if place is not None and not place.parent.is_dir():
        raise CotutorError(f"There is no folder {shown(place.parent)}. Make it first, or name another.")

    def work() -> int:
        from cotutor.cli.vault.ask import Asking
        from cotutor.cli.vault.progress import Working
        from cotutor.services import upkeep

        with (
            opened(options, Asking(from_input=options.from_input)) as notebook,
            Working("Copying") as working,
        ):
            made = upkeep.back_up(notebook, wall(), place, working.progress)
            count = notebook.vault.store.count()
        return show(
            [
                f"Backup made, opened once and found whole: {counted(count, 'reflection')}, in",
                shown(made.folder),
            ]
        )

    return behind_fence(work, makes=[place] if place else [], writable=[folder])


def _list(folder: Path, place: Path | None) -> int:
    from cotutor.process.fence import arm

    arm(readable=[place or folder])
    from cotutor.services import custody
    from cotutor.vault.backup import backups

    found: list[Backup] = backups(place) if place else custody.list_backups(folder)
    if not found:
        return show([f"No backups in {shown(place or folder)}."])
    return show([f"{one.folder.name:<20}{moment(one.made):<22}{shown(one.folder)}" for one in found])


def restore(options: argparse.Namespace) -> int:
    """Try a backup, and put it in the vault's place; returns the exit code.

    Raises:
        CotutorError: there is no such backup, or something else.
    """
    folder = folder_of(options)
    source = _source(folder, options.backup)
    if not options.drill:
        refuse_strange(folder)

    def work() -> int:
        from cotutor.cli.vault.ask import Asking
        from cotutor.cli.vault.progress import Working
        from cotutor.services import custody

        asking = Asking(from_input=options.from_input)
        secret = _tried(options, source, asking)
        if options.drill:
            return show(["This was a drill: nothing was touched."])
        asking.confirmed(
            f"Put it in the place of what is in {shown(folder)}? That is set aside.", yes=options.yes
        )
        with Working("Restoring"):
            aside = custody.restore(folder, proved(options, source, secret), wall())
        told = [f"The backup is now the vault in {shown(folder)}."]
        if aside is not None:
            told.append(f"What was there is set aside in {shown(aside)}.")
        return show(told)

    return behind_fence(work, makes=[] if options.drill else [folder], readable=[source])


def _source(folder: Path, named: str) -> Path:
    own = folder / "backups" / named
    source = own if os.sep not in named and own.is_dir() else Path(os.path.abspath(named))  # noqa: PTH100  a link stays one
    if not source.is_dir():
        raise CotutorError(
            f"There is no backup {shown(Path(named))}. cotutor vault backup --list tells which there are."
        )
    return source


def _tried(options: argparse.Namespace, source: Path, asking: "Asking") -> str:
    """Try a backup as a restore would, and say what it holds; returns the secret that opens it."""
    from cotutor.cli.vault.progress import Working
    from cotutor.vault import backup as backups
    from cotutor.vault.keys import read_key_file

    read_key_file(source)
    secret = asking.secret(f"{'recovery key' if options.recovery_key else 'passphrase'} of the backup")
    with Working("Trying the backup"):
        drill: Drill = backups.drill(lambda: proved(options, source, secret))
    if drill.damage is not None:
        raise Damaged(f"That backup is damaged: {drill.damage}. Nothing was changed; try another backup.")
    saved = None if drill.last_saved is None else datetime.fromtimestamp(drill.last_saved / 1000, UTC)
    show(
        [
            f"The backup opens and is whole: {counted(drill.reflections, 'reflection')}, last saved {moment(saved)}."
        ]
    )
    return secret
