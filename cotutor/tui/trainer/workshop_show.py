"""How the trainer's screens show notes, parts and seats."""

from collections.abc import Iterable, Sequence

from textual.content import Content

from cotutor.conversation.notice import Notice
from cotutor.conversation.trainer import workshop_lines
from cotutor.domain import scenes
from cotutor.domain.rotation import Round
from cotutor.tui.trainer.page import heading, lines


def notice_line(notice: Notice) -> Content:
    """A notice; one with a sign stands out."""
    text = " ".join(part for part in (notice.sign, notice.text, notice.to_do) if part)
    return Content.styled(text, "bold $warning") if notice.sign else Content(text)


def notes(notes: Iterable[str]) -> Content:
    """The trainer's notes, a bullet each."""
    return lines([heading("Your notes"), *(f"• {line}" for line in notes)])


def coming(parts: Iterable[str], note: str) -> Content:
    """The parts that follow; last, how the room gets to see the workshop."""
    return lines([heading("Next"), *parts, "", Content.styled(note, "$text-muted")])


def groups(groups: Iterable[Sequence[str]], turn: int | None, size: int) -> str:
    """Who has which part in each group, as short as can be read from afar."""
    return _beside(scenes.parts(group, turn, size) for group in groups)


def seating(rounds: Sequence[Round], people: Sequence[str], now: int | None = None) -> Content:
    """Who sits with whom in every round; the present one is marked by a sign."""
    if not rounds:
        return Content(workshop_lines.NO_SEATING)
    shown: list[str | Content] = []
    for one in rounds:
        shown.append(heading(f"{'› ' if one.number == now else ''}Round {one.number}"))
        shown += [_beside(" · ".join(group) for group in workshop_lines.groups(one)), ""]
    shown.append(Content.styled(workshop_lines.ORDER, "$text-muted"))
    if numbered := workshop_lines.numbers(people):
        shown += ["", heading(workshop_lines.NUMBERS), _beside(numbered)]
    return lines(shown)


def _beside(texts: Iterable[str]) -> str:
    """Texts in one row, broken between them only."""
    return "    ".join(text.replace(" ", "\u00a0") for text in texts)
