"""What an open vault needs from time to time: forgetting, backups, preferences, rehearsals."""

from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec import Struct, ValidationError, convert, to_builtins

from cotutor.domain.duration import MINUTE
from cotutor.domain.errors import CotutorError
from cotutor.services.notebook import Notebook, milliseconds
from cotutor.vault.backup import FOLDER_NAME, Backup, remove_all
from cotutor.vault.database import Progress

REHEARSALS = (3, 14, 60)
"""Days after a passphrase was chosen on which the person is asked to type it from memory."""


class Preferences(Struct, frozen=True):
    """What a person has settled about their vault; kept inside it."""

    lock_after: int = 5 * MINUTE
    """Milliseconds without a key press after which the vault locks."""
    backup_every: int = 7
    """Days after which a backup is due; 0 for never."""
    copying: bool = False
    """Notes may be copied to the clipboard."""


class Rehearsal(Struct, frozen=True):
    """Since when a passphrase has been in force, and which rehearsals are over."""

    since: date
    done: tuple[int, ...] = ()


def forget(
    notebook: Notebook,
    uids: list[str] | None,
    now: datetime,
    *,
    keep_backups: bool = False,
    progress: Progress | None = None,
) -> None:
    """Delete reflections (None: all, with their next steps) and move the rest to a fresh key.

    The vault's own backups hold them too; unless they are to be kept, one fresh backup takes the
    place of them all. Exports, and backups elsewhere, are the person's own to delete.

    Raises:
        NotSynced: done, though the disk did not confirm it.
        DiskFull, ReadOnly, Damaged, CotutorError: see the message.
    """
    notebook.vault.forget(uids, milliseconds(now), progress)
    parent = notebook.vault.folder / FOLDER_NAME
    if keep_backups or not parent.is_dir():
        return
    fresh = back_up(notebook, now) if notebook.vault.store.count() else None
    remove_all(parent, keep=fresh)


def erase_expired(notebook: Notebook, now: datetime) -> int:
    """Forget the reflections whose day has come, and say how many; the rest waits for the next unlock."""
    store = notebook.vault.store
    expired = [] if notebook.read_only else store.expired(now.date())
    if not expired:
        return 0
    try:
        forget(notebook, expired, now)
    except CotutorError:
        # A full disk postpones erasing; it must not keep anybody out of their vault.
        return len(expired) - len(notebook.vault.store.expired(now.date()))
    return len(expired)


def back_up(
    notebook: Notebook, now: datetime, target: Path | None = None, progress: Progress | None = None
) -> Backup:
    """Make a backup, opened once before this returns.

    Args:
        notebook: an open vault.
        now: names the backup.
        target: where to; None for the vault's own folder, where older ones are thinned out.
        progress: called as pages are copied.

    Raises:
        DiskFull, ReadOnly, Damaged, CotutorError: there is no new backup.
    """
    made = notebook.vault.backup(now, target, progress)
    if not notebook.read_only:
        notebook.vault.store.set("backup", now.date().isoformat())
    return made


def backup_due(notebook: Notebook, today: date) -> bool:
    """Whether the last backup is older than the person wants."""
    every = preferences(notebook).backup_every
    if not every or notebook.read_only or not notebook.vault.store.count():
        return False
    try:
        last = convert(notebook.vault.store.setting("backup"), date)
    except ValidationError:
        return True
    return last > today or today - last >= timedelta(days=every)


def preferences(notebook: Notebook) -> Preferences:
    """What the person has settled, or the defaults."""
    try:
        return convert(notebook.vault.store.setting("preferences") or {}, Preferences)
    except ValidationError:
        return Preferences()


def set_preferences(notebook: Notebook, wanted: Preferences) -> None:
    """Keep preferences.

    Raises:
        ReadOnly, DiskFull, Damaged: they are as they were.
    """
    notebook.vault.store.set("preferences", to_builtins(wanted))


def passphrase_was_set(notebook: Notebook, now: datetime) -> None:
    """Count rehearsals from today."""
    notebook.vault.store.set("rehearsal", to_builtins(Rehearsal(now.date())))


def rehearsal_due(notebook: Notebook, today: date) -> bool:
    """Whether the person should type the passphrase from memory, before they forget it."""
    kept = _rehearsal(notebook)
    return kept is not None and bool(set(_passed(kept, today)) - set(kept.done))


def rehearsed(notebook: Notebook, today: date) -> None:
    """Note that the passphrase was typed from memory and proved right."""
    kept = _rehearsal(notebook)
    if kept is not None and not notebook.read_only:
        done = tuple(sorted({*kept.done, *_passed(kept, today)}))
        notebook.vault.store.set("rehearsal", to_builtins(Rehearsal(kept.since, done)))


def _passed(kept: Rehearsal, today: date) -> list[int]:
    return [days for days in REHEARSALS if today >= kept.since + timedelta(days=days)]


def _rehearsal(notebook: Notebook) -> Rehearsal | None:
    try:
        return convert(notebook.vault.store.setting("rehearsal"), Rehearsal)
    except ValidationError:
        return None
