"""Writing: two boxes, each labelled by who may read it. What is typed is kept, encrypted, within a second."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from cotutor.conversation.command import Command
from cotutor.conversation.notice import Medium
from cotutor.conversation.vault import commands
from cotutor.conversation.vault.wording import details_line, nothing_earlier
from cotutor.conversation.vault.writing import LABELS, NOT_SAVED, ReflectionDraft, StepDraft
from cotutor.domain.identifiers import LIMIT_OF_THE_CHECK
from cotutor.domain.reflection import TEXT_LIMIT, Box, Reflection
from cotutor.tui.keys import bindings
from cotutor.tui.vault.page import VaultPage, Writes
from cotutor.tui.widgets.fields import LinesField
from cotutor.tui.widgets.marked_field import MarkedField

if TYPE_CHECKING:
    from textual.timer import Timer

_LOOK_AFTER = 0.4
"""Seconds after a key press until the shareable box is looked through."""


class EditorPage(Writes, VaultPage):
    """One reflection.

    Args:
        draft: as it is to be shown.
    """

    KEYS: ClassVar[tuple[Command, ...]] = commands.WRITING
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        command for command in KEYS if command is not commands.LOCK_AND_KEEP
    )

    def __init__(self, draft: ReflectionDraft) -> None:
        super().__init__()
        self._draft = draft
        self._looking: Timer | None = None
        self.heading = draft.title

    def body(self) -> ComposeResult:
        """The details in a line, and the boxes."""
        yield Static(id="summary")
        with Container(id="boxes"):
            written = self._draft.reflection
            for box, text in ((Box.PRIVATE, written.private), (Box.SHAREABLE, written.shareable)):
                with Vertical(classes="box"):
                    yield Static(Content(LABELS[box]), classes="whose")
                    yield MarkedField(text, id=box.value, most=TEXT_LIMIT)

    def on_mount(self) -> None:
        """Type at once, below the first heading."""
        for field in self.query(LinesField):
            field.read_only = self.vault.read_only
        self._box(Box.PRIVATE).focus()
        for box in Box:  # below the first heading, where writing begins
            self._box(box).move_cursor((1, 0))
        self._show_summary()
        self._look()

    def _box(self, box: Box) -> MarkedField:
        return self.query_one(f"#{box.value}", MarkedField)

    @property
    def draft(self) -> ReflectionDraft:
        """The reflection with what stands on the screen."""
        self._draft.write(self._box(Box.PRIVATE).text, self._box(Box.SHAREABLE).text)
        return self._draft

    # ------------------------------------------------------------ keeping

    def keep(self) -> None:
        """Keep the draft, encrypted, unless the vault has it already. See ``auto_lock.Writing``."""
        self.draft.keep(self.now())

    @on(TextArea.Changed)
    def _written(self, event: TextArea.Changed) -> None:
        self.cotutor.touched()
        if event.text_area.id == Box.SHAREABLE and self._looking is None:
            self._looking = self.set_timer(_LOOK_AFTER, self._look)

    def _look(self) -> None:
        """Mark what might name somebody."""
        self._looking = None
        if self.cotutor.auto_lock.vault is not None:
            self._box(Box.SHAREABLE).point_at(self.draft.identifiers())

    def _show_summary(self) -> None:
        self.query_one("#summary", Static).update(Content(details_line(self._draft.reflection)))

    # ------------------------------------------------------------ what the keys do

    def action_save(self) -> None:
        """Save, after the writer has looked at what might name somebody."""
        from cotutor.tui.vault.editor_sheets import MarksSheet  # noqa: PLC0415

        draft = self.draft
        if not self.attempt(draft.refuse_empty):
            return
        self._look()
        identifiers = draft.identifiers()
        if not identifiers:
            self._save()
            return
        self.lead_to(
            MarksSheet(draft.reflection.shareable, identifiers, saving=True),
            lambda save: self._save() if save else self.show_notice(NOT_SAVED),
        )

    def _save(self) -> None:
        self.attempt(lambda: self.show_notice(self.draft.save(self.now())))

    def action_leave(self) -> None:
        """Back to the list; what isn't saved stays as a draft."""
        if self.cotutor.keep():
            self.step_back()

    def action_details(self) -> None:
        from cotutor.tui.vault.editor_sheets import DetailsSheet  # noqa: PLC0415

        self.lead_to(DetailsSheet(self.draft.reflection, self.now().date(), self._details_changed))

    def _details_changed(self, changed: Reflection) -> None:
        self._draft.reflection = changed
        self._show_summary()
        self.cotutor.touched()

    def action_marks(self) -> None:
        from cotutor.tui.vault.editor_sheets import MarksSheet  # noqa: PLC0415

        draft = self.draft
        identifiers = draft.identifiers()
        if identifiers:
            self.lead_to(MarksSheet(draft.reflection.shareable, identifiers, saving=False))
        else:
            self.show_notice(LIMIT_OF_THE_CHECK)

    def action_add_step(self) -> None:
        """Note a next step that came of this."""
        from cotutor.tui.vault.next_steps import StepSheet  # noqa: PLC0415

        self.cotutor.keep()
        self.lead_to(StepSheet(StepDraft(self.vault, reflection=self._draft.step_origin)))

    def action_history(self) -> None:
        from cotutor.tui.vault.versions import VersionsPage  # noqa: PLC0415

        versions = self.vault.reflections.history(self._draft.reflection.uid)
        if versions:
            self.lead_to(VersionsPage(versions))
        else:
            self.show_notice(nothing_earlier(Medium.KEYS))

    def action_discard(self) -> None:
        """Throw away what isn't saved, once confirmed."""
        self.ask(self._draft.question, self._discard)

    def _discard(self) -> None:
        self._draft.discard()
        self.end_writing()
        for field in self.query(LinesField):
            with self.prevent(TextArea.Changed):
                field.wipe()
        self.step_back()
