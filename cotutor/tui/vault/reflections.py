"""The vault's first page: every reflection, newest first, found as one types."""

from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from cotutor.conversation.command import Command
from cotutor.conversation.notice import Medium
from cotutor.conversation.vault import commands
from cotutor.conversation.vault.forgetting import forget
from cotutor.conversation.vault.questions import FORGET_ONE
from cotutor.conversation.vault.unlocking import READ_ONLY
from cotutor.conversation.vault.values import Wanted
from cotutor.conversation.vault.wording import (
    detail,
    first_words,
    nothing_written,
    standing_line,
    wanted_line,
)
from cotutor.conversation.vault.writing import ReflectionDraft, is_first, new_reflection
from cotutor.domain.days import day_shown
from cotutor.tui.keys import bindings
from cotutor.tui.vault.boxes import both_boxes
from cotutor.tui.vault.first_page import FirstPage
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from cotutor.domain.reflection import Reflection

_AT_ONCE = 100
"""Lines that are shown before somebody asks for older ones."""
_OLDER = "older"


class ReflectionsPage(FirstPage):
    """The list.

    Args:
        by_recovery: the vault was opened by its recovery key, so a new passphrase is due.
    """

    KEYS: ClassVar[tuple[Command, ...]] = commands.REFLECTIONS
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        command for command in KEYS if command.name != "open" and command is not commands.LOCK
    )
    heading = "Reflections"

    def __init__(self, *, by_recovery: bool = False) -> None:
        super().__init__(by_recovery=by_recovery)
        self._wanted = Wanted()
        self._limit = _AT_ONCE
        self._drafts: dict[str, Reflection] = {}

    def body(self) -> ComposeResult:
        """How the vault stands, the search, the list."""
        yield Static(id="standing")
        with Horizontal(id="finding"):
            yield LineField(id="search", max_length=200, placeholder="/ to search")
            yield Static(id="wanted")
        with Horizontal(id="shelf"):
            yield Menu(id="menu")
            with VerticalScroll(id="preview", can_focus=False):
                yield Static()

    # ------------------------------------------------------------ what is shown

    def on_mount(self) -> None:
        """Show the list, and what happened and is due after unlocking."""
        self.show()
        self.query_one(Menu).focus()
        self.call_after_refresh(self.after_unlocking)

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile."""
        if self.query(Menu):
            self.show()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Where there is room, show what the marked line begins."""
        if not self.has_class("-wide") or self.cotutor.auto_lock.vault is None:
            return
        uid = event.option_id or ""
        one = self._drafts.get(uid) or (self.vault.reflections.get(uid) if uid else None)
        self.query_one("#preview Static", Static).update(both_boxes(one) if one else "")

    def on_resize(self) -> None:
        """Cut the lines for the new width."""
        self.call_after_refresh(self.show)

    def show(self) -> None:
        """Fill the page from the vault, keeping the mark where it is."""
        if self.cotutor.auto_lock.vault is None:
            return
        standing = self.vault.standing()
        self.query_one("#standing", Static).update(
            Content(standing_line(standing, self.now(), brief=self.has_class("-narrow")))
        )
        self.query_one("#wanted", Static).update(Content(wanted_line(self._wanted)))
        self._fill(self.query_one(Menu))

    def _fill(self, menu: Menu) -> None:
        marked = menu.highlighted
        found = self.vault.reflections.search(self._wanted, limit=self._limit + 1)
        self._drafts = {draft.uid: draft for draft in self.vault.reflections.drafts()}
        room = max(12, self.size.width // (2 if self.has_class("-wide") else 1) - 22)
        menu.empty()
        if self._drafts and self._wanted == Wanted():
            menu.heading("Being written; not saved yet")
            for draft in self._drafts.values():
                menu.entry(draft.uid, f"{day_shown(draft.day):>11}  {first_words(draft, room)}")
            menu.heading("Saved")
        for one in found[: self._limit]:
            if one.uid in self._drafts and self._wanted == Wanted():
                continue
            more = "" if self.has_class("-narrow") else detail(one)
            words = first_words(one, max(12, room - len(more) - 2))
            menu.entry(one.uid, f"{day_shown(one.day):>11}  {words}", more)
        if len(found) > self._limit:
            menu.entry(_OLDER, " " * 13 + "older ones …")
        if menu.option_count:
            menu.highlighted = min(marked, menu.option_count - 1) if marked is not None else None
            if menu.highlighted is None or menu.get_option_at_index(menu.highlighted).disabled:
                menu.action_first()
        elif self._wanted == Wanted():
            menu.heading(nothing_written(Medium.KEYS))
        else:
            menu.heading("Nothing fits.")

    # ------------------------------------------------------------ finding

    @on(Input.Changed, "#search")
    def _search_changed(self, event: Input.Changed) -> None:
        self._wanted = replace(self._wanted, text=event.value)
        self._limit = _AT_ONCE
        self.query_one(Menu).highlighted = None
        self.show()

    def on_key(self, event: events.Key) -> None:
        """Down or Enter leaves the search for the list."""
        if isinstance(self.focused, LineField) and event.key in {"down", "enter"}:
            self.query_one(Menu).focus()
            event.stop()

    def action_search(self) -> None:
        self.set_focus(self.query_one(LineField))

    def action_leave_search_or_go(self) -> None:
        """Leave the field, then what was looked for, then the vault."""
        field = self.query_one(LineField)
        if field.has_focus:
            self.query_one(Menu).focus()
        elif self._wanted != Wanted():
            self._wanted = Wanted()
            field.value = ""
            self.show()
        else:
            self.cotutor.action_home()

    def action_filter(self) -> None:
        from cotutor.tui.vault.filter import FilterSheet  # noqa: PLC0415

        def filtered(wanted: Wanted | None) -> None:
            if wanted is not None:
                self._wanted = replace(wanted, text=self._wanted.text)
                self._limit = _AT_ONCE
                self.show()

        self.lead_to(FilterSheet(self._wanted, self.vault.reflections.tags()), filtered)

    # ------------------------------------------------------------ going somewhere

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        uid = event.option_id or ""
        if uid == _OLDER:
            self._limit *= 4
            self.show()
            return
        reflection = self._drafts.get(uid) or self.vault.reflections.get(uid)
        if reflection is not None:
            self._edit(reflection)

    def action_open(self) -> None:
        self.query_one(Menu).action_select()

    def action_write(self) -> None:
        """Choose a template; before the very first one, show what belongs in a reflection."""
        from cotutor.tui.vault.create import BeforeWriting  # noqa: PLC0415

        if self.vault.read_only:
            self.show_notice(READ_ONLY)
        elif is_first(self.vault):
            self.lead_to(BeforeWriting(self._choose_template))
        else:
            self._choose_template()

    def _choose_template(self) -> None:
        from cotutor.tui.vault.editor_sheets import TemplateSheet  # noqa: PLC0415

        def chosen(name: str | None) -> None:
            if name is not None:
                self._edit(new_reflection(self.now(), name))

        self.lead_to(TemplateSheet(), chosen)

    def _edit(self, reflection: "Reflection") -> None:
        from cotutor.tui.vault.editor import EditorPage  # noqa: PLC0415

        self.lead_to(EditorPage(ReflectionDraft(self.vault, reflection)))

    def action_forget(self) -> None:
        """Ask, then erase the marked reflection and move the rest to a fresh key."""
        uid = self.query_one(Menu).marked_key
        if uid is not None and uid != _OLDER:
            self.ask(FORGET_ONE, lambda: forget(self.vault, [uid], self.now()))
