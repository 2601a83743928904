"""How late a phase changes while two busy loops keep both cores busy, and how far the clock drifts.

    python -m tests.bench.lateness [SECONDS]

A session of phases of one second with hard stops runs in a pseudo-terminal; for each event the
instant at which the screen was told is compared with the instant at which it was due. With 600
seconds the drift over ten minutes is measured, which takes as long as that.
"""

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from cotutor.conversation.notice import Notice
from cotutor.domain.agreement import Agreement
from cotutor.domain.duration import SECOND, Length
from cotutor.domain.plan import Kind, Phase, Plan, Stop
from cotutor.services.clock import SystemClock
from cotutor.tui.home.app import build_app
from cotutor.tui.session.session import SessionPage
from tests.bench.terminal import Ended, Program, quantile, report


def run_session(phases: int, log: str) -> None:
    """The session to be measured, in a process of its own: notes each change in a file."""
    clock = SystemClock()
    noted: list[tuple[int, int]] = []
    show_notice = SessionPage.show_notice

    def noting(page: SessionPage, notice: Notice) -> None:
        show_notice(page, notice)
        if notice.text == "Break: time is up.":
            noted.append((notice.at, clock.nanoseconds()))

    SessionPage.show_notice = noting  # type: ignore[method-assign, assignment]  # measured where the screen shows it
    one = Phase(kind=Kind.BREAK, length=Length(SECOND), stop=Stop.HARD)
    plan = Plan(format=1, name="bench", title="Bench", phases=(one,) * phases)
    app = build_app(clock=clock, opening=(plan, Agreement.usual(plan)), quick=True, silent=True)
    app.run_to_code()
    Path(log).write_text("\n".join(f"{due} {shown}" for due, shown in noted), "utf-8")


def main(seconds: int) -> None:
    """Measure and print."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    handle, log = tempfile.mkstemp()
    os.close(handle)
    try:
        program = Program((sys.executable, "-m", "tests.bench.lateness", "--session", str(seconds), log))
        program.until(b"The session is over", seconds + 30)
        for _ in range(2):  # the first q goes home
            program.watch(1)
            program.send(b"q")
        with suppress(Ended):
            program.watch(5)
    finally:
        for loop in busy:
            loop.kill()
            loop.wait()
    noted = [tuple(map(int, line.split())) for line in Path(log).read_text("utf-8").splitlines()]
    Path(log).unlink()
    late = [told / 1e6 - due for due, told in noted]
    report(f"phase change late, median of {len(late)}", [quantile(late, 0.5)], 20, 5, "ms")
    report("phase change late, 99th percentile", [quantile(late, 0.99)], 20, 5, "ms")
    drift = abs(noted[-1][0] - noted[0][0] - (len(noted) - 1) * SECOND)
    report(f"drift over {len(noted)} seconds", [drift], 0, 0, "ms")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--session"]:
        run_session(int(sys.argv[2]), sys.argv[3])
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 60)
