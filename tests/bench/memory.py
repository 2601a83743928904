"""How much memory grows when screens come and go: ours against those of a bare Textual app.

    python -m tests.bench.memory [TIMES]

Each case shows and closes a screen so often (120 times) in a process of its own, without a
terminal, and compares what the process holds with what it held after the first ten times.
"""

import asyncio
import gc
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.bench.terminal import report

FIRST = 10
"""Times until everything that is loaded or remembered once has been."""

Show = Callable[[], Awaitable[None]]


def held() -> float:
    """MiB of this process in memory."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise OSError("no VmRSS")


async def _growth(show: Show, times: int) -> tuple[float, int]:
    for _ in range(FIRST):
        await show()
    gc.collect()
    before, objects = held(), len(gc.get_objects())
    for _ in range(times):
        await show()
    gc.collect()
    return held() - before, len(gc.get_objects()) - objects


async def _of_bare(times: int) -> tuple[float, int]:
    from textual.app import App, ComposeResult  # noqa: PLC0415  of this case alone
    from textual.containers import VerticalScroll  # noqa: PLC0415
    from textual.screen import Screen  # noqa: PLC0415
    from textual.widgets import Footer, Header, Static  # noqa: PLC0415

    class Page(Screen[None]):
        def compose(self) -> ComposeResult:
            yield Header()
            with VerticalScroll():
                for number in range(16):
                    yield Static(f"Line {number}")
            yield Footer()

    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:

        async def show() -> None:
            await app.push_screen(Page())
            await pilot._wait_for_screen()
            await app.pop_screen()
            await pilot._wait_for_screen()

        return await _growth(show, times)


async def _of_ours(keys: tuple[str, ...], times: int) -> tuple[float, int]:
    from tests.tui.sitting import sitting  # noqa: PLC0415  of these cases alone

    async with sitting() as one:
        return await _growth(lambda: one.press(*keys), times)


CASES: dict[str, Callable[[int], Awaitable[tuple[float, int]]]] = {
    "bare": _of_bare,
    "help": lambda times: _of_ours(("?", "escape"), times),
    "cover": lambda times: _of_ours(("ctrl+l", "b"), times),
}


def main(times: int) -> None:
    """Measure and print."""
    grown: dict[str, float] = {}
    for case in CASES:
        command = (sys.executable, "-m", "tests.bench.memory", "--case", case, str(times))
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        mebibytes, objects = done.stdout.split()
        grown[case] = float(mebibytes)
        print(f"{case:8} {grown[case]:6.1f} MiB, {objects} objects more after {times} times")
    for case in list(CASES)[1:]:
        report(f"growth, {case} / bare Textual", [grown[case] / max(grown["bare"], 1)], 1.5, 1.0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--case"]:
        print(*asyncio.run(CASES[sys.argv[2]](int(sys.argv[3]))))  # type: ignore[arg-type]
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 120)
