import itertools
import subprocess
import sys
from collections.abc import Callable

import pytest

from cotutor.domain.errors import Damaged
from cotutor.vault import kdf
from cotutor.vault.kdf import CAP, PROPOSED, Cost, calibrate, derive, normal, refuse_outside_limits
from tests.vault.cheap import CHEAP

REAL_FLOOR = Cost(memory=19 * 1024, passes=2, lanes=1)


@pytest.mark.parametrize(
    "cost",
    [
        Cost(REAL_FLOOR.memory - 1, 2, 1),
        Cost(REAL_FLOOR.memory, 1, 1),
        Cost(REAL_FLOOR.memory, 2, 0),
        Cost(CAP.memory + 1, 2, 1),
        Cost(2**42, 3, 4),
        Cost(256 * 1024, 10**9, 4),
        Cost(256 * 1024, 3, 10**6),
        Cost(CAP.memory, CAP.passes, CAP.lanes),
    ],
)
def test_a_cost_outside_the_limits_is_refused_before_anything_is_derived(
    monkeypatch: pytest.MonkeyPatch, cost: Cost
) -> None:
    monkeypatch.setattr(kdf, "FLOOR", REAL_FLOOR)
    monkeypatch.setattr(kdf, "Argon2id", None)
    with pytest.raises(Damaged, match="key derivation"):
        derive("x", bytes(16), cost)


def test_the_floor_the_proposal_and_every_calibrated_cost_are_within_the_limits() -> None:
    for cost in (REAL_FLOOR, PROPOSED, *kdf._LADDER):
        refuse_outside_limits(cost)


def ticking(seconds: float) -> Callable[[], float]:
    """A timer by which whatever is measured takes so long."""
    ticks = itertools.count()
    return lambda: next(ticks) * seconds


@pytest.mark.parametrize(
    ("probe", "memory", "passes"),
    [(0.0001, 256, 12), (0.05, 256, 5), (0.08, 256, 3), (0.2, 128, 3), (0.4, 64, 3), (9.0, 19, 2)],
)
def test_calibration_takes_memory_first_and_never_goes_under_the_floor(
    monkeypatch: pytest.MonkeyPatch, probe: float, memory: int, passes: int
) -> None:
    monkeypatch.setattr(kdf, "FLOOR", REAL_FLOOR)
    cost = calibrate(ticking(probe))
    assert (cost.memory // 1024, cost.passes) == (memory, passes)
    refuse_outside_limits(cost)


@pytest.mark.parametrize(
    ("probe", "memory"),
    [
        (0.104, 256), (0.1045, 192), (0.138, 192), (0.14, 128), (0.208, 128), (0.209, 96),
        (0.277, 96), (0.279, 64), (0.416, 64), (0.418, 46), (0.579, 46),
    ],
)  # fmt: skip
def test_memory_is_lowered_in_steps_until_a_guess_takes_no_more_than_a_quarter_over_a_second(
    monkeypatch: pytest.MonkeyPatch, probe: float, memory: int
) -> None:
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)
    assert calibrate(ticking(probe)) == Cost(memory * 1024, 3, 4)
    assert calibrate(ticking(probe * 2), seconds=2).memory == memory * 1024


def test_a_machine_too_slow_for_the_last_step_takes_the_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)
    assert calibrate(ticking(0.581)) == CHEAP


def test_a_root_and_a_salt_have_the_length_that_the_format_says() -> None:
    assert len(derive("x", bytes(kdf.SALT_BYTES), CHEAP)) == 32
    assert kdf.SALT_BYTES == 16
    assert Cost(256 * 1024, 3, 4) == PROPOSED


def test_a_passphrase_means_the_same_however_it_is_typed() -> None:
    assert normal("  Caf\u0065\u0301   au lait\t") == normal("Caf\u00e9 au lait")
    assert normal("a b") != normal("A b")
    assert derive("a  b", bytes(16), CHEAP) == derive("a b", bytes(16), CHEAP)
    assert derive("a b", bytes(16), CHEAP) != derive("a b", bytes(15) + b"1", CHEAP)


LITTLE_MEMORY = """
import resource
from cotutor.domain.errors import CotutorError
from cotutor.vault.kdf import Cost, derive
resource.setrlimit(resource.RLIMIT_AS, (400 * 2**20, 400 * 2**20))
try:
    derive("x", bytes(16), Cost(1024 * 1024, 3, 4))
except CotutorError as error:
    print(error.message)
"""


def test_too_little_memory_is_told_in_words() -> None:
    done = subprocess.run([sys.executable, "-c", LITTLE_MEMORY], capture_output=True, text=True, check=False)
    assert "takes 1024 MiB of memory" in done.stdout, done.stderr
