"""A vault seen from outside: its screens, the memory of its processes, what is on the disk."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from cotutor.vault.keys import prove_passphrase
from cotutor.vault.opening import open_vault
from cotutor.vault.settings import Preferences
from cotutor.vault.vault import Vault
from tests.pseudo_terminal import PATIENCE, PseudoTerminal, clean_environment

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


def reopened(folder: Path) -> Vault:
    return open_vault(prove_passphrase(folder, PASSPHRASE), NOW)


def command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "tests.blackbox.at_the_vault", str(folder)]


def shows(terminal: PseudoTerminal, text: str) -> bool:
    return text in "\n".join(terminal.screen.display)


def wait_for(terminal: PseudoTerminal, text: str, seconds: float = PATIENCE) -> None:
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
    vault = reopened(folder)
    texts = [draft.private for draft in vault.reflections.drafts()]
    vault.close()
    return texts


def lock_after(folder: Path, milliseconds: int) -> None:
    vault = reopened(folder)
    vault.settings.prefer(Preferences(lock_after=milliseconds, backup_every=0))
    vault.close()
