"""Self-ratings: how you rate yourself in something, before and after."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from cotutor.conversation.command import Command
from cotutor.conversation.notice import Medium
from cotutor.conversation.vault import answers, commands
from cotutor.conversation.vault.answers import SCORE_HINT, TOPIC_HINT
from cotutor.conversation.vault.questions import DELETE_RATING
from cotutor.conversation.vault.wording import nothing_rated, rating_line
from cotutor.conversation.vault.writing import blank_rating
from cotutor.domain.reflection import LINE_LIMIT, SelfRating
from cotutor.tui.keys import bindings
from cotutor.tui.vault.form import FormSheet, row
from cotutor.tui.vault.page import VaultPage
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.menu import Menu


class RatingsPage(VaultPage):
    """The list, newest first."""

    KEYS: ClassVar[tuple[Command, ...]] = commands.RATINGS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    heading = "Self-ratings"

    def body(self) -> ComposeResult:
        yield Menu(id="menu")

    def on_mount(self) -> None:
        self.show()
        self.query_one(Menu).focus()

    def show(self) -> None:
        """Fill the list from the vault."""
        menu = self.query_one(Menu)
        ratings = self.vault.ratings.all()
        menu.empty()
        for one in reversed(ratings):
            menu.entry(one.uid, rating_line(one))
        if ratings:
            menu.choose_first()
        else:
            menu.heading(nothing_rated(Medium.KEYS))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_change()

    def _marked(self) -> SelfRating | None:
        uid = self.query_one(Menu).marked_key
        return next((one for one in self.vault.ratings.all() if one.uid == uid), None)

    def _keep(self, rating: SelfRating | None) -> None:
        if rating is not None:
            self.attempt(lambda: self.vault.ratings.put(rating, self.now()))
            self.show()

    def action_add(self) -> None:
        self.lead_to(RatingSheet(blank_rating(self.now())), self._keep)

    def action_change(self) -> None:
        rating = self._marked()
        if rating is not None:
            self.lead_to(RatingSheet(rating), self._keep)

    def action_remove(self) -> None:
        rating = self._marked()
        if rating is not None:
            self.ask(DELETE_RATING, lambda: self.vault.ratings.remove(rating.uid, self.now()))


class RatingSheet(FormSheet[SelfRating]):
    """One rating.

    Args:
        rating: the one to change, or a blank one.
    """

    title_line = "How do I rate myself?"

    def __init__(self, rating: SelfRating) -> None:
        super().__init__()
        self._before = rating

    def rows(self) -> Iterable[Widget]:
        """In what, before, after."""
        one = self._before
        yield row("In", LineField(one.topic, id="topic", max_length=LINE_LIMIT), TOPIC_HINT)
        yield row("Before", LineField(_written(one.before), id="before", max_length=2), SCORE_HINT)
        yield row("After", LineField(_written(one.after), id="after", max_length=2), "or nothing yet")

    def filled(self) -> SelfRating:
        return answers.rating(
            self._before,
            topic=self.text_of("topic"),
            before=self.text_of("before"),
            after=self.text_of("after"),
        )


def _written(score: int | None) -> str:
    return "" if score is None else str(score)
