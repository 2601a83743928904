"""What it costs to leave it running: a session against a bare clock, home against a bare app.

    python -m tests.bench.running [SECONDS] [ROUNDS]

All four run side by side in pseudo-terminals for so long (20 seconds, 3 rounds), so that whatever
else the computer does slows them alike. Bytes are those written to the terminal.
"""

import statistics
import sys

from tests.bench.terminal import COTUTOR, Program, bare, report

CASES = {
    "bare idle": bare("hello"),
    "home": COTUTOR,
    "bare clock": bare("clock"),
    "session": (*COTUTOR, "session", "--quick", "--silent"),
}


def main(seconds: float, rounds: int) -> None:
    """Measure and print."""
    cpu: dict[str, list[float]] = {case: [] for case in CASES}
    written: dict[str, list[float]] = {case: [] for case in CASES}
    for _ in range(rounds):
        programs = {case: Program(command) for case, command in CASES.items()}
        for program in programs.values():
            program.watch(2)
        programs["session"].send(b"n")
        for program in programs.values():
            program.watch(1)
        before = {case: (program.cpu(), program.written) for case, program in programs.items()}
        # A turn of each lasts as long as any output may wait in its terminal.
        for _ in range(round(seconds * 4)):
            for program in programs.values():
                program.watch(1 / 16)
        for case, program in programs.items():
            cpu[case].append((program.cpu() - before[case][0]) * 60 / seconds)
            written[case].append((program.written - before[case][1]) / seconds)
            program.end()
    for case in CASES:
        middle = statistics.median(cpu[case]), statistics.median(written[case])
        print(f"{case:10} {middle[0]:6.3f} CPU s/min {middle[1]:6.0f} bytes/s")
    both = {ours: list(zip(cpu[ours], cpu[theirs], strict=True)) for ours, theirs in
            (("session", "bare clock"), ("home", "bare idle"))}  # fmt: skip
    report("CPU, session / bare clock at 1 Hz", [one / other for one, other in both["session"]], 1.5, 1.0)
    report("CPU, home / bare Textual idle", [one / other for one, other in both["home"]], 1.5, 1.1)
    report("written by a session", written["session"], 700, 300, "B/s")


if __name__ == "__main__":
    main(float(sys.argv[1]) if sys.argv[1:] else 20, int(sys.argv[2]) if sys.argv[2:] else 3)
