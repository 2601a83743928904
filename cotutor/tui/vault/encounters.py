"""The encounter log: when, how long, in person or remote, in which role. No word of what was said."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.domain.days import HOW, day_shown, parse_day
from cotutor.domain.duration import in_words, parse_length, short
from cotutor.domain.reflection import Encounter, Part, Setting
from cotutor.services.handover import Met
from cotutor.tui.common.confirm import ConfirmSheet
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import FormSheet, row
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.menu import Menu


class Line(Struct, frozen=True):
    """A line of the log as it was filled in."""

    day: date
    length: int
    setting: Setting
    role: Part
    plan: str


class EncountersPage(VaultPage):
    """The log, newest first, with its sums."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("n", "add", "New", "Add an encounter by hand."),
        Command("x,delete", "remove", "Delete", "Delete the marked line.", shown="x"),
        Command("e", "erase", "Erase log", "Erase the whole log and nothing else."),
        Command("escape,q", "app.pop_screen", "Back", "Back to the reflections.", shown="esc"),
        Command("question_mark,f1", "app.keys", "Help", "What every key does.", shown="?"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = "Encounter log"

    def body(self) -> ComposeResult:
        """Sums and lines."""
        yield Static(id="standing")
        yield Menu(id="menu")

    def on_mount(self) -> None:
        """Fill them."""
        self.show()
        self.query_one(Menu).focus()

    def show(self) -> None:
        """Fill the page from the vault."""
        lines = self.notebook.encounters()
        menu = self.query_one(Menu)
        self.query_one("#standing", Static).update(Content(sums(lines)))
        menu.empty()
        for one in reversed(lines):
            details = "  ".join(filter(None, (str(one.setting), f"as {one.role}", one.plan)))
            menu.entry(one.uid, f"{day_shown(one.day):>11}  {short(one.length):>6}", details)
        if lines:
            menu.choose_first()
        else:
            menu.heading("Nothing noted yet.")

    def action_add(self) -> None:
        """Add one by hand."""
        self.app.push_screen(EncounterSheet(self.now().date()), lambda line: log(self, line))

    def action_remove(self) -> None:
        """Delete the marked line, once confirmed."""
        uid = self.query_one(Menu).marked_key
        if uid is None:
            return

        def answered(agreed: bool | None) -> None:  # noqa: FBT001  what the sheet answers
            if agreed and self.doing(lambda: self.notebook.remove_encounter(uid, self.now())):
                self.show()

        self.app.push_screen(ConfirmSheet("Delete this line of the log?", "Delete it"), answered)

    def action_erase(self) -> None:
        """Erase the log, once confirmed."""

        def answered(agreed: bool | None) -> None:  # noqa: FBT001  what the sheet answers
            if agreed and self.doing(lambda: self.notebook.erase_encounters(self.now())):
                self.show()
                self.tell("The log is empty.")

        question = "Erase the whole encounter log? Reflections, steps and ratings stay as they are."
        self.app.push_screen(ConfirmSheet(question, "Erase the log"), answered)


class EncounterSheet(FormSheet[Line]):
    """A line for the log, to be looked at before it is kept.

    Args:
        today: the day that it begins with.
        met: what the session before left, so that this is an offer.
    """

    def __init__(self, today: date, met: Met | None = None) -> None:
        super().__init__()
        self._today = today
        self._met = met
        self.title_line = (
            "Note in your log that you met? ctrl+s notes it, esc leaves it out." if met else "An encounter"
        )

    def rows(self) -> Iterable[Widget]:
        """Day, length, setting, role, plan."""
        met = self._met
        minutes = short(round(met.length / 60_000) * 60_000) if met and met.length >= 60_000 else ""
        yield row("Day", LineField(self._today.isoformat(), id="day", max_length=20), HOW)
        yield row("Length", LineField(minutes, id="length", max_length=8), "like 45m or 1h30m")
        setting = met.setting if met else Setting.IN_PERSON
        yield row("You met", ChoiceField(*((one, str(one)) for one in Setting), chosen=setting, id="setting"))
        yield row("You were", ChoiceField(*((one, str(one)) for one in Part), chosen=Part.PEER, id="role"))
        yield row("Plan", LineField(met.plan if met else "", id="plan", max_length=32), "or nothing")
        yield Static(
            Content("Nothing of what was said, and no name, has a place in the log."), classes="hint-below"
        )

    def filled(self) -> Line:
        """The line."""
        return Line(
            parse_day(self.text_of("day"), self._today) or self._today,
            int(parse_length(self.text_of("length"))),
            Setting(str(self.chosen("setting"))),
            Part(str(self.chosen("role"))),
            self.text_of("plan"),
        )


def log(page: VaultPage, line: Line | None) -> None:
    """Keep a line that was filled in, and say so on the page that asked for it."""
    if line is None:
        return
    kept = page.doing(
        lambda: page.notebook.log_encounter(
            line.length, page.now(), setting=line.setting, role=line.role, plan=line.plan, day=line.day
        )
    )
    if kept:
        if isinstance(page, EncountersPage):
            page.show()
        page.tell("Noted in the log.")


def sums(lines: list[Encounter]) -> str:
    """How many there were, how long, and how."""
    remote = sum(one.setting is Setting.REMOTE for one in lines)
    times = f"{len(lines)} encounter{'' if len(lines) == 1 else 's'}"
    whole = in_words(sum(one.length for one in lines)) if lines else ""
    how = f"{len(lines) - remote} in person, {remote} remote" if lines else ""
    return "  ·  ".join(part for part in (times, whole, how) if part)
