"""Locking: which vault is open in this process, when it must be shut, and what is done then.

Shutting is the same whatever asks for it (a key, idleness, sleep, Ctrl+Z, a signal): the rows are
wiped, what is being written is kept encrypted, the vault is closed, and the process ends; the
guard starts a fresh one, in whose memory nothing of the vault has ever been.

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
from cotutor.domain.errors import CotutorError
from cotutor.process import shared_memory, signals
from cotutor.process.terminal import blank_rows, rows_of, terminal_fd
from cotutor.services.clock import Clock, slept

if TYPE_CHECKING:
    from cotutor.vault.vault import Vault

LOCK_AFTER = 5 * MINUTE
"""Milliseconds without a key press after which the vault locks, until its owner says otherwise."""
CAN_REPLACE_PROCESS = hasattr(os, "fork")
"""Whether there can be a guard, which starts another process in the place of this one."""
_LOOK_EVERY = 0.5
"""Seconds between two looks at the clock."""
_NAP = 2 * SECOND
"""A sleep of the computer shorter than this is a rounding error of its clocks."""


class Writing(Protocol):
    """Where somebody writes something that must not be lost."""

    def keep(self) -> None:
        """Keep what has been written so far, encrypted; do nothing if it is kept already.

        Raises:
            CotutorError: it could not be kept.
        """


class AutoLock:
    """One vault in one process: shut, or open with somebody writing.

    Args:
        folder: where the vault is, or is to be.
        clock: measures idleness.
        replace_process: ends this process and has another started in its place.
        sleep: how long the computer has slept, in milliseconds since a fixed origin.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        replace_process: Callable[[shared_memory.Ending], None] = signals.replace_process,
        sleep: Callable[[], int] = slept,
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.vault: Vault | None = None
        """The vault that is open."""
        self.secret_shown = False
        """Whether a secret is in a field or on the screen although no vault is open."""
        self.deriving = False
        """Whether a thread has a secret, to derive a key from it."""
        self.lock_after = LOCK_AFTER
        self._replace_process = replace_process
        self._sleep = sleep
        self._pressed = clock.now()
        self._slept = sleep()
        self._stopped = threading.Event()
        self._blanker = _Blanker()
        self._writers: list[Writing] = []

    # ------------------------------------------------------------ watching

    def watch(self) -> None:
        """From now on lock when no key has been pressed for long enough, and shut the vault whatever ends this process."""
        signals.add_exit_hook(self.shut)
        signals.add_exit_hook(self._blanker.blank)  # the newest runs first
        signals.add_stop_hook(self._lock_and_stop)
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def unwatch(self) -> None:
        """Stop watching, before the program ends as its owner asked."""
        self._stopped.set()
        signals.remove_hook(self.shut)
        signals.remove_hook(self._blanker.blank)
        signals.remove_hook(self._lock_and_stop)

    def key_pressed(self) -> None:
        """Count idleness from now on. Only a key press counts; what the program shows does not."""
        self._pressed = self.clock.now()

    @property
    def has_secrets(self) -> bool:
        """Whether a vault is open, a secret is shown, or a key is being derived from one."""
        return self.vault is not None or self.secret_shown or self.deriving

    @property
    def must_lock(self) -> bool:
        """Whether nobody has pressed a key for long enough, or the computer has slept."""
        idle = self.clock.now() - self._pressed
        asleep = self._sleep() - self._slept
        return self.has_secrets and (idle >= self.lock_after or asleep >= _NAP)

    def _watch(self) -> None:
        while not self._stopped.wait(_LOOK_EVERY):
            if self.must_lock:
                self.lock()
                return

    # ------------------------------------------------------------ opening and shutting

    def open(self, vault: "Vault") -> None:
        """Take charge of a vault that has just been opened."""
        self.secret_shown = False
        self._slept = self._sleep()
        self.key_pressed()
        self.lock_after = vault.settings.preferences.lock_after
        self.vault = vault

    def blank(self) -> None:
        """Wipe the rows of the terminal at once."""
        self._blanker.blank()

    def lock(self) -> None:
        """Shut the vault and start again, locked, in a fresh process. May be called from any thread."""
        self._replace_process(shared_memory.Ending.LOCK)

    def go(self, ending: shared_memory.Ending) -> None:
        """Shut the vault and have another process started in this one's place."""
        self._replace_process(ending)

    def _lock_and_stop(self) -> None:
        if self.has_secrets:
            self._replace_process(shared_memory.Ending.LOCK_AND_STOP)

    def stop(self) -> None:
        """Lock, and let the job stop before it comes back."""
        self._replace_process(shared_memory.Ending.LOCK_AND_STOP)

    # ------------------------------------------------------------ writing

    def begin_writing(self, writer: Writing) -> None:
        """Keep what is written there from now on."""
        self._writers.append(writer)

    def end_writing(self, writer: Writing) -> None:
        """Nobody writes there any more."""
        if writer in self._writers:
            self._writers.remove(writer)

    def abandon(self) -> None:
        """Give up whatever has been written and could not be kept."""
        self._writers.clear()

    def keep(self) -> None:
        """Keep what is being written.

        Raises:
            CotutorError: something could not be kept; the rest was.
        """
        if self.vault is None or not self._writers:
            return
        # A signal may have come in the middle of a transaction, which then has not happened.
        self.vault.abandon_transaction()
        problems = []
        for writer in tuple(self._writers):
            try:
                writer.keep()
            except CotutorError as problem:
                problems.append(problem)
        if problems:
            raise problems[0]

    def shut(self) -> None:
        """Keep what is being written and close the vault.

        Raises:
            CotutorError: something could not be kept; the vault is closed all the same.
        """
        try:
            self.keep()
        finally:
            self.abandon()
            vault, self.vault = self.vault, None
            if vault is not None:
                vault.close()


class _Blanker:
    """Wipes the terminal's rows at once, and never waits for a terminal that takes nothing."""

    def __init__(self) -> None:
        self._fd: int | None = None
        if terminal_fd() is not None and hasattr(os, "O_NOCTTY"):
            with suppress(OSError):
                # A descriptor of its own: not waiting must not spread to the one Textual writes to.
                self._fd = os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)

    def blank(self) -> None:
        """Wipe, if our pictures are on the terminal."""
        if self._fd is not None and shared_memory.screen() is shared_memory.Screen.TAKEN:
            with suppress(OSError):
                os.write(self._fd, blank_rows(rows_of(self._fd)).encode())
