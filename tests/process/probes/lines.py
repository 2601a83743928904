"""A line mode in miniature: guarded and fenced, it does what each line it reads says."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from cotutor.process import signals
from cotutor.process.environment import scrub
from cotutor.process.shared_memory import Ending


def _show(line: str) -> None:
    """Write a line from a hook, which may come while the main thread prints: print itself would refuse then."""
    os.write(1, f"{line}\n".encode())


def _crash() -> None:
    words = "SECRET-7391 in a local variable"
    raise ValueError(words)


def _lock() -> None:
    signals.replace_process(Ending.LOCK)


def _lock_when_stopped() -> None:
    signals.add_stop_hook(lambda: signals.replace_process(Ending.LOCK_AND_STOP))
    signals.run_stop_hooks()


def _wait_for_ever() -> None:
    _show("waiting")
    threading.Event().wait()


def _show_what_was_inherited() -> None:
    """How many files are open, and whether a signal would still write to one of the guard's."""
    print(f"open {len(list(Path('/proc/self/fd').iterdir())) - 1}, wakes {signal.set_wakeup_fd(-1)}")


def _signal_again() -> None:
    _show("signalled")
    os.kill(os.getpid(), signal.SIGTERM)


WORDS: dict[str, Callable[[], object]] = {
    "crash": _crash,
    "die": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "lock": _lock,
    "lock-from-thread": lambda: threading.Thread(target=_lock).start(),
    "lock-when-stopped": _lock_when_stopped,
    "hook": lambda: signals.add_exit_hook(lambda: _show("saved")),
    "other-hook": lambda: signals.add_exit_hook(lambda: _show("covered")),
    "failing-hook": lambda: signals.add_exit_hook(_crash),
    "hanging-hook": lambda: signals.add_exit_hook(_wait_for_ever),
    "signalled-hook": lambda: signals.add_exit_hook(_signal_again),
    "ignore-term": lambda: signal.signal(signal.SIGTERM, signal.SIG_IGN),
    "ignore-hup": lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    "ignore-int": lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    "deaf": lambda: signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1}),
    "wait": _wait_for_ever,
    "inherited": _show_what_was_inherited,
    "last-words": lambda: sys.exit(print("all of it")),
    "file": lambda: Path("/tmp/never").touch(),
    "exit": lambda: sys.exit(5),
}


def face(start: object) -> int:
    """Read lines and obey them."""
    from cotutor.process import fence  # noqa: PLC0415  the probe starts as the program does

    fence.arm()
    print(f"ready {start}", flush=True)
    for line in sys.stdin:
        word = line.strip()
        if word == "end":
            return 0
        WORDS.get(word, lambda: None)()
        print(f"done {word}", flush=True)
    return 0


def main() -> int:
    """Start as the program does."""
    scrub()
    from cotutor.process.guard import run_guarded  # noqa: PLC0415

    return run_guarded(face)


if __name__ == "__main__":
    sys.exit(main())
