"""Telling of a fault in the program itself without telling what it was working on.

An exception's message and the local variables around it may hold what a person wrote, so only the
kind of the fault and its place in the source are ever shown.
"""

# Importing pathlib would cost more time than everything this module does.
# ruff: noqa: PTH119, PTH120

import os
import sys
from types import TracebackType
from typing import Any

_OWN_FOLDER = os.path.dirname(os.path.dirname(__file__)) + os.sep


def fault_line(error: BaseException) -> str:
    """One plain line about a fault: its type and its place in the source, and nothing else."""
    return f"cotutor stopped because of a fault in itself ({type(error).__name__} at {_place(error.__traceback__)})."


def _place(traceback: TracebackType | None) -> str:
    """File and line of the innermost step in our own source, or else of the innermost of all."""
    ours = anywhere = "?"
    while traceback is not None:
        path = traceback.tb_frame.f_code.co_filename
        anywhere = f"{os.path.basename(path)}:{traceback.tb_lineno}"
        if path.startswith(_OWN_FOLDER):
            ours = anywhere
        traceback = traceback.tb_next
    return ours if ours != "?" else anywhere


def say(line: str) -> None:
    """Write one line on standard error as the program found it; a closed one is no reason to fail."""
    stream = sys.__stderr__
    if stream is None:
        return
    try:
        stream.write(f"{line}\n")
        stream.flush()
    except (OSError, ValueError):
        return


def tell_in_one_line() -> None:
    """Replace everything in Python that would print a traceback or a warning by one plain line."""
    import threading  # noqa: PLC0415  the guard does without
    import warnings  # noqa: PLC0415

    def of_main(_kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
        say(fault_line(error))

    def of_thread_or_cleanup(args: Any) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            say(fault_line(args.exc_value))

    sys.excepthook = of_main
    threading.excepthook = of_thread_or_cleanup
    sys.unraisablehook = of_thread_or_cleanup
    warnings.simplefilter("ignore")
