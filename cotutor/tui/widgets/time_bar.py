"""A bar of the time left, which is repainted only when it grows shorter by a cell."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

_LEFT, _GONE = "━", "─"


class TimeBar(Widget):
    """The share of a phase that is left; heavy line for what is left, light for what is gone.

    The two lines differ in weight, so the bar reads without colours.
    """

    DEFAULT_CSS = """
    TimeBar { height: 1; width: 1fr; color: $primary; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._share = 1.0
        self._cells = -1

    def show(self, left: int, whole: int) -> None:
        """Show that ``left`` of ``whole`` milliseconds are left."""
        self._share = max(0.0, min(1.0, left / whole)) if whole else 0.0
        if self._count() != self._cells:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        self._cells = self._count() if y == 0 else self._cells
        text = _LEFT * self._cells + _GONE * (width - self._cells)
        return Strip([Segment(text, self.rich_style)], width)

    def _count(self) -> int:
        return round(self._share * self.size.width)
