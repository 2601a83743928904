"""The observer's tally: one key for each behaviour, a picture afterwards. Gone when it closes."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.conversation.trainer.commands import PICTURE, TALLY
from cotutor.conversation.trainer.tally import HOW, NOT_KEPT, PRINT, TITLE, WILL_BE_PRINTED, Counting, printed
from cotutor.domain.duration import digits
from cotutor.domain.session import SessionState
from cotutor.domain.skills import Skill
from cotutor.domain.tally import BORROWED, FEEDBACK, THANK_YOU, Tally, shares
from cotutor.services.clock import Clock
from cotutor.tui.common.confirm import ConfirmSheet
from cotutor.tui.keys import bindings
from cotutor.tui.trainer.page import TrainerPage, heading, lines
from cotutor.tui.widgets.tally_table import TallyTable


class TallyPage(TrainerPage[None]):
    """Counting, while somebody listens.

    Args:
        clock: what the minutes are measured by.
        turn: the session whose turn is observed; None for counting on one's own.
    """

    KEYS: ClassVar[tuple[Command, ...]] = TALLY
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = TITLE

    def __init__(self, clock: Clock, turn: Callable[[], SessionState] | None = None) -> None:
        super().__init__()
        self._counting = Counting(clock, turn)

    def body(self) -> ComposeResult:
        """The time, the table, what was counted last."""
        yield Static(id="since")
        yield TallyTable()
        yield Static(id="last")

    def on_mount(self) -> None:
        self.put("last", HOW)
        self._tick()

    def on_key(self, event: events.Key) -> None:
        """Count, if the key stands for something."""
        skill = self._counting.skill(event.character) if event.is_printable else None
        if skill:
            event.stop()
            self.count(skill)

    def on_tally_table_counted(self, event: TallyTable.Counted) -> None:
        self.count(event.skill)

    def count(self, skill: Skill) -> None:
        """Count one more of ``skill``."""
        self._show(self._counting.count(skill))

    def action_undo(self) -> None:
        self._show(self._counting.undo())

    def action_finish(self) -> None:
        """Show the picture, in this screen's place."""
        self.make_way_for(TallyPicture(self._counting.tally, self._counting.length))

    def action_back(self) -> None:
        """Close; ask first if something would be lost."""
        if question := self._counting.before_closing:
            self.lead_to(ConfirmSheet(question.text, question.yes), self._close_it)
        else:
            super().action_back()

    def _close_it(self, close: bool | None) -> None:  # noqa: FBT001  what the sheet answers
        if close:
            super().action_back()

    def _show(self, line: str) -> None:
        self.query_one(TallyTable).show(self._counting.tally, self._counting.elapsed)
        self.put("last", line)

    def _tick(self) -> None:
        elapsed, left = self._counting.elapsed, self._counting.left
        self.query_one(TallyTable).show(self._counting.tally, elapsed)
        self.put(
            "since",
            Content.assemble(
                (digits(elapsed), "bold"), " since the turn began", f"   {left}" if left else ""
            ),
        )
        self.set_timer(self._counting.seconds_to_wake(), self._tick)


class TallyPicture(TrainerPage[None]):
    """What was counted, how to talk about it, and that it is gone when it closes.

    Args:
        tally: what was counted.
        length: how long the turn lasted, in milliseconds.
    """

    KEYS: ClassVar[tuple[Command, ...]] = PICTURE
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = "What was counted"

    def __init__(self, tally: Tally, length: int) -> None:
        super().__init__()
        self._tally = tally
        self._length = length

    def body(self) -> ComposeResult:
        """The table, the figures, the order of feedback."""
        with VerticalScroll(id="reading", can_focus=False):
            yield TallyTable(self._tally, self._length, keys=False)
            yield Static(talk_about(self._tally))
        yield Static(Content(NOT_KEPT), id="last")

    def action_read(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_print(self) -> None:
        """Print it when the program ends, if that is really wanted."""
        self.lead_to(ConfirmSheet(PRINT.text, PRINT.yes), self._print)

    def _print(self, really: bool | None) -> None:  # noqa: FBT001  what the sheet answers
        if really:
            self.cotutor.print_at_end(printed(self._tally, self._length))
            self.put("last", WILL_BE_PRINTED)


def talk_about(tally: Tally) -> Content:
    """The figures, that they are borrowed and no grades, and who says what."""
    figures = [Content.assemble((f"{one.name}: ", "bold"), one.words) for one in shares(tally)]
    order = (f"{number}. {line}" for number, line in enumerate(FEEDBACK.values(), start=1))
    return lines(
        [
            "",
            *figures,
            Content.styled(BORROWED, "italic $text-muted"),
            "",
            heading("Feedback, in this order"),
            *order,
            Content.styled(THANK_YOU, "bold"),
        ]
    )
