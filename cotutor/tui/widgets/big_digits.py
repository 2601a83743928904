"""Digits drawn as large as the space allows, and repainted only where they change.

Each sign is a picture of three by five points. A point is a whole number of cells, two cells
wide for each row, because a terminal's cells are about twice as high as they are wide. Points
are drawn with a character, not with a background, so that they show without colours too.

Every sign is a widget of its own: a line of a widget is always written from its left edge, and
it is the last sign that changes every second.
"""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
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
_MOST = len("+12:34:56")


class Sign(Widget):
    """One sign of the time, in a picture of rows of cells."""

    DEFAULT_CSS = "Sign { width: 0; height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._picture: tuple[str, ...] = ()
        self._style = Style()

    def show(self, picture: tuple[str, ...]) -> None:
        """Show another picture; only the rows that differ are painted."""
        before, self._picture = self._picture, picture
        if [cell_len(row) for row in before] != [cell_len(row) for row in picture]:
            self.styles.width = cell_len(picture[0]) if picture else 0
            self.styles.height = len(picture) or 1
            return
        regions = [Region(0, y, len(row), 1) for y, row in enumerate(picture) if row != before[y]]
        if regions:
            self.refresh(*regions)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows, all in one style, which takes longer to find than a row to draw."""
        style = self.rich_style
        self._style = Style(color=style.color, bgcolor=style.bgcolor, bold=style.bold)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of cells."""
        row = self._picture[y] if y < len(self._picture) else ""
        return Strip([Segment(row, self._style)], len(row))


class BigDigits(Widget):
    """A time of day or a length of time, as large as the widget.

    Args:
        largest: how many rows a point may be high at the most; 0 for as many as fit.
    """

    DEFAULT_CSS = """
    BigDigits {
        layout: horizontal; align: center middle; overflow: hidden;
        width: 1fr; height: 1fr; color: $text;
    }
    """

    def __init__(self, *, largest: int = 0, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = ""
        self._largest = largest
        self._point = (0, 0)
        self._signs = [Sign() for _ in range(_MOST)]

    @property
    def text(self) -> str:
        return self._text

    def compose(self) -> ComposeResult:
        """A place for each sign; those that are not needed have no width."""
        yield from self._signs

    def show(self, text: str) -> None:
        """Show another text of digits, ``:`` and ``+``."""
        before, self._text = self._text, text
        if len(text) != len(before):
            self._draw_all()
            return
        for place, sign in enumerate(text):
            if sign != before[place]:
                self._draw(place)

    def on_resize(self) -> None:
        """Draw again for the new size."""
        self._draw_all()

    def _draw_all(self) -> None:
        self._point = _point_size(self._text, self.size, self._largest)
        for place in range(_MOST):
            self._draw(place)

    def _draw(self, place: int) -> None:
        sign = self._text[place : place + 1]
        last = place == len(self._text) - 1
        self._signs[place].show(_picture(sign, self._point, gap=not last) if sign else ())


def _picture(sign: str, point: tuple[int, int], *, gap: bool) -> tuple[str, ...]:
    """The rows of one sign, with the gap after it; the sign itself where there is room for no more."""
    wide, high = point
    if not wide:
        return (sign,)
    rows = ("".join((_POINT if one == "#" else " ") * wide for one in row) for row in _PICTURES[sign])
    return tuple(row + " " * wide * gap for row in rows for _ in range(high))


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
