"""The line at the top of every screen: where you are, and what is kept."""

from textual.content import Content
from textual.widget import Widget

from cotutor.domain.keeping import Keeping


class TopBar(Widget):
    """A title on the left, what is kept on the right; a rehearsal says so between them.

    Args:
        title: where the person is.
        keeping: what is kept of this screen.
        speed: how many times faster than life the clock runs.
    """

    DEFAULT_CSS = """
    TopBar { dock: top; height: 1; width: 1fr; padding: 0 1; background: $panel; color: $text; }
    """

    def __init__(self, title: str, keeping: Keeping = Keeping.NOTHING, speed: int = 1) -> None:
        super().__init__()
        self._title = title
        self._keeping = keeping
        self._speed = speed

    def keep(self, keeping: Keeping) -> None:
        """Show what is kept now, if it has changed."""
        if keeping is not self._keeping:
            self._keeping = keeping
            self.refresh()

    def render(self) -> Content:
        """The line; the title gives way first when the room is short."""
        kept = Content.styled(str(self._keeping), "bold $success")
        note = (
            Content.styled(f" REHEARSAL {self._speed}x ", "bold reverse") if self._speed != 1 else Content("")
        )
        room = self.size.width - kept.cell_length - note.cell_length - 2
        title = Content.styled(self._title, "bold").truncate(max(0, room), ellipsis=True, pad=True)
        return Content.assemble(title, note, "  " if room >= 0 else "", kept)
