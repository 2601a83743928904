"""A trainer at the terminal app, with a clock that goes when told."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual.screen import Screen

from cotutor.conversation.trainer.projector import Projector
from cotutor.domain.participants import people_called
from cotutor.domain.programme import Programme, seat_everyone
from cotutor.services.noticeboard import Noticeboard
from cotutor.tui.trainer.app import TrainerApp
from cotutor.tui.trainer.workshop import WorkshopPage
from cotutor.tui.widgets.big_digits import BigDigits
from tests.fakes import FakeClock
from tests.tui.sitting import Sitting

if TYPE_CHECKING:
    from cotutor.tui.app import CotutorApp

Page = TypeVar("Page", bound=Screen[None])


class InOrder:
    """Chance that changes nothing: people sit in the order in which they were written down."""

    def shuffle(self, _order: list[str]) -> None:
        return


class Room(Sitting):
    """A running app of a trainer."""

    async def look(self) -> None:
        """Let every page with an alarm look at the clock."""
        for page in self.app.screen_stack:
            woken = getattr(page, "Woken", None)
            if woken:
                page.post_message(woken())
        await self.settle()

    def top(self, kind: type[Page]) -> Page:
        """The screen on top, which is of this kind."""
        assert isinstance(self.app.screen, kind), self.where
        return self.app.screen

    @property
    def workshop(self) -> WorkshopPage:
        """The workshop, wherever it is on the stack."""
        return next(page for page in self.app.screen_stack if isinstance(page, WorkshopPage))

    @property
    def digits(self) -> str:
        """What the digits on top show."""
        return self.one(BigDigits).text


@asynccontextmanager
async def trainer(
    first: Callable[[FakeClock], Screen[None]],
    size: tuple[int, int] = (80, 24),
    *,
    speed: int = 1,
    config_folder: Path | None = None,
) -> AsyncGenerator[Room]:
    """The app with this screen first."""
    clock = FakeClock(speed)
    app: CotutorApp = TrainerApp(lambda: first(clock), clock, config_folder)
    async with app.run_test(size=size) as pilot:
        room = Room(app, pilot, clock)
        await room.settle()
        yield room


@asynccontextmanager
async def workshop(
    programme: Programme,
    people: str = "7",
    size: tuple[int, int] = (80, 24),
    *,
    board: Noticeboard | None = None,
    speed: int = 1,
) -> AsyncGenerator[Room]:
    """A workshop that has begun."""
    who = people_called(people)
    rounds = seat_everyone(programme, who, InOrder())  # type: ignore[arg-type]  # all that is asked of chance

    def first(clock: FakeClock) -> Screen[None]:
        return WorkshopPage(programme, who, rounds, clock, Projector(board))

    async with trainer(first, size, speed=speed) as room:
        yield room
