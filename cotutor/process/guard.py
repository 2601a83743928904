"""The guard: a process that knows nothing, and gives the terminal back whatever happens.

It is forked from before anything secret exists. The face (a full screen or the line mode) runs in
the child; the guard only waits. If the face is killed or crashes, its pictures are taken off the
screen and the terminal is set as it was found. If the face locks, the guard starts a fresh one:
the only lock that leaves no copy of a note in memory is the end of the process that knew it. The
way to the vault is the same, because what a process has been denied can never be given back to it.

Exit codes: the face's own; 128 + n where signal n ended it, whether it could leave by itself or
not; 1 after a fault.

Job control: the guard ignores Ctrl+Z for itself, sees the face stop, and then stops its whole
group, so that the shell, and any wrapper between the shell and us, notice.
"""

import contextlib
import os
import signal
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from cotutor.process import faults, limits, shared_memory, signals
from cotutor.process.face import Face, Start, live, run
from cotutor.process.terminal import TerminalFound, find_terminal

if TYPE_CHECKING:
    import select

__all__ = ["Face", "Start", "run_guarded"]

HARD_LIMIT_SECONDS = 3
"""How long after TERM, HUP or QUIT a face that does not go is killed; more than its own grace."""


_NEXT = {
    shared_memory.Ending.LOCK: Start.LOCKED,
    shared_memory.Ending.LOCK_AND_STOP: Start.LOCKED,
    shared_memory.Ending.VAULT: Start.VAULT,
    shared_memory.Ending.MAKE: Start.MAKE,
    shared_memory.Ending.HOME: Start.HOME,
}


def run_guarded(face: Face) -> int:
    """Run ``face`` in a child of its own and return the exit code of the program.

    Call it with one thread, before Textual or anything secret is loaded. Where the system has no
    fork the face runs in this process, and the terminal is given back as far as that goes.
    """
    limits.keep_memory_private()
    terminal = find_terminal()
    if not hasattr(os, "fork"):
        signals.listen(guard=None, terminal=terminal)
        code = run(face, Start.FIRST)
        if terminal is not None and shared_memory.screen() is shared_memory.Screen.TAKEN:
            terminal.give_back(blank=True)
        _say_last_words()
        return code
    shared_memory.share()
    guard = _Guard(terminal)
    start = Start.FIRST
    while True:
        status = guard.watch(guard.fork(face, start))
        guard.clear_up(status)
        if guard.asked_to_leave or shared_memory.ending() not in _NEXT:
            return guard.say_goodbye(status)
        if shared_memory.ending() is shared_memory.Ending.LOCK_AND_STOP:
            guard.stop_job()
        start = Start.LOCKED_UNSAVED if shared_memory.unsaved() else _NEXT[shared_memory.ending()]


_STOP_JOB = signals.signals_here("SIGTSTP", "SIGTTIN", "SIGTTOU")


def _say_last_words() -> None:
    if shared_memory.last_words():
        faults.say(shared_memory.last_words())
    if shared_memory.unsaved():
        faults.say("cotutor: the last changes could not be saved.")


class _Guard:
    """One terminal, one face at a time, and the signals that concern them."""

    def __init__(self, terminal: TerminalFound | None) -> None:
        self._terminal = terminal
        self._face: int | None = None
        self.asked_to_leave = 0
        self._continued = False
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(self._woken, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())  # whoever started it may have left it deaf
        for number in signals.LEAVE_ON:
            signal.signal(number, self._forward)
        for number in _STOP_JOB:
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, self._only_wake)
        signal.signal(signal.SIGCONT, self._note_continued)
        signal.signal(signal.SIGALRM, self._kill_face)

    # What happens to the guard

    def _forward(self, number: int, _frame: FrameType | None) -> None:
        # A terminal and a shell signal the whole group, kill(1) one process: the face may get it twice.
        if number != signal.SIGINT:  # a face may take Ctrl+C as it likes
            self.asked_to_leave = number
            signal.alarm(HARD_LIMIT_SECONDS)
        self._tell_face(number)

    def _only_wake(self, _number: int, _frame: FrameType | None) -> None:
        """The byte in the pipe has done the work."""

    def _note_continued(self, _number: int, _frame: FrameType | None) -> None:
        self._continued = True

    def _kill_face(self, _number: int, _frame: FrameType | None) -> None:
        self._tell_face(signal.SIGKILL)

    def _tell_face(self, number: int) -> None:
        if self._face is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._face, number)

    # What the guard does

    def fork(self, face: Face, start: Start) -> int:
        """Start the face in a child; returns its process number, and never returns in the child."""
        shared_memory.wipe()
        everything = signal.valid_signals()
        # Until the child has its own handlers, no signal may meet those of the guard in it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, everything)
        guard = os.getpid()
        link = os.pipe()
        child = os.fork()
        if child == 0:
            self._become_face(face, start, guard, link)
        self._face = child
        if self.asked_to_leave:  # after the last face, before this one
            self._tell_face(self.asked_to_leave)
        os.close(link[0])
        self._link = link[1]
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return child

    def _become_face(self, face: Face, start: Start, guard: int, link: tuple[int, int]) -> NoReturn:
        signal.set_wakeup_fd(-1)
        for fd in (self._woken, self._wake, link[1]):
            os.close(fd)
        for number in (*_STOP_JOB, signal.SIGCHLD, signal.SIGCONT):
            signal.signal(number, signal.SIG_DFL)
        live(face, start, guard=guard, link=link[0], terminal=self._terminal)

    def watch(self, face: int) -> int:
        """Wait until the face is gone; returns its wait status."""
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
        """The face has stopped: stop the job, and continue the face when the job is continued."""
        polite = shared_memory.screen() is not shared_memory.Screen.TAKEN
        if not polite:
            if self._terminal is not None:
                self._terminal.give_back(blank=True)
            shared_memory.set_screen(shared_memory.Screen.CLEARED)
        was_stopped = self.stop_job()
        if was_stopped or polite:
            self._tell_face(signal.SIGCONT)

    def stop_job(self) -> bool:
        """Stop this process group; returns whether that happened, once it is continued.

        A group that no shell could continue is never stopped by the system, and then neither may
        the face be.
        """
        self._continued = False
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(0, signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        return self._continued

    def clear_up(self, status: int) -> None:
        """Give the terminal back after a face that could not, or that left in a hurry."""
        os.close(self._link)
        signal.alarm(0)
        taken = shared_memory.screen() is shared_memory.Screen.TAKEN
        hurried = os.WIFSIGNALED(status) or shared_memory.ending() is not shared_memory.Ending.NOTHING
        if self._terminal is not None and (taken or hurried):
            # From here on a second signal ends the guard: the terminal may be frozen.
            for number in signals.LEAVE_ON:
                signal.signal(number, signal.SIG_DFL if self.asked_to_leave else self._forward)
            self._terminal.give_back(blank=taken)

    def say_goodbye(self, status: int) -> int:
        """Tell what went wrong, if anything did, in one line each; returns the exit code."""
        number = shared_memory.signal_number() or self.asked_to_leave
        _say_last_words()
        if os.WIFSIGNALED(status):
            if not number:
                faults.say("cotutor stopped unexpectedly.")
            return 128 + (number or os.WTERMSIG(status))
        return os.WEXITSTATUS(status)
