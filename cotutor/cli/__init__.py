"""The command line: finds the command that was meant and makes every ending an exit code.

The exit codes are a contract with scripts; see ``cotutor.domain.errors``.
"""

import os
import sys
from collections.abc import Sequence

from cotutor.domain.errors import CotutorError
from cotutor.process import faults

__all__ = ["main"]

_INTERRUPTED = 128 + 2
_NOBODY_READS = 128 + 13
"""What a shell reports of a program ended by SIGPIPE."""


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks.

    Args:
        argv: the words after the program's name; those of this process if left out.

    Returns:
        The exit code. Nothing is ever raised, and no traceback is ever shown.
    """
    faults.hide_tracebacks()
    _speak_utf8()
    try:
        code = _obey(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except CotutorError as problem:
        faults.print_line(f"cotutor: {problem.message}")
        return problem.exit_code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _close_output()
        return _NOBODY_READS
    except Exception as error:  # noqa: BLE001  nothing may reach Python's own traceback
        faults.print_line(faults.fault_line(error))
        return 1
    return code


def _obey(words: Sequence[str]) -> int:
    if not words:  # the usual start, which shall not wait for what reads a command line
        from cotutor.tui.launch import on_screen

        return on_screen()
    from cotutor.cli.commands import obey

    return obey(words)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says, each line at once; a closed output takes everything."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  for as long as the program runs
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  likewise
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)


def _close_output() -> None:
    """Let what is still buffered go nowhere, so that Python's own last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
