"""From a key to the screen: the scratchpad against a bare TextArea.

    python -m tests.bench.keystrokes [KEYS]

Both run side by side in pseudo-terminals; every key goes first to the one and then to the other
(300 keys). The session is paused, so that only the key makes it write.
"""

import string
import sys

from tests.bench.terminal import COTUTOR, Program, bare, quantile, report


def latency(program: Program, key: bytes) -> float:
    """Milliseconds from pressing a key to the first output that comes of it."""
    pressed = program.send(key)
    while True:
        got = program.read(5)
        if got is None:
            raise SystemExit("A key made no difference.")
        if got[0] > pressed:
            return (got[0] - pressed) / 1e6


def main(keys: int) -> None:
    """Measure and print."""
    ours = Program((*COTUTOR, "session", "--quick", "--silent"))
    theirs = Program(bare("editor"))
    ours.until(b"nothing kept")
    for program in (ours, theirs):
        program.watch(2)
    for key in (b"n", b" ", b"s"):
        ours.send(key)
        ours.watch(0.5)
    ours.watch(12)  # until nothing can be undone any more, which the screen wakes for
    taken: dict[Program, list[float]] = {ours: [], theirs: []}
    for number in range(keys):
        key = b"\r" if number % 40 == 39 else string.ascii_lowercase[number % 26].encode()
        for program in (ours, theirs):
            taken[program].append(latency(program, key))
            program.watch(0.05)
    for program in (ours, theirs):
        program.end()
    for share, name in ((0.5, "median"), (0.99, "99th percentile")):
        one, other = (quantile(taken[program], share) for program in (ours, theirs))
        print(f"{name:16} {one:6.2f} ms, bare {other:6.2f} ms")
        report(f"key to screen, {name}, scratchpad / TextArea", [one / other], 1.3, 1.1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 300)
