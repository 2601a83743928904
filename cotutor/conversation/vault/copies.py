"""Copies of a vault: backups made, listed and tried, and one put in the vault's place."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cotutor.conversation.vault.places import label
from cotutor.conversation.vault.values import Progress
from cotutor.conversation.vault.wording import counted, moment
from cotutor.domain.days import day_shown
from cotutor.domain.errors import Damaged
from cotutor.vault import backup as backup_files
from cotutor.vault import opening
from cotutor.vault.backup import Backup, Drill, backups, own_backups
from cotutor.vault.keys import OpenedKey
from cotutor.vault.vault import Vault

__all__ = ["backups", "own_backups"]

ABOUT_BACKUPS = "A backup opens with the passphrase of its day. To put one back: cotutor vault restore."
NO_BACKUPS = "None yet."
DRILL_OVER = "This was a drill: nothing was touched."


def back_up(
    vault: Vault, now: datetime, target: Path | None = None, progress: Progress | None = None
) -> tuple[str, Backup]:
    """Make a backup; returns what to show, and the backup.

    Raises:
        DiskFull, ReadOnly, Damaged, CotutorError: there is no new backup.
    """
    made = vault.back_up(now, target, progress)
    held = counted(vault.reflections.count(), "reflection")
    return f"Backup made, opened once and found whole: {held}", made


def backup_line(backup: Backup) -> str:
    """When a backup was made, for a list."""
    return f"{day_shown(backup.made.date()):>11}, {backup.made:%H:%M}"


def drill(proof: Callable[[], OpenedKey]) -> Drill:
    """Try a backup as a restore would, touching nothing. Slow; only reads.

    Args:
        proof: opens the backup's key file.

    Raises:
        Damaged: it is, and another should be tried.
        WrongPassphrase, VaultMissing, NotAVault, NewerVersion: it could not be restored.
    """
    tried = backup_files.drill(proof)
    if tried.damage is not None:
        raise Damaged(f"That backup is damaged: {tried.damage}. Nothing was changed; try another backup.")
    return tried


def drill_line(tried: Drill, now: datetime) -> str:
    """What a backup held that was tried, in the local time of ``now``."""
    held = counted(tried.reflections, "reflection")
    return f"The backup opens and is whole: {held}, last saved {moment(tried.last_saved, now)}."


def restoring(folder: Path) -> str:
    """The question before a backup takes the place of what a folder holds."""
    return f"Put it in the place of what is in {label(folder)}? That is set aside."


def restore(folder: Path, key: OpenedKey, now: datetime) -> tuple[str, ...]:
    """Put a backup in the place of whatever the folder holds; returns what to show.

    Args:
        folder: the vault's folder; the vault in it must not be open.
        key: opens the backup; it is wiped.
        now: for the name of what is set aside.

    Raises:
        Damaged, VaultMissing, NewerVersion: the backup cannot be used.
        InUse, DiskFull, ReadOnly, CotutorError: the vault is as it was.
    """
    aside = opening.restore(folder, lambda: key, now)
    lines = [f"The backup is now the vault in {label(folder)}."]
    if aside is not None:
        lines.append(f"What was there is set aside in {label(aside)}.")
    return tuple(lines)
