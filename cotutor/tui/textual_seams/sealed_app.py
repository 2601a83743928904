"""The app with everything sealed that Textual would let out.

Out of the box a Textual app prints local variables when it crashes, saves pictures of its screen,
puts copied text on the terminal's clipboard, opens addresses and delivers files. Each of those
methods is overridden here; a test fails if an upgrade renames one.
"""

import asyncio
import logging
import sys
import threading
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

from textual import events
from textual.app import App
from textual.filter import Monochrome, NoColor
from textual.worker import WorkerFailed

from cotutor.process import faults, fence, signals
from cotutor.tui.textual_seams.driver import BlankingDriver
from cotutor.tui.textual_seams.line_filter import CleanLines
from cotutor.tui.textual_seams.styles_cache import forget_with_widget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType
    from textual.app import SystemCommand
    from textual.filter import LineFilter
    from textual.screen import Screen

forget_with_widget()
_NO_COLOR, _CLEAN = NoColor(), CleanLines()


class SealedApp(App[int]):
    """A Textual app that reports a fault in one line, and writes nothing else outside its screen.

    Its result is the exit code of the program; use `run_to_code`.
    """

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(driver_class=BlankingDriver, ansi_color=ansi_color)
        self.features = frozenset()
        self.devtools = None
        self._devtools_redirector = None
        self.css_monitor = None
        self._fault: str | None = None
        self._typed_on: WeakKeyDictionary[events.Key, Screen[Any]] = WeakKeyDictionary()

    def run_to_code(self) -> int:
        """Run the app in the terminal until the person leaves; returns the exit code."""
        self.run()
        return self.return_code or self.return_value or 0

    async def run_async(self, **options: Any) -> int | None:
        """Run with every way that Python itself would report an error ending in one line.

        Only here, and not under a test's pilot, which has its own way to see errors.
        """
        fence.close_sockets()
        signals.start_signal_thread()
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._fault_in_task)
        before = logging.root.manager.disable, threading.excepthook
        logging.disable()
        threading.excepthook = lambda args: self._fault_in_thread(loop, args.exc_value)
        try:
            return await super().run_async(**options)
        finally:
            threading.excepthook = before[1]
            logging.disable(before[0])

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Let a key act on the screen that was on top when it came, and on none that came after.

        Textual looks for the command once the key has passed through every widget, and by then
        another screen may be on top: an Enter before the cover would take the cover off.
        """
        if isinstance(event, events.Key):
            if not event.is_forwarded:
                self._typed_on[event] = self.screen
            elif self._typed_on.get(event) is not self.screen:
                return
        await super().on_event(event)

    # A fault: one line, no message, no locals

    def _fault_in_task(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self._handle_exception(error)

    def _fault_in_thread(self, loop: asyncio.AbstractEventLoop, error: BaseException | None) -> None:
        if isinstance(error, Exception) and not loop.is_closed():
            loop.call_soon_threadsafe(self._handle_exception, error)

    def _handle_exception(self, error: Exception) -> None:
        """Note where the first fault is; Textual ends the app, and calls one of the two methods below."""
        if self._fault is None:
            self._fault = faults.fault_line(error.error if isinstance(error, WorkerFailed) else error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End the app without the traceback that Textual prints here, local variables and all."""
        self._close_messages_no_wait()

    def panic(self, *_renderables: "RenderableType") -> None:
        """End the app; what Textual wanted to print is not printed."""
        if self._fault is None:
            error = sys.exception()
            self._handle_exception(error if isinstance(error, Exception) else RuntimeError())
        else:
            self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Print the one line; what ``exit(message=…)`` and Textual left to print is dropped."""
        if self._fault:
            faults.print_line(self._fault)
            self._fault = ""  # printed

    # What is drawn

    def get_line_filters(self) -> "Sequence[LineFilter]":
        """Textual's filters, but no shade of grey where no colour is wanted, and a last one of ours."""
        theirs = super().get_line_filters()
        return [*(_NO_COLOR if isinstance(one, Monochrome) else one for one in theirs), _CLEAN]

    def action_command_palette(self) -> None:
        """Open the palette; without the id Textual gives it, which one still being closed may have."""
        from cotutor.tui.textual_seams.palette import Palette  # noqa: PLC0415  not before the first frame

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    # What must not get out

    def get_system_commands(self, screen: "Screen[Any]") -> "Iterable[SystemCommand]":  # noqa: ARG002
        """None of Textual's own: one of them saves a picture of the screen."""
        return ()

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Do nothing: a screen with somebody's words on it is not for keeping."""

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:  # noqa: ARG002
        """Refuse; `screenshots/take.py` draws what the screen holds instead.

        Raises:
            Refused: always.
        """
        raise fence.Refused("cotutor takes no pictures of its screen.")

    def save_screenshot(
        self,
        filename: str | None = None,  # noqa: ARG002
        path: str | None = None,  # noqa: ARG002
        time_format: str | None = None,  # noqa: ARG002
    ) -> str:
        """Refuse.

        Raises:
            Refused: always.
        """
        raise fence.Refused("cotutor takes no pictures of its screen.")

    def deliver_screenshot(
        self, filename: str | None = None, path: str | None = None, time_format: str | None = None
    ) -> None:
        """Do nothing: no file is delivered."""

    def deliver_text(self, *_arguments: Any, **_options: Any) -> None:
        """Do nothing: no file is delivered."""

    def deliver_binary(self, *_arguments: Any, **_options: Any) -> None:
        """Do nothing: no file is delivered."""

    def _deliver_binary(self, *_arguments: Any, **_options: Any) -> None:
        """Do nothing: no file is delivered."""

    def copy_to_clipboard(self, text: str) -> None:
        """Do nothing: the terminal's clipboard keeps what is on it after the program has ended."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Do nothing: an address is never opened."""
