"""How an invented conversation is written on the screen."""

from textual.content import Content

from cotutor.domain.demonstration import Playback, Script, Spoken
from cotutor.domain.skills import ABOUT
from cotutor.tui.screens.trainer_page import clickable


def conversation(playback: Playback, *, labels: bool) -> Content:
    """Everything that has been said so far; the latest line is marked."""
    said = playback.lines[: playback.index + 1]
    latest = len(said) - 1
    return Content("\n").join(
        _line(playback.script, line, labels=labels, latest=number == latest)
        for number, line in enumerate(said)
    )


def _line(script: Script, line: Spoken, *, labels: bool, latest: bool) -> Content:
    name = script.name_of(line)
    mark = "›" if latest else " "
    who = "$primary" if line.who == "listener" else "$accent"
    label = f"   [{label_of(line)}]" if labels and label_of(line) else ""
    return Content.assemble(
        (f"{mark} {name}: ", f"bold {who}"),
        (line.say, "bold" if latest else ""),
        (label, "italic $text-muted"),
    )


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
        line = Content.assemble((mark, "bold $primary"), (choice.say, "bold" if chosen else ""))
        lines.append(clickable(line, f"screen.choose({number - 1})"))
        if chosen:
            word = "+ helps. " if choice.helps else "- hinders. "
            lines.append(Content.assemble(("   ", ""), (word, "bold"), choice.why))
    return Content("\n").join(lines)
