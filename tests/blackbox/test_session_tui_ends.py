"""However a session on the full screen ends: nothing on the screen or above it, and nobody left running."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.blackbox.sitting_at import (
    PLACES,
    FullScreen,
    assert_nothing_left,
    fresh_attributes,
    to_guidance,
    to_scratchpad,
)
from tests.pseudo_terminal import gone_within

pytestmark = pytest.mark.blackbox

GENTLE = [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT]
SUDDEN = [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT]
END = tuple[str, str, signal.Signals]
"""Where, who is told, and what."""

ENDS: list[END] = [
    *(("scratchpad", "face", number) for number in (*GENTLE, *SUDDEN)),
    *(("scratchpad", "guard", number) for number in GENTLE),
    *((place, "face", signal.SIGKILL) for place in PLACES if place != "scratchpad"),
    *((place, "guard", signal.SIGTERM) for place in ("agreement", "cover")),
]
CLOSED = ["home", "scratchpad"]


@pytest.fixture(scope="module")
def started() -> Iterator[dict[object, FullScreen]]:
    """One program for each end and for each closed terminal; together they start faster."""
    with ExitStack() as stack:
        yield {each: stack.enter_context(FullScreen()) for each in (*ENDS, *CLOSED)}


@pytest.mark.parametrize(("place", "whom", "number"), ENDS)
def test_a_signal_leaves_nothing(
    place: str, whom: str, number: signal.Signals, started: dict[object, FullScreen]
) -> None:
    terminal = started[place, whom, number]
    terminal.wait_until_drawn()
    PLACES[place](terminal)
    guard, face = terminal.guard, terminal.face
    os.kill({"guard": guard, "face": face}[whom], number)
    assert terminal.end() == 128 + number
    told = "cotutor stopped unexpectedly. " if number in SUDDEN else ""
    assert_nothing_left(terminal, but=f"{told}<exit {128 + number}>")
    assert all(gone_within(pid, 0) for pid in (guard, face))


@pytest.mark.parametrize("place", CLOSED)
def test_a_closed_terminal_ends_both(place: str, started: dict[object, FullScreen]) -> None:
    terminal = started[place]
    terminal.wait_until_drawn()
    PLACES[place](terminal)
    family = terminal.family()
    assert len(family) == 2
    os.close(terminal.fd)
    assert all(gone_within(pid) for pid in family)


def test_a_killed_guard_takes_its_face_along() -> None:
    with FullScreen() as terminal:
        terminal.wait_until_drawn()
        to_scratchpad(terminal)
        face = terminal.face
        os.kill(terminal.guard, signal.SIGKILL)
        assert gone_within(face)
        terminal.wait(lambda: terminal.modes == set())
        terminal.settle()
        # The shell's words may come before the face has wiped the rows, or after.
        assert terminal.text.replace("Killed", "").replace("<exit 137>", "").split() == []
        assert terminal.attributes() == fresh_attributes()


def test_a_frozen_terminal_keeps_no_face_and_is_wiped_once_it_is_read_again() -> None:
    with FullScreen() as terminal:
        terminal.wait_until_drawn()
        to_guidance(terminal)
        guard, face = terminal.guard, terminal.face
        terminal.freeze("g")  # half a screen each
        os.kill(guard, signal.SIGTERM)
        assert gone_within(face)
        assert terminal.end() == 143
        assert gone_within(guard, 0)
        assert_nothing_left(terminal, but="<exit 143>")


def test_a_frozen_terminal_that_closes_keeps_nobody() -> None:
    with FullScreen() as terminal:
        terminal.wait_until_drawn()
        to_guidance(terminal)
        family = terminal.family()
        terminal.freeze("g")
        os.kill(terminal.guard, signal.SIGTERM)
        os.close(terminal.fd)
        assert all(gone_within(pid) for pid in family)


@pytest.mark.parametrize("keys", ["\x11y", "\x11\x11"], ids=["asked", "asked twice"])
def test_leaving_by_key_leaves_nothing(keys: str) -> None:
    with FullScreen() as terminal:
        terminal.wait_until_drawn()
        to_scratchpad(terminal)
        terminal.type(keys[0])
        terminal.wait_for("Leave it?")
        terminal.type(keys[1])
        assert terminal.end() == 0
        assert_nothing_left(terminal, but="<exit 0>")
