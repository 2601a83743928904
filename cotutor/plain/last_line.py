"""How the line mode ends, whatever ends it."""

import os
import sys
from contextlib import suppress

from cotutor.plain.output import Output

LAST_LINE = "nothing was kept"
"""The last words of everything that keeps nothing."""


def interrupted(output: Output, what: str) -> None:
    """One line on the way out, saying that ``what`` is over; if the terminal is gone, nobody misses it.

    Past Python's own buffers: the signal may have come in the middle of a line that is being written.
    """
    with suppress(OSError, ValueError):
        line = f"{output.time_of_day()}  Interrupted. {what} is over; {LAST_LINE}.\n"
        os.write(sys.stdout.fileno(), line.encode())
