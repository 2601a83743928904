"""Every write-like call of every operation fails in turn; nothing may ever be lost.

The normal suite tries about thirty calls of each kind spread over each operation;
``COTUTOR_FULL=1 pytest tests/vault/faults`` tries all of them.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vault.conftest import full

SOURCE = Path(__file__).with_name("fault.c")
MODES = ("kill", "torn", "eio", "enospc", "full", "readonly")
QUICK_EVERY = {"save": 24, "draft": 7, "passphrase": 2, "reencrypt": 14, "backup": 14, "forget": 64}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("fault") / "fault.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", built, SOURCE, "-ldl"], check=True)
    return built


@pytest.mark.needs("gcc")
@pytest.mark.parametrize("operation", list(QUICK_EVERY))
def test_whatever_write_fails_nothing_is_lost_and_the_person_is_told(
    library: Path, tmp_path: Path, operation: str
) -> None:
    every = "1" if full() else str(QUICK_EVERY[operation])
    done = subprocess.run(
        [sys.executable, "-m", "tests.vault.faults.sweep", str(tmp_path), operation, ",".join(MODES), every],
        env=os.environ | {"LD_PRELOAD": str(library)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for mode, found in json.loads(done.stdout).items():
        assert found["problems"] == []
        assert found["tried"] >= 3
        if mode in ("kill", "torn"):
            assert found["ended"] == {"killed": found["tried"]}
        else:
            assert found["ended"].get("told", 0) >= 1
            assert set(found["ended"]) <= {"told", "done", "unsure"}
