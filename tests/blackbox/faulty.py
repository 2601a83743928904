"""The real program in which something fails: ``python -m tests.blackbox.faulty HOW WHAT WORDS...``.

HOW is "shown" (started by `tests.with_tracebacks`) or "hidden" (started as an installed copy starts);
WHAT is one of `FAULTS`; WORDS are the command line after ``cotutor``.
"""

import os
import signal
import sys
from typing import NoReturn

import cotutor.__main__
from cotutor.process import guard, signals
from cotutor.services.session_runner import SessionRunner
from tests import with_tracebacks

UNSEEN = "Geheimnis-4417"
"""In the message of the exception, and in a local variable."""


def fail(*_arguments: object) -> NoReturn:
    words = f"{UNSEEN} in a message"
    raise LookupError(words)


def crash(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def fail_in_exit_hook(*_arguments: object) -> None:
    signals.add_exit_hook(fail)
    os.kill(os.getpid(), signal.SIGTERM)


def in_face() -> None:
    """Fail when any command of a session is obeyed, in either face."""
    SessionRunner.send = fail  # type: ignore[method-assign, assignment]


def in_guard() -> None:
    """Fail in the guard, when the face process has ended."""
    guard._Guard.exit_code = fail  # type: ignore[method-assign, assignment]


def in_hook() -> None:
    """Fail in an exit hook."""
    SessionRunner.send = fail_in_exit_hook  # type: ignore[method-assign, assignment]


def by_crash() -> None:
    """Have the face process die of a segmentation fault."""
    SessionRunner.send = crash  # type: ignore[method-assign, assignment]


FAULTS = {"face": in_face, "guard": in_guard, "hook": in_hook, "crash": by_crash}
HOW = {"shown": with_tracebacks.main, "hidden": cotutor.__main__.main}

if __name__ == "__main__":
    FAULTS[sys.argv.pop(2)]()
    sys.exit(HOW[sys.argv.pop(1)]())
