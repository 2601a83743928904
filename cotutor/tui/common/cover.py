"""A plain clock over everything. Whatever runs below goes on, and what it asks waits for the cover to come off."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from cotutor.conversation.command import Command
from cotutor.conversation.everywhere import NO_PALETTE
from cotutor.tui.common.page import OfCotutor
from cotutor.tui.keys import bindings
from cotutor.tui.widgets.big_digits import BigDigits


class Cover(OfCotutor, Screen[None]):
    """The time of day, hours and minutes, and not a word more."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command(
            "b,f9,escape,enter",
            "step_back",
            "Uncover",
            "Go back to what is below.",
            shown="b",
        ),
        NO_PALETTE,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    covers = True

    def __init__(self) -> None:
        super().__init__()
        self._digits = BigDigits(largest=3)

    def compose(self) -> ComposeResult:
        yield self._digits

    def on_mount(self) -> None:
        """Show the time, and again at each full minute."""
        self._show()

    def _show(self) -> None:
        wall = self.cotutor.clock.wall()
        # Not by a query: whoever presses the key twice uncovers before there is anything to find.
        self._digits.show(f"{wall:%H:%M}")
        self.set_timer(60 - wall.second, self._show)
