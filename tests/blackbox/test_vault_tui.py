"""The vault's screens and their lock in the installed program, seen from outside."""

import os
import select
import shlex
import signal
import termios
from pathlib import Path

import pytest

from cotutor.conversation.vault.writing import new_reflection
from cotutor.vault import kdf
from cotutor.vault.keys import prepare, prove_passphrase
from cotutor.vault.opening import create
from cotutor.vault.settings import Preferences
from tests.blackbox.vault_from_outside import (
    ALIAS,
    ALL,
    CTRL_L,
    CTRL_S,
    ESC,
    F2,
    F4,
    NOTE,
    NOW,
    OTHER,
    PASSPHRASE,
    SOUGHT,
    STEP,
    TAB,
    TAG,
    TOPIC,
    UNLOCK,
    at_vault,
    command,
    disk_hits,
    drafts,
    has_cursor,
    has_focus,
    last_change,
    lock_after,
    memory_hits,
    reopened,
    shows,
    unlock,
    wait_for,
    wait_for_change,
    write,
)
from tests.multiplexers import Tmux
from tests.pseudo_terminal import gone_within, state
from tests.vault.cheap import CHEAP

pytestmark = pytest.mark.blackbox


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)


@pytest.fixture
def folder(home: Path) -> Path:
    """A vault with nothing in it that locks only when told, in a home folder of its own."""
    vault = create(home / "vault", prepare(PASSPHRASE, CHEAP), NOW)
    vault.settings.prefer(Preferences(backup_every=0))
    vault.reflections.save(new_reflection(NOW), NOW)
    vault.close()
    return home / "vault"


# ---------------------------------------------------------------- locking


def test_locking_keeps_the_draft_and_leaves_nothing_in_any_memory(folder: Path) -> None:
    with at_vault(folder) as terminal:
        unlock(terminal)
        write(terminal, NOTE)
        face = terminal.face
        data_key = prove_passphrase(folder, PASSPHRASE).data_key
        if os.geteuid() == 0:
            assert memory_hits(face, (NOTE,)), "the search itself must find what is there"
        terminal.type(CTRL_L)
        wait_for(terminal, "Locked.")
        wait_for(terminal, UNLOCK)
        assert state(face) == ""
        assert terminal.face != face
        for pid in (terminal.guard, terminal.face):
            if os.geteuid() != 0:
                with pytest.raises(PermissionError):
                    memory_hits(pid, (NOTE,))
                continue
            assert memory_hits(pid, (NOTE, "zirconpass", data_key.hex())) == []
            assert memory_hits(pid, (data_key.decode("latin-1"),), codes=("latin-1",)) == []
        assert NOTE not in terminal.text
        unlock(terminal)
        wait_for(terminal, NOTE)
        wait_for(terminal, "Being written")


def test_what_is_typed_stays_in_the_vault_alone(folder: Path, home: Path) -> None:
    with at_vault(folder) as terminal:
        unlock(terminal)
        write(terminal, NOTE)
        terminal.type(F2)
        terminal.wait(lambda: has_focus(terminal, "Day"))
        terminal.type(TAB)
        terminal.wait(lambda: has_focus(terminal, "Tags"))
        terminal.type(TAG)
        wait_for(terminal, TAG)
        terminal.type(TAB)
        terminal.wait(lambda: has_focus(terminal, "With"))
        terminal.type(ALIAS)
        wait_for(terminal, ALIAS)
        terminal.type(CTRL_S)
        terminal.wait(lambda: not shows(terminal, "About this"))
        wait_for(terminal, f"#{TAG}")
        terminal.wait(lambda: has_focus(terminal, "Only me"))
        terminal.type(TAB)
        terminal.wait(lambda: has_focus(terminal, "Could be"))
        terminal.type(OTHER)
        wait_for(terminal, OTHER)
        terminal.type(CTRL_S)
        wait_for(terminal, "Saved.")
        terminal.type(F4)
        wait_for(terminal, "I will")
        terminal.type(f"{STEP}{CTRL_S}")
        terminal.wait(lambda: not shows(terminal, "I will"))
        for pid in terminal.family():
            for name in ("environ", "cmdline"):
                held = Path(f"/proc/{pid}/{name}").read_bytes()
                assert not [word for word in ALL if word.encode() in held]
        terminal.type(ESC)
        wait_for(terminal, "/ Search")
        terminal.type("r")
        wait_for(terminal, "Nothing rated yet")
        terminal.type("n")
        wait_for(terminal, "How do I rate myself?")
        terminal.type(f"{TOPIC}{CTRL_S}")
        terminal.wait(lambda: not shows(terminal, "How do I rate myself?"))
        wait_for(terminal, TOPIC)
        terminal.type(ESC)
        wait_for(terminal, "/ Search")
        terminal.type("/")
        terminal.wait(lambda: has_cursor(terminal, "/ to search"))
        terminal.type(SOUGHT)
        wait_for(terminal, "Nothing fits.")
        terminal.type("\x11")
        assert terminal.end() == 0
        assert not [word for word in ALL if word in terminal.text]
        assert terminal.modes == set()
        assert b"\x1b]52" not in terminal.raw
    assert disk_hits(home, ALL) == []
    assert disk_hits(Path("/dev/shm"), ALL) == []
    vault = reopened(folder)
    found = [one for one in vault.reflections.all() if one.private == NOTE]
    assert [(one.shareable, one.tags) for one in found] == [(OTHER, (TAG,))]
    assert [step.text for step in vault.steps.all()] == [STEP]
    assert [one.topic for one in vault.ratings.all()] == [TOPIC]
    vault.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_keeps_the_draft_and_wipes_the_screen(folder: Path, number: signal.Signals) -> None:
    with at_vault(folder) as terminal:
        unlock(terminal)
        write(terminal, NOTE)
        terminal.type("X")
        wait_for(terminal, f"{NOTE}X")
        os.kill(terminal.guard, number)
        assert terminal.end() == 128 + number
        assert NOTE not in terminal.text
        assert "could not be saved" not in terminal.text
    assert drafts(folder) == [f"{NOTE}X"]


def test_a_terminal_that_closes_keeps_the_draft(folder: Path) -> None:
    with at_vault(folder) as terminal:
        unlock(terminal)
        write(terminal, NOTE)
        guard, face = terminal.guard, terminal.face
        os.close(terminal.fd)
        assert gone_within(face)
        assert gone_within(guard)
    assert drafts(folder) == [NOTE]


def test_a_kill_between_two_keys_loses_a_second_at_most(folder: Path) -> None:
    with at_vault(folder) as terminal:
        unlock(terminal)
        before = last_change(folder)
        write(terminal, NOTE)
        wait_for_change(terminal, folder, before, seconds=1)
        for sign in "abc":
            before = last_change(folder)
            terminal.type(sign)
            wait_for_change(terminal, folder, before, seconds=1)
        terminal.type("later")
        os.kill(terminal.face, signal.SIGKILL)
        assert terminal.end() == 128 + signal.SIGKILL
        assert NOTE not in terminal.text
    (kept,) = drafts(folder)
    assert f"{NOTE}abclater".startswith(kept)
    assert kept.startswith(f"{NOTE}abc")


# ---------------------------------------------------------------- locking by itself


def test_it_locks_when_nobody_presses_a_key(folder: Path) -> None:
    lock_after(folder, 2_000)
    with at_vault(folder) as terminal:
        unlock(terminal)
        write(terminal, NOTE)
        face = terminal.face
        wait_for(terminal, "Locked.", seconds=2 + 3)
        assert state(face) == ""
    assert drafts(folder) == [NOTE]


def test_a_terminal_that_stops_reading_does_not_stop_the_lock(folder: Path) -> None:
    lock_after(folder, 3_000)
    with at_vault(folder) as terminal:
        unlock(terminal)
        write(terminal, NOTE)
        face = terminal.face
        line = os.open(f"/proc/{terminal.shell}/fd/0", os.O_RDWR | os.O_NOCTTY)
        termios.tcflow(line, termios.TCOOFF)
        while select.select([terminal.fd], [], [], 0.2)[0]:
            terminal.read()  # what was on its way
        terminal.type(
            "x" * 100
        )  # more than the queue to the terminal holds, so that the event loop stands still
        assert gone_within(face)
        assert not select.select([terminal.fd], [], [], 0)[0], "nothing came through"
        termios.tcflow(line, termios.TCOON)
        os.close(line)
        wait_for(terminal, "Locked.")
    (kept,) = drafts(folder)
    assert kept.startswith(NOTE)


@pytest.mark.parametrize("how", ["key", "signal"])
def test_stopping_locks_first_and_fg_shows_the_lock(folder: Path, how: str) -> None:
    with Tmux() as tmux:
        tmux.type(shlex.join(command(folder)), "Enter")
        tmux.wait_for(UNLOCK)
        tmux.type(PASSPHRASE, "Enter")
        tmux.wait_for("n New")
        _, face = tmux.processes("at_the_vault")
        if how == "key":
            tmux.type("C-z")
        else:
            os.kill(face, signal.SIGTSTP)
        tmux.wait_for("Stopped")
        assert state(face) == ""
        tmux.type("fg", "Enter")
        tmux.wait_for("Locked.")
