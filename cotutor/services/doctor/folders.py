"""Where the program keeps things, if it keeps any, and who else has them. Nothing is created."""

import os
import shlex
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cotutor.services.doctor.finding import Finding
from cotutor.services.doctor.table import found
from cotutor.services.folders import has_vault

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
        yield found("no vault", folder=folder)
    except OSError as problem:
        yield found("vault not seen", folder=folder, problem=problem.strerror)
    service = cloud_of(folder)
    if service is not None:
        yield found("cloud", service=service)


def about_config(folder: Path) -> Finding:
    """Whether the person has plans or prompts of their own, and who else may change them."""
    try:
        folder.stat()
        places = [place for place in (folder, folder / "plans", folder / "prompts") if place.is_dir()]
        changed = _open_to_others(places, stat.S_IWGRP | stat.S_IWOTH)
    except (FileNotFoundError, NotADirectoryError):
        return found("no plans", folder=folder)
    except OSError as problem:
        return found("plans not seen", folder=folder, problem=problem.strerror)
    if changed:
        quoted = shlex.quote(str(folder))
        return found("plans open to others", folder=folder, places=", ".join(changed), quoted=quoted)
    return found("plans", folder=folder)


def about_new_files() -> Finding:
    """Who may read what the program keeps."""
    return found("new files as their folder" if os.name == "nt" else "new files")


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


def _readers(folder: Path, inside: Sequence[Path]) -> Finding:
    if not has_vault(folder):
        return found("no vault", folder=folder)
    if os.name == "nt":
        return found("vault", folder=folder)
    loose = _open_to_others((folder, *inside), stat.S_IRWXG | stat.S_IRWXO)
    if loose:
        quoted = shlex.quote(str(folder))
        return found("vault open to others", folder=folder, places=", ".join(loose[:3]), quoted=quoted)
    return found("vault closed to others", folder=folder)


def _open_to_others(places: Iterable[Path], rights: int) -> list[str]:
    """Those that belong to another account, or give others one of ``rights``; an administrator may anything."""
    if os.name == "nt":
        return []
    loose = []
    for place in places:
        about = place.lstat()
        if about.st_uid not in {0, os.geteuid()} or (
            about.st_mode & rights and not stat.S_ISLNK(about.st_mode)
        ):
            loose.append(place.name or str(place))
    return loose
