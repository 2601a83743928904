"""How an invented conversation is written on the screen."""

import textwrap

from textual.content import Content

from cotutor.conversation.trainer.demonstration import ASKED, Demonstration, verdict
from cotutor.domain.demonstration import Spoken
from cotutor.tui.trainer.page import clickable


def conversation(demonstration: Demonstration, width: int) -> Content:
    """Every line so far, under the names; the latest line is marked.

    Args:
        demonstration: what plays.
        width: cells of a line.
    """
    played, script = demonstration.played, demonstration.playback.script
    column = max(len(script.speaker.name), len(script.listener.name)) + 4
    rows: list[Content] = []
    for number, line in enumerate(played):
        latest = number == len(played) - 1
        name = f"{'›' if latest else ' '} {script.name_of(line)}:".ljust(column)
        rows += _line(line, name, demonstration.label(line), width, latest=latest)
    return Content("\n").join(rows)


def _line(line: Spoken, name: str, label: str, width: int, *, latest: bool) -> list[Content]:
    column = len(name)
    parts = textwrap.wrap(line.say, max(10, width - column)) or [""]
    style = "bold" if latest else ""
    who = "$primary" if line.who == "listener" else "$accent"
    rows = [Content.assemble(" " * column, (part, style)) for part in parts]
    rows[0] = Content.assemble((name, f"bold {who}"), (parts[0], style))
    if label and column + len(parts[-1]) + 4 + len(label) <= width:
        rows[-1] = Content.assemble(rows[-1], "  ", (f"[{label}]", "italic $text-muted"))
    elif label:
        below = textwrap.wrap(f"[{label}]", max(10, width - column))
        rows += [Content.assemble(" " * column, (part, "italic $text-muted")) for part in below]
    return rows


def choices(demonstration: Demonstration) -> Content:
    """A stop: the three answers, and what there is to know of the one that was chosen."""
    stop = demonstration.stop
    if stop is None:
        return Content("")
    lines = [Content.styled(ASKED, "bold $primary")]
    for number, choice in enumerate(stop.choices, start=1):
        chosen = choice is demonstration.choice
        mark = f"{'›' if chosen else ' '}{number} "
        line = clickable(Content.styled(choice.say, "bold" if chosen else ""), f"screen.choose({number - 1})")
        lines.append(Content.assemble((mark, "bold $primary"), line))
        if chosen:
            lines.append(Content.assemble("   ", (verdict(choice), "bold")))
    return Content("\n").join(lines)
