"""What opens an open vault: its passphrase changed and rehearsed, its recovery key made and ended."""

from datetime import datetime
from pathlib import Path

from cotutor.conversation.vault.unlocking import prove
from cotutor.domain.errors import CotutorError, WrongPassphrase
from cotutor.vault.keyfile import NewPassphrase
from cotutor.vault.opening import create
from cotutor.vault.recovery import new_recovery_key
from cotutor.vault.vault import Vault

__all__ = ["create", "new_recovery_key"]

WRITE_IT_DOWN = (
    "Write this on paper, now: it is shown only once. It opens the vault without the passphrase, so"
    " keep it where you keep a will or a passport. An earlier recovery key ends."
)
TYPE_IT_BACK = "Type it back from the paper. Capitals, spaces and hyphens don't matter."
RECOVERY_IN_FORCE = "The recovery key opens the vault from now on. Keep the paper safe."
NO_RECOVERY = "This vault has no recovery key."
FROM_MEMORY = "Type it from memory, without looking. If it is wrong, nothing happens: the vault stays open."


def change_passphrase(vault: Vault, new: NewPassphrase, now: datetime, *, reencrypt: bool) -> tuple[str, ...]:
    """Put a prepared passphrase in force; the present one has been proved once more. Returns what to show.

    Args:
        vault: an open vault.
        new: from ``passphrase.prepare``.
        now: the moment.
        reencrypt: move everything to a fresh key as well; the recovery key ends with it.

    Raises:
        NotSynced: changed, but the disk did not confirm it; DiskFull, ReadOnly, Damaged: not changed.
    """
    had_recovery = vault.has_recovery
    vault.set_passphrase(new, now, reencrypt=reencrypt)
    lines = ["The new passphrase is in force. Backups still open with the passphrase of their day."]
    if had_recovery and not vault.has_recovery:
        lines.append("The recovery key has ended: make a new one.")
    return tuple(lines)


def rehearse(vault: Vault, today: datetime) -> str:
    """Note that the passphrase was typed from memory and proved right; returns what to show."""
    vault.settings.note_rehearsal(today.date())
    return "Right. You know it by heart."


def not_right(problem: CotutorError) -> str:
    """What to show when a rehearsal did not prove right."""
    if isinstance(problem, WrongPassphrase):
        return "Not right. Look at your paper; or choose a new one while the vault is open."
    return problem.message


def refuse_wrong(folder: Path, typed: str) -> None:
    """Prove that somebody knows the passphrase of the vault that is open. Slow; only reads.

    Raises:
        WrongPassphrase, Damaged: they do not, or it cannot be seen.
    """
    prove(folder, typed).wipe()
