"""The trainer's part of the terminal app: which screen comes first, and how the program ends.

``page`` makes the screens that home leads to. The other functions begin there at once, in a
process whose first screen it is: from it no way leads to anybody's reflections.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from cotutor.conversation.library import Library
from cotutor.conversation.trainer.projector import Projector
from cotutor.domain.errors import ContentProblems
from cotutor.domain.scenes import Scene, scenes
from cotutor.services.clock import Clock, clock_at
from cotutor.services.folders import config_folder
from cotutor.services.noticeboard import Lookout
from cotutor.tui.app import CotutorApp

if TYPE_CHECKING:
    from collections.abc import Callable


class TrainerApp(CotutorApp):
    """The app with one of the trainer's screens first, and no home screen below it.

    Args:
        first: makes the first screen.
        clock: what everything is measured by.
        folder: where a person's own programmes, demonstrations and prompts are.
        problems: what was wrong with those on the way here.
    """

    def __init__(
        self,
        first: "Callable[[], Screen[None]]",
        clock: Clock,
        folder: Path | None = None,
        problems: tuple[str, ...] = (),
    ) -> None:
        super().__init__(clock, folder, problems=problems)
        self._first = first

    def get_default_screen(self) -> "Screen[None]":
        """What lies below the trainer's screens."""
        return EmptyScreen(self._first)


class EmptyScreen(Screen[None]):
    """An empty screen below the trainer's; when it is on top again, the program ends.

    Args:
        first: makes the first screen above it.
    """

    def __init__(self, first: "Callable[[], Screen[None]]") -> None:
        super().__init__()
        self._waiting: list[Callable[[], Screen[None]]] = [first]

    def on_screen_resume(self) -> None:
        """Show the first screen; once it is gone, leave."""
        if self._waiting:
            self.app.push_screen(self._waiting.pop()())
        else:
            self.app.exit(0)


def page(what: str, clock: Clock) -> "Screen[None]":
    """The screen that a line of the home screen leads to."""
    if what == "workshop":
        from cotutor.tui.trainer.workshop_setup import WorkshopMenu  # noqa: PLC0415  one of them is needed

        return WorkshopMenu()
    if what == "demo":
        from cotutor.tui.trainer.demo_menu import DemoMenu  # noqa: PLC0415

        return DemoMenu()
    if what == "practise":
        from cotutor.tui.trainer.practice import PracticeMenu  # noqa: PLC0415

        return PracticeMenu()
    from cotutor.tui.trainer.tally import TallyPage  # noqa: PLC0415

    return TallyPage(clock)


def workshop(name: str | None, people: int | None, rehearse: int, projector: Projector) -> int:
    """Run a workshop; returns the exit code.

    Args:
        name: a programme's name or path; None to choose one.
        people: how many there are, if that was said.
        rehearse: how many times faster than life it runs.
        projector: how the room gets to see it.

    Raises:
        ContentProblems: there is no such programme, or it has mistakes.
    """
    from cotutor.tui.trainer.workshop_setup import WorkshopMenu, WorkshopSetup  # noqa: PLC0415

    folder = config_folder()
    programme, problems = Library(folder).programme(name) if name else (None, ())

    def first() -> "Screen[None]":
        return WorkshopSetup(programme, projector, people) if programme else WorkshopMenu(projector, people)

    return TrainerApp(first, clock_at(rehearse), folder, problems).run_to_code()


def audience(name: str | None, lookout: Lookout) -> int:
    """Run the second window; returns the exit code.

    Args:
        name: the programme's name or path, if the trainer's is not one of those found by name.
        lookout: looks at the trainer's notice.

    Raises:
        ContentProblems: there is no such programme, or it has mistakes.
    """
    from cotutor.tui.trainer.audience import AudienceWindow  # noqa: PLC0415

    folder = config_folder()
    library = Library(folder)
    given = library.programme(name).value if name else None

    def find(wanted: str) -> tuple[Scene, ...]:
        if given is not None and given.name == wanted:
            return scenes(given)
        try:
            return scenes(library.programme(wanted).value)
        except ContentProblems:
            return ()

    return TrainerApp(lambda: AudienceWindow(lookout, find), clock_at(1), folder).run_to_code()


def demonstration(name: str | None, rehearse: int) -> int:
    """Play a demonstration; returns the exit code.

    Args:
        name: a script's name or path; None to choose one.
        rehearse: how many times faster than life it plays.

    Raises:
        ContentProblems: there is no such script, or it has mistakes.
    """
    from cotutor.tui.trainer.demo_menu import DemoChoice, DemoMenu  # noqa: PLC0415

    folder = config_folder()
    script, problems = Library(folder).demonstration(name) if name else (None, ())

    def first() -> "Screen[None]":
        return DemoChoice(script) if script else DemoMenu()

    return TrainerApp(first, clock_at(rehearse), folder, problems).run_to_code()


def practice() -> int:
    """Practise alone; returns the exit code."""
    from cotutor.tui.trainer.practice import PracticeMenu  # noqa: PLC0415

    return TrainerApp(PracticeMenu, clock_at(1), config_folder()).run_to_code()
