"""An open vault, and the changes of keys and generations that keep it whole at every instant."""

from datetime import datetime
from pathlib import Path

from cotutor.domain.errors import CotutorError, Damaged, WrongPassphrase
from cotutor.vault.backup import FOLDER_NAME, Backup, make_backup, prune
from cotutor.vault.database import Connection, Progress, damage
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
from cotutor.vault.recovery import read_recovery_key, recovery_root
from cotutor.vault.store import Store, remove_reflections, set_setting


class Vault:
    """A vault that this program, and no other, has open. ``open_vault`` makes one.

    A connection belongs to the thread that opened it; so does this object.
    """

    def __init__(self, key: OpenedKey, store: Store, lock: FolderLock, problem: str | None) -> None:
        self.store = store
        self.damage = problem
        """What is wrong with the database, in words, or None; a damaged vault is read-only."""
        self._key = key
        self._lock = lock

    @property
    def folder(self) -> Path:
        """Where the vault is."""
        return self._key.folder

    @property
    def read_only(self) -> bool:
        """Nothing can be changed, for damage or because the disk refuses."""
        return self.store.read_only

    @property
    def has_recovery(self) -> bool:
        """Whether a recovery key opens it too."""
        return self._key.has_recovery

    @property
    def key_file_whole(self) -> bool:
        """The key file is byte for byte what was written. If not: choose a new passphrase soon."""
        return self._key.whole

    def set_passphrase(
        self, new: NewPassphrase, *, reencrypt: bool = False, progress: Progress | None = None
    ) -> None:
        """Change the passphrase; the old one opens the vault until the new one is proved.

        Args:
            new: from ``keys.prepare``, which may run in a thread.
            reencrypt: also move everything to a fresh data key, so that the old passphrase and an
                old copy of the key file open nothing that is written from now on. The recovery key
                ends with it and has to be made anew.
            progress: for re-encrypting.

        Raises:
            NotSynced: changed, but try both passphrases should the power fail now.
            DiskFull, ReadOnly, Damaged, CotutorError: the old passphrase is in force.
        """
        self.store.refuse_read_only()
        if reencrypt:
            generation = next_generation(self.folder, self.store.connection, progress=progress)
            key_file = new_key_file(generation.data_key, new, generation.database, self._key.key_file.vault)
            self._adopt(generation, key_file)
            return
        data_key = bytes(self._key.data_key)
        self._switch(with_passphrase(self._repaired(), data_key, new))

    def set_recovery(self, printed: str, typed: str) -> None:
        """Let a recovery key open the vault, once it has been typed back from paper.

        Raises:
            WrongPassphrase: what was typed is not what was printed; nothing was changed.
            NotSynced, DiskFull, ReadOnly, Damaged, CotutorError: as for a passphrase.
        """
        self.store.refuse_read_only()
        code = read_recovery_key(typed)
        if code != read_recovery_key(printed):
            raise WrongPassphrase("That is a recovery key, but not the one that was just shown.")
        salt = new_data_key()[:SALT_BYTES]
        root = recovery_root(code, salt)
        self._switch(with_recovery(self._repaired(), bytes(self._key.data_key), root, salt))

    def remove_recovery(self) -> None:
        """Let only the passphrase open the vault. Old copies of the key file still know the old key."""
        self.store.refuse_read_only()
        self._switch(without_recovery(self._repaired()))

    def forget(self, uids: list[str] | None, now: int, progress: Progress | None = None) -> None:
        """Delete reflections, or all of them, and move the rest to a fresh data key.

        The old file is then unreadable for everybody, wherever its blocks survive. Backups and
        exports are not touched; see ``backup.remove_all``.

        Args:
            uids: which reflections; None for all of them, with their next steps.
            now: the moment, for the time of the last save.
            progress: called as the rest is copied; on a large vault this takes seconds.

        Raises:
            NotSynced: done, though the disk did not confirm it.
            DiskFull, ReadOnly, Damaged, CotutorError: nothing was deleted.
        """
        self.store.refuse_read_only()

        def change(connection: Connection) -> None:
            remove_reflections(connection, uids)
            set_setting(connection, "saved", now)

        generation = next_generation(self.folder, self.store.connection, change, progress)
        try:
            key_file = rewrapped(
                self._key.key_file, bytes(self._key.data_key), generation.data_key, generation.database
            )
        except Damaged:
            generation.connection.close()
            discard(self.folder / generation.database)
            raise
        self._adopt(generation, key_file)

    def backup(self, now: datetime, target: Path | None = None, progress: Progress | None = None) -> Backup:
        """Make a verified backup; in the vault's own folder old ones are thinned out afterwards.

        Raises:
            DiskFull, ReadOnly, Damaged, CotutorError: there is no new backup.
        """
        made = make_backup(self._key, self.store.connection, now, target, progress)
        if target is None:
            prune(self.folder / FOLDER_NAME, now)
        return made

    def check(self) -> str | None:
        """Run both integrity checks again: what is wrong, or None."""
        if not self._key.whole:
            return "the key file has changed since it was written; choose a new passphrase"
        return damage(self.store.connection)

    def close(self) -> None:
        """Close the database, wipe the key, let the next program in."""
        self.store.connection.close()
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
        self.store.connection.close()
        self.store = Store(generation.connection)
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
