"""Writing: two boxes, each labelled by who may read it. What is typed is kept, encrypted, within a second."""

from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from cotutor.content.templates import template
from cotutor.conversation.command import Command
from cotutor.domain.days import day_shown
from cotutor.domain.duration import short
from cotutor.domain.identifiers import LIMIT_OF_THE_CHECK, Identifier
from cotutor.domain.reflection import BOX_NAMES, TEXT_LIMIT, Box, Reflection
from cotutor.tui.common.confirm import ConfirmSheet
from cotutor.tui.keys import bindings
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.fields import LinesField
from cotutor.tui.widgets.marked_field import MarkedField

if TYPE_CHECKING:
    from textual.timer import Timer

_LABELS = {
    Box.PRIVATE: f"{BOX_NAMES[Box.PRIVATE]}  · what I learned, felt, will try",
    Box.SHAREABLE: f"{BOX_NAMES[Box.SHAREABLE]}  · no patients, no names",
}
_LOOK_AFTER = 0.4
"""Seconds after a key press until the shareable box is looked through."""


class EditorPage(VaultPage):
    """One reflection.

    Args:
        reflection: as it is to be shown: new, from a draft, or as it was saved.
        saved: as it was last saved; None for one that never was.
    """

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("ctrl+s", "save", "Save", "Save it; the second box is looked through first."),
        Command(
            "escape", "leave", "Leave", "Back to the list; what isn't saved stays as a draft.", shown="esc"
        ),
        Command("tab", "app.focus_next", "Other box", "Go to the other box.", bar=True),
        Command("f2", "details", "Details", "Day, tags, alias, time spent, day to erase it."),
        Command("f3", "findings", "Marks", "What in the second box might name somebody, and why."),
        Command("f4", "add_step", "Next step", "Note something that you mean to do."),
        Command("f5", "history", "Earlier", "Earlier versions, if you keep them."),
        Command("f8", "discard", "Discard", "Throw the draft away."),
        Command("ctrl+l", "app.lock", "Lock", "Keep the draft and lock at once."),
        Command("f1", "app.keys", "Help", "What every key does."),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(command for command in KEYS if command.key != "ctrl+l")

    def __init__(self, reflection: Reflection, saved: Reflection | None) -> None:
        super().__init__()
        self._reflection = reflection
        self._saved = saved
        self._kept = reflection
        """What the vault has, as draft or saved; a new one's bare outline needs no keeping."""
        self._looking: Timer | None = None
        self.heading = template(reflection.template).title

    def body(self) -> ComposeResult:
        """The details in a line, and the boxes."""
        yield Static(id="summary")
        with Container(id="boxes"):
            for box, text in (
                (Box.PRIVATE, self._reflection.private),
                (Box.SHAREABLE, self._reflection.shareable),
            ):
                with Vertical(classes="box"):
                    yield Static(Content(_LABELS[box]), classes="whose")
                    yield MarkedField(text, id=box.value, most=TEXT_LIMIT)

    def on_mount(self) -> None:
        """Type at once, below the first heading."""
        for field in self.query(LinesField):
            field.read_only = self.notebook.read_only
        self.vault_app.gate.writing = self
        self._box(Box.PRIVATE).focus()
        for box in Box:  # below the first heading, where writing begins
            self._box(box).move_cursor((1, 0))
        self._show_summary()
        self._look()

    def on_unmount(self) -> None:
        """Nobody writes here any more."""
        if self.vault_app.gate.writing is self:
            self.vault_app.gate.writing = None

    def _box(self, box: Box) -> MarkedField:
        return self.query_one(f"#{box.value}", MarkedField)

    @property
    def reflection(self) -> Reflection:
        """What stands on the screen."""
        return replace(
            self._reflection, private=self._box(Box.PRIVATE).text, shareable=self._box(Box.SHAREABLE).text
        )

    # ------------------------------------------------------------ keeping

    def keep(self) -> None:
        """Keep the draft, encrypted, unless the vault has it already. See ``gate.Writing``."""
        now = self.reflection
        if now == self._kept or self.notebook.read_only:
            return
        if now == self._saved:
            self.notebook.drop_draft(now.uid)
        else:
            self.notebook.save_draft(now, self.now())
        self._kept = now

    @on(TextArea.Changed)
    def _written(self, event: TextArea.Changed) -> None:
        self.vault_app.touched()
        if event.text_area.id == Box.SHAREABLE and self._looking is None:
            self._looking = self.set_timer(_LOOK_AFTER, self._look)

    def _findings(self) -> list[Identifier]:
        return self.notebook.check_text(self._box(Box.SHAREABLE).text)

    def _look(self) -> None:
        """Mark what might name somebody."""
        self._looking = None
        if self.vault_app.gate.notebook is not None:
            self._box(Box.SHAREABLE).point_at(self._findings())

    def _show_summary(self) -> None:
        one = self._reflection
        parts = (
            day_shown(one.day),
            " ".join(f"#{tag}" for tag in one.tags),
            f"with {one.alias}" if one.alias else "",
            short(one.length) if one.length else "",
            f"erases itself {day_shown(one.expires)}" if one.expires else "",
        )
        self.query_one("#summary", Static).update(Content("  ·  ".join(part for part in parts if part)))

    # ------------------------------------------------------------ what the keys do

    def action_save(self) -> None:
        """Save, after the writer has looked at what might name somebody."""
        from cotutor.tui.vault.editor_sheets import FindingsSheet  # noqa: PLC0415

        if self.reflection.is_empty:
            self.tell("Nothing is written yet.")
            return
        findings = self._findings()
        self._look()
        if not findings:
            self._save(f"Saved. {LIMIT_OF_THE_CHECK}" if self.reflection.shareable.strip() else "Saved.")
            return
        self.app.push_screen(
            FindingsSheet(self._box(Box.SHAREABLE).text, findings, saving=True),
            lambda save: (
                self._save("Saved as it is.") if save else self.tell("Not saved; the draft is kept.")
            ),
        )

    def _save(self, words: str) -> None:
        if self.doing(self._keep_for_good):
            self.tell(words)

    def _keep_for_good(self) -> None:
        self._saved = self.notebook.save(self.reflection, self.now())
        self._reflection = self._saved
        self._kept = self.reflection

    def action_leave(self) -> None:
        """Back to the list; what isn't saved stays as a draft."""
        if self.vault_app.keep():
            self.vault_app.gate.writing = None
            self.app.pop_screen()

    def action_details(self) -> None:
        """Day, tags and the like."""
        from cotutor.tui.vault.editor_sheets import DetailsSheet  # noqa: PLC0415

        sheet = DetailsSheet(self.reflection, self.now().date(), self._details_changed)
        self.app.push_screen(sheet, lambda _: self._take_over())

    def _details_changed(self, changed: Reflection) -> None:
        self._reflection = changed
        self._show_summary()
        self.vault_app.touched()

    def action_findings(self) -> None:
        """Explain the marks."""
        from cotutor.tui.vault.editor_sheets import FindingsSheet  # noqa: PLC0415

        findings = self._findings()
        if findings:
            self.app.push_screen(FindingsSheet(self._box(Box.SHAREABLE).text, findings, saving=False))
        else:
            self.tell(LIMIT_OF_THE_CHECK)

    def action_add_step(self) -> None:
        """Note a next step that came of this."""
        from cotutor.tui.vault.next_steps import StepSheet  # noqa: PLC0415

        self.vault_app.keep()
        uid = self._reflection.uid if self._saved is not None else ""
        self.app.push_screen(StepSheet(reflection=uid), lambda _: self._take_over())

    def _take_over(self) -> None:
        self.vault_app.gate.writing = self

    def action_history(self) -> None:
        """Earlier versions."""
        from cotutor.tui.vault.versions import EarlierPage  # noqa: PLC0415

        versions = self.notebook.history(self._reflection.uid)
        if versions:
            self.app.push_screen(EarlierPage(versions))
        else:
            self.tell("There are no earlier versions. Whether they are kept is up to you (v on the list).")

    def action_discard(self) -> None:
        """Throw away what isn't saved, once confirmed."""
        question = (
            "Throw away what you have changed since it was saved?"
            if self._saved
            else "Throw this reflection away? It has never been saved."
        )
        self.app.push_screen(ConfirmSheet(question, "Throw away"), self._discarded)

    def _discarded(self, agreed: bool | None) -> None:  # noqa: FBT001  what the sheet answers
        if agreed and self.doing(lambda: self.notebook.drop_draft(self._reflection.uid)):
            self.vault_app.gate.writing = None
            for field in self.query(LinesField):
                with self.prevent(TextArea.Changed):
                    field.wipe()
            self.app.pop_screen()
