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
from cotutor.domain.duration import SECOND, digits
from cotutor.domain.errors import CotutorError
from cotutor.domain.session import SessionState
from cotutor.domain.skills import ABOUT, Skill, for_key
from cotutor.domain.tally import BORROWED, FEEDBACK, THANK_YOU, Tally, picture, shares
from cotutor.domain.wording import shown_left
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
    heading = "Observer's tally"

    def __init__(self, clock: Clock, turn: Callable[[], SessionState] | None = None) -> None:
        super().__init__()
        self._clock = clock
        self._turn = turn
        state = turn() if turn else None
        ran = state.spell.ran if state and state.phase.is_turn else 0
        self._began = clock.now() - ran
        self._index = state.spell.index if state else -1
        self._tally = Tally()

    def body(self) -> ComposeResult:
        """The time, the table, what was counted last."""
        yield Static(id="since")
        yield TallyTable()
        yield Static(id="last")

    def on_mount(self) -> None:
        self.put("last", "One key each time. Count what the listener does, never what anybody says.")
        self._tick()

    def on_key(self, event: events.Key) -> None:
        """Count, if the key stands for something."""
        skill = for_key(event.character or "") if event.is_printable else None
        if skill:
            event.stop()
            self.count(skill)

    def on_tally_table_counted(self, event: TallyTable.Counted) -> None:
        self.count(event.skill)

    def count(self, skill: Skill) -> None:
        """One more of this."""
        try:
            self._tally = self._tally.marked(skill, self._elapsed())
        except CotutorError as problem:
            self.put("last", problem.message)
            return
        self._show(f"{skill.capitalize()}, {self._tally.count(skill)}. {ABOUT[skill].line}")

    def action_undo(self) -> None:
        if not self._tally.marks:
            self.put("last", "Nothing to take back.")
            return
        last = self._tally.marks[-1].skill
        self._tally = self._tally.undone()
        self._show(f"Taken back: {last}.")

    def action_finish(self) -> None:
        """Show the picture, in this screen's place."""
        self.app.switch_screen(TallyPicture(self._tally, max(1, self._elapsed())))

    async def action_back(self) -> None:
        """Close; ask first if something was counted."""
        if self._tally.marks:
            question = "Close the tally? What you counted is gone then. Enter, instead, shows the picture."
            self.app.push_screen(ConfirmSheet(question, "Close it"), self._close_it)
        else:
            await super().action_back()

    async def _close_it(self, close: bool | None) -> None:  # noqa: FBT001  what the sheet answers
        if close:
            await super().action_back()

    def _elapsed(self) -> int:
        return max(0, self._clock.now() - self._began)

    def _show(self, line: str) -> None:
        self.query_one(TallyTable).show(self._tally, self._elapsed())
        self.put("last", line)

    def _tick(self) -> None:
        elapsed = self._elapsed()
        self.query_one(TallyTable).show(self._tally, elapsed)
        state = self._turn() if self._turn else None
        left = ""
        if state is not None and not state.ended:
            same = state.spell.index == self._index
            over = (
                f"{shown_left(state).removeprefix('+')} {'left' if state.left >= 0 else 'over'}"
                if same
                else ""
            )
            left = f"   {over}" if same else "   the turn is over: Enter shows the picture"
        self.put("since", Content.assemble((digits(elapsed), "bold"), " since the turn began", left))
        wait = (SECOND - elapsed % SECOND) / SECOND / self._clock.speed
        self.set_timer(max(0.1, wait), self._tick)


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
        yield Static(Content("Gone when it closes. Nothing is kept."), id="last")

    def action_read(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_print(self) -> None:
        """Print it when the program ends, if that is really wanted."""
        question = (
            "Print this picture in the terminal when cotutor ends? It then stands in the terminal's"
            " scrollback until that is cleared. No file is written."
        )
        self.app.push_screen(ConfirmSheet(question, "Print it"), self._print)

    def _print(self, really: bool | None) -> None:  # noqa: FBT001  what the sheet answers
        if really:
            drawn = picture(self._tally, self._length)
            self.cotutor.print_at_end(("Observer's tally", "", *drawn, "", *FEEDBACK.values(), THANK_YOU))
            self.put("last", "It will be printed when cotutor ends.")


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
