"""Next steps: what you mean to do, by when, and whether it is done or dropped."""

from collections.abc import Iterable
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input, OptionList

from cotutor.conversation.command import Command
from cotutor.domain.days import HOW, day_shown, parse_day
from cotutor.domain.errors import CotutorError
from cotutor.domain.reflection import STEP_LIMIT, NextStep, StepState
from cotutor.domain.text import one_line
from cotutor.tui.common.confirm import ConfirmSheet
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import FormSheet, row
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.menu import Menu

_SIGNS = {StepState.OPEN: "○", StepState.DONE: "✓", StepState.DROPPED: "–"}


class StepsPage(VaultPage):
    """The list: open steps by the day they are due; the others below, if asked for."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "change", "Change", "Change the words or the day of the marked step."),
        Command("n", "add", "New", "Add a next step."),
        Command("d", "settle('done')", "Done", "It is done."),
        Command("p", "settle('dropped')", "Drop", "You won't do it; it stays on record as dropped."),
        Command("o", "settle('open')", "Open", "Open it again."),
        Command("a", "all", "All / open", "Show all, or only those that are open."),
        Command("x,delete", "remove", "Delete", "Delete the marked step.", shown="x"),
        Command("escape,q", "app.pop_screen", "Back", "Back to the reflections.", shown="esc"),
        Command("question_mark,f1", "app.keys", "Help", "What every key does.", shown="?"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    heading = "Next steps"

    def __init__(self) -> None:
        super().__init__()
        self._open_only = True

    def body(self) -> ComposeResult:
        """The list."""
        yield Menu(id="menu")

    def on_mount(self) -> None:
        """Fill it."""
        self.show()
        self.query_one(Menu).focus()

    def show(self) -> None:
        """Fill the list, keeping the mark where it is."""
        menu = self.query_one(Menu)
        marked = menu.highlighted
        today = self.now().date()
        menu.empty()
        for step in self.notebook.steps(open_only=self._open_only):
            overdue = step.due is not None and step.due <= today and step.state is StepState.OPEN
            due = ("due " if overdue else "by ") + day_shown(step.due) if step.due else ""
            state = "" if step.state is StepState.OPEN else str(step.state)
            mark = "!" if overdue else " "
            menu.entry(
                step.uid, f"{_SIGNS[step.state]}{mark} {step.text}", "  ".join(filter(None, (due, state)))
            )
        if menu.option_count:
            menu.highlighted = min(marked or 0, menu.option_count - 1)
        else:
            menu.heading("No open steps. Press n to add one." if self._open_only else "None yet.")

    def _marked(self) -> NextStep | None:
        uid = self.query_one(Menu).marked_key
        return next((step for step in self.notebook.steps() if step.uid == uid), None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Change it."""
        event.stop()
        self.action_change()

    def action_add(self) -> None:
        """A new one."""
        self.app.push_screen(StepSheet(), lambda _: self.show())

    def action_change(self) -> None:
        """Its words and day."""
        step = self._marked()
        if step is not None:
            self.app.push_screen(StepSheet(step), lambda _: self.show())

    def action_settle(self, state: str) -> None:
        """Done, dropped or open."""
        step = self._marked()
        if step is not None:
            self.doing(lambda: self.notebook.settle_step(step.uid, StepState(state), self.now()))
            self.show()

    def action_all(self) -> None:
        """All, or only the open ones."""
        self._open_only = not self._open_only
        self.show()

    def action_remove(self) -> None:
        """Delete it, once confirmed."""
        step = self._marked()
        if step is None:
            return

        def answered(agreed: bool | None) -> None:  # noqa: FBT001  what the sheet answers
            if agreed and self.doing(lambda: self.notebook.remove_step(step.uid, self.now())):
                self.show()

        self.app.push_screen(ConfirmSheet("Delete this step?", "Delete it"), answered)


class StepSheet(FormSheet[NextStep]):
    """One step. It is kept while it is typed, so a lock loses none of it; cancelling takes it back.

    Args:
        step: the step to change; None for a new one.
        reflection: the saved reflection that a new one came from.
    """

    title_line = "Next step"

    def __init__(self, step: NextStep | None = None, reflection: str = "") -> None:
        super().__init__()
        self._before = step
        self._kept = step
        self._reflection = reflection

    def rows(self) -> Iterable[Widget]:
        """What, and by when."""
        step = self._before
        yield row("I will", LineField(step.text if step else "", id="text", max_length=STEP_LIMIT))
        due = step.due.isoformat() if step and step.due else ""
        yield row("By", LineField(due, id="due", max_length=20), HOW)

    def on_mount(self) -> None:
        """From here on it is kept as it is typed."""
        self.vault_app.gate.writing = self

    def on_unmount(self) -> None:
        """Nobody writes here any more."""
        if self.vault_app.gate.writing is self:
            self.vault_app.gate.writing = None

    @on(Input.Changed)
    def _written(self) -> None:
        self.vault_app.touched()

    def keep(self) -> None:
        """Keep what stands here. See ``gate.Writing``."""
        text = one_line(self.text_of("text"), STEP_LIMIT)
        try:
            due = parse_day(self.text_of("due"), self.vault_app.clock.wall().date())
        except ValueError:
            due = self._kept.due if self._kept else None
        if not text or (self._kept and (self._kept.text, self._kept.due) == (text, due)):
            return
        notebook, now = self.vault_app.notebook, self.vault_app.clock.wall()
        if self._kept is None:
            self._kept = notebook.add_step(text, now, due, self._reflection)
        else:
            self._kept = notebook.change_step(replace(self._kept, text=text, due=due), now)

    def filled(self) -> NextStep:
        """The step, kept."""
        if not self.text_of("text"):
            raise ValueError("Say what you will do.")
        parse_day(self.text_of("due"), self.vault_app.clock.wall().date())
        self.keep()
        if self._kept is None:
            raise ValueError("Say what you will do.")
        self.vault_app.gate.writing = None
        return self._kept

    def action_cancel(self) -> None:
        """Take back what was typed."""
        self.vault_app.gate.writing = None
        notebook, now = self.vault_app.notebook, self.vault_app.clock.wall()
        try:
            if self._before is not None and self._kept != self._before:
                notebook.change_step(self._before, now)
            elif self._before is None and self._kept is not None:
                notebook.remove_step(self._kept.uid, now)
        except CotutorError as problem:
            self.tell(problem.message)
            return
        self.dismiss(None)
