"""Earlier versions of a reflection, to read."""

from textual.content import Content

from cotutor.conversation.vault.wording import version_line
from cotutor.domain.guidance import Guidance
from cotutor.domain.reflection import Reflection
from cotutor.tui.common.reading import ReadingPage
from cotutor.tui.vault.boxes import both_boxes


class VersionsPage(ReadingPage):
    """All of them, the latest first.

    Args:
        versions: what was saved before.
    """

    heading = "Earlier versions"

    def __init__(self, versions: list[Reflection]) -> None:
        super().__init__()
        self._versions = versions

    def text(self, guidance: Guidance) -> Content:  # noqa: ARG002  it shows nothing of the guidance
        """Each with the moment it was saved."""
        now = self.cotutor.clock.wall()
        lines: list[Content] = []
        for one in self._versions:
            lines += [Content.styled(version_line(one, now), "bold $primary"), both_boxes(one)]
        return Content("\n").join(lines)
