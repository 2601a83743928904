"""The vault's screens and their lock in the installed program, seen from outside."""

import os
import select
import shlex
import signal
import sys
import termios
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cotutor.services import custody, upkeep
from cotutor.services.notebook import Notebook
from cotutor.vault import kdf
from tests.services.multiplexers import Tmux
from tests.services.pseudo_terminal import PseudoTerminal, clean_environment, gone_within, state
from tests.vault.cheap import CHEAP

pytestmark = pytest.mark.blackbox

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PASSPHRASE = "zirconpass candle meadow violin harvest lantern"  # noqa: S105  a test's own
NOTE = "CANARYNOTE7391"
OTHER = "CANARYOTHER7391"
TAG = "canarytag7391"
STEP, TOPIC, SOUGHT, ALIAS = "canarystep7391", "canarytopic7391", "canarysought7391", "CANARYALIAS7391"
ALL = (NOTE, OTHER, TAG, STEP, TOPIC, SOUGHT, ALIAS, "zirconpass")
UNLOCK = "ctrl+r Recovery key"
LIST = "vault open"
CTRL_L, CTRL_S, CTRL_Z, TAB, ESC, F2, F4 = "\x0c", "\x13", "\x1a", "\t", "\x1b", "\x1bOQ", "\x1bOS"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)


@pytest.fixture
def folder(home: Path) -> Path:
    """A vault with nothing in it that locks only when told, in a home folder of its own."""
    notebook = custody.create(home / "vault", custody.prepare(PASSPHRASE, CHEAP), NOW)
    upkeep.set_preferences(notebook, upkeep.Preferences(backup_every=0))
    notebook.save(notebook.begin(NOW), NOW)
    notebook.close()
    return home / "vault"


def reopened(folder: Path) -> Notebook:
    return custody.unlock(custody.prove(folder, PASSPHRASE), NOW)


def command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "tests.blackbox.at_the_vault", str(folder)]


def shows(terminal: PseudoTerminal, text: str) -> bool:
    return text in "\n".join(terminal.screen.display)


def wait_for(terminal: PseudoTerminal, text: str, seconds: float = 15) -> None:
    """Until the screen itself, not what is above it, shows this."""
    terminal.wait(lambda: shows(terminal, text), seconds)


def marked(terminal: PseudoTerminal) -> str:
    """The title on the line of a list that is marked; nothing while the mark moves."""
    lines = [line.strip() for line in terminal.screen.display if "›" in line]
    return lines[0].partition("  ")[0] if len(lines) == 1 else ""


def has_focus(terminal: PseudoTerminal, label: str) -> bool:
    """Whether a label, or the field behind it, is set in bold, as where the focus is."""
    for y, line in enumerate(terminal.screen.display):
        at = line.find(label)
        if at >= 0:
            return any(terminal.screen.buffer[y][x].bold for x in range(at, at + 24))
    return False


def has_cursor(terminal: PseudoTerminal, placeholder: str) -> bool:
    """Whether the cursor stands on the first sign of a placeholder, where typing begins."""
    for y, line in enumerate(terminal.screen.display):
        at = line.find(placeholder)
        if at >= 0:
            return bool(terminal.screen.buffer[y][at].bg != terminal.screen.buffer[y][at + 1].bg)
    return False


def unlock(terminal: PseudoTerminal) -> None:
    wait_for(terminal, UNLOCK)
    terminal.type(f"{PASSPHRASE}\r")
    wait_for(terminal, LIST)


def write(terminal: PseudoTerminal, text: str) -> None:
    """Begin a free reflection and type in its first box."""
    wait_for(terminal, "n New")
    terminal.type("n")
    wait_for(terminal, "How do you want to begin?")
    terminal.type("\x1b[B\x1b[B\r")
    wait_for(terminal, "Only me")
    terminal.type(text)
    wait_for(terminal, text)


def at_vault(folder: Path) -> PseudoTerminal:
    return PseudoTerminal(command(folder), env=clean_environment())


def memory_hits(
    pid: int, words: tuple[str, ...], codes: tuple[str, ...] = ("utf-8", "utf-16-le", "utf-32-le")
) -> list[str]:
    """Which of the words are in the memory of a process, in any encoding that Python or a library uses."""
    forms = [(word, word.encode(code)) for word in words for code in codes]
    found = []
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            low, high = (int(part, 16) for part in line.split()[0].split("-"))
            if line.split()[1][0] != "r" or low >= 1 << 63:
                continue
            try:
                memory.seek(low)
                data = memory.read(high - low)
            except OSError:
                continue
            found += [f"{word} in {line.split()[-1]}" for word, form in forms if form in data]
    return found


def disk_hits(top: Path, words: tuple[str, ...]) -> list[str]:
    files = [path for path in top.rglob("*") if path.is_file()]
    return [f"{word} in {path}" for path in files for word in words if word.encode() in path.read_bytes()]


def wait_for_change(terminal: PseudoTerminal, folder: Path, before: int, seconds: float) -> None:
    """Until the database has been written to and no transaction is open."""
    terminal.wait(lambda: last_change(folder) != before and not any(folder.glob("*-journal")), seconds)


def last_change(folder: Path) -> int:
    return next(folder.glob("vault-*.db")).stat().st_mtime_ns


def drafts(folder: Path) -> list[str]:
    notebook = reopened(folder)
    texts = [draft.private for draft in notebook.drafts()]
    notebook.close()
    return texts


# ---------------------------------------------------------------- locking


def test_locking_keeps_the_draft_and_leaves_nothing_in_any_memory(folder: Path) -> None:
    with at_vault(folder) as terminal:
        unlock(terminal)
        write(terminal, NOTE)
        face = terminal.face
        data_key = custody.prove(folder, PASSPHRASE).data_key
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
    notebook = reopened(folder)
    found = [one for one in notebook.vault.store.all_reflections() if one.private == NOTE]
    assert [(one.shareable, one.tags) for one in found] == [(OTHER, (TAG,))]
    assert [step.text for step in notebook.steps()] == [STEP]
    assert [one.topic for one in notebook.ratings()] == [TOPIC]
    notebook.close()


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
        assert gone_within(face, 3)
        assert gone_within(guard, 3)
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


def lock_after(folder: Path, milliseconds: int) -> None:
    notebook = reopened(folder)
    upkeep.set_preferences(notebook, upkeep.Preferences(lock_after=milliseconds, backup_every=0))
    notebook.close()


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
        assert gone_within(face, 3 + 3)
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


# ---------------------------------------------------------------- from home, and the first time


def test_home_loads_nothing_of_the_vault_and_makes_nothing_before_it_is_confirmed(home: Path) -> None:
    folder = home / ".local" / "share" / "cotutor" / "vault"
    with PseudoTerminal([sys.executable, "-m", "cotutor"], env=clean_environment()) as terminal:
        wait_for(terminal, "Reflections")
        maps = Path(f"/proc/{terminal.face}/maps").read_text()
        assert "sqlcipher" not in maps
        assert "cryptography" not in maps
        first = terminal.face
        while (line := marked(terminal)) != "› Reflections":
            terminal.type("\x1b[B")
            terminal.wait(lambda line=line: marked(terminal) not in {"", line})  # type: ignore[misc]  # bound at once
        terminal.type("\r")
        wait_for(terminal, "encryption is not privilege")
        assert state(first) == ""
        assert not folder.parent.exists()
        terminal.type("\r")
        wait_for(terminal, "Six words drawn by chance")
        assert folder.is_dir()
        assert list(folder.iterdir()) == []
        words = next(
            line.strip() for line in terminal.screen.display if len(line.split()) == 6 and line.islower()
        )
        terminal.type("\r")
        wait_for(terminal, "Once more")
        assert not shows(terminal, words)
        terminal.type(f"{words}\r")
        wait_for(terminal, "Nothing yet. Press n", seconds=40)
        terminal.type("q")
        wait_for(terminal, "equal turns")
        assert "sqlcipher" not in Path(f"/proc/{terminal.face}/maps").read_text()
        terminal.type("q")
        assert terminal.end() == 0
        assert words not in terminal.text
    assert disk_hits(home, (words, words.split()[0] + " " + words.split()[1])) == []
    assert folder.stat().st_mode & 0o777 == 0o700


def test_giving_it_up_leaves_no_folder(home: Path) -> None:
    folder = home / "somewhere"
    with at_vault(folder) as terminal:
        wait_for(terminal, "encryption is not privilege")
        terminal.type("\r")
        wait_for(terminal, "Six words drawn by chance")
        terminal.type(ESC)
        wait_for(terminal, "equal turns")
        assert not folder.exists()
        terminal.type("q")
        assert terminal.end() == 0
