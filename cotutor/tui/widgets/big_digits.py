"""Digits drawn as large as the space allows, and repainted only where they change.

Each sign is a picture of three by five points. A point is a whole number of cells, two cells
wide for each row, because a terminal's cells are about twice as high as they are wide. Points
are drawn with a character, not with a background, so that they show without colours too.
"""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

_PICTURES = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "+": ("   ", " # ", "###", " # ", "   "),
    ":": (" ", "#", " ", "#", " "),
}
_ROWS = 5
_POINT = "█"


class BigDigits(Widget):
    """A time of day or a length of time, as large as the widget.

    ``show`` changes the text and repaints only the cells that differ.
    """

    DEFAULT_CSS = """
    BigDigits { width: 1fr; height: 1fr; color: $text; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    def __init__(self, text: str = "", *, largest: int = 0, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = text
        self._largest = largest
        self._picture: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def show(self, text: str) -> None:
        """Show another text of digits, ``:`` and ``+``."""
        if text == self._text:
            return
        self._text = text
        before, self._picture = self._picture, self._drawn()
        if len(before) != len(self._picture):
            self.refresh()
            return
        changed = [
            _difference(y, old, new) for y, (old, new) in enumerate(zip(before, self._picture, strict=True))
        ]
        regions = [region for region in changed if region]
        if regions:
            self.refresh(*regions)

    def on_resize(self) -> None:
        """Draw again for the new size."""
        self._picture = self._drawn()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of cells."""
        style = self.rich_style
        row = self._picture[y] if y < len(self._picture) else ""
        if not row.strip():
            return Strip.blank(self.size.width, style)
        return Strip(
            [Segment(row, Style(color=style.color, bgcolor=style.bgcolor, bold=style.bold))], len(row)
        )

    def _drawn(self) -> tuple[str, ...]:
        """The picture of the text, centred, one string for each row of the widget."""
        width, height = self.size
        wide, high = _point_size(self._text, self.size, self._largest)
        if not wide:
            plain = self._text.center(width)[:width]
            return tuple(plain if y == height // 2 else " " * width for y in range(height))
        rows = [" ".join(_PICTURES[sign][row] for sign in self._text) for row in range(_ROWS)]
        drawn = [
            "".join((_POINT if point == "#" else " ") * wide for point in row).center(width) for row in rows
        ]
        above = (height - _ROWS * high) // 2
        blank = " " * width
        lines = [blank] * above + [line for line in drawn for _ in range(high)]
        return tuple(lines + [blank] * (height - len(lines)))


def _points_wide(text: str) -> int:
    return sum(len(_PICTURES[sign][0]) + 1 for sign in text) - 1


def _point_size(text: str, size: Size, largest: int) -> tuple[int, int]:
    """Cells wide and high of one point; nought if the text does not fit at all."""
    across = max(_points_wide(text), _points_wide("00:00")) if text else 1
    scale = min(size.width // (across * 2), size.height // _ROWS)
    if largest:
        scale = min(scale, largest)
    if scale:
        return scale * 2, scale
    fits = size.width >= _points_wide(text) and size.height >= _ROWS
    return (1, 1) if fits else (0, 0)


def _difference(y: int, before: str, after: str) -> Region | None:
    """The cells of row ``y`` that differ."""
    if before == after:
        return None
    first = next(x for x, (old, new) in enumerate(zip(before, after, strict=True)) if old != new)
    last = next(x for x in range(len(after) - 1, -1, -1) if before[x] != after[x])
    return Region(first, y, last - first + 1, 1)
