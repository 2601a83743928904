"""How soon the line mode's first line is there, against ``python -c pass``: ratios inside one run.

usage: python tests/bench/first_line.py [ROUNDS]

The bar is 4 times, the aim 3 times. Absolute times drift on a shared machine; the ratio of two
programs started one after the other does not.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

BARE = [sys.executable, "-c", "print()"]
COTUTOR = [str(Path(sys.executable).with_name("cotutor")), "session", "--plain", "--quick"]


def milliseconds_to_first_line(argv: list[str]) -> float:
    began = time.perf_counter()  # noqa: TID251  a benchmark measures real time
    program = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert program.stdout
    program.stdout.readline()
    took = time.perf_counter() - began  # noqa: TID251
    program.kill()
    program.communicate()
    return took * 1000


def main(rounds: int) -> None:
    pairs = [
        (milliseconds_to_first_line(BARE), milliseconds_to_first_line(COTUTOR)) for _ in range(rounds + 1)
    ][1:]
    bare, ours = zip(*pairs, strict=True)
    ratio = statistics.median(one / base for base, one in pairs)
    print(f"python -c pass: {statistics.median(bare):.0f} ms")
    print(f"first line of cotutor session --plain: {statistics.median(ours):.0f} ms")
    print(f"ratio: {ratio:.2f} (bar 4, aim 3)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 15)
