"""Search as you type and unlocking, measured: ``python tests/bench/vault.py [REFLECTIONS]``.

The same schema, statements and library without a key are the yardstick; both are asked in turn, so
that a slow moment of the computer hits both. The bars: search, 99th percentile, at most 1.3 times
plain SQLite; unlocking 1,000 reflections in at most 100 ms beyond the key derivation.
"""

import random
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection as Connector
from pathlib import Path
from time import perf_counter  # noqa: TID251  a benchmark measures real time

from sqlcipher3 import dbapi2

from cotutor.domain.reflection import Reflection
from cotutor.vault import schema
from cotutor.vault.database import Connection, writing
from cotutor.vault.kdf import FLOOR
from cotutor.vault.keys import prepare, prove_passphrase
from cotutor.vault.opening import create, open_vault
from cotutor.vault.passphrase import word_list
from cotutor.vault.reflections import put_reflection
from cotutor.vault.search import Wanted, search

NOW = datetime(2026, 11, 22, 10, 0)  # noqa: DTZ001  a wall clock without a zone
QUERIES = 1500


def written(count: int) -> list[Reflection]:
    """Invented reflections of about 1,500 characters; common words are common, rare ones rare."""
    chance = random.Random(11)  # noqa: S311  a repeatable choice
    words = word_list()
    weights = [1 / (place + 5) for place in range(len(words))]
    return [
        Reflection(
            uid=f"{number:016x}",
            day=date(2016, 1, 1) + timedelta(days=number * 3650 // count),
            private=" ".join(chance.choices(words, weights, k=180)),
            shareable=" ".join(chance.choices(words, weights, k=40)),
            tags=(chance.choice(("night", "clinic", "peer")),),
        )
        for number in range(count)
    ]


def fill(connection: Connection, reflections: list[Reflection]) -> None:
    """All in one transaction."""
    with writing(connection):
        for reflection in reflections:
            put_reflection(connection, reflection)


def plain_database(folder: Path) -> Connection:
    """The same tables with no encryption, and every other setting the same."""
    connection: Connection = dbapi2.connect(
        str(folder / "plain.db"), isolation_level=None, cached_statements=0
    )
    for pragma in (
        "temp_store=memory",
        "secure_delete=on",
        "synchronous=extra",
        "mmap_size=0",
        "foreign_keys=on",
        "cache_size=-16384",
    ):
        connection.execute(f"PRAGMA {pragma}")
    schema.migrate(connection)
    return connection


def typed() -> list[Wanted]:
    """What somebody types, letter by letter: common words and rare ones, one and two of them."""
    words = word_list()
    chosen = [words[place] for place in (0, 3, 10, 40, 200, 700, 1500)]
    queries = [word[:length] for word in chosen for length in range(1, len(word) + 1)]
    queries += [f"{words[5]} {words[60][:3]}", f"{words[1]} {words[900]}", f'"{words[0]} {words[1]}"']
    return [Wanted(text=query) for query in queries] + [Wanted(), Wanted(text=words[0][:2], tag="night")]


def asked(question: Connector, opened: Callable[[], Connection]) -> None:
    """A process that searches whatever it is told to, and answers how many milliseconds it took."""
    connection = opened()
    while (query := question.recv()) is not None:
        began = perf_counter()
        search(connection, query)
        question.send((perf_counter() - began) * 1000)


def started(opened: Callable[[], Connection]) -> Connector:
    """Each side has a process of its own, so that neither warms or locks memory for the other."""
    ours, theirs = get_context("fork").Pipe()
    get_context("fork").Process(target=asked, args=(theirs, opened), daemon=True).start()
    return ours


def compared(first: Connector, second: Connector) -> tuple[list[float], list[float]]:
    """Milliseconds of each query on each side, the sides taking turns at being first."""
    chance = random.Random(12)  # noqa: S311  a repeatable choice
    times: tuple[list[float], list[float]] = ([], [])
    wanted = typed()
    for number in range(QUERIES):
        query = chance.choice(wanted)
        for side in ((0, 1), (1, 0))[number % 2]:
            (first, second)[side].send(query)
            times[side].append((first, second)[side].recv())
    return times


def percentile(times: list[float], part: int) -> float:
    """The value under which so many hundredths lie."""
    return statistics.quantiles(times, n=100)[part - 1]


def build(folder: Path, count: int) -> None:
    """Fill both databases."""
    reflections = written(count)
    vault = create(folder / "vault", prepare("bench", FLOOR), NOW)
    plain = plain_database(folder)
    fill(vault._store.connection, reflections)
    fill(plain, reflections)
    vault.close()
    plain.close()


def measure_search(folder: Path, count: int) -> None:
    """Print both sides and their ratio."""
    builder = get_context("fork").Process(target=build, args=(folder, count))
    builder.start()
    builder.join()
    key = prove_passphrase(folder / "vault", "bench")
    ours = started(lambda: open_vault(key, NOW)._store.connection)
    plain = started(lambda: plain_database(folder))
    mine, theirs = compared(ours, plain)
    for part in (50, 99):
        a, b = percentile(mine, part), percentile(theirs, part)
        print(f"search in {count}: p{part} {a:.2f} ms, plain {b:.2f} ms, ratio {a / b:.2f}")
    for side in (ours, plain):
        side.send(None)


def measure_unlock(folder: Path) -> None:
    """Print the median of opening a proved key, both integrity checks included."""
    vault = create(folder / "unlock", prepare("bench", FLOOR), NOW)
    fill(vault._store.connection, written(1000))
    vault.close()
    taken = []
    for _ in range(15):
        key = prove_passphrase(folder / "unlock", "bench")
        began = perf_counter()
        opened = open_vault(key, NOW)
        search(opened._store.connection, Wanted())
        taken.append((perf_counter() - began) * 1000)
        opened.close()
    print(
        f"unlock 1000 beyond the key derivation: median {statistics.median(taken):.0f} ms, best {min(taken):.0f} ms"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        measure_search(Path(place), int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
        measure_unlock(Path(place))
