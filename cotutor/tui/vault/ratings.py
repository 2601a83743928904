"""Self-ratings: how you rate yourself in something, before and after."""

from collections.abc import Iterable
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from cotutor.conversation.command import Command
from cotutor.domain.days import day_shown
from cotutor.domain.reflection import LINE_LIMIT, SelfRating
from cotutor.domain.text import one_line
from cotutor.tui.common.confirm import ConfirmSheet
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import FormSheet, row
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.menu import Menu

_HOW = "1 not at all, 10 fully"


class RatingsPage(VaultPage):
    """The list, newest first."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "change", "Change", "Fill in the marked one, such as how it is afterwards."),
        Command("n", "add", "New", "Rate yourself in something."),
        Command("x,delete", "remove", "Delete", "Delete the marked one.", shown="x"),
        Command("escape,q", "app.pop_screen", "Back", "Back to the reflections.", shown="esc"),
        Command("question_mark,f1", "app.keys", "Help", "What every key does.", shown="?"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    heading = "Self-ratings"

    def body(self) -> ComposeResult:
        """The list."""
        yield Menu(id="menu")

    def on_mount(self) -> None:
        """Fill it."""
        self.show()
        self.query_one(Menu).focus()

    def show(self) -> None:
        """Fill the list from the vault."""
        menu = self.query_one(Menu)
        ratings = self.notebook.ratings()
        menu.empty()
        for one in reversed(ratings):
            menu.entry(one.uid, f"{day_shown(one.day):>11}  {_scores(one)}  {one.topic}")
        if ratings:
            menu.choose_first()
        else:
            menu.heading("Nothing rated yet. Press n, for instance before a workshop.")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Change it."""
        event.stop()
        self.action_change()

    def _marked(self) -> SelfRating | None:
        uid = self.query_one(Menu).marked_key
        return next((one for one in self.notebook.ratings() if one.uid == uid), None)

    def _keep(self, rating: SelfRating | None) -> None:
        if rating is not None:
            self.doing(lambda: self.notebook.rate(rating, self.now()))
            self.show()

    def action_add(self) -> None:
        """A new one."""
        self.app.push_screen(RatingSheet(), self._keep)

    def action_change(self) -> None:
        """Change the marked one."""
        rating = self._marked()
        if rating is not None:
            self.app.push_screen(RatingSheet(rating), self._keep)

    def action_remove(self) -> None:
        """Delete it, once confirmed."""
        rating = self._marked()
        if rating is None:
            return

        def answered(agreed: bool | None) -> None:  # noqa: FBT001  what the sheet answers
            if agreed and self.doing(lambda: self.notebook.remove_rating(rating.uid, self.now())):
                self.show()

        self.app.push_screen(ConfirmSheet("Delete this self-rating?", "Delete it"), answered)


class RatingSheet(FormSheet[SelfRating]):
    """One rating.

    Args:
        rating: the one to change; None for a new one.
    """

    title_line = "How do I rate myself?"

    def __init__(self, rating: SelfRating | None = None) -> None:
        super().__init__()
        self._before = rating

    def rows(self) -> Iterable[Widget]:
        """In what, before, after."""
        one = self._before
        yield row(
            "In",
            LineField(one.topic if one else "", id="topic", max_length=LINE_LIMIT),
            "such as: keeping silence",
        )
        yield row("Before", LineField(_written(one.before if one else None), id="before", max_length=2), _HOW)
        yield row(
            "After",
            LineField(_written(one.after if one else None), id="after", max_length=2),
            "or nothing yet",
        )

    def filled(self) -> SelfRating:
        """The rating."""
        topic = one_line(self.text_of("topic"), LINE_LIMIT)
        if not topic:
            raise ValueError("Say in what you rate yourself.")
        rating = self._before or self.vault_app.notebook.new_rating(topic, self.vault_app.clock.wall())
        return replace(
            rating, topic=topic, before=_score(self.text_of("before")), after=_score(self.text_of("after"))
        )


def _score(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 10):
        raise ValueError("A rating is a whole number from 1 to 10.")
    return int(text)


def _written(score: int | None) -> str:
    return "" if score is None else str(score)


def _scores(one: SelfRating) -> str:
    before, after = ("·" if score is None else str(score) for score in (one.before, one.after))
    return f"{before:>2} → {after:>2}"
