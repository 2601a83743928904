"""What every key does, made from the keys themselves."""

from collections.abc import Iterable

from textual.content import Content

from cotutor.domain.guidance import Guidance
from cotutor.tui.keys import Key
from cotutor.tui.screens.reading import ReadingPage

_ABOUT = (
    "Nothing is kept unless you ask. No network is used. The speaker is in charge.",
    "The program trains nobody and treats nobody.",
)


class HelpPage(ReadingPage):
    """The keys of the screen below, and those that work everywhere.

    Args:
        here: the keys of the screen below.
        everywhere: the app's own keys.
    """

    heading = "Help"

    def __init__(self, here: Iterable[Key], everywhere: Iterable[Key]) -> None:
        super().__init__()
        self._groups = (("On this screen", tuple(here)), ("Everywhere", tuple(everywhere)))

    def text(self, guidance: Guidance) -> Content:  # noqa: ARG002  the keys need none
        """A line for each key."""
        lines: list[Content] = []
        for title, keys in self._groups:
            lines.append(Content.styled(title, "bold $primary"))
            lines += [Content.assemble((key.name.rjust(8), "bold"), f"  {key.help}") for key in keys]
            lines.append(Content(""))
        return Content("\n").join([*lines, *map(Content, _ABOUT)])
