"""Where on this computer things are; nothing here makes a folder, and importing it costs nothing."""

import os
from pathlib import Path


def config_folder() -> Path:
    """Where a person's own plans and prompt packs are. The folder is never created here."""
    from platformdirs import user_config_path  # noqa: PLC0415  the first line of the line mode must not wait for it

    return user_config_path("cotutor", appauthor=False)


def vault_folder(named: Path | None = None) -> Path:
    """Where a person's vault is, whole from the root.

    Args:
        named: where they keep it; None for the usual place.
    """
    from platformdirs import user_data_path  # noqa: PLC0415  a session needs no vault

    folder = named or user_data_path("cotutor", appauthor=False) / "vault"
    return Path(os.path.abspath(folder))  # noqa: PTH100  a link is refused later, not followed


def has_vault(folder: Path) -> bool:
    """Whether a folder holds something of a vault, whatever its state. Touches nothing, loads nothing."""
    return os.path.lexists(folder / "vault.key") or any(folder.glob("vault-*.db"))
