"""Offline help: where to turn. Emergency routes stand apart from somebody to talk to."""

from textual.content import Content

from cotutor.conversation.session.sections import help_sections
from cotutor.domain.guidance import Guidance
from cotutor.tui.common.reading import ReadingPage
from cotutor.tui.common.sections import sections


class Signposts(ReadingPage):
    """The help page; it works without a network, like everything here."""

    heading = "Offline help"

    def text(self, guidance: Guidance) -> Content:
        return sections(help_sections(guidance))
