"""A field of several lines in which pieces can be pointed at."""

from collections import defaultdict
from collections.abc import Iterable

from rich.style import Style
from rich.text import Text

from cotutor.domain.identifiers import Identifier
from cotutor.tui.widgets.fields import LinesField


class MarkedField(LinesField):
    """Underlines what might identify somebody, so that it shows without colours too."""

    def __init__(self, text: str = "", *, id: str | None = None, most: int = 4_000) -> None:
        super().__init__(text, id=id, most=most)
        self._marks: dict[int, list[tuple[int, int]]] = {}

    def point_at(self, identifiers: Iterable[Identifier]) -> None:
        """Mark these pieces of the text and no others."""
        marks = _by_line(self.text, identifiers)
        if marks != self._marks:
            self._marks = marks
            self.notify_style_update()  # Textual remembers drawn lines until their style changes
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        """A line with its marks."""
        line = super().get_line(line_index)
        for start, end in self._marks.get(line_index, ()):
            line.stylize(Style(underline=True, bold=True, color=self.app.current_theme.warning), start, end)
        return line


def _by_line(text: str, identifiers: Iterable[Identifier]) -> dict[int, list[tuple[int, int]]]:
    """Where identifiers begin and end in each line."""
    marks: dict[int, list[tuple[int, int]]] = defaultdict(list)
    spans = [(one.start, one.end) for one in identifiers]
    begins = 0
    for number, line in enumerate(text.split("\n")):
        ends = begins + len(line)
        marks_here = [
            (max(start, begins) - begins, min(end, ends) - begins)
            for start, end in spans
            if start < ends and end > begins
        ]
        if marks_here:
            marks[number] = marks_here
        begins = ends + 1
    return dict(marks)
