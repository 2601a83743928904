"""What a face leaves for its guard outlives it, however it ends."""

import signal
import subprocess
import sys

import pytest

from cotutor.services import slate
from cotutor.services.slate import Screen, Wish


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slate, "_slate", slate._Slate())


def test_without_a_guard_it_is_plain_memory() -> None:
    assert (slate.screen(), slate.wish(), slate.unsaved(), slate.last_words()) == (
        Screen.LEFT,
        Wish.NOTHING,
        False,
        "",
    )
    slate.set_screen(Screen.TAKEN)
    slate.set_wish(Wish.LEAVE, signal.SIGTERM)
    slate.set_unsaved(True)
    slate.set_last_words("cotutor: no – “plan” of that name.")
    assert (slate.screen(), slate.wish(), slate.signal_number()) == (Screen.TAKEN, Wish.LEAVE, 15)
    assert slate.unsaved()
    assert slate.last_words() == "cotutor: no – “plan” of that name."
    slate.wipe()
    assert (slate.screen(), slate.wish(), slate.unsaved(), slate.last_words()) == (
        Screen.LEFT,
        Wish.NOTHING,
        False,
        "",
    )


def test_what_a_killed_child_wrote_can_be_read() -> None:
    program = """
import os, signal
from cotutor.services import slate
slate.share()
child = os.fork()
if child == 0:
    slate.set_screen(slate.Screen.TAKEN)
    slate.set_wish(slate.Wish.LOCK)
    slate.set_last_words("last")
    os.kill(os.getpid(), signal.SIGKILL)
os.waitpid(child, 0)
print(slate.screen().name, slate.wish().name, slate.last_words())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "TAKEN LOCK last\n"


def test_words_without_end_are_cut() -> None:
    slate.set_last_words("ä" * 10_000)
    assert set(slate.last_words()) == {"ä"}
    assert len(slate.last_words()) > 1000


def test_an_errand_survives_the_change_of_faces_and_is_taken_once() -> None:
    slate.leave_errand(b"x" * 251)
    slate.wipe()
    slate.set_last_words("words")
    assert slate.take_errand() == b"x" * 251
    assert slate.take_errand() == b""
    assert slate.last_words() == "words"
    with pytest.raises(ValueError, match="room"):
        slate.leave_errand(b"x" * 300)
