"""How a fault in the program is reported: its type and its place in the source, in one line.

An exception's message and the local variables around it may hold what a person wrote, so neither
they nor a traceback are ever shown. Whoever develops the program can see the traceback all the
same, from a checkout: see "Contributing" in README.md.
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
    """File and line of the innermost call in our own source, or else of the innermost of all."""
    ours = anywhere = "?"
    while traceback is not None:
        path = traceback.tb_frame.f_code.co_filename
        anywhere = f"{os.path.basename(path)}:{traceback.tb_lineno}"
        if path.startswith(_OWN_FOLDER):
            ours = anywhere
        traceback = traceback.tb_next
    return ours if ours != "?" else anywhere


def print_line(line: str) -> None:
    """Write one line on standard error as the program found it; a closed one is no reason to fail."""
    stream = sys.__stderr__
    if stream is None:
        return
    try:
        stream.write(f"{line}\n")
        stream.flush()
    except (OSError, ValueError):
        return


def hide_tracebacks() -> None:
    """Have Python report an uncaught exception in one plain line, wherever it is, and a warning not at all."""
    import threading  # noqa: PLC0415  the guard does without
    import warnings  # noqa: PLC0415

    def of_main(_kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
        print_line(fault_line(error))

    def of_thread_or_cleanup(args: Any) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            print_line(fault_line(args.exc_value))

    sys.excepthook = of_main
    threading.excepthook = of_thread_or_cleanup
    sys.unraisablehook = of_thread_or_cleanup
    warnings.simplefilter("ignore")
