"""After a demonstration: what an observer would have counted, both versions compared, questions."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.conversation.trainer.commands import CLOSE, COMPARE, HELP, PLAY_OTHER, READ
from cotutor.conversation.trainer.demonstration import OTHER, Counted, counted
from cotutor.domain.demonstration import FICTION, Script, Which
from cotutor.domain.skills import COUNTED
from cotutor.tui.keys import bindings
from cotutor.tui.trainer.page import TrainerPage, heading, lines
from cotutor.tui.widgets.tally_table import TallyTable

_ROOM_FOR_BARS = 60
_COLUMN, _NARROW_COLUMN = 20, 10


class DemoReading(TrainerPage[None]):
    """A page to read about a demonstration, marked as fiction.

    Args:
        script: the conversation.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        CLOSE,
        *READ,
        HELP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, script: Script) -> None:
        super().__init__()
        self.script = script
        self.heading = script.title.partition(":")[0]

    def action_read(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)


class DemoEnd(DemoReading):
    """What was counted in a version, and questions for the room.

    Args:
        script: the conversation.
        which: the version that was played.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        PLAY_OTHER,
        COMPARE,
        *DemoReading.KEYS,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, script: Script, which: Which) -> None:
        super().__init__(script)
        self._which = which
        self.heading = f"{self.heading} · {which} version"

    def body(self) -> ComposeResult:
        """That it is fiction, the picture, the figures, the questions."""
        shown = counted(self.script, self._which)
        yield Static(Content(FICTION), id="fiction")
        with VerticalScroll(id="reading", can_focus=False):
            yield TallyTable(shown.tally, shown.length, keys=False)
            yield Static(lines(["", *_figures(shown), "", *_questions(shown)]))

    def action_other(self) -> None:
        """Play the other version, in this screen's place."""
        from cotutor.tui.trainer.demo import DemoPage  # noqa: PLC0415  loaded when it begins

        self.make_way_for(DemoPage(self.script, OTHER[self._which], self.cotutor.clock))

    def action_compare(self) -> None:
        self.lead_to(DemoCompare(self.script))


class DemoCompare(DemoReading):
    """Both versions side by side."""

    def body(self) -> ComposeResult:
        """That it is fiction, a row for each behaviour, the figures, the questions."""
        yield Static(Content(FICTION), id="fiction")
        with VerticalScroll(id="reading", can_focus=False):
            yield Static(self._compared())

    def _compared(self) -> Content:
        both = [counted(self.script, which) for which in Which]
        wide = max(len(skill) for skill in COUNTED) + 1
        column = _COLUMN if self.app.size.width >= _ROOM_FOR_BARS else _NARROW_COLUMN
        rows: list[str | Content] = [
            heading(f"{'':{wide}}" + "".join(f"{which:{column}}" for which in Which)),
            *(
                f"{skill:{wide}}" + "".join(_count(one.tally.count(skill), column) for one in both)
                for skill in COUNTED
            ),
        ]
        for one in both:
            rows += ["", heading(one.title), *_figures(one), "", *_questions(one)]
        return lines(rows)


def _count(count: int, column: int) -> str:
    """A count, and a bar if the column is wide enough for one."""
    bar = "█" * min(count, column - 4) if column == _COLUMN else ""
    return f"{count or '·':>2} {bar}".ljust(column)


def _figures(shown: Counted) -> list[str | Content]:
    return [*shown.figures, Content.styled(shown.borrowed, "italic $text-muted")]


def _questions(shown: Counted) -> list[str | Content]:
    return [heading(shown.questions_title), *(f"• {one}" for one in shown.questions)]
