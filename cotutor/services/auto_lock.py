"""The gate of the vault: what stands open, and what happens when it must be shut.

Shutting is the same whatever asks for it (a key, idleness, sleep, Ctrl+Z, a signal): the rows are
wiped, what is being written is kept encrypted, the connection is closed, and the process ends;
the guard starts a fresh one that knows nothing.

A thread of its own watches for idleness, because a terminal that stops reading stops the event
loop and everything the loop should have done. It counts on the clock that goes on in sleep.
"""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cotutor.domain.duration import MINUTE, SECOND
from cotutor.process import shared_memory, signals
from cotutor.process.terminal import blank_rows, rows_of, terminal_fd
from cotutor.services.clock import Clock, slept

if TYPE_CHECKING:
    from cotutor.services.notebook import Notebook

LOCK_AFTER = 5 * MINUTE
"""Milliseconds without a key press after which the vault locks, until its owner says otherwise."""
CAN_BECOME = hasattr(os, "fork")
"""Whether there can be a guard, which starts another process in the place of this one."""
_LOOK_EVERY = 0.5
"""Seconds between two looks at the clock."""
_NAP = 2 * SECOND
"""A sleep of the computer shorter than this is a rounding error of its clocks."""


def vault_folder(named: Path | None = None) -> Path:
    """Where a person's vault is, whole from the root. The folder is not created here.

    Args:
        named: where they say that it is; None for the usual place.
    """
    from platformdirs import user_data_path  # noqa: PLC0415  a session needs no vault

    folder = named or user_data_path("cotutor", appauthor=False) / "vault"
    return Path(os.path.abspath(folder))  # noqa: PTH100  a link is refused later, not followed


def is_there(folder: Path) -> bool:
    """Whether a folder holds something of a vault. Touches nothing, and loads nothing of the vault."""
    return os.path.lexists(folder / "vault.key") or any(folder.glob("vault-*.db"))


class Writing(Protocol):
    """Where somebody writes something that must not be lost."""

    def keep(self) -> None:
        """Keep what has been written so far, encrypted; do nothing if it is kept already.

        Raises:
            CotutorError: it could not be kept.
        """


class Gate:
    """One vault in one process: shut, or open with somebody writing.

    Args:
        folder: where the vault is, or is to be.
        clock: measures idleness.
        become: ends this process and has the one that is wished for started.
        sleep: how long the computer has slept, in milliseconds since a fixed origin.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        become: Callable[[shared_memory.Ending], None] = signals.replace_process,
        sleep: Callable[[], int] = slept,
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.notebook: Notebook | None = None
        self.writing: Writing | None = None
        """Where somebody writes at present."""
        self.exposed = False
        """A secret is in a field or on the screen although nothing is open."""
        self.lock_after = LOCK_AFTER
        self._become = become
        self._sleep = sleep
        self._pressed = clock.now()
        self._slept = sleep()
        self._stopped = threading.Event()
        self._curtain = Curtain()

    # ------------------------------------------------------------ watching

    def watch(self) -> None:
        """From now on lock when nobody is there, and shut the vault whatever ends this process."""
        signals.add_exit_hook(self.shut)
        signals.add_exit_hook(self._curtain.draw)  # the newest runs first
        signals.add_stop_hook(self._lock_and_stop)
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def unwatch(self) -> None:
        """No longer."""
        self._stopped.set()
        signals.remove_hook(self.shut)
        signals.remove_hook(self._curtain.draw)
        signals.remove_hook(self._lock_and_stop)

    def key_pressed(self) -> None:
        """Somebody is there. Only a key press says so; what the program shows does not."""
        self._pressed = self.clock.now()

    @property
    def has_secrets(self) -> bool:
        """There is something to lock away."""
        return self.notebook is not None or self.exposed

    @property
    def must_lock(self) -> bool:
        """Nobody has pressed a key for long enough, or the computer has slept."""
        idle = self.clock.now() - self._pressed
        asleep = self._sleep() - self._slept
        return self.has_secrets and (idle >= self.lock_after or asleep >= _NAP)

    def _watch(self) -> None:
        while not self._stopped.wait(_LOOK_EVERY):
            if self.must_lock:
                self.lock()
                return

    # ------------------------------------------------------------ opening and shutting

    def open(self, notebook: "Notebook") -> None:
        """Take charge of a notebook that has just been opened."""
        self.exposed = False
        self._slept = self._sleep()
        self.key_pressed()
        self.notebook = notebook

    def cover(self) -> None:
        """Wipe the rows at once."""
        self._curtain.draw()

    def lock(self) -> None:
        """Shut the vault and come back as a process that knows nothing. May be called from any thread."""
        self._become(shared_memory.Ending.LOCK)

    def go(self, wish: shared_memory.Ending) -> None:
        """Shut the vault and come back as something else."""
        self._become(wish)

    def _lock_and_stop(self) -> None:
        if self.has_secrets:
            self._become(shared_memory.Ending.LOCK_AND_STOP)

    def stop(self) -> None:
        """Lock, and let the job stop before it comes back."""
        self._become(shared_memory.Ending.LOCK_AND_STOP)

    def keep(self) -> None:
        """Keep what is being written.

        Raises:
            CotutorError: it could not be kept.
        """
        if self.notebook is None or self.writing is None:
            return
        connection = self.notebook.vault.store.connection
        # A signal may have come in the middle of a transaction, which then has not happened.
        if connection.in_transaction:
            connection.rollback()
        self.writing.keep()

    def shut(self) -> None:
        """Keep what is being written and close the vault.

        Raises:
            CotutorError: something could not be kept; the vault is closed all the same.
        """
        try:
            self.keep()
        finally:
            notebook, self.notebook, self.writing = self.notebook, None, None
            if notebook is not None:
                notebook.close()


class Curtain:
    """Wipes the terminal's rows at once, and never waits for a terminal that takes nothing."""

    def __init__(self) -> None:
        self._fd: int | None = None
        if terminal_fd() is not None and hasattr(os, "O_NOCTTY"):
            with suppress(OSError):
                # A descriptor of its own: not waiting must not spread to the one Textual writes to.
                self._fd = os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)

    def draw(self) -> None:
        """Wipe, if our pictures are on the terminal."""
        if self._fd is not None and shared_memory.screen() is shared_memory.Screen.TAKEN:
            with suppress(OSError):
                os.write(self._fd, blank_rows(rows_of(self._fd)).encode())
