"""Starts cotutor from this checkout, and prints the traceback of every fault once the program has ended.

    .venv/bin/python -m tests.with_tracebacks session --plain

cotutor reports a fault in one line, because a message or a traceback may show what a person wrote.
Every handler that does so calls `faults.fault_line`. This module puts a function in its place that
records the traceback as well, and another around the exit hooks, whose faults are only counted.
The record is a temporary file without a name, opened before the program starts: the face process
inherits it through its fence, and it survives a process that is killed.

It is not part of the package, so no installed copy has it, and nothing in the package looks for it.
Use it with invented words only.
"""

import sys
import tempfile
import traceback
from collections.abc import Callable
from typing import TextIO

from cotutor.__main__ import main as start
from cotutor.process import faults, signals


def main() -> int:
    """Run the program with the arguments of this one; returns its exit code."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as record:
        faults.fault_line = _recording(faults.fault_line, record)  # type: ignore[assignment]
        signals._succeeds = _recording_hook(record)  # type: ignore[assignment]
        code = start()
        record.seek(0)
        sys.stderr.write(record.read())
    return code


def _recording(fault_line: Callable[[BaseException], str], record: TextIO) -> Callable[[BaseException], str]:
    def fault_line_and_record(error: BaseException) -> str:
        _write(error, record)
        return fault_line(error)

    return fault_line_and_record


def _recording_hook(record: TextIO) -> Callable[[signals.Hook], bool]:
    def succeeds(hook: signals.Hook) -> bool:
        try:
            hook()
        except BaseException as error:  # noqa: BLE001  as in the function that this one replaces
            _write(error, record)
            return False
        return True

    return succeeds


def _write(error: BaseException, record: TextIO) -> None:
    record.write("".join(traceback.format_exception(error)))
    record.flush()  # this process may end without another chance


if __name__ == "__main__":
    sys.exit(main())
