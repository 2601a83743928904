"""What the vault's commands share: the guard and the fence around them, opening, and saying how it stands."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cotutor.domain.errors import CotutorError, Damaged, NotAVault
from cotutor.domain.text import one_line

if TYPE_CHECKING:
    from cotutor.cli.vault.ask import Asking
    from cotutor.services.notebook import Notebook
    from cotutor.vault.keys import OpenedKey


def folder_of(options: argparse.Namespace) -> Path:
    """The vault's folder that is meant."""
    from cotutor.services.auto_lock import vault_folder

    return vault_folder(options.vault)


def behind_fence(
    work: Callable[[], int],
    *,
    makes: Sequence[Path] = (),
    writable: Sequence[Path] = (),
    readable: Sequence[Path] = (),
) -> int:
    """Do something secret in a process of its own, of which nothing stays; returns the exit code.

    Args:
        work: what is to be done; nothing of the vault is loaded before it.
        makes: folders to make, private, and to write in. Those still empty afterwards are removed.
        writable: other folders that may be written in.
        readable: files and folders that may be read.
    """
    from cotutor.process.guard import run_guarded

    new = [one for folder in makes for one in (folder, *folder.parents) if not one.exists()]

    def face(_start: object) -> int:
        from cotutor.process.fence import arm

        if makes:
            from cotutor.vault.files import private_folder

            for folder in makes:
                private_folder(folder)
        arm([*makes, *writable], readable=readable)
        return work()

    try:
        return run_guarded(face)
    finally:
        for folder in new:
            with suppress(OSError):
                folder.rmdir()


def refuse_missing(folder: Path) -> None:
    """Refuse a folder without a vault before anything is asked.

    Raises:
        NotAVault: there is none.
    """
    from cotutor.services.auto_lock import is_there

    if not is_there(folder):
        raise NotAVault(
            f"There is no vault in {shown(folder)}. Make one with cotutor vault create, or say with --vault"
            " where yours is."
        )


def refuse_strange(folder: Path) -> None:
    """Refuse to make a vault among other files: its folder is closed to everybody else.

    Raises:
        CotutorError: there are other files.
    """
    try:
        names = [one.name for one in folder.iterdir()]
    except FileNotFoundError:
        return
    except OSError as error:
        raise CotutorError(f"cotutor could not look into {shown(folder)}: {error.strerror}.") from None
    # What interrupted work has left is no stranger.
    if not all(name.startswith(("vault", "backups")) or name.endswith(".tmp") for name in names):
        raise CotutorError(
            f"There are other files in {shown(folder)}. A vault needs a folder of its own: name one that is"
            " new or empty."
        )


@contextmanager
def opened(
    options: argparse.Namespace, asking: "Asking", *, damaged_too: bool = False
) -> "Iterator[Notebook]":
    """The vault that is meant, unlocked; it is locked again at the end.

    Args:
        options: says which folder, and whether the recovery key opens it.
        asking: where the passphrase comes from.
        damaged_too: a damaged vault will do, for reading.

    Raises:
        WrongPassphrase, Damaged, NotAVault, VaultMissing, InUse, NewerVersion, CotutorError: it stays shut.
    """
    from cotutor.cli.reading import show
    from cotutor.cli.vault.progress import Working
    from cotutor.services import custody
    from cotutor.vault.keys import read_key_file

    folder = folder_of(options)
    read_key_file(folder)  # what is wrong with it is told before anything is asked
    secret = asking.secret("recovery key" if options.recovery_key else "passphrase")
    with Working("Opening the vault"):
        notebook = custody.unlock(proved(options, folder, secret), wall())
    try:
        if notebook.erased:
            show([f"Erased, because their day had come: {counted(notebook.erased, 'reflection')}."])
        if notebook.vault.damage is None:
            # An older date than its owner remembers means that an old copy was put back.
            standing = notebook.standing()
            show(
                [
                    f"Unlocked: {counted(standing.reflections, 'reflection')}, last saved {moment(standing.last_saved)}."
                ]
            )
        elif not damaged_too:
            raise database_damaged(notebook.vault.damage)
        yield notebook
    finally:
        notebook.close()


def proved(options: argparse.Namespace, folder: Path, secret: str) -> "OpenedKey":
    """The key of a vault or a backup, opened by its passphrase or its recovery key."""
    from cotutor.services import custody

    prove = custody.prove_recovery if options.recovery_key else custody.prove
    return prove(folder, secret)


def database_damaged(problem: str) -> Damaged:
    """A damaged database, with what to do."""
    return Damaged(
        f"The database of this vault is damaged: {problem}. Restore a backup: cotutor vault backup --list,"
        " then cotutor vault restore."
    )


def wall() -> datetime:
    """The local time of day."""
    from cotutor.services.clock import SystemClock

    return SystemClock().wall()


def moment(then: datetime | None) -> str:
    """A moment as it is shown: ``5 Nov 2026, 10:03``."""
    from cotutor.domain.days import day_shown

    if then is None:
        return "never"
    local = then.astimezone() if then.tzinfo else then
    return f"{day_shown(local.date())}, {local:%H:%M}"


def counted(count: int, what: str) -> str:
    """So many of something: ``1 reflection``, ``2 reflections``."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def shown(path: Path) -> str:
    """A path as it is shown."""
    return one_line(str(path), 200)
