"""``cotutor vault export`` and ``import``: work that leaves the vault as a file, or comes back."""

import argparse
import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cotutor.cli.parser import Parser, one_of
from cotutor.cli.reading import show
from cotutor.cli.vault.work import behind_fence, counted, folder_of, opened, refuse_missing, shown, wall
from cotutor.domain.days import HOW, parse_day
from cotutor.domain.errors import CotutorError, WrongPassphrase, WrongUsage

if TYPE_CHECKING:
    from cotutor.cli.vault.ask import Asking
    from cotutor.services.portfolio import Preview
    from cotutor.vault.export import Selection
    from cotutor.vault.transfer import Contents

EXPORT_MORE = """\
What is marked “Could be seen by others” is written; with --everything also
“Only me” and next steps. JSON is always everything, from first to last.
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
        type=one_of("markdown", "json", "csv", "html"),
        required=True,
        help="markdown, json, csv or html",
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
    _refuse_place(path, folder)
    days = _days(options)

    def work() -> int:
        from cotutor.cli.vault.ask import Asking
        from cotutor.services import portfolio

        portfolio.refuse_existing(path, replace=options.replace)
        asking = Asking(from_input=options.from_input)
        with opened(options, asking, damaged_too=True) as notebook:
            if notebook.vault.damage is not None:
                asking.tell(
                    [f"The vault is damaged, so the file may lack something: {notebook.vault.damage}."]
                )
            preview = portfolio.preview(notebook, _choice(options, *days), wall().date())
        return (_encrypted if options.encrypted else _plain)(preview, path, options, asking)

    return behind_fence(work, writable=[folder, path.parent])


def bring_in(options: argparse.Namespace) -> int:
    """Bring an export in; returns the exit code."""
    folder = folder_of(options)
    refuse_missing(folder)
    path = Path(os.path.abspath(options.file))  # noqa: PTH100  a link is refused later, not followed

    def work() -> int:
        from cotutor.cli.vault.ask import Asking
        from cotutor.services import portfolio

        asking = Asking(from_input=options.from_input)
        held = _read(path)
        with opened(options, asking) as notebook:
            held = held or _decrypted(path, asking)
            merged = portfolio.bring_in(notebook, held, wall())
        return show(
            [f"{merged.added} new, {merged.updated} changed since, {merged.unchanged} known already."]
        )

    return behind_fence(work, writable=[folder], readable=[path])


def _refuse_place(path: Path, folder: Path) -> None:
    if not path.parent.is_dir():
        raise CotutorError(f"There is no folder {shown(path.parent)}. Make it first, or name another.")
    place = path.parent.resolve()
    if place == folder.resolve() or folder.resolve() in place.parents:
        raise CotutorError("An export does not belong in the vault's own folder. Name another place.")
    if path.is_dir():
        raise CotutorError(f"{shown(path)} is a folder. Name a file.")


def _days(options: argparse.Namespace) -> tuple[date | None, date | None]:
    """The first and the last day that are wanted.

    Raises:
        WrongUsage: they are no days, or JSON, which is always the whole, was asked for.
    """
    today = wall().date()
    try:
        since, until = parse_day(options.since or "", today), parse_day(options.until or "", today)
    except ValueError as error:
        raise WrongUsage(str(error)) from None
    if since and until and since > until:
        raise WrongUsage("--from is later than --to: no day lies between them.")
    if options.form == "json" and not options.everything:
        raise WrongUsage(
            "JSON is the whole vault, “Only me” included: say --everything too, or choose another form."
        )
    if options.form == "json" and (since or until):
        raise WrongUsage("JSON is always the whole vault: leave out --from and --to, or choose another form.")
    return since, until


def _choice(options: argparse.Namespace, since: date | None, until: date | None) -> "Selection":
    from cotutor.vault.export import Form, Selection

    everything = options.everything
    return Selection(Form(options.form), private=everything, steps=everything, since=since, until=until)


def _encrypted(preview: "Preview", path: Path, options: argparse.Namespace, asking: "Asking") -> int:
    from cotutor.cli.vault.choose import chosen
    from cotutor.cli.vault.progress import Working
    from cotutor.services import portfolio

    words, _ = chosen(asking, "passphrase of the file")
    with Working("Encrypting"):
        portfolio.write_encrypted(preview, path, words, replace=options.replace)
    return show([f"Written and encrypted: {shown(path)}", "Any age program opens it, such as: age -d FILE"])


def _plain(preview: "Preview", path: Path, options: argparse.Namespace, asking: "Asking") -> int:
    from cotutor.services import portfolio

    asking.tell(_told(preview))
    if not options.yes and asking.has_terminal and asking.answer("See it first? [y/N] ") in ("y", "yes"):
        asking.tell(preview.text.splitlines())
    asking.confirmed(f"Write it, unencrypted, to {shown(path)}?", yes=options.yes)
    portfolio.write(preview, path, replace=options.replace)
    return show([f"Written, not encrypted: {shown(path)}"])


def _told(preview: "Preview") -> list[str]:
    """What there is to know before an export is written in the clear."""
    from cotutor.domain.identifiers import LIMIT_OF_THE_CHECK

    kinds = Counter(finding.kind.value for finding in preview.findings)
    found = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    return [
        f"To be written: {counted(len(preview.text), 'character')}, {counted(preview.text.count(chr(10)), 'line')}.",
        *preview.warnings,
        f"What might identify somebody: {len(preview.findings)}{f' ({found})' if found else ''}.",
        LIMIT_OF_THE_CHECK,
    ]


def _read(path: Path) -> "Contents | None":
    """A plain export; None if it is encrypted."""
    from cotutor.services import portfolio

    try:
        return portfolio.read_import(path)
    except WrongPassphrase:
        return None


def _decrypted(path: Path, asking: "Asking") -> "Contents":
    from cotutor.cli.vault.progress import Working
    from cotutor.services import portfolio

    secret = asking.secret("passphrase of the file")
    with Working("Decrypting"):
        return portfolio.read_import(path, secret)
