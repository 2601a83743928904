"""Forgetting: which reflections are meant, and what was done to them and to the backups."""

from datetime import date, datetime

from cotutor.conversation.vault.values import Progress
from cotutor.conversation.vault.wording import counted
from cotutor.domain.errors import CotutorError
from cotutor.vault.backup import own_backups
from cotutor.vault.vault import Vault

NOTHING = "Nothing more to forget: nothing else has expired."


def list_lines(vault: Vault) -> list[str]:
    """Every reflection by its ID and day, with nothing of what it holds."""
    return [
        f"{one.uid}  {one.day.isoformat()}" + (f"  expires {one.expires.isoformat()}" if one.expires else "")
        for one in vault.reflections.all()
    ] or ["There are no reflections."]


def meant(vault: Vault, uids: list[str] | None, today: date, *, everything: bool) -> list[str] | None:
    """The reflections that are meant: those named, or those whose day has come; None for all.

    Args:
        vault: an open vault.
        uids: those named, if any.
        today: the day.
        everything: all of them are meant.

    Raises:
        CotutorError: one of those named is not there.
    """
    if everything:
        return None
    if uids is None:
        return vault.reflections.expired(today)
    for uid in uids:
        if vault.reflections.get(uid) is None:
            raise CotutorError(f"There is no reflection {uid} in this vault, so nothing was forgotten.")
    return sorted(set(uids))


def forget(
    vault: Vault,
    uids: list[str] | None,
    now: datetime,
    *,
    keep_backups: bool = False,
    progress: Progress | None = None,
) -> tuple[str, ...]:
    """Delete reflections for good (None: all) and move the rest to a fresh key; returns what to show.

    Raises:
        NotSynced: done, though the disk did not confirm it.
        DiskFull, ReadOnly, Damaged, CotutorError: see the message.
    """
    count = vault.reflections.count() if uids is None else len(uids)
    vault.forget(uids, now, keep_backups=keep_backups, progress=progress)
    left = _backups(vault, keep_backups=keep_backups)
    return (
        f"Forgotten: {counted(count, 'reflection')}. The rest has moved to a fresh key.",
        f"Backups in the vault's folder: {left}. Exports, and backups elsewhere, are yours to delete.",
    )


def _backups(vault: Vault, *, keep_backups: bool) -> str:
    if not own_backups(vault.folder):
        return "none"
    return "left as they are" if keep_backups else "replaced by a fresh one"
