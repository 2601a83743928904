"""After a demonstration: what an observer would have counted, both versions compared, questions."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.conversation.trainer.commands import HELP, READ
from cotutor.domain.demonstration import FICTION, Script, Which, starts, tallied
from cotutor.domain.skills import COUNTED
from cotutor.domain.tally import BORROWED, shares
from cotutor.tui.keys import bindings
from cotutor.tui.trainer.page import TrainerPage, heading, lines
from cotutor.tui.widgets.tally_table import TallyTable

_ROOM_FOR_BARS = 60
_COLUMN, _NARROW_COLUMN = 20, 10
_OTHER = {Which.UNHELPFUL: Which.HELPFUL, Which.HELPFUL: Which.UNHELPFUL}


class DemoReading(TrainerPage[None]):
    """A page to read about a demonstration, marked as fiction.

    Args:
        script: the conversation.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("escape,q,enter", "back", "Close", "Go back.", shown="esc"),
        *READ,
        HELP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, script: Script) -> None:
        super().__init__()
        self.script = script
        self.heading = script.title.partition(":")[0]

    def action_read(self, rows: int) -> None:
        """Scroll."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)


class DemoEnd(DemoReading):
    """What was counted in a version, and questions for the room.

    Args:
        script: the conversation.
        which: the version that was played.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("w", "other", "Other version", "Play the other version."),
        Command("c", "compare", "Compare", "Both versions side by side."),
        *DemoReading.KEYS,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, script: Script, which: Which) -> None:
        super().__init__(script)
        self._which = which
        self.heading = f"{self.heading} · {which} version"

    def body(self) -> ComposeResult:
        """That it is fiction, the picture, the figures, the questions."""
        tally = tallied(self.script, self._which)
        length = starts(self.script.lines(self._which))[-1]
        yield Static(Content(FICTION), id="fiction")
        with VerticalScroll(id="reading", can_focus=False):
            yield TallyTable(tally, length, keys=False)
            yield Static(
                lines(
                    [
                        "",
                        *(Content.assemble((f"{one.name}: ", "bold"), one.words) for one in shares(tally)),
                        Content.styled(BORROWED, "italic $text-muted"),
                        "",
                        *_questions(self.script, self._which),
                    ]
                )
            )

    def action_other(self) -> None:
        """Play the other version, in this screen's place."""
        from cotutor.tui.trainer.demo import DemoPage  # noqa: PLC0415  loaded when it begins

        self.app.switch_screen(DemoPage(self.script, _OTHER[self._which], self.cotutor.clock))

    def action_compare(self) -> None:
        """Show both."""
        self.app.push_screen(DemoCompare(self.script))


class DemoCompare(DemoReading):
    """Both versions side by side."""

    def body(self) -> ComposeResult:
        """That it is fiction, a row for each behaviour, the figures, the questions."""
        yield Static(Content(FICTION), id="fiction")
        with VerticalScroll(id="reading", can_focus=False):
            yield Static(self._compared())

    def _compared(self) -> Content:
        both = {which: tallied(self.script, which) for which in Which}
        wide = max(len(skill) for skill in COUNTED) + 1
        column = _COLUMN if self.app.size.width >= _ROOM_FOR_BARS else _NARROW_COLUMN
        said: list[str | Content] = [
            heading(f"{'':{wide}}" + "".join(f"{which:{column}}" for which in Which)),
            *(
                f"{skill:{wide}}" + "".join(_count(both[which].count(skill), column) for which in Which)
                for skill in COUNTED
            ),
            "",
        ]
        for which in Which:
            said.append(heading(f"The {which} version"))
            said += [f"{one.name}: {one.words}" for one in shares(both[which])]
        said += [Content.styled(BORROWED, "italic $text-muted"), ""]
        for which in Which:
            said += [*_questions(self.script, which), ""]
        return lines(said)


def _count(count: int, column: int) -> str:
    """A count, and a bar if the column is wide enough for one."""
    bar = "█" * min(count, column - 4) if column == _COLUMN else ""
    return f"{count or '·':>2} {bar}".ljust(column)


def _questions(script: Script, which: Which) -> list[str | Content]:
    questions = (f"• {one}" for one in script.version(which).debrief)
    return [heading(f"Questions for the room: the {which} version"), *questions]
