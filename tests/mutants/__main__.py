"""Make changes, run tests, print what survives."""

import argparse
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from tests.mutants.changes import Change, changes
from tests.mutants.copies import TREE, Copy, modules, source_of
from tests.mutants.mirror import rounds

USUAL = ("cotutor/domain", "cotutor/vault", "cotutor/process", "cotutor/conversation")
_AT_LEAST, _AT_MOST = 20.0, 900.0
"""Seconds that any run of tests is given, and the first one."""


class Fate(StrEnum):
    """What became of a change."""

    KILLED = "killed"
    SURVIVED = "survived"
    TIMED_OUT = "timed out"


class Tried(NamedTuple):
    """A change that was tried."""

    change: Change
    fate: Fate
    by: str
    """The test that failed, or nothing."""


class Workers:
    """Copies of the tree, and how long tests take that nothing has been done to."""

    def __init__(self, folder: Path, number: int, most_rounds: int) -> None:
        self._most_rounds = most_rounds
        self._copies: SimpleQueue[Copy] = SimpleQueue()
        for place in range(number):
            self._copies.put(Copy(folder / str(place)))
        self._seconds: dict[tuple[str, ...], float] = {}
        self._left_out: list[str] = []

    def rounds(self, change: Change) -> list[tuple[str, ...]]:
        """The tests to try a change with, one after another."""
        return rounds(change.path, TREE)[: self._most_rounds]

    def measure(self, tests: tuple[str, ...]) -> None:
        """Run tests on the unchanged tree and remember how long they took.

        What fails there, as on a machine that is too busy or lacks something, is left out from now on.
        """
        copy = self._copies.get()
        failed: str | None = ""
        while failed is not None:
            began = time.perf_counter()  # noqa: TID251  how long to wait for a change that loops
            failed = copy.first_failure((*tests, *self._left_out), _AT_MOST)
            self._seconds[tests] = time.perf_counter() - began  # noqa: TID251
            if failed:
                print(f"left out, for it fails without any change: {failed}", flush=True)
                self._left_out.append(f"--deselect={failed.split()[1]}")
        self._copies.put(copy)

    def try_out(self, change: Change) -> Tried:
        """Make a change, run its tests, and take it back."""
        copy = self._copies.get()
        copy.apply(change)
        try:
            for tests in self.rounds(change):
                failed = copy.first_failure((*tests, *self._left_out), _AT_LEAST + 4 * self._seconds[tests])
                if failed:
                    return Tried(change, Fate.KILLED, failed)
        except TimeoutError as late:
            return Tried(change, Fate.TIMED_OUT, str(late))
        finally:
            copy.restore(change)
            self._copies.put(copy)
        return Tried(change, Fate.SURVIVED, "")


def report(tried: Iterable[Tried]) -> None:
    """Print a line for each change as it is tried, with the change itself if it survived, then figures."""
    done = []
    for one in tried:
        print(f"{one.fate:9}  {one.change.path}:{one.change.line}  {one.by}", flush=True)
        if one.fate is Fate.SURVIVED:
            print(one.change.difference, flush=True)
        done.append(one)
    figures = Counter((str(Path(one.change.path).parent), one.fate) for one in done)
    print()
    for place in sorted({folder for folder, _ in figures}):
        print(f"{place:32}" + "".join(f"{figures[place, fate]:6} {fate}" for fate in Fate))
    print(f"{'all':32}" + "".join(f"{sum(one.fate is fate for one in done):6} {fate}" for fate in Fate))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument(
        "--in", dest="places", action="append", help="a module or folder, instead of the usual"
    )
    parser.add_argument("--sample", type=int, default=100, help="how many changes, drawn by chance (100)")
    parser.add_argument("--all", action="store_true", help="every change instead of a sample")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws others")
    parser.add_argument("--rounds", type=int, default=9, help="fewer for a quick look: 1 is the mirror alone")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    wanted = parser.parse_args()
    os.nice(10)
    possible = [
        change
        for place in wanted.places or USUAL
        for module in modules(place)
        for change in changes(module, source_of(module))
    ]
    chance = random.Random(wanted.seed)  # noqa: S311  a repeatable choice
    chosen = possible if wanted.all else chance.sample(possible, min(wanted.sample, len(possible)))
    print(f"{len(chosen)} of {len(possible)} changes, with {wanted.workers} workers", flush=True)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder, ThreadPoolExecutor(wanted.workers) as pool:
        workers = Workers(Path(folder), wanted.workers, wanted.rounds)
        needed = {tests for change in chosen for tests in workers.rounds(change)}
        list(pool.map(workers.measure, sorted(needed)))
        report(pool.map(workers.try_out, chosen))


if __name__ == "__main__":
    main()
