"""Earlier versions of a reflection, to read."""

from datetime import UTC, datetime

from textual.content import Content

from cotutor.domain.days import day_shown
from cotutor.domain.guidance import Guidance
from cotutor.domain.reflection import Reflection
from cotutor.tui.common.reading import ReadingPage
from cotutor.tui.vault.words import both_boxes


class EarlierPage(ReadingPage):
    """All of them, the latest first.

    Args:
        versions: what was saved before.
    """

    heading = "Earlier versions"

    def __init__(self, versions: list[Reflection]) -> None:
        super().__init__()
        self._versions = versions

    def text(self, guidance: Guidance) -> Content:  # noqa: ARG002  it says nothing of the guidance
        """Each with the moment it was saved."""
        zone = self.cotutor.clock.wall().tzinfo
        lines: list[Content] = []
        for one in self._versions:
            saved = datetime.fromtimestamp(one.changed / 1000, UTC).astimezone(zone)
            lines.append(Content.styled(f"Saved {day_shown(saved.date())}, {saved:%H:%M}", "bold $primary"))
            lines.append(both_boxes(one))
        return Content("\n").join(lines)
