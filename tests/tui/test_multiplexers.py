"""The same probe in tmux and GNU screen: what stays on the screen, and Ctrl+Z with a real shell."""

import os
import shlex
import signal

import pytest

from tests.multiplexers import GnuScreen, Tmux, wait
from tests.process.probes.words import NOTE
from tests.pseudo_terminal import family, probe, state

pytestmark = pytest.mark.blackbox

COMMAND = shlex.join(probe("full_screen"))


def start(tmux: Tmux) -> tuple[int, int]:
    """Start the probe from the shell; returns its guard and its face."""
    tmux.type("clear", "Enter")
    tmux.type(COMMAND, "Enter")
    tmux.wait_for("•")
    tmux.wait_for(NOTE)
    guard, face = tmux.processes("full_screen")
    return guard, face


def ended(tmux: Tmux) -> None:
    """Wait until the shell has the terminal back, and a mark behind everything the probe drew."""
    wait(lambda: tmux.processes("full_screen") == [], lambda: tmux.visible)
    tmux.type("echo $((40 + 2))", "Enter")
    tmux.wait_for("\n42\n")


def at_a_new_prompt(tmux: Tmux) -> str:
    """What is visible after Enter: only then does the shell tell that a job has stopped."""
    tmux.type("Enter")
    return tmux.visible


@pytest.mark.parametrize("alternate_screen", [True, False], ids=["alternate screen", "no alternate screen"])
def test_in_tmux_nothing_stays_after_any_end(alternate_screen: bool) -> None:  # noqa: FBT001
    with Tmux(alternate_screen=alternate_screen) as tmux:
        for end in ("q", signal.SIGTERM, signal.SIGHUP, signal.SIGKILL, signal.SIGSEGV):
            _, face = start(tmux)
            if isinstance(end, str):
                tmux.type(end)
            else:
                os.kill(face, end)
            ended(tmux)
            assert NOTE not in tmux.everything, end
            assert "started" not in tmux.everything, end
            assert tmux.modes == set(), end


def test_in_gnu_screen_nothing_stays_after_any_end() -> None:
    with GnuScreen() as screen:
        for number, end in enumerate("qf", 1001):
            screen.type("clear\n")
            screen.type(COMMAND + f"; echo $((1 + {number - 1}))\n")
            screen.wait_for(NOTE)
            screen.type(end)
            screen.wait_for(f"{number}\n")
            assert NOTE not in screen.everything, end
            assert "started" not in screen.everything, end


@pytest.mark.parametrize("alternate_screen", [True, False], ids=["alternate screen", "no alternate screen"])
def test_ctrl_z_wipes_and_fg_brings_it_back(alternate_screen: bool) -> None:  # noqa: FBT001
    with Tmux(alternate_screen=alternate_screen) as tmux:
        guard, face = start(tmux)
        for _ in range(2):
            tmux.type("z")
            tmux.wait_for("Stopped")
            assert NOTE not in tmux.everything
            assert tmux.modes == set()
            assert (state(guard), state(face)) == ("T", "T")
            tmux.type("fg", "Enter")
            tmux.wait_for(NOTE)
            wait(lambda: "T" not in (state(guard), state(face)), lambda: "still stopped")
        tmux.type("q")
        ended(tmux)
        assert NOTE not in tmux.everything


def test_going_on_in_the_background_stops_again_until_the_terminal_is_ours() -> None:
    with Tmux() as tmux:
        guard, face = start(tmux)
        tmux.type("z")
        tmux.wait_for("Stopped")
        tmux.type("clear; bg", "Enter")
        wait(lambda: "Stopped" in at_a_new_prompt(tmux), lambda: tmux.visible)
        assert (state(guard), state(face)) == ("T", "T")
        assert NOTE not in tmux.everything
        tmux.type("fg", "Enter")
        tmux.wait_for(NOTE)
        tmux.type("q")
        ended(tmux)


def test_a_face_stopped_by_force_is_wiped_and_comes_back() -> None:
    with Tmux() as tmux:
        _, face = start(tmux)
        os.kill(face, signal.SIGSTOP)
        tmux.wait_for("Stopped")
        assert NOTE not in tmux.everything
        assert tmux.modes == set()
        tmux.type("fg", "Enter")
        tmux.wait_for(NOTE)
        tmux.type("q")
        ended(tmux)
        assert NOTE not in tmux.everything


def test_where_no_shell_could_continue_it_ctrl_z_stops_nothing() -> None:
    with Tmux() as tmux:
        tmux.tell("respawn-pane", "-k", shlex.join(probe("full_screen")) + "; sleep 60")
        tmux.wait_for("•")
        tmux.type("z")
        tmux.wait_for(NOTE)
        guard, face = tmux.processes("full_screen")[-2:]
        wait(lambda: "T" not in (state(guard), state(face)), lambda: tmux.visible)
        tmux.type("f")
        tmux.wait_for("cotutor stopped because of a fault")


def test_nothing_that_was_started_in_a_terminal_outlives_it() -> None:
    # What lives longer may still write into the home folder while that is removed.
    stays = "trap '' HUP; tail -f /dev/null &"
    with Tmux() as tmux:
        tmux.type(stays, "Enter")
        wait(lambda: tmux.processes("tail") != [], lambda: tmux.visible)
        in_tmux = [tmux.server, *family(tmux.server)]
    with GnuScreen() as screen:
        screen.type(f"{stays} echo $((40 + 2))\n")
        screen.wait_for("\n42\n")
        in_screen = [screen.server, *family(screen.server)]
    for started in (in_tmux, in_screen):
        assert len(started) == 3
        assert {state(pid) for pid in started} <= {"", "Z"}
