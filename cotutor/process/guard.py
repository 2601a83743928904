"""The guard: the process that starts the face process, waits for it, and restores the terminal after it.

The shell starts the guard. Before anything secret is loaded the guard forks a child, the face
process, in which the full screen or the line mode runs; the guard itself only waits. It is there
for four reasons:

- *The terminal.* If the face process is killed or crashes, the guard blanks what that process drew
  and sets the terminal as it was found.
- *Locking.* To lock the vault the face process ends and the guard starts a fresh one: the end of a
  process is the only lock that leaves no copy of a note in memory.
- *The fence.* A process can never be given back what it has been denied, so the way from the home
  screen to the vault and back also leads through the guard and a new process.
- *Job control.* The guard ignores Ctrl+Z, sees the face process stop, and then stops its whole
  group, so that the shell, and any wrapper in between, notices.

Whichever of the two ends, the other ends too: the guard when there is nothing more to start, the
face process because the kernel (or a pipe) signals the guard's death to it.

Exit codes: those of the face; 128 + n where signal n ended it; 1 after a fault.
"""

import contextlib
import os
import signal
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from cotutor.process import faults, limits, shared_memory, signals
from cotutor.process.face_process import Face, Start, run, run_and_exit
from cotutor.process.shared_memory import Ending, Screen
from cotutor.process.terminal import TerminalFound, find_terminal

if TYPE_CHECKING:
    import select

__all__ = ["Face", "Start", "run_guarded"]

HARD_LIMIT_SECONDS = 3
"""How long after TERM, HUP or QUIT a face process is killed; longer than `signals.GRACE_SECONDS`."""

_NEXT = {
    Ending.LOCK: Start.LOCKED,
    Ending.LOCK_AND_STOP: Start.LOCKED,
    Ending.VAULT: Start.VAULT,
    Ending.MAKE: Start.MAKE,
    Ending.HOME: Start.HOME,
}
"""What the guard starts after each ending that asks for another process."""

_STOP_SIGNALS = signals.signals_here("SIGTSTP", "SIGTTIN", "SIGTTOU")


def run_guarded(face: Face) -> int:
    """Run ``face`` in a child process and return the exit code of the program.

    Call it with one thread, before Textual or anything secret is loaded. Where the system has no
    fork the face runs in this process, which then restores the terminal as far as it can.
    """
    limits.keep_memory_private()
    terminal = find_terminal()
    if not hasattr(os, "fork"):
        return _run_unguarded(face, terminal)
    shared_memory.share()
    guard = _Guard(terminal)
    start = Start.FIRST
    while True:
        status = guard.wait_for(guard.start_face(face, start))
        guard.restore_terminal(status)
        ending = shared_memory.ending()
        if guard.exit_signal or ending not in _NEXT:
            return guard.exit_code(status)
        if ending is Ending.LOCK_AND_STOP:
            guard.stop_job()
        start = Start.LOCKED_UNSAVED if shared_memory.unsaved() else _NEXT[ending]


def _run_unguarded(face: Face, terminal: TerminalFound | None) -> int:
    signals.install_handlers(guard=None, terminal=terminal)
    code = run(face, Start.FIRST)
    if terminal is not None and shared_memory.screen() is Screen.TAKEN:
        terminal.restore(blank=True)
    _print_final_lines()
    return code


def _print_final_lines() -> None:
    if shared_memory.final_line():
        faults.print_line(shared_memory.final_line())
    if shared_memory.unsaved():
        faults.print_line("cotutor: the last changes could not be saved.")


class _Guard:
    """One terminal, one face process at a time, and the signals that concern them."""

    def __init__(self, terminal: TerminalFound | None) -> None:
        self._terminal = terminal
        self._face: int | None = None
        self.exit_signal = 0
        """The signal that asked the program to end, or 0."""
        # A handler's byte in this pipe ends the poll in `wait_for`; see signal.set_wakeup_fd.
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())  # whoever started it may have blocked some
        for number in signals.EXIT_SIGNALS:
            signal.signal(number, self._forward)
        for number in _STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, self._only_wake)
        signal.signal(signal.SIGCONT, self._note_continued)
        signal.signal(signal.SIGALRM, self._kill_face)

    # Signals to the guard

    def _forward(self, number: int, _frame: FrameType | None) -> None:
        # A terminal and a shell signal the whole group, kill(1) one process: the face process may get it twice.
        if number != signal.SIGINT:  # a face may take Ctrl+C as it likes
            self.exit_signal = number
            signal.alarm(HARD_LIMIT_SECONDS)
        self._signal_face(number)

    def _only_wake(self, _number: int, _frame: FrameType | None) -> None:
        """The byte in the pipe has done the work."""

    def _note_continued(self, _number: int, _frame: FrameType | None) -> None:
        self._continued = True

    def _kill_face(self, _number: int, _frame: FrameType | None) -> None:
        self._signal_face(signal.SIGKILL)

    def _signal_face(self, number: int) -> None:
        if self._face is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._face, number)

    # What the guard does

    def start_face(self, face: Face, start: Start) -> int:
        """Start a face process; returns its process number, and never returns in the child."""
        shared_memory.clear()
        everything = signal.valid_signals()
        # Until the child has its own handlers, no signal may meet those of the guard in it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, everything)
        guard = os.getpid()
        link = os.pipe()
        child = os.fork()
        if child == 0:
            self._run_face(face, start, guard, link)
        self._face = child
        if self.exit_signal:  # it came after the last face process and before this one
            self._signal_face(self.exit_signal)
        os.close(link[0])
        self._link = link[1]
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return child

    def _run_face(self, face: Face, start: Start, guard: int, link: tuple[int, int]) -> NoReturn:
        """Undo in the child what only the guard needs, and run the face."""
        signal.set_wakeup_fd(-1)
        for fd in (self._woken, self._wake, link[1]):
            os.close(fd)
        for number in (*_STOP_SIGNALS, signal.SIGCHLD, signal.SIGCONT):
            signal.signal(number, signal.SIG_DFL)
        run_and_exit(face, start, guard=guard, link=link[0], terminal=self._terminal)

    def wait_for(self, face: int) -> int:
        """Wait until the face process is gone; returns its wait status."""
        import select  # noqa: PLC0415

        events = select.poll()
        events.register(self._woken, select.POLLIN)
        if self._terminal is not None:
            events.register(self._terminal.fd, 0)
        while True:
            gone, status = os.waitpid(face, os.WNOHANG | os.WUNTRACED)
            if gone and os.WIFSTOPPED(status):
                self._stop_with_face()
            elif gone:
                self._face = None
                return status
            else:
                self._wait(events)

    def _wait(self, events: "select.poll") -> None:
        import select  # noqa: PLC0415

        for fd, event in events.poll():
            if fd == self._woken:
                os.read(fd, 4096)
                continue
            events.unregister(fd)
            if event & (select.POLLHUP | select.POLLERR):
                # Not every shell passes a hang-up on, and a terminal that is gone never blocks a reader.
                self._forward(signal.SIGHUP, None)

    def _stop_with_face(self) -> None:
        """The face process has stopped: stop the job, and continue that process when the job is continued."""
        gave_up_terminal = shared_memory.screen() is not Screen.TAKEN
        if not gave_up_terminal:
            if self._terminal is not None:
                self._terminal.restore(blank=True)
            shared_memory.set_screen(Screen.CLEARED)
        was_stopped = self.stop_job()
        if was_stopped or gave_up_terminal:
            self._signal_face(signal.SIGCONT)

    def stop_job(self) -> bool:
        """Stop this process group; returns whether that happened, once it is continued.

        A group that no shell could continue is never stopped by the system, and then neither may
        the face process be.
        """
        self._continued = False
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(0, signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        return self._continued

    def restore_terminal(self, status: int) -> None:
        """Restore the terminal after a face process that could not, or that left in a hurry."""
        os.close(self._link)
        taken = shared_memory.screen() is Screen.TAKEN
        hurried = os.WIFSIGNALED(status) or shared_memory.ending() is not Ending.NOTHING
        if self._terminal is not None and (taken or hurried):
            # From here on a second signal ends the guard: the terminal may be frozen.
            for number in signals.EXIT_SIGNALS:
                signal.signal(number, signal.SIG_DFL if self.exit_signal else self._forward)
            self._terminal.restore(blank=taken)

    def exit_code(self, status: int) -> int:
        """Print what went wrong, if anything did, in one line each; returns the exit code of the program."""
        number = shared_memory.signal_number() or self.exit_signal
        _print_final_lines()
        if os.WIFSIGNALED(status):
            if not number:
                faults.print_line("cotutor stopped unexpectedly.")
            return 128 + (number or os.WTERMSIG(status))
        return 128 + number if number else os.WEXITSTATUS(status)
