"""The observer's tally as a table: a row for each behaviour, a column for every five minutes."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from cotutor.domain.skills import ABOUT, COUNTED, Skill
from cotutor.domain.tally import Row, Tally, rows

_LABEL = max(len(skill) for skill in COUNTED)
_NARROW = 60
_BAR = "█"


class TallyTable(Widget):
    """The picture of a tally, which can be clicked to count.

    Args:
        keys: whether each row shows its key.
    """

    DEFAULT_CSS = """
    TallyTable { height: auto; width: 1fr; color: $text; }
    """

    @dataclass
    class Counted(Message):
        """Somebody clicked on a behaviour."""

        skill: Skill

    def __init__(self, tally: Tally = Tally(), length: int = 0, *, keys: bool = True) -> None:  # noqa: B008  a frozen value
        super().__init__()
        self._rows = rows(tally, length)
        self._keys = keys
        self._latest: Skill | None = None

    def show(self, tally: Tally, length: int) -> None:
        """Show another tally; nothing is drawn anew if nothing differs."""
        drawn = rows(tally, length)
        latest = tally.marks[-1].skill if tally.marks else None
        if (drawn, latest) != (self._rows, self._latest):
            self._rows, self._latest = drawn, latest
            self.refresh()

    @property
    def narrow(self) -> bool:
        """Whether there is only room for the totals, in two columns."""
        return self._keys and self.size.width < _NARROW

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002  Textual's signature
        """Rows needed at this width."""
        count = len(COUNTED)
        return -(-count // 2) if self._keys and width < _NARROW else count + 1

    def render(self) -> Content:
        if self.narrow:
            return self._compact()
        width = self.size.width
        room = width - _LABEL - 9
        fitting = max(1, min(len(self._rows[0].counts), room * 2 // 3 // 4))
        most = max(row.total for row in self._rows)
        heads = "".join(f"{number * 5:>4}" for number in range(fitting))
        head = f"{'':3}{'minutes from':{_LABEL}}{heads}  all"
        return Content("\n").join(
            [
                Content.styled(head, "$text-muted"),
                *(self._line(row, fitting, most, room - 4 * fitting) for row in self._rows),
            ]
        )

    def _line(self, row: Row, fitting: int, most: int, room: int) -> Content:
        bins = "".join(f"{count or '·':>4}" for count in row.counts[:fitting])
        bar = row.bar(most, max(1, room)).replace("#", _BAR)
        style = "bold" if row.skill is self._latest else ""
        return Content.assemble(
            (f" {ABOUT[row.skill].key} " if self._keys else "   ", "bold $primary"),
            (f"{row.skill:{_LABEL}}{bins}{row.total:>5}  ", style),
            (bar, "$primary"),
        )

    def _compact(self) -> Content:
        half = self.size.width // 2
        high = self.get_content_height(None, None, self.size.width)
        drawn = []
        for left, right in zip(self._rows[:high], [*self._rows[high:], None], strict=False):
            cells = [self._cell(row, half) for row in (left, right) if row]
            drawn.append(Content("").join(cells))
        return Content("\n").join(drawn)

    def _cell(self, row: Row, width: int) -> Content:
        name = f"{row.total or '·':>2} {row.skill}"
        style = "bold" if row.skill is self._latest else ""
        return Content.assemble(
            (f"{ABOUT[row.skill].key} ", "bold $primary"), (name[: width - 3].ljust(width - 2), style)
        )

    def on_click(self, event: events.Click) -> None:
        """Count what the mouse points at."""
        spot = event.get_content_offset(self)
        if spot is None or not self._keys:
            return
        if self.narrow:
            high = self.get_content_height(None, None, self.size.width)
            number = spot.y + (high if spot.x >= self.size.width // 2 else 0)
        else:
            number = spot.y - 1
        if 0 <= number < len(COUNTED):
            self.post_message(self.Counted(COUNTED[number]))
