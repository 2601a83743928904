"""From the start of the process to the first painted frame: the home screen against bare Textual.

    python -m tests.bench.start [ROUNDS]

Each starts in a pseudo-terminal, one after the other, ten rounds; a ratio is taken within a round.
Ours includes the guard and the fence. Computing time until then is given too, because on a busy
computer it varies less. Run it once before, so that .pyc files exist.
"""

import statistics
import sys
from typing import NamedTuple

from tests.bench.terminal import COTUTOR, Program, bare, report

CASES = {
    "bare": (bare("hello"), b"Hello, World"),
    "home": (COTUTOR, b"nothing kept"),
    "session": ((*COTUTOR, "session", "--quick", "--silent"), b"nothing kept"),
}


class Start(NamedTuple):
    """What a start took."""

    milliseconds: float
    computing: float
    memory: float


def start(case: str) -> Start:
    """Start a program and wait for its first frame."""
    command, text = CASES[case]
    program = Program(command)
    shown = program.until(text)
    computing = program.cpu() * 1000
    program.watch(0.3)
    memory = program.memory()
    program.end()
    return Start((shown - program.began) / 1e6, computing, memory)


def main(rounds: int) -> None:
    """Measure and print."""
    taken: dict[str, list[Start]] = {case: [] for case in CASES}
    for _ in range(rounds):
        for case in CASES:
            taken[case].append(start(case))
    for case, starts in taken.items():
        middle = [statistics.median(figures) for figures in zip(*starts, strict=True)]
        print(f"{case:8} {middle[0]:6.0f} ms, {middle[1]:4.0f} ms of computing, {middle[2]:3.0f} MiB")
    for case, what, place, bar, aim in (
        ("home", "first frame", 0, 1.35, 1.15),
        ("home", "computing", 1, 1.35, 1.15),
        ("session", "peak memory", 2, 1.4, 1.2),
    ):
        pairs = zip(taken[case], taken["bare"], strict=True)
        report(
            f"{what}, {case} / bare Textual",
            [ours[place] / theirs[place] for ours, theirs in pairs],
            bar,
            aim,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10)
