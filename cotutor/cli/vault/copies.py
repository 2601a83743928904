"""``cotutor vault check``, ``backup`` and ``restore``: is it whole, and is there another one?"""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from cotutor.cli.parser import Parser
from cotutor.cli.reading import show
from cotutor.cli.vault.keys import unlocking
from cotutor.cli.vault.opening import (
    behind_fence,
    folder_of,
    opened,
    proved,
    wall,
)
from cotutor.conversation.vault.places import (
    backup_named,
    backups_elsewhere,
    label,
    refuse_missing,
    refuse_strange,
)

if TYPE_CHECKING:
    from cotutor.cli.vault.asking import Asking

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
    """Show whether the vault is whole and how it stands; returns the exit code."""
    folder = folder_of(options)
    refuse_missing(folder)

    def work() -> int:
        from cotutor.cli.vault.asking import Asking
        from cotutor.conversation.vault import checking

        asking = Asking(from_input=options.from_input)
        with opened(options, asking, damaged_too=True) as vault:
            show(_items([checking.key_file_item(vault)]))
            show(_items(checking.items(vault, wall())))
            checking.refuse_changed_key_file(vault)
        return 0

    return behind_fence(work, writable=[folder])


def _items(items: list[tuple[str, str]]) -> list[str]:
    return [f"  {name:<14}{stands}" for name, stands in items]


def backup(options: argparse.Namespace) -> int:
    """Make a backup, or list those there are; returns the exit code."""
    folder = folder_of(options)
    place = None
    if options.place is not None:
        place = backups_elsewhere(Path(os.path.abspath(options.place)))  # noqa: PTH100  a link stays one
    if options.list:
        return _list(folder, place)
    refuse_missing(folder)

    def work() -> int:
        from cotutor.cli.vault.asking import Asking
        from cotutor.cli.vault.progress import Working
        from cotutor.conversation.vault.copies import back_up

        with opened(options, Asking(from_input=options.from_input)) as vault, Working("Copying") as working:
            line, made = back_up(vault, wall(), place, working.progress)
        return show([f"{line}, in", label(made.folder)])

    return behind_fence(work, makes=[place] if place else [], writable=[folder])


def _list(folder: Path, place: Path | None) -> int:
    from cotutor.process.fence import arm

    arm(readable=[place or folder])
    from cotutor.conversation.vault.copies import backups, own_backups
    from cotutor.conversation.vault.wording import moment

    found = backups(place) if place else own_backups(folder)
    if not found:
        return show([f"No backups in {label(place or folder)}."])
    return show([f"{one.folder.name:<20}{moment(one.made, wall()):<22}{label(one.folder)}" for one in found])


def restore(options: argparse.Namespace) -> int:
    """Try a backup, and put it in the vault's place; returns the exit code.

    Raises:
        CotutorError: there is no such backup, or something else.
    """
    folder = folder_of(options)
    source = backup_named(folder, options.backup)
    if not options.drill:
        refuse_strange(folder)

    def work() -> int:
        from cotutor.cli.vault.asking import Asking
        from cotutor.cli.vault.progress import Working
        from cotutor.conversation.vault import copies

        asking = Asking(from_input=options.from_input)
        secret = _tried(options, source, asking)
        if options.drill:
            return show([copies.DRILL_OVER])
        asking.confirmed(copies.restoring(folder), yes=options.yes)
        with Working("Restoring"):
            lines = copies.restore(folder, proved(options, source, secret), wall())
        return show(lines)

    return behind_fence(work, makes=[] if options.drill else [folder], readable=[source])


def _tried(options: argparse.Namespace, source: Path, asking: "Asking") -> str:
    """Try a backup as a restore would, and show what it holds; returns the secret that opens it."""
    from cotutor.cli.vault.progress import Working
    from cotutor.conversation.vault import copies, unlocking

    unlocking.refuse_unreadable(source)
    secret = asking.secret(f"{'recovery key' if options.recovery_key else 'passphrase'} of the backup")
    with Working("Trying the backup"):
        drill = copies.drill(lambda: proved(options, source, secret))
    show([copies.drill_line(drill, wall())])
    return secret
