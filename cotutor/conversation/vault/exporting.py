"""Work that leaves the vault as a file, or comes back: what may be asked for, and what there is to know.

Loads only the table of formats; the vault itself is loaded when something is to be written.
"""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cotutor.conversation.vault.places import label
from cotutor.domain.days import parse_day
from cotutor.domain.errors import WrongUsage
from cotutor.domain.identifiers import LIMIT_OF_THE_CHECK
from cotutor.domain.reflection import BOX_NAMES, Box
from cotutor.vault.export import FORMATS, Selection
from cotutor.vault.transfer import Merged

if TYPE_CHECKING:
    from cotutor.vault.export_file import Preview

__all__ = ["FORMATS"]


def listed_formats() -> str:
    """The names of the formats as a sentence lists them: ``markdown, json, csv or html``."""
    *most, last = FORMATS
    return f"{', '.join(most)} or {last}"


def format_lines() -> str:
    """Every format with what it is good for, a line each."""
    return "\n".join(f"  {one.name:<10}{one.line}" for one in FORMATS.values())


def selection(form: str, *, everything: bool, since: str, until: str, today: date) -> Selection:
    """What goes into an export, from what was asked for.

    Args:
        form: the name of a format.
        everything: also what is marked "Only me", and next steps.
        since: the first day, or nothing.
        until: the last day, or nothing.
        today: what days are counted from.

    Raises:
        WrongUsage: a day is none, or what was asked for cannot be had together.
    """
    try:
        first, last = parse_day(since, today), parse_day(until, today)
    except ValueError as error:
        raise WrongUsage(str(error)) from None
    if first and last and first > last:
        raise WrongUsage("--from is later than --to: no day lies between them.")
    if FORMATS[form].whole and not everything:
        raise WrongUsage(
            f"{form.upper()} is the whole vault, “{BOX_NAMES[Box.PRIVATE]}” included: say --everything too, or"
            " choose another form."
        )
    if FORMATS[form].whole and (first or last):
        raise WrongUsage(
            f"{form.upper()} is always the whole vault: leave out --from and --to, or choose another form."
        )
    return Selection(form, private=everything, steps=everything, since=first, until=last)


def damaged_line(problem: str) -> str:
    """What to know before a damaged vault is exported."""
    return f"The vault is damaged, so the file may lack something: {problem}."


def preview_lines(shown: "Preview") -> list[str]:
    """What there is to know before an export is written in the clear."""
    kinds = Counter(one.kind.value for one in shown.identifiers)
    found = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    signs, rows = len(shown.text), shown.text.count("\n")
    return [
        f"To be written: {signs:,} character{'' if signs == 1 else 's'}, {rows:,} line{'' if rows == 1 else 's'}.",
        *shown.warnings,
        f"What might identify somebody: {len(shown.identifiers)}{f' ({found})' if found else ''}.",
        LIMIT_OF_THE_CHECK,
    ]


def writing_plain(path: Path) -> str:
    """The question before an export is written in the clear."""
    return f"Write it, unencrypted, to {label(path)}?"


def written_lines(path: Path, *, encrypted: bool) -> list[str]:
    """What to show once an export is written."""
    name = label(path)
    if encrypted:
        return [f"Written and encrypted: {name}", "Any age program opens it, such as: age -d FILE"]
    return [f"Written, not encrypted: {name}"]


def merged_line(merged: Merged) -> str:
    """What an import did."""
    return f"{merged.added} new, {merged.updated} changed since, {merged.unchanged} known already."
