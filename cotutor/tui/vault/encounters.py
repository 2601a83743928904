"""The encounter log: when, how long, in person or remote, in which role. No word of what was said."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cotutor.conversation.command import Command
from cotutor.conversation.vault import answers, commands
from cotutor.conversation.vault.about import NOTHING_OF_WHAT_WAS_SAID
from cotutor.conversation.vault.answers import EncounterAnswers
from cotutor.conversation.vault.questions import DELETE_ENCOUNTER, ERASE_LOG
from cotutor.conversation.vault.values import Met
from cotutor.conversation.vault.wording import encounter_line, encounter_sums
from cotutor.conversation.vault.writing import log_encounter
from cotutor.domain.reflection import Part, Setting
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import FormSheet, row
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.menu import Menu


class EncountersPage(VaultPage):
    """The log, newest first, with its sums."""

    KEYS: ClassVar[tuple[Command, ...]] = commands.ENCOUNTERS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    heading = "Encounter log"

    def body(self) -> ComposeResult:
        yield Static(id="standing")
        yield Menu(id="menu")

    def on_mount(self) -> None:
        self.show()
        self.query_one(Menu).focus()

    def show(self) -> None:
        """Fill the page from the vault."""
        lines = self.vault.encounters.all()
        menu = self.query_one(Menu)
        self.query_one("#standing", Static).update(Content(encounter_sums(lines)))
        menu.empty()
        for one in reversed(lines):
            menu.entry(one.uid, *encounter_line(one))
        if lines:
            menu.choose_first()
        else:
            menu.heading("Nothing noted yet.")

    def action_add(self) -> None:
        self.lead_to(EncounterSheet(self.now().date()), lambda line: log(self, line))

    def action_remove(self) -> None:
        uid = self.query_one(Menu).marked_key
        if uid is not None:
            self.ask(DELETE_ENCOUNTER, lambda: self.vault.encounters.remove(uid, self.now()))

    def action_erase(self) -> None:
        self.ask(ERASE_LOG, lambda: self.vault.encounters.erase(self.now()))


class EncounterSheet(FormSheet[EncounterAnswers]):
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
        yield row("Day", LineField(self._today.isoformat(), id="day", max_length=20), answers.DAY_HINT)
        yield row(
            "Length", LineField(answers.offered_length(met), id="length", max_length=8), answers.LENGTH_HINT
        )
        setting = met.setting if met else Setting.IN_PERSON
        yield row("You met", ChoiceField(*((one, str(one)) for one in Setting), chosen=setting, id="setting"))
        yield row("You were", ChoiceField(*((one, str(one)) for one in Part), chosen=Part.PEER, id="role"))
        yield row("Plan", LineField(met.plan if met else "", id="plan", max_length=32), "or nothing")
        yield Static(Content(NOTHING_OF_WHAT_WAS_SAID), classes="hint-below")

    def filled(self) -> EncounterAnswers:
        return answers.encounter(
            self._today,
            on=self.text_of("day"),
            long=self.text_of("length"),
            setting=str(self.chosen("setting")),
            role=str(self.chosen("role")),
            plan=self.text_of("plan"),
        )


def log(page: VaultPage, line: EncounterAnswers | None) -> None:
    """Keep a line that was filled in, and show that on the page that asked for it."""
    if line is not None:
        page.attempt(lambda: page.show_notice(log_encounter(page.vault, line, page.now())))
        page.show()
