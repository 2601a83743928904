"""The vault's settings: what can be chosen, what is chosen, and what there is to do with an open vault."""

from datetime import datetime

from msgspec.structs import replace

from cotutor.conversation.command import Command, offered
from cotutor.conversation.vault.commands import LOOKING_AFTER
from cotutor.domain.days import day_shown
from cotutor.domain.duration import MINUTE
from cotutor.vault.backup import own_backups
from cotutor.vault.vault import Vault

_MINUTES = (1, 2, 5, 10, 15)
_BACKUPS = {0: "never", 1: "daily", 7: "weekly", 30: "monthly"}
HISTORY = ((False, "the last only"), (True, "earlier ones too"))
"""Which versions of a reflection may be kept, with the words for it."""


def lock_after(vault: Vault) -> tuple[tuple[tuple[int, str], ...], int]:
    """After how many milliseconds without a key it may lock, each with its words; and which is chosen."""
    chosen = max(1, vault.settings.preferences.lock_after // MINUTE)
    return tuple((count * MINUTE, f"{count} min") for count in sorted({*_MINUTES, chosen})), chosen * MINUTE


def backup_every(vault: Vault) -> tuple[tuple[tuple[int, str], ...], int]:
    """After how many days a backup may be due, each with its words; and which is chosen."""
    chosen = vault.settings.preferences.backup_every
    return tuple(({chosen: "as it is"} | _BACKUPS if chosen not in _BACKUPS else _BACKUPS).items()), chosen


def set_lock_after(vault: Vault, milliseconds: int) -> None:
    """Settle when it locks; it counts at once.

    Raises:
        ReadOnly, DiskFull, Damaged: it is as it was.
    """
    vault.settings.prefer(replace(vault.settings.preferences, lock_after=milliseconds))


def set_backup_every(vault: Vault, days: int) -> None:
    """Settle how often a backup is due.

    Raises:
        ReadOnly, DiskFull, Damaged: it is as it was.
    """
    vault.settings.prefer(replace(vault.settings.preferences, backup_every=days))


def lines(vault: Vault, now: datetime) -> list[tuple[Command, str]]:
    """What can be done with the vault at present, each with a few words on how it stands."""
    found = own_backups(vault.folder)
    stands = {
        "backups": f"{len(found)}, the last of {day_shown(found[-1].made.date())}" if found else "none yet",
    }
    if vault.settings.rehearsal_due(now.date()):
        stands["rehearse"] = "due now"
    return [(command, stands.get(command.name, command.help)) for command in offered(LOOKING_AFTER, vault)]
