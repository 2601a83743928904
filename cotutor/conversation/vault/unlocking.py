"""Making a vault and unlocking one: which secret is meant, and what is to be known or done afterwards."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from cotutor.conversation.command import Command
from cotutor.conversation.notice import Medium
from cotutor.conversation.vault.commands import SETTINGS, STEPS
from cotutor.domain.errors import CotutorError
from cotutor.process.guard import Start
from cotutor.services import handover

if TYPE_CHECKING:
    from cotutor.vault.keys import OpenedKey
    from cotutor.vault.vault import Vault

GREETINGS = {
    Start.LOCKED: "Locked. What was being written has been kept, encrypted.",
    Start.LOCKED_UNSAVED: "Locked. What was written in the last moment could not be kept.",
}
"""What stands above the question for the passphrase, by why it is asked."""
GREETING = "Only your passphrase opens them."
SLOW_ON_PURPOSE = "Opening takes a second or so on purpose: each guess of a stranger takes as long."
FROM_PAPER = "Six groups of five, from paper. Capitals, spaces and hyphens don't matter."
READ_ONLY = "The vault is open for reading only."


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, before a fence that lets nothing else be written.

    Raises:
        DiskFull, ReadOnly, CotutorError: it could not be made.
    """
    from cotutor.vault.files import private_folder as make  # noqa: PLC0415  not before the first screen

    make(folder)


def refuse_unreadable(folder: Path) -> None:
    """Refuse a vault whose key file can open nothing, before anything is asked.

    Raises:
        NotAVault, Damaged, NewerVersion, CotutorError: what is wrong with it.
    """
    from cotutor.vault.keys import read_key_file  # noqa: PLC0415  not before the first screen

    read_key_file(folder)


def prove(folder: Path, typed: str, *, recovery: bool = False) -> "OpenedKey":
    """Prove the passphrase of a vault or a backup, or its recovery key. Slow; only reads.

    Raises:
        WrongPassphrase, Damaged, NotAVault, NewerVersion, CotutorError: it opens nothing.
    """
    from cotutor.vault import keys  # noqa: PLC0415  not before the first screen

    return (keys.prove_recovery if recovery else keys.prove_passphrase)(folder, typed)


def unlock(key: "OpenedKey", now: datetime) -> "Vault":
    """Open the vault of a proved key and erase what has expired.

    Raises:
        InUse, VaultMissing, Damaged, NewerVersion, CotutorError: it cannot be opened.
    """
    from cotutor.vault.opening import open_vault  # noqa: PLC0415  not before the first screen

    return open_vault(key, now)


class Welcome(Struct, frozen=True):
    """What there is to know and to do once a vault is open."""

    notices: tuple[str, ...]
    """What happened and what is due, a sentence or two each."""
    must_choose_passphrase: bool
    """It was opened by its recovery key, so nobody knows the passphrase."""
    met: handover.Met | None
    """A session that has just ended, to be offered to the encounter log."""


def erased_line(vault: "Vault") -> str:
    """What expired and was erased when the vault was opened; empty if nothing."""
    from cotutor.conversation.vault.wording import counted  # noqa: PLC0415  loads the vault

    return (
        f"Erased, because their day had come: {counted(vault.erased, 'reflection')}." if vault.erased else ""
    )


def welcome(
    vault: "Vault", now: datetime, *, by_recovery: bool = False, medium: Medium = Medium.KEYS
) -> Welcome:
    """Make the backup that is due, and name what happened while opening and what else is due.

    Args:
        vault: just opened.
        now: the present moment.
        by_recovery: its recovery key has opened it.
        medium: whether commands are given by keys or by words.
    """
    notices = [_condition(vault, medium), erased_line(vault)]
    writable = not vault.read_only
    if writable and vault.settings.backup_due(now.date()):
        notices.append(_backed_up(vault, now))
    if writable and not by_recovery and vault.settings.rehearsal_due(now.date()):
        notices.append(f"Do you still know your passphrase by heart? Rehearse it {_by(SETTINGS, medium)}.")
    due = len(vault.steps.due(now.date()))
    if due:
        notices.append(f"{due} next step{'' if due == 1 else 's'} due {_by(STEPS, medium)}.")
    return Welcome(
        notices=tuple(notice for notice in notices if notice),
        must_choose_passphrase=writable and by_recovery,
        met=handover.taken() if writable else None,
    )


def _condition(vault: "Vault", medium: Medium) -> str:
    if vault.damage is not None:
        return f"Damaged: {vault.damage}. Read-only. Restore a backup: cotutor vault restore."
    if vault.read_only:
        return "The folder refuses changes, so you can only read."
    if not vault.key_file_whole:
        return f"The key file is partly damaged; a new passphrase mends it {_by(SETTINGS, medium)}."
    return ""


def _backed_up(vault: "Vault", now: datetime) -> str:
    try:
        vault.back_up(now)
    except CotutorError:
        return "The backup that is due could not be made."
    return "A backup was made and opened once."


def _by(command: Command, medium: Medium) -> str:
    return f"({command.key_shown if medium is Medium.KEYS else command.word})"
