"""How a vault stands, item by item; and what ends a check with an error."""

from datetime import datetime

from cotutor.conversation.vault.wording import database_damaged, moment
from cotutor.domain.errors import Damaged
from cotutor.vault.backup import own_backups
from cotutor.vault.vault import Vault


def key_file_item(vault: Vault) -> tuple[str, str]:
    """The key file, which is looked at first."""
    return "key file", "whole" if vault.key_file_whole else "changed since it was written"


def items(vault: Vault, now: datetime) -> list[tuple[str, str]]:
    """The rest of a vault whose database is whole: each item's name and how it stands.

    Raises:
        Damaged: the database is not whole.
    """
    if vault.damage is not None:
        raise database_damaged(vault.damage)
    standing = vault.standing()
    found = own_backups(vault.folder)
    rows = [
        ("database", "whole: every page is as it was written, and its structure is sound"),
        ("drafts", str(standing.drafts)),
        ("recovery key", "yes" if standing.has_recovery else "none"),
        (
            "backups",
            f"{len(found)}, the last of {moment(found[-1].made, now)}" if found else "none in its folder",
        ),
    ]
    if standing.read_only:
        rows.append(("changes", "none possible: the folder or the disk allows only reading"))
    return rows


def refuse_changed_key_file(vault: Vault) -> None:
    """End a check of a vault that opens though its key file was changed.

    Raises:
        Damaged: it was.
    """
    if not vault.key_file_whole:
        raise Damaged(
            "The key file of this vault has changed since it was written, though it still opens."
            " Choose a new passphrase: cotutor vault passphrase."
        )
