"""From home to a vault that is not there yet: nothing is made, and nothing of it loaded, before it is asked for."""

import sys
from pathlib import Path

import pytest

from tests.blackbox.vault_from_outside import ESC, at_vault, disk_hits, marked, shows, wait_for
from tests.pseudo_terminal import PseudoTerminal, clean_environment, state

pytestmark = pytest.mark.blackbox


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
        terminal.wait(lambda: not shows(terminal, words))
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
