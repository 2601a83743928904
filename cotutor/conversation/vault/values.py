"""The types of the vault that faces hold in their hands: to annotate with, to compare, to fill in."""

from collections.abc import Callable

from cotutor.services.handover import Met
from cotutor.vault.backup import Backup, Drill
from cotutor.vault.export import Format, Selection
from cotutor.vault.export_file import Preview
from cotutor.vault.kdf import Cost
from cotutor.vault.keyfile import NewPassphrase
from cotutor.vault.keys import OpenedKey
from cotutor.vault.passphrase import Offer
from cotutor.vault.search import Found, Wanted
from cotutor.vault.settings import Preferences
from cotutor.vault.standing import Standing
from cotutor.vault.transfer import Contents
from cotutor.vault.vault import Vault

Progress = Callable[[int, int], None]
"""Called with how many parts are done, and of how many."""

__all__ = [
    "Backup",
    "Contents",
    "Cost",
    "Drill",
    "Format",
    "Found",
    "Met",
    "NewPassphrase",
    "Offer",
    "OpenedKey",
    "Preferences",
    "Preview",
    "Progress",
    "Selection",
    "Standing",
    "Vault",
    "Wanted",
]
