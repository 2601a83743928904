"""Where the program keeps things, if it keeps any, and who else has them. Nothing is created."""

import os
import shlex
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cotutor.services.auto_lock import is_there
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
    """Whether there is a vault, whose it is, who else may open it, and what copies it elsewhere."""
    try:
        yield _readers(folder, sorted(folder.iterdir()))
    except (FileNotFoundError, NotADirectoryError):
        yield _no_vault(folder)
    except OSError as problem:
        yield _cannot_look("vault", folder, problem)
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
    """Whether the person has plans or prompts of their own, and who else may change them."""
    try:
        folder.stat()
        places = [place for place in (folder, folder / "plans", folder / "prompts") if place.is_dir()]
        changed = _open_to_others(places, stat.S_IWGRP | stat.S_IWOTH)
    except (FileNotFoundError, NotADirectoryError):
        return Finding(
            "own plans", State.NOTE, f"You have no plans or prompts of your own. They would be in {folder}."
        )
    except OSError as problem:
        return _cannot_look("own plans", folder, problem)
    if changed:
        return Finding(
            "own plans",
            State.DOES_NOT,
            f"Your own plans and prompts are read from {folder}, and other accounts on this computer may change"
            f" {', '.join(changed)}.",
            f"If these folders are yours: chmod -R go-w {shlex.quote(str(folder))}",
        )
    return Finding(
        "own plans",
        State.NOTE,
        f"Your own plans and prompts are read from {folder}. They are not secret.",
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


def _no_vault(folder: Path) -> Finding:
    return Finding("vault", State.NOTE, f"There is no vault in {folder}.")


def _readers(folder: Path, inside: Sequence[Path]) -> Finding:
    if not is_there(folder):
        return _no_vault(folder)
    if os.name == "nt":
        return Finding("vault", State.NOTE, f"There is a vault in {folder}.")
    loose = _open_to_others((folder, *inside), stat.S_IRWXG | stat.S_IRWXO)
    if loose:
        return Finding(
            "vault",
            State.DOES_NOT,
            f"There is a vault in {folder}, and other accounts on this computer may open {', '.join(loose[:3])}."
            " What they find is encrypted.",
            f"If these are yours: chmod -R go= {shlex.quote(str(folder))}",
        )
    return Finding(
        "vault", State.PROTECTS, f"There is a vault in {folder}, which only your account may open."
    )


def _open_to_others(places: Iterable[Path], rights: int) -> list[str]:
    """Those that belong to another account, or give others one of ``rights``; an administrator may anything."""
    if os.name == "nt":
        return []
    found = []
    for place in places:
        about = place.lstat()
        if about.st_uid not in {0, os.geteuid()} or (
            about.st_mode & rights and not stat.S_ISLNK(about.st_mode)
        ):
            found.append(place.name or str(place))
    return found


def _cannot_look(name: str, folder: Path, problem: OSError) -> Finding:
    return Finding(
        name,
        State.UNKNOWN,
        f"{folder} could not be looked into ({problem.strerror}).",
        "Look from the account that it belongs to.",
    )
