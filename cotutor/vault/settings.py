"""What a vault's owner has settled about it, and what is due: a backup, a rehearsal of the passphrase."""

from datetime import date, timedelta

from msgspec import Struct, ValidationError, convert, to_builtins

from cotutor.domain.duration import MINUTE
from cotutor.vault.store import Store

REHEARSALS = (3, 14, 60)
"""Days after a passphrase was chosen on which its owner is asked to type it from memory."""


class Preferences(Struct, frozen=True):
    """What a person has settled about their vault; kept inside it."""

    lock_after: int = 5 * MINUTE
    """Milliseconds without a key press after which the vault locks."""
    backup_every: int = 7
    """Days after which a backup is due; 0 for never."""


class Rehearsal(Struct, frozen=True):
    """Since when a passphrase has been in force, and which rehearsals are over."""

    since: date
    done: tuple[int, ...] = ()


class Settings:
    """What an open vault keeps about itself; ``vault.settings``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def preferences(self) -> Preferences:
        """What the person has settled, or the defaults."""
        try:
            return convert(self._store.setting("preferences") or {}, Preferences)
        except ValidationError:
            return Preferences()

    def prefer(self, wanted: Preferences) -> None:
        """Keep preferences.

        Raises:
            ReadOnly, DiskFull, Damaged: they are as they were.
        """
        self._store.set("preferences", to_builtins(wanted))

    # Backups

    def backup_due(self, today: date) -> bool:
        """Whether the last backup is older than the person wants; never with nothing to back up."""
        every = self.preferences.backup_every
        if not every or self._store.read_only or not self._store.count("reflection"):
            return False
        try:
            last = convert(self._store.setting("backup"), date)
        except ValidationError:
            return True
        return last > today or today - last >= timedelta(days=every)

    def note_backup(self, today: date) -> None:
        """Note that a backup was made."""
        self._store.set("backup", today.isoformat())

    # Rehearsals

    def note_passphrase(self, today: date) -> None:
        """Note that a passphrase was chosen: rehearsals count from today."""
        self._store.set("rehearsal", to_builtins(Rehearsal(today)))

    def rehearsal_due(self, today: date) -> bool:
        """Whether the person should type the passphrase from memory, before they forget it."""
        kept = self._rehearsal()
        return kept is not None and bool(set(_passed(kept, today)) - set(kept.done))

    def note_rehearsal(self, today: date) -> None:
        """Note that the passphrase was typed from memory and proved right."""
        kept = self._rehearsal()
        if kept is not None and not self._store.read_only:
            done = tuple(sorted({*kept.done, *_passed(kept, today)}))
            self._store.set("rehearsal", to_builtins(Rehearsal(kept.since, done)))

    def _rehearsal(self) -> Rehearsal | None:
        try:
            return convert(self._store.setting("rehearsal"), Rehearsal)
        except ValidationError:
            return None


def _passed(kept: Rehearsal, today: date) -> list[int]:
    return [days for days in REHEARSALS if today >= kept.since + timedelta(days=days)]
