"""``cotutor vault export`` and ``import``: work that leaves the vault as a file, or comes back."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from cotutor.cli.parser import Parser, one_of
from cotutor.cli.reading import show
from cotutor.cli.vault.opening import behind_fence, folder_of, opened, wall
from cotutor.conversation.vault.exporting import (
    FORMATS,
    format_lines,
    listed_formats,
    preview_lines,
    selection,
    writing_plain,
    written_lines,
)
from cotutor.conversation.vault.places import refuse_export, refuse_missing
from cotutor.domain.days import HOW
from cotutor.domain.errors import WrongPassphrase

if TYPE_CHECKING:
    from cotutor.cli.vault.asking import Asking
    from cotutor.conversation.vault.values import Contents, Preview

EXPORT_MORE = f"""\
{format_lines()}

What is marked “Could be seen by others” is written; with --everything also
“Only me” and next steps.
A plain file is shown and asked for first, because anybody can read it. With
--encrypted any age program opens it (age-encryption.org), with a passphrase
of its own.
"""


def export_arguments(parser: Parser) -> None:
    """Declare what an export takes."""
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help="where to")
    add(
        "--as",
        dest="form",
        metavar="FORM",
        type=one_of(*FORMATS),
        required=True,
        help=listed_formats(),
    )
    add("--from", dest="since", metavar="DATE", help=f"only from this day on: {HOW}")
    add("--to", dest="until", metavar="DATE", help="only up to this day")
    add("--everything", action="store_true", help="also what is marked “Only me”")
    add("--encrypted", action="store_true", help="encrypt the file with a passphrase of its own")
    add("--replace", action="store_true", help="replace a file of that name")
    add("--yes", action="store_true", help="write without asking")


def import_arguments(parser: Parser) -> None:
    """Declare what an import takes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a JSON export, plain or encrypted by age")


def export(options: argparse.Namespace) -> int:
    """Write an export; returns the exit code.

    Raises:
        WrongUsage: what was asked for cannot be had together.
        CotutorError: the file cannot be written there, or something else.
    """
    folder = folder_of(options)
    refuse_missing(folder)
    path = Path(os.path.abspath(options.file))  # noqa: PTH100  a link is replaced, not followed
    refuse_export(path, folder)
    chosen = selection(
        options.form,
        everything=options.everything,
        since=options.since or "",
        until=options.until or "",
        today=wall().date(),
    )

    def work() -> int:
        from cotutor.cli.vault.asking import Asking
        from cotutor.conversation.vault import export_files
        from cotutor.conversation.vault.exporting import damaged_line

        export_files.refuse_existing(path, replace=options.replace)
        asking = Asking(from_input=options.from_input)
        with opened(options, asking, damaged_too=True) as vault:
            if vault.damage is not None:
                asking.show([damaged_line(vault.damage)])
            preview = export_files.preview(vault.contents(), chosen, wall().date())
        return (_encrypted if options.encrypted else _plain)(preview, path, options, asking)

    return behind_fence(work, writable=[folder, path.parent])


def bring_in(options: argparse.Namespace) -> int:
    """Bring an export in; returns the exit code."""
    folder = folder_of(options)
    refuse_missing(folder)
    path = Path(os.path.abspath(options.file))  # noqa: PTH100  a link is refused later, not followed

    def work() -> int:
        from cotutor.cli.vault.asking import Asking
        from cotutor.conversation.vault.exporting import merged_line

        asking = Asking(from_input=options.from_input)
        held = _read(path)
        with opened(options, asking) as vault:
            merged = vault.bring_in(held or _decrypted(path, asking), wall())
        return show([merged_line(merged)])

    return behind_fence(work, writable=[folder], readable=[path])


def _encrypted(preview: "Preview", path: Path, options: argparse.Namespace, asking: "Asking") -> int:
    from cotutor.cli.vault.passphrase import chosen
    from cotutor.cli.vault.progress import Working
    from cotutor.conversation.vault.export_files import write_encrypted

    passphrase = chosen(asking, "passphrase of the file")
    with Working("Encrypting"):
        write_encrypted(preview, path, passphrase, replace=options.replace)
    return show(written_lines(path, encrypted=True))


def _plain(preview: "Preview", path: Path, options: argparse.Namespace, asking: "Asking") -> int:
    from cotutor.conversation.vault.export_files import write

    asking.show(preview_lines(preview))
    if not options.yes and asking.has_terminal and asking.answer("See it first? [y/N] ") in ("y", "yes"):
        asking.show_text(preview.text.splitlines())
    asking.confirmed(writing_plain(path), yes=options.yes)
    write(preview, path, replace=options.replace)
    return show(written_lines(path, encrypted=False))


def _read(path: Path) -> "Contents | None":
    """A plain export; None if it is encrypted."""
    from cotutor.conversation.vault.export_files import read_import

    try:
        return read_import(path)
    except WrongPassphrase:
        return None


def _decrypted(path: Path, asking: "Asking") -> "Contents":
    from cotutor.cli.vault.progress import Working
    from cotutor.conversation.vault.export_files import read_import

    secret = asking.secret("passphrase of the file")
    with Working("Decrypting"):
        return read_import(path, secret)
