"""Where a vault, a backup or an export may be: asked before anything else is, and before a vault is loaded."""

import os
from pathlib import Path

from cotutor.domain.errors import CotutorError, NotAVault
from cotutor.domain.text import one_line
from cotutor.services.folders import has_vault

_ELSEWHERE = "cotutor-backups"


def label(path: Path) -> str:
    """A path as it is shown."""
    return one_line(str(path), 200)


def refuse_missing(folder: Path) -> None:
    """Refuse a folder without a vault before anything is asked.

    Raises:
        NotAVault: there is none.
    """
    if not has_vault(folder):
        raise NotAVault(
            f"There is no vault in {label(folder)}. Make one with cotutor vault create, or say with --vault"
            " where yours is."
        )


def refuse_taken(folder: Path) -> None:
    """Refuse to make a vault where there is one, or among other files.

    Raises:
        CotutorError: there is.
    """
    if has_vault(folder):
        raise CotutorError(f"There is already a vault in {label(folder)}. Nothing was changed.")
    refuse_strange(folder)


def problem_of_making(folder: Path) -> str:
    """Why no vault can be made in a folder; empty if one can."""
    try:
        refuse_taken(folder)
    except CotutorError as problem:
        return problem.message
    return ""


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
        raise CotutorError(f"cotutor could not look into {label(folder)}: {error.strerror}.") from None
    # What interrupted work has left is no stranger.
    if not all(name.startswith(("vault", "backups")) or name.endswith(".tmp") for name in names):
        raise CotutorError(
            f"There are other files in {label(folder)}. A vault needs a folder of its own: name one that is"
            " new or empty."
        )


def backups_elsewhere(folder: Path) -> Path:
    """The folder of backups in a folder of one's own choice, such as another disk.

    Raises:
        CotutorError: there is no such folder.
    """
    if not folder.is_dir():
        raise CotutorError(f"There is no folder {label(folder)}. Make it first, or name another.")
    return folder / _ELSEWHERE


def backup_named(folder: Path, named: str) -> Path:
    """The folder of a backup: one of the vault's own by its name, or any by its path.

    Args:
        folder: the vault's folder.
        named: a name in the list of its backups, or a path.

    Raises:
        CotutorError: there is no such folder.
    """
    own = folder / "backups" / named
    found = own if os.sep not in named and own.is_dir() else Path(os.path.abspath(named))  # noqa: PTH100  a link stays one
    if not found.is_dir():
        raise CotutorError(
            f"There is no backup {label(Path(named))}. cotutor vault backup --list shows which there are."
        )
    return found


def refuse_export(path: Path, folder: Path) -> None:
    """Refuse to write an export where none belongs.

    Args:
        path: where it is to be.
        folder: the vault's own folder.

    Raises:
        CotutorError: there is no such folder, it is the vault's, or a folder has that name.
    """
    if not path.parent.is_dir():
        raise CotutorError(f"There is no folder {label(path.parent)}. Make it first, or name another.")
    place = path.parent.resolve()
    if place == folder.resolve() or folder.resolve() in place.parents:
        raise CotutorError("An export does not belong in the vault's own folder. Name another place.")
    if path.is_dir():
        raise CotutorError(f"{label(path)} is a folder. Name a file.")
