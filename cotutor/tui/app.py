"""The terminal app as far as it is the same for every job: what all screens share, and lead to.

A process shows one of three apps that are made of it: ``home.app``, ``trainer.app``, ``vault.app``.
"""

from __future__ import annotations

import gc
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from cotutor.conversation.everywhere import (
    COLOURS_WHILE_TYPING,
    COVER_AT_ANY_TIME,
    PALETTE,
    QUIT_AT_ANY_TIME,
)
from cotutor.conversation.library import Library, left_out_briefly
from cotutor.domain.keeping import Keeping
from cotutor.domain.text import clean
from cotutor.tui.common.page import OfCotutor
from cotutor.tui.keys import bindings, offered
from cotutor.tui.textual_seams.sealed_app import SealedApp
from cotutor.tui.textual_seams.stacked import Stacked
from cotutor.tui.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import SystemCommand
    from textual.binding import BindingType
    from textual.screen import Screen
    from textual.types import CSSPathType

    from cotutor.conversation.command import Command
    from cotutor.domain.guidance import Guidance
    from cotutor.services.clock import Clock


STYLE = Path(__file__).with_name("cotutor.tcss")
"""The style sheet of the whole app; whole from the root, for a subclass may stand in another folder."""
_BETWEEN_STROKES = 0.5
"""Seconds between two strokes of the bell."""


class CotutorApp(SealedApp):
    """cotutor on the terminal, whatever the job.

    Args:
        clock: what every session is timed by.
        config_folder: where a user's own plans and prompts are, if anywhere; only read.
        problems: what was wrong with the person's own files on the way here.
        silent: whether the bell stays quiet.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = STYLE
    TITLE = "cotutor"
    KEYS: ClassVar[tuple[Command, ...]] = (
        PALETTE,
        COVER_AT_ANY_TIME,
        COLOURS_WHILE_TYPING,
        QUIT_AT_ANY_TIME,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-medium"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-tall")]

    def __init__(
        self,
        clock: Clock,
        config_folder: Path | None = None,
        *,
        problems: tuple[str, ...] = (),
        silent: bool = False,
    ) -> None:
        super().__init__()
        self.clock = clock
        self.library = Library(config_folder)
        self._problems = problems
        self.silent = silent
        self._to_print: list[str] = []
        for theme in THEMES:
            self.register_theme(theme)
        # Setting it would have every style sheet parsed twice before the first frame.
        self.set_reactive(CotutorApp.theme, THEMES[0].name)
        self.stylesheet.set_variables(self.get_css_variables())

    # ------------------------------------------------------------ what the screens share

    @cached_property
    def guidance(self) -> Guidance:
        """The questions, cues, help and wordings in force; read when they are first needed."""
        in_force = self.library.guidance
        self._show_left_out(in_force.problems)
        return in_force.guidance

    def _show_left_out(self, problems: tuple[str, ...]) -> None:
        """Show what of the person's own is left out, above whatever screen there is."""
        if problems:
            self.notify("\n".join(left_out_briefly(problems)), severity="warning", timeout=15, markup=False)

    @property
    def keeping(self) -> Keeping:
        """What is kept of what happens on the screens; each shows it in its bar."""
        return Keeping.NOTHING

    def ring(self, strokes: int = 1) -> None:
        """Ring the bell, with a pause between strokes, unless the people asked for silence."""
        for stroke in range(0 if self.silent else strokes):
            if stroke:
                self.set_timer(stroke * _BETWEEN_STROKES, self.bell)
            else:
                self.bell()

    def print_at_end(self, lines: Iterable[str]) -> None:
        """Have lines printed in the terminal once the screen has been given back; no file is written."""
        self._to_print += (clean(line, limit=200, lines=True) for line in lines)

    def run_to_code(self) -> int:
        """Run until the person leaves, and print what they asked to have printed; returns the exit code."""
        code = super().run_to_code()
        sys.stdout.writelines(f"{line}\n" for line in self._to_print)
        return code

    # ------------------------------------------------------------ going from screen to screen

    def on_mount(self) -> None:
        """Show what of the person's own is left out."""
        self._show_left_out(self._problems)

    def on_ready(self) -> None:
        """Collect garbage from now on: the first frame is on the screen."""
        gc.enable()

    async def go_home(self) -> None:
        """Close everything but the first screen."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    def when_uncovered(self, then: Callable[[], object]) -> None:
        """Do something now, or once the cover has been taken off: nothing may come over it."""
        stack = self.screen_stack
        cover = next(
            (at for at, one in enumerate(stack) if isinstance(one, OfCotutor) and one.covers), len(stack)
        )
        below = stack[cover - 1]
        if cover < len(stack) and isinstance(below, Stacked):
            below.when_on_top(then)
        else:
            then()

    def action_cover(self) -> None:
        """Cover the screen at once."""
        from cotutor.tui.common.cover import Cover  # noqa: PLC0415

        if not isinstance(self.screen, Cover):
            self.clear_notifications()  # they would lie above the cover
            self.push_screen(Cover())

    def action_keys(self) -> None:
        from cotutor.tui.common.help import HelpPage  # noqa: PLC0415

        self.push_screen(HelpPage(*self._offered(self.screen)))

    def action_signposts(self) -> None:
        from cotutor.tui.common.signposts import Signposts  # noqa: PLC0415

        self.push_screen(Signposts())

    def action_guidance(self) -> None:
        from cotutor.tui.common.guidance import GuidancePage  # noqa: PLC0415

        self.push_screen(GuidancePage())

    def action_sound_check(self) -> None:
        from cotutor.tui.common.sound_check import SoundCheck  # noqa: PLC0415

        self.push_screen(SoundCheck())

    def action_next_theme(self) -> None:
        """Go on to the next set of colours."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    async def action_leave(self) -> None:
        """Leave; in the middle of a session, ask first."""
        from cotutor.tui.common.leave import LeaveSheet  # noqa: PLC0415

        running = any(isinstance(page, OfCotutor) and page.running for page in self.screen_stack)
        if not running or isinstance(self.screen, LeaveSheet):
            self.exit(0)
        else:
            self.push_screen(LeaveSheet(), lambda leave: self.exit(0) if leave else None)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette holds the screen's keys and the app's, and nothing of the framework's own."""
        from textual.app import SystemCommand  # noqa: PLC0415

        here, everywhere = self._offered(screen)
        known = {command.name.removeprefix("app.") for command in here} | {"command_palette"}
        for command in (*here, *(command for command in everywhere if command.name not in known)):
            yield SystemCommand(
                f"{command.label}  ({command.key_shown})",
                command.help,
                self._runner_of(screen, command.name),
            )

    def _offered(self, screen: Screen[object]) -> tuple[tuple[Command, ...], tuple[Command, ...]]:
        """The commands offered on a screen, and those that are offered everywhere."""
        here = screen.KEYS if isinstance(screen, OfCotutor) else ()
        return offered(screen, here), offered(self, self.KEYS)

    def _runner_of(self, screen: Screen[object], action: str) -> Callable[[], object]:
        async def run() -> None:
            if screen.is_active:  # a second Enter in the palette may have come after the first led on
                await screen.run_action(action)

        return run
