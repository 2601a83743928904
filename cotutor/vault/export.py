"""A person's work as files for other people and programs: one table has every format.

Each writes the shareable boxes; the private ones only where that is asked for, or where the
format is the whole by nature. The texts were clean when they were stored; here each format's own
special characters lose their meaning. A new format is a new row and the function that renders it.
"""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from html import escape

from msgspec import Struct
from msgspec.structs import replace

from cotutor.domain.duration import MINUTE
from cotutor.domain.reflection import BOX_NAMES, Box, NextStep, Reflection, StepState
from cotutor.vault.transfer import Contents, to_json


class Selection(Struct, frozen=True):
    """What goes into an export."""

    form: str
    """The name of a format in ``FORMATS``."""
    private: bool = False
    """Also what is marked "Only me"; a format that is whole has it anyway."""
    steps: bool = True
    """Also next steps, where the format has room for them."""
    since: date | None = None
    until: date | None = None
    """The last day, included."""


class Format(Struct, frozen=True):
    """A kind of file that an export can be."""

    name: str
    """What is typed after ``--as``."""
    suffix: str
    """How the name of such a file ends, with its dot."""
    line: str
    """What it is good for, as help has it."""
    render: Callable[[Contents, bool], str]
    """Makes the text of the file from what was chosen and whether private boxes belong in it."""
    whole: bool = False
    """It is everything that the vault holds, what is private included; nothing can be chosen."""


def rendered(held: Contents, selection: Selection) -> bytes:
    """The bytes of an export, UTF-8."""
    form = FORMATS[selection.form]
    return form.render(held if form.whole else _chosen(held, selection), selection.private).encode()


def holds_private(selection: Selection) -> bool:
    """Whether what is marked "Only me" is in such an export."""
    return selection.private or FORMATS[selection.form].whole


def hours(milliseconds: int) -> str:
    """A length as portfolios count it, in hours to two places: ``1.25``."""
    return f"{milliseconds / (60 * MINUTE):.2f}"


def _chosen(held: Contents, selection: Selection) -> Contents:
    return replace(
        held,
        reflections=tuple(one for one in held.reflections if _wanted(one, selection)),
        steps=held.steps if selection.steps else (),
    )


def _wanted(reflection: Reflection, selection: Selection) -> bool:
    if selection.since and reflection.day < selection.since:
        return False
    if selection.until and reflection.day > selection.until:
        return False
    return bool(reflection.shareable.strip() or reflection.length) or selection.private


def _boxes(reflection: Reflection, *, private: bool) -> list[tuple[str, str]]:
    """Each box that is to be shown, with its name; the shareable one first."""
    boxes = [(BOX_NAMES[Box.SHAREABLE], reflection.shareable)]
    if private:
        boxes.append((BOX_NAMES[Box.PRIVATE], reflection.private))
    return [(name, text.strip()) for name, text in boxes if text.strip()]


def _markdown(held: Contents, private: bool) -> str:  # noqa: FBT001  the table's shape
    lines = ["# Reflections", ""]
    for one in held.reflections:
        lines += [f"## {_heading(one)}", ""]
        for name, text in _boxes(one, private=private):
            lines += [f"**{name}**", "", _markdown_text(text), ""]
    if held.steps:
        lines += ["## Next steps", ""]
        lines += [f"- [{_tick(step)}] {_markdown_text(_step(step))}" for step in held.steps]
        lines.append("")
    return "\n".join(lines)


def _heading(one: Reflection) -> str:
    spent = f" ({hours(one.length)} h)" if one.length else ""
    tags = " ".join(f"#{tag}" for tag in one.tags)
    return f"{one.day.isoformat()}{spent}{' ' + tags if tags else ''}"


def _tick(step: NextStep) -> str:
    return "x" if step.state is StepState.DONE else " "


def _step(step: NextStep) -> str:
    due = f" (by {step.due.isoformat()})" if step.due else ""
    dropped = " (dropped)" if step.state is StepState.DROPPED else ""
    return f"{step.text}{due}{dropped}"


def _markdown_text(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)


def _json(held: Contents, _private: bool) -> str:  # noqa: FBT001  the table's shape
    return to_json(held).decode()


def _csv(held: Contents, private: bool) -> str:  # noqa: FBT001  the table's shape
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    names = ["date", "template", "tags", "hours", BOX_NAMES[Box.SHAREABLE]]
    table.writerow(names + [BOX_NAMES[Box.PRIVATE]] * private)
    for one in held.reflections:
        row = [one.day.isoformat(), one.template, " ".join(one.tags), hours(one.length), one.shareable]
        table.writerow([_cell(text) for text in row + [one.private] * private])
    return out.getvalue()


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula ("CSV Injection", OWASP)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Reflections</title>
<style>
body {{ font: 11pt/1.5 serif; max-width: 40em; margin: 2em auto; padding: 0 1em; color: #000; background: #fff }}
h1, h2, h3 {{ font-family: sans-serif; line-height: 1.2 }}
section {{ break-inside: avoid; border-top: 1px solid #000; margin-top: 1.5em }}
p {{ white-space: pre-wrap }}
</style>
</head>
<body>
<h1>Reflections</h1>
<p>{summary}</p>
{body}
</body>
</html>
"""


def _html(held: Contents, private: bool) -> str:  # noqa: FBT001  the table's shape
    body = []
    for one in held.reflections:
        body += ["<section>", f"<h2>{escape(_heading(one))}</h2>"]
        for name, text in _boxes(one, private=private):
            title = "Learning" if name == BOX_NAMES[Box.SHAREABLE] else name
            body += [f"<h3>{escape(title)}</h3>", f"<p>{escape(text)}</p>"]
        body.append("</section>")
    if held.steps:
        body += ["<section>", "<h2>Next steps</h2>", "<ul>"]
        body += [f"<li>{escape(_step(step))}: {step.state.value}</li>" for step in held.steps]
        body += ["</ul>", "</section>"]
    return _PAGE.format(summary=escape(_summary(held.reflections)), body="\n".join(body))


def _summary(reflections: tuple[Reflection, ...]) -> str:
    if not reflections:
        return "Nothing has been written to be seen by others."
    first, last = reflections[0].day.isoformat(), reflections[-1].day.isoformat()
    total = hours(sum(one.length for one in reflections))
    count = len(reflections)
    return f"{count} reflection{'' if count == 1 else 's'}, {first} to {last}. CPD hours: {total}."


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("markdown", ".md", "text with headings, to read and to edit", _markdown),
        Format("json", ".json", "everything, from first to last; cotutor reads it back", _json, whole=True),
        Format("csv", ".csv", "a table of the reflections, for a spreadsheet", _csv),
        Format("html", ".html", "a page to print, with CPD hours added up", _html),
    )
}
"""Every format by its name, in the order in which they are listed."""
