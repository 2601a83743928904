"""An export as a file: seen before it is written, encrypted if that is wanted, and read back."""

import os
from datetime import date
from pathlib import Path

from msgspec import Struct

from cotutor.domain.errors import CotutorError, WrongPassphrase
from cotutor.domain.identifiers import Identifier, identifiers
from cotutor.domain.reflection import BOX_NAMES, Box
from cotutor.vault import age, files
from cotutor.vault.export import FORMATS, Selection, holds_private, rendered
from cotutor.vault.transfer import IMPORT_LIMIT, Contents, from_json

PLAIN_WARNING = (
    "This file is not encrypted. Whoever gets it can read it, and copies outlive deletion. A court can"
    " require it, as it can the vault."
)
PRIVATE_WARNING = f"It holds what you marked “{BOX_NAMES[Box.PRIVATE]}”."


class Preview(Struct, frozen=True):
    """An export as it would be written, for the person to read first."""

    data: bytes
    """The very bytes of the file."""
    name: str
    """A name for the file that tells little."""
    warnings: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    """What in ``text`` might identify somebody."""

    @property
    def text(self) -> str:
        """The bytes as text; ``identifiers`` counts in its characters."""
        return self.data.decode()


def preview(held: Contents, selection: Selection, today: date) -> Preview:
    """Make an export in memory, with what there is to know about it.

    Args:
        held: from ``Vault.contents``.
        selection: what goes into it.
        today: for the name of the file.
    """
    data = rendered(held, selection)
    text, days = data.decode(), _days(held)
    return Preview(
        data=data,
        name=f"cotutor-{today.isoformat()}{FORMATS[selection.form].suffix}",
        warnings=(PLAIN_WARNING, PRIVATE_WARNING) if holds_private(selection) else (PLAIN_WARNING,),
        identifiers=tuple(one for one in identifiers(text) if text[one.start : one.end] not in days),
    )


def write(shown: Preview, path: Path, *, replace: bool = False) -> None:
    """Write an export in plain text, mode 0600, whole or not at all.

    Raises:
        CotutorError: the file is there already and is not to be replaced.
        DiskFull, ReadOnly, CotutorError: nothing was written.
    """
    _written(shown.data, path, replace=replace)


def write_encrypted(shown: Preview, path: Path, passphrase: str, *, replace: bool = False) -> None:
    """Write an export that any age program opens with the passphrase. Slow; nothing plain touches the disk.

    Raises:
        CotutorError, DiskFull, ReadOnly: as for a plain one.
    """
    refuse_existing(path, replace=replace)
    _written(age.encrypted(shown.data, passphrase), path, replace=replace)


def read_import(path: Path, passphrase: str | None = None) -> Contents:
    """Read a JSON export, plain or encrypted by age. Slow if encrypted; changes nothing.

    Raises:
        WrongPassphrase: it is encrypted and the passphrase is missing or wrong.
        NewerVersion, CotutorError: it cannot be imported; the message says where it goes wrong.
    """
    try:
        data = files.read(path, IMPORT_LIMIT)
    except FileNotFoundError:
        raise CotutorError(f"There is no file {files.label(path)}.") from None
    if age.is_age(data):
        if passphrase is None:
            raise WrongPassphrase("The file is encrypted: it needs the passphrase it was exported with.")
        data = age.decrypted(data, passphrase)
    return from_json(data)


def _days(held: Contents) -> set[str]:
    """The dates that a form writes by itself; they identify nobody."""
    days = {one.day for part in (held.reflections, held.encounters, held.ratings) for one in part}
    days |= {step.due for step in held.steps if step.due}
    return {day.isoformat() for day in days}


def refuse_existing(path: Path, *, replace: bool) -> None:
    """Refuse to write over a file unless that is wanted.

    Raises:
        CotutorError: there is one.
    """
    if not replace and os.path.lexists(path):
        raise CotutorError(
            f"{files.label(path)} is there already. Choose another name, or say to replace it."
        )


def _written(data: bytes, path: Path, *, replace: bool) -> None:
    refuse_existing(path, replace=replace)
    files.write(path, data)
