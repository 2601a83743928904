"""The driver: how Textual takes the terminal and, above all, how it gives it back.

Textual leaves the alternate screen and trusts that its pictures go with it. Where there is none to
leave (GNU screen, tmux with ``alternate-screen off``) they would stay, in the scrollback too.
"""

import asyncio
import os
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING, Any

from cotutor.process import shared_memory, signals
from cotutor.process.terminal import blank_rows, is_ours, rows_of

if TYPE_CHECKING:
    from textual.app import App

if sys.platform == "win32":
    from textual.drivers.windows_driver import WindowsDriver as SystemDriver
else:
    from textual.drivers import linux_driver
    from textual.drivers.linux_driver import LinuxDriver as SystemDriver

    from cotutor.tui.textual_seams.keyboard import Keyboard

    # Textual offers no other way in between the terminal and its parser.
    vars(linux_driver)["getincrementaldecoder"] = lambda _encoding: Keyboard


class BlankingDriver(SystemDriver):
    """Textual's driver for this system, which wipes its rows before it goes and opens nothing."""

    def __init__(
        self, app: "App[Any]", *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        del debug  # with it, Textual's parser would write every key to a file
        super().__init__(app, debug=False, mouse=mouse, size=size)
        self.app = app
        self.loop = asyncio.get_running_loop()

    def start_application_mode(self) -> None:
        """Mark the terminal as taken, for the guard, then take it."""
        shared_memory.set_screen(shared_memory.Screen.TAKEN)
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual leaves it bare

    def stop_application_mode(self) -> None:
        """Wipe every row, then give the terminal back."""
        self.write("\x1b[?2026l" + blank_rows(rows_of(2)))
        super().stop_application_mode()

    def close(self) -> None:
        """Wait until everything is written, then mark the terminal as given back."""
        super().close()
        shared_memory.set_screen(shared_memory.Screen.LEFT)

    def open_url(self, url: str, new_tab: bool = True) -> None:  # noqa: FBT001, FBT002  Textual's signature
        """Do nothing: an address is never opened."""

    def deliver_binary(self, *_arguments: Any, **_options: Any) -> None:
        """Do nothing: a file is never delivered."""

    # Stopping and going on (Ctrl+Z and fg). Textual does it inside the signal handler, which may
    # have interrupted a write to the queue that it is about to write to, and then both wait for
    # ever. So the handler only asks the loop to do it.

    def _sigtstp_application(self, *_: int | FrameType | None) -> None:
        self.loop.call_soon_threadsafe(self._stop)

    def _sigcont_application(self, *_: int | FrameType | None) -> None:
        self.loop.call_soon_threadsafe(self._go_on_if_cleared)

    def _stop(self) -> None:
        """Save or lock, wipe, stop; and take the terminal again when the job is continued."""
        signals.run_stop_hooks()
        if not self._auto_restart:
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)
        self._take_again()

    def _go_on_if_cleared(self) -> None:
        """Draw again after SIGSTOP, which nobody can catch: the guard has wiped the screen meanwhile."""
        if shared_memory.screen() is shared_memory.Screen.CLEARED:
            self.suspend_application_mode()
            self._take_again()

    def _take_again(self) -> None:
        try:
            while not is_ours(self.fileno):
                os.kill(os.getpid(), signal.SIGSTOP)  # continued in the background: not our terminal yet
        except OSError:
            os.kill(os.getpid(), signal.SIGHUP)  # the terminal is gone
            return
        self._must_signal_resume = True
        self.resume_application_mode()
        self.app.call_later(self.app.refresh, layout=True)

    def _run_input_thread(self) -> None:
        """Read keys; a terminal that is gone means hang up, anything else is a fault."""
        try:
            self.run_input_thread()
        except OSError:
            os.kill(os.getpid(), signal.SIGHUP)
        except Exception as error:  # noqa: BLE001  it is reported in one line, not swallowed
            self.app.call_later(self.app._handle_exception, error)  # noqa: SLF001  Textual's one way in
