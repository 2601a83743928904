"""Whatever Python would report at length is one plain line, and shows nobody's words."""

import subprocess
import sys
from pathlib import Path

import pytest

from cotutor.process import faults, shared_memory
from tests.pseudo_terminal import ROOT, clean_environment

WORDS = "SECRET-7391"
FAULTS = {
    "in the main thread": "raise ValueError(words)",
    "in another thread": "threading.Thread(target=harm).start()",
    "where nobody can catch it": "class Cleanup:\n    def __del__(self):\n        harm()\ndel [Cleanup()][0]",
}


def reported(program: str) -> "subprocess.CompletedProcess[str]":
    prelude = (
        "import sys, threading, warnings\n"
        "from cotutor.process.faults import hide_tracebacks\n"
        "hide_tracebacks()\n"
        f"words = {WORDS!r}\n"
        "def harm(): raise ValueError(words)\n"
    )
    command = [sys.executable, "-c", prelude + program]
    return subprocess.run(
        command, cwd=ROOT, env=clean_environment(), capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("where", FAULTS)
def test_a_fault_that_nobody_catches_is_one_line(where: str) -> None:
    line = reported(FAULTS[where]).stderr
    assert line.startswith("cotutor stopped because of a fault in itself (ValueError at <string>:")
    assert line.count("\n") == 1
    assert WORDS not in line


@pytest.mark.parametrize(
    "program", ["warnings.warn(words)", "threading.Thread(target=lambda: sys.exit(words)).start()"]
)
def test_a_warning_and_the_end_of_a_thread_are_not_reported(program: str) -> None:
    assert reported(program).stderr == ""


def test_the_place_is_the_innermost_in_our_own_source_or_else_the_innermost() -> None:
    def fail() -> None:
        int("no number")

    with pytest.raises(ValueError, match="no number") as caught:
        fail()
    line = caught.traceback[-1].lineno + 1
    assert faults.fault_line(caught.value).endswith(f"(ValueError at {Path(__file__).name}:{line}).")
    assert faults.fault_line(ValueError()).endswith("(ValueError at ?).")


def test_a_line_goes_to_standard_error_as_it_was_found_and_a_closed_one_is_no_reason_to_fail(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with (tmp_path / "errors").open("w+", encoding="utf-8") as found:
        monkeypatch.setattr(sys, "__stderr__", found)
        faults.print_line("a line")
        assert (tmp_path / "errors").read_text() == "a line\n"
    faults.print_line("lost")
    monkeypatch.setattr(sys, "__stderr__", None)
    faults.print_line("lost")


def test_a_fault_is_placed_in_our_own_source_though_a_library_raised_it() -> None:
    class Library(str):
        __slots__ = ()

        def encode(self, *_arguments: object, **_options: object) -> bytes:
            raise LookupError

    with pytest.raises(LookupError) as caught:
        shared_memory.set_final_line(Library())
    assert "(LookupError at shared_memory.py:" in faults.fault_line(caught.value)
