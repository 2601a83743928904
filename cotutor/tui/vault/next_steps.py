"""Next steps: what you mean to do, by when, and whether it is done or dropped."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input, OptionList

from cotutor.conversation.command import Command
from cotutor.conversation.notice import Medium
from cotutor.conversation.vault import commands
from cotutor.conversation.vault.answers import DAY_HINT
from cotutor.conversation.vault.questions import DELETE_STEP
from cotutor.conversation.vault.wording import no_steps, step_line
from cotutor.conversation.vault.writing import StepDraft
from cotutor.domain.errors import CotutorError
from cotutor.domain.reflection import STEP_LIMIT, NextStep, StepState
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import FormSheet, row
from cotutor.tui.vault.page import VaultPage, Writes
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.menu import Menu


class StepsPage(VaultPage):
    """The list: open steps by the day they are due; the others below, if asked for."""

    KEYS: ClassVar[tuple[Command, ...]] = commands.NEXT_STEPS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    heading = "Next steps"

    def __init__(self) -> None:
        super().__init__()
        self._open_only = True

    def body(self) -> ComposeResult:
        yield Menu(id="menu")

    def on_mount(self) -> None:
        self.show()
        self.query_one(Menu).focus()

    def show(self) -> None:
        """Fill the list, keeping the mark where it is."""
        menu = self.query_one(Menu)
        marked = menu.highlighted
        menu.empty()
        for step in self.vault.steps.all(open_only=self._open_only):
            menu.entry(step.uid, *step_line(step, self.now()))
        if menu.option_count:
            menu.highlighted = min(marked or 0, menu.option_count - 1)
        else:
            menu.heading(no_steps(Medium.KEYS, open_only=self._open_only))

    def _marked(self) -> NextStep | None:
        uid = self.query_one(Menu).marked_key
        return self.vault.steps.get(uid) if uid else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_change()

    def action_add(self) -> None:
        self.lead_to(StepSheet(StepDraft(self.vault)), lambda _: self.show())

    def action_change(self) -> None:
        """Its words and day."""
        step = self._marked()
        if step is not None:
            self.lead_to(StepSheet(StepDraft(self.vault, step)), lambda _: self.show())

    def action_settle(self, state: str) -> None:
        step = self._marked()
        if step is not None:
            self.attempt(lambda: self.vault.steps.settle(step.uid, StepState(state), self.now()))
            self.show()

    def action_all(self) -> None:
        self._open_only = not self._open_only
        self.show()

    def action_remove(self) -> None:
        step = self._marked()
        if step is not None:
            self.ask(DELETE_STEP, lambda: self.vault.steps.remove(step.uid, self.now()))


class StepSheet(Writes, FormSheet[NextStep]):
    """One step. It is kept while it is typed, so a lock loses none of it; cancelling takes it back.

    Args:
        draft: the step, new or to be changed.
    """

    title_line = "Next step"

    def __init__(self, draft: StepDraft) -> None:
        super().__init__()
        self._draft = draft

    def rows(self) -> Iterable[Widget]:
        """What, and by when."""
        step = self._draft.before
        yield row("I will", LineField(step.text if step else "", id="text", max_length=STEP_LIMIT))
        due = step.due.isoformat() if step and step.due else ""
        yield row("By", LineField(due, id="due", max_length=20), DAY_HINT)

    @on(Input.Changed)
    def _written(self) -> None:
        self.cotutor.touched()

    def keep(self) -> None:
        """Keep what stands here. See ``auto_lock.Writing``."""
        self._draft.keep(self.text_of("text"), self.text_of("due"), self.now())

    def filled(self) -> NextStep:
        return self._draft.finish(self.text_of("text"), self.text_of("due"), self.now())

    def action_cancel(self) -> None:
        self.end_writing()
        try:
            self._draft.take_back(self.now())
        except CotutorError as problem:
            self.show_notice(problem.message)
            return
        self.dismiss(None)
