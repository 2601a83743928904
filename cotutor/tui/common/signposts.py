"""Offline help: where to turn. Emergency routes stand apart from somebody to talk to."""

from textual.content import Content

from cotutor.domain.guidance import GROUP_NAMES, NOT_STATED, Group, Guidance
from cotutor.tui.common.reading import ReadingPage


def signpost_lines(guidance: Guidance) -> list[Content]:
    """Every entry with its number, hours, source and date, group by group."""
    lines: list[Content] = []
    for group, title in GROUP_NAMES.items():
        lines += [Content.styled(title, "bold $warning" if group is Group.EMERGENCY else "bold $primary")]
        for entry in guidance.help_of(group):
            lines.append(Content.assemble((entry.name, "bold"), f": {entry.reach}"))
            hours = "" if entry.hours == NOT_STATED else f" Hours: {entry.hours}."
            lines.append(Content(f"  {entry.whom}{hours}"))
            lines.extend([Content(f"  {entry.note}")] if entry.note else [])
        lines.append(Content(""))
    lines.append(Content.styled("Where this was read, and when it was checked", "bold $primary"))
    for entry in guidance.signposts:
        lines.append(Content.styled(f"{entry.name}: {entry.source}; {entry.dated}", "$text-muted"))
    return lines


class Signposts(ReadingPage):
    """The help page; it works without a network, like everything here."""

    heading = "Offline help"

    def text(self, guidance: Guidance) -> Content:
        return Content("\n").join(signpost_lines(guidance))
