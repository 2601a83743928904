"""A fault anywhere in a session on the full screen is one plain line, and shows nobody's words."""

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.blackbox.harmed import FAULTS, UNSEEN
from tests.blackbox.sitting_at import ANA, CANARY, FullScreen, assert_nothing_left

pytestmark = pytest.mark.blackbox

SILENT = {"as_exit", "as_interrupt", "in_a_message", "said"}
"""These are no faults of the program, so it has nothing to tell."""


@pytest.fixture(scope="module")
def harmed() -> Iterator[dict[str, FullScreen]]:
    """One program for each fault; together they start faster than one after the other."""
    words = ["session", "--quick", "--as", ANA, "Ben"]
    command = [sys.executable, "-m", "tests.blackbox.harmed", *words]
    with ExitStack() as stack:
        yield {kind: stack.enter_context(FullScreen(kind, command=command)) for kind in FAULTS}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_one_line_and_shows_nothing(kind: str, harmed: dict[str, FullScreen]) -> None:
    terminal = harmed[kind]
    terminal.wait_for("Settle")
    terminal.type("ns")
    terminal.wait_for(f"{ANA}'s scratchpad")
    terminal.settle()
    terminal.type(CANARY)
    terminal.wait_for(CANARY)
    terminal.type("\x0c")
    code = terminal.end()
    line = r"cotutorstoppedbecauseofafaultinitself\(\w+at[\w?]+(\.py:\d+)?\)\."
    left = " ".join(terminal.text.split())
    assert re.fullmatch(rf"({'' if kind in SILENT else line})<exit{code}>", left.replace(" ", "")), left
    assert code == (130 if kind == "as_interrupt" else 1)
    assert UNSEEN.encode() not in terminal.raw
    assert_nothing_left(terminal, but=left)
