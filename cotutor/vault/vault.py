"""An open vault: the one object that is used for it, and the changes of keys that keep it whole.

What it holds is in ``reflections``, ``steps``, ``encounters``, ``ratings`` and ``settings``. Every
method takes the present moment by the wall clock where it needs one.
"""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cotutor.domain.errors import CotutorError, Damaged, WrongPassphrase
from cotutor.vault.backup import FOLDER_NAME, Backup, make_backup, prune, remove_all
from cotutor.vault.database import Connection, Progress
from cotutor.vault.encounters import Encounters
from cotutor.vault.generation import Generation, discard, new_data_key, next_generation
from cotutor.vault.kdf import SALT_BYTES
from cotutor.vault.keyfile import (
    KeyFile,
    NewPassphrase,
    damaged_slots,
    new_key_file,
    rewrapped,
    with_passphrase,
    with_recovery,
    without_recovery,
)
from cotutor.vault.keys import NotSynced, OpenedKey, switch
from cotutor.vault.lock import FolderLock
from cotutor.vault.merge import merge
from cotutor.vault.ratings import Ratings
from cotutor.vault.recovery import read_recovery_key, recovery_root
from cotutor.vault.reflections import Reflections, remove_reflections
from cotutor.vault.settings import Settings
from cotutor.vault.standing import Standing
from cotutor.vault.steps import Steps
from cotutor.vault.store import Store, set_saved
from cotutor.vault.transfer import FORMAT, Contents, Merged


class Vault:
    """A vault that this program, and no other, has open. ``open_vault`` makes one.

    A connection belongs to the thread that opened it; so does this object.
    """

    def __init__(self, key: OpenedKey, store: Store, lock: FolderLock, problem: str | None) -> None:
        self.reflections = Reflections(store)
        self.steps = Steps(store)
        self.encounters = Encounters(store)
        self.ratings = Ratings(store)
        self.settings = Settings(store)
        self.damage = problem
        """What is wrong with the database, in words, or None; a damaged vault is read-only."""
        self.erased = 0
        """How many reflections expired and were erased when the vault was opened."""
        self._store = store
        self._key = key
        self._lock = lock

    @property
    def folder(self) -> Path:
        """Where the vault is."""
        return self._key.folder

    @property
    def read_only(self) -> bool:
        """Nothing can be changed, for damage or because the disk refuses."""
        return self._store.read_only

    @property
    def has_recovery(self) -> bool:
        """Whether a recovery key opens it too."""
        return self._key.has_recovery

    @property
    def key_file_whole(self) -> bool:
        """The key file is byte for byte what was written. If not: choose a new passphrase soon."""
        return self._key.whole

    def standing(self) -> Standing:
        """How the vault stands at present."""
        saved = self._store.last_saved()
        return Standing(
            reflections=self.reflections.count(),
            last_saved=None if saved is None else datetime.fromtimestamp(saved / 1000, UTC),
            damage=self.damage,
            read_only=self.read_only,
            key_file_whole=self.key_file_whole,
            has_recovery=self.has_recovery,
            drafts=self._store.count("draft"),
        )

    def refuse_read_only(self) -> None:
        """Refuse before anything is asked what could not be kept.

        Raises:
            ReadOnly: nothing can be changed.
        """
        self._store.refuse_read_only()

    # ------------------------------------------------------------ keys

    def set_passphrase(
        self, new: NewPassphrase, now: datetime, *, reencrypt: bool = False, progress: Progress | None = None
    ) -> None:
        """Change the passphrase; the old one opens the vault until the new one is proved.

        Args:
            new: from ``keys.prepare``, which may run in a thread.
            now: the moment; rehearsals count from here.
            reencrypt: also move everything to a fresh data key, so that the old passphrase and an
                old copy of the key file open nothing that is written from now on. The recovery key
                ends with it and has to be made anew.
            progress: for re-encrypting.

        Raises:
            NotSynced: changed, but try both passphrases should the power fail now.
            DiskFull, ReadOnly, Damaged, CotutorError: the old passphrase is in force.
        """
        self._store.refuse_read_only()
        if reencrypt:
            generation = next_generation(self.folder, self._store.connection, progress=progress)
            key_file = new_key_file(generation.data_key, new, generation.database, self._key.key_file.vault)
            self._adopt(generation, key_file)
        else:
            self._switch(with_passphrase(self._repaired(), bytes(self._key.data_key), new))
        with suppress(CotutorError):  # the passphrase is in force all the same
            self.settings.note_passphrase(now.date())

    def set_recovery(self, printed: str, typed: str) -> None:
        """Let a recovery key open the vault, once it has been typed back from paper.

        Raises:
            WrongPassphrase: what was typed is not what was printed; nothing was changed.
            NotSynced, DiskFull, ReadOnly, Damaged, CotutorError: as for a passphrase.
        """
        self._store.refuse_read_only()
        code = read_recovery_key(typed)
        if code != read_recovery_key(printed):
            raise WrongPassphrase("That is a recovery key, but not the one that was just shown.")
        salt = new_data_key()[:SALT_BYTES]
        root = recovery_root(code, salt)
        self._switch(with_recovery(self._repaired(), bytes(self._key.data_key), root, salt))

    def remove_recovery(self) -> None:
        """Let only the passphrase open the vault. Old copies of the key file still know the old key."""
        self._store.refuse_read_only()
        self._switch(without_recovery(self._repaired()))

    # ------------------------------------------------------------ forgetting

    def forget(
        self,
        uids: list[str] | None,
        now: datetime,
        *,
        keep_backups: bool = False,
        progress: Progress | None = None,
    ) -> None:
        """Delete reflections, or all of them, and move the rest to a fresh data key.

        The old file is then unreadable for everybody, wherever its blocks survive. The vault's own
        backups hold them too: unless they are to be kept, one fresh backup takes the place of them
        all. Exports, and backups elsewhere, are the owner's to delete.

        Args:
            uids: which reflections; None for all of them, with their next steps.
            now: the moment, for the time of the last save.
            keep_backups: leave the vault's own backups as they are.
            progress: called as the rest is copied; on a large vault this takes seconds.

        Raises:
            NotSynced: done, though the disk did not confirm it; the backups are as they were.
            DiskFull, ReadOnly, Damaged, CotutorError: see the message.
        """
        self._store.refuse_read_only()

        def change(connection: Connection) -> None:
            remove_reflections(connection, uids)
            set_saved(connection, now)

        generation = next_generation(self.folder, self._store.connection, change, progress)
        try:
            key_file = rewrapped(
                self._key.key_file, bytes(self._key.data_key), generation.data_key, generation.database
            )
        except Damaged:
            generation.connection.close()
            discard(self.folder / generation.database)
            raise
        self._adopt(generation, key_file)
        own = self.folder / FOLDER_NAME
        if not keep_backups and own.is_dir():
            remove_all(own, keep=self.back_up(now) if self.reflections.count() else None)

    def erase_expired(self, today: datetime) -> None:
        """Forget the reflections whose day has come; ``erased`` counts them. The rest waits for the next time."""
        expired = [] if self.read_only else self.reflections.expired(today.date())
        if not expired:
            return
        left = 0
        try:
            self.forget(expired, today)
        except CotutorError:
            # A full disk postpones erasing; it must not keep anybody out of their vault.
            left = len(self.reflections.expired(today.date()))
        self.erased = len(expired) - left

    # ------------------------------------------------------------ copies

    def back_up(self, now: datetime, target: Path | None = None, progress: Progress | None = None) -> Backup:
        """Make a backup, opened once before this returns.

        Args:
            now: names the backup.
            target: where to; None for the vault's own folder, where older ones are thinned out.
            progress: called as pages are copied.

        Raises:
            DiskFull, ReadOnly, Damaged, CotutorError: there is no new backup.
        """
        made = make_backup(self._key, self._store.connection, now, target, progress)
        if target is None:
            prune(self.folder / FOLDER_NAME, now)
        with suppress(CotutorError):  # there is a backup all the same
            self.settings.note_backup(now.date())
        return made

    def contents(self) -> Contents:
        """Everything that the vault holds of its owner's work, for an export."""
        return Contents(
            format=FORMAT,
            version=1,
            reflections=tuple(self.reflections.all()),
            steps=tuple(sorted(self.steps.all(), key=lambda step: step.uid)),
            encounters=tuple(self.encounters.all()),
            ratings=tuple(self.ratings.all()),
        )

    def bring_in(self, held: Contents, now: datetime) -> Merged:
        """Add an export without duplicates, all or nothing; of two versions the one changed later stays.

        Raises:
            ReadOnly, DiskFull, Damaged, CotutorError: nothing was imported.
        """
        with self._store.changing(now) as connection:
            return merge(connection, held)

    # ------------------------------------------------------------ ending

    def abandon_transaction(self) -> None:
        """Take back a change that a signal has interrupted half way, so that the next one can begin."""
        if self._store.connection.in_transaction:
            self._store.connection.rollback()

    def close(self) -> None:
        """Close the database, wipe the key, let the next program in."""
        self._store.connection.close()
        self._key.wipe()
        self._lock.release()

    def _repaired(self) -> KeyFile:
        """The key file without a recovery slot that no longer works."""
        key_file = self._key.key_file
        if "recovery" in damaged_slots(key_file, bytes(self._key.data_key)):
            return without_recovery(key_file)
        return key_file

    def _switch(self, key_file: KeyFile) -> None:
        doubt = _switched(self.folder, key_file, bytes(self._key.data_key))
        self._key = OpenedKey(self.folder, key_file, bytes(self._key.data_key))
        if doubt is not None:
            raise doubt

    def _adopt(self, generation: Generation, key_file: KeyFile) -> None:
        """Put a generation in force, on disk and here; nothing can be saved in the old one after that."""
        try:
            doubt = _switched(self.folder, key_file, generation.data_key)
        except CotutorError:
            generation.connection.close()
            discard(self.folder / generation.database)
            raise
        old = self._key
        self._store.connection.close()
        self._store.connection = generation.connection
        self._key = OpenedKey(self.folder, key_file, generation.data_key)
        old.wipe()
        if doubt is not None:
            raise doubt
        discard(old.database)


def _switched(folder: Path, key_file: KeyFile, data_key: bytes) -> NotSynced | None:
    try:
        switch(folder, key_file, data_key)
    except NotSynced as doubt:
        return doubt
    return None
