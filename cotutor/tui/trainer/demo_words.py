"""How an invented conversation is written on the screen."""

import textwrap

from textual.content import Content

from cotutor.domain.demonstration import Playback, Script, Spoken
from cotutor.domain.skills import ABOUT
from cotutor.tui.trainer.page import clickable


def conversation(playback: Playback, width: int, *, labels: bool) -> Content:
    """Everything that has been said so far, under the names; the latest line is marked.

    Args:
        playback: how far it has been played.
        width: cells of a line.
        labels: whether each line says what it is.
    """
    said = playback.lines[: playback.index + 1]
    script = playback.script
    column = max(len(script.speaker.name), len(script.listener.name)) + 4
    lines: list[Content] = []
    for number, line in enumerate(said):
        latest = number == len(said) - 1
        lines += _line(playback.script, line, column, width, labels=labels, latest=latest)
    return Content("\n").join(lines)


def _line(
    script: Script, line: Spoken, column: int, width: int, *, labels: bool, latest: bool
) -> list[Content]:
    name = f"{'›' if latest else ' '} {script.name_of(line)}:".ljust(column)
    said = textwrap.wrap(line.say, max(10, width - column)) or [""]
    style = "bold" if latest else ""
    who = "$primary" if line.who == "listener" else "$accent"
    rows = [Content.assemble(" " * column, (part, style)) for part in said]
    rows[0] = Content.assemble((name, f"bold {who}"), (said[0], style))
    label = f"[{label_of(line)}]" if labels and label_of(line) else ""
    if label and column + len(said[-1]) + 2 + len(label) <= width:
        rows[-1] = Content.assemble(rows[-1], "  ", (label, "italic $text-muted"))
    elif label:
        rows.append(Content.assemble(" " * column, (label[: width - column], "italic $text-muted")))
    return rows


def label_of(line: Spoken) -> str:
    """``I-A · encourager +``: the step, the skill, and whether it helps as a rule (+) or hinders (-)."""
    parts = [line.step or ""]
    if line.skill:
        parts.append(f"{line.skill} {'+' if ABOUT[line.skill].helps else '-'}")
    return " · ".join(part for part in parts if part)


def choices_shown(playback: Playback) -> Content:
    """A stop: the three answers, and what there is to say of the one that was chosen."""
    stop = playback.stop
    if stop is None:
        return Content("")
    lines = [Content.styled("What would you say next?", "bold $primary")]
    for number, choice in enumerate(stop.choices, start=1):
        chosen = choice is playback.choice
        mark = f"{'›' if chosen else ' '}{number} "
        line = clickable(Content.styled(choice.say, "bold" if chosen else ""), f"screen.choose({number - 1})")
        lines.append(Content.assemble((mark, "bold $primary"), line))
        if chosen:
            word = "+ helps. " if choice.helps else "- hinders. "
            lines.append(Content.assemble(("   ", ""), (word, "bold"), choice.why))
    return Content("\n").join(lines)
