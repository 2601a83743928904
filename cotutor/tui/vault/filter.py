"""Which reflections to show."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cotutor.conversation.vault import answers
from cotutor.conversation.vault.values import Wanted
from cotutor.conversation.vault.writing import templates
from cotutor.tui.vault.form import FormSheet, row
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.fields import LineField

_SHORT = {
    "what": "three whats",
    "gibbs": "Gibbs",
    "free": "free",
    "listening": "listening",
    "supervision": "supervision",
}


class FilterSheet(FormSheet[Wanted]):
    """Everything that is filled in must hold; empty fields filter nothing.

    Args:
        wanted: what is shown at present.
        tags: every tag with how many reflections carry it.
    """

    title_line = "Show only"

    def __init__(self, wanted: Wanted, tags: list[tuple[str, int]]) -> None:
        super().__init__()
        self._wanted = wanted
        self._tags = tags

    def rows(self) -> Iterable[Widget]:
        """Tag, person, days, template."""
        wanted = self._wanted
        known = "  ".join(f"#{tag} {count}" for tag, count in self._tags) or "none yet"
        yield row("Tag", LineField(wanted.tag, id="tag", max_length=30))
        yield Static(Content(known), classes="hint-below")
        yield row("With", LineField(wanted.alias, id="alias", max_length=20), "the alias you gave them")
        since, until = (day.isoformat() if day else "" for day in (wanted.since, wanted.until))
        yield row("From day", LineField(since, id="since", max_length=20), answers.DAY_HINT)
        yield row("To day", LineField(until, id="until", max_length=20))
        options = [("", "any"), *((one.name, _SHORT.get(one.name, one.title)) for one in templates())]
        yield row("Template", ChoiceField(*options, chosen=wanted.template, id="template"))

    def filled(self) -> Wanted:
        return answers.wanted(
            self.now().date(),
            tag=self.text_of("tag"),
            alias=self.text_of("alias"),
            since=self.text_of("since"),
            until=self.text_of("until"),
            template=str(self.chosen("template")),
        )
