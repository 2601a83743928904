"""What a face process writes for its guard outlives it, however it ends."""

import signal
import subprocess
import sys

import pytest

from cotutor.process import shared_memory
from cotutor.process.shared_memory import Ending, Screen


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_memory, "_memory", shared_memory._Memory())


def test_without_a_guard_it_is_plain_memory() -> None:
    assert (
        shared_memory.screen(),
        shared_memory.ending(),
        shared_memory.unsaved(),
        shared_memory.final_line(),
    ) == (
        Screen.LEFT,
        Ending.NOTHING,
        False,
        "",
    )
    shared_memory.set_screen(Screen.TAKEN)
    shared_memory.set_ending(Ending.LEAVE, signal.SIGTERM)
    shared_memory.set_unsaved(True)
    shared_memory.set_final_line("cotutor: no – “plan” of that name.")
    assert (shared_memory.screen(), shared_memory.ending(), shared_memory.signal_number()) == (
        Screen.TAKEN,
        Ending.LEAVE,
        15,
    )
    assert shared_memory.unsaved()
    assert shared_memory.final_line() == "cotutor: no – “plan” of that name."
    shared_memory.clear()
    assert (
        shared_memory.screen(),
        shared_memory.ending(),
        shared_memory.unsaved(),
        shared_memory.final_line(),
    ) == (
        Screen.LEFT,
        Ending.NOTHING,
        False,
        "",
    )


def test_what_a_killed_child_wrote_can_be_read() -> None:
    program = """
import os, signal
from cotutor.process import shared_memory
shared_memory.share()
child = os.fork()
if child == 0:
    shared_memory.set_screen(shared_memory.Screen.TAKEN)
    shared_memory.set_ending(shared_memory.Ending.LOCK)
    shared_memory.set_final_line("final")
    os.kill(os.getpid(), signal.SIGKILL)
os.waitpid(child, 0)
print(shared_memory.screen().name, shared_memory.ending().name, shared_memory.final_line())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "TAKEN LOCK final\n"


def test_a_final_line_without_end_is_cut() -> None:
    shared_memory.set_final_line("ä" * 10_000)
    assert shared_memory.final_line() == "ä" * 1920, (
        "the page has 4096 bytes, and the line all from the 256th"
    )


def test_a_message_survives_the_change_of_processes_and_is_taken_once() -> None:
    shared_memory.set_message(b"x" * 251)
    shared_memory.set_ending(Ending.LOCK)
    assert shared_memory.signal_number() == 0
    shared_memory.clear()
    shared_memory.set_final_line("a line")
    assert shared_memory.take_message() == b"x" * 251
    assert shared_memory.take_message() == b""
    assert shared_memory.final_line() == "a line"


def test_the_longest_message_and_the_final_line_do_not_meet_and_a_longer_one_is_refused() -> None:
    shared_memory.set_ending(Ending.LOCK, signal.SIGHUP)
    shared_memory.set_unsaved(True)
    shared_memory.set_final_line("a line")
    shared_memory.set_message(b"x" * shared_memory.LONGEST_MESSAGE)
    assert shared_memory.final_line() == "a line"
    assert (shared_memory.ending(), shared_memory.signal_number()) == (Ending.LOCK, signal.SIGHUP)
    assert shared_memory.unsaved()
    assert shared_memory.take_message() == b"x" * 252
    with pytest.raises(ValueError, match="room"):
        shared_memory.set_message(b"x" * 253)
