"""Where the program keeps things, if it keeps any, and who else has them. Nothing is created."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cotutor.services.doctor.finding import Finding, State

_CLOUDS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "a cloud drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
    "pcloud": "pCloud",
    "mega": "MEGA",
    "box": "Box",
    "box sync": "Box",
    "tresorit": "Tresorit",
}


def about_vault(folder: Path) -> Iterator[Finding]:
    """Whether there is a vault, who may read its folder, and what copies it elsewhere."""
    if folder.is_dir():
        yield _readers(folder)
    else:
        yield Finding("vault", State.NOTE, "There is no vault. Nothing is kept on this computer.")
    cloud = cloud_of(folder)
    if cloud is not None:
        yield Finding(
            "cloud",
            State.DOES_NOT,
            f"The vault's folder is, or would be, inside {cloud}. Only encrypted bytes would be copied, but old"
            " copies outlive what you erase, and a half-copied vault is a damaged one.",
            "Keep the vault in a folder that is not synchronised, and copy backups instead.",
        )


def about_config(folder: Path) -> Finding:
    """Whether the person has plans or prompts of their own."""
    if folder.is_dir():
        return Finding(
            "own plans",
            State.NOTE,
            f"Your own plans and prompts are read from {folder}. They are not secret.",
        )
    return Finding(
        "own plans", State.NOTE, f"You have no plans or prompts of your own. They would be in {folder}."
    )


def about_new_files() -> Finding:
    """Who may read what the program keeps."""
    if os.name == "nt":
        return Finding(
            "new files",
            State.UNKNOWN,
            "What the program keeps has the permissions of the folder it is in.",
            "Keep the vault inside your own user folder.",
        )
    return Finding("new files", State.PROTECTS, "What the program keeps can be read by your account only.")


def cloud_of(folder: Path) -> str | None:
    """The service that synchronises a folder, judged by the names in its path, or None."""
    for place in {folder, _resolved(folder)}:
        for part in place.parts:
            name = part.casefold()
            # OneDrive adds the employer's name: "OneDrive - NHS"
            if name in _CLOUDS or name.startswith("onedrive"):
                return _CLOUDS.get(name, "OneDrive")
    return None


def _resolved(folder: Path) -> Path:
    try:
        return folder.resolve()
    except (OSError, RuntimeError):
        return folder


def _readers(folder: Path) -> Finding:
    if os.name == "nt":
        return Finding("vault", State.NOTE, f"There is a vault in {folder}.")
    loose = [
        path.name or str(path)
        for path in (folder, *sorted(folder.iterdir()))
        if stat.S_IMODE(path.lstat().st_mode) & 0o077 and not path.is_symlink()
    ]
    if loose:
        return Finding(
            "vault",
            State.DOES_NOT,
            f"There is a vault in {folder}, and other accounts on this computer may open {', '.join(loose[:3])}."
            " What they find is encrypted.",
            f"chmod -R go= '{folder}'",
        )
    return Finding(
        "vault", State.PROTECTS, f"There is a vault in {folder}, which only your account may open."
    )
