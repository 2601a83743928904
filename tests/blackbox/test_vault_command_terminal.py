"""The vault's commands as a person at a terminal meets them: what is asked, hidden, shown once and given up."""

import os
import re
import signal
from pathlib import Path

import pytest

from tests.blackbox.program import COTUTOR
from tests.blackbox.vault_command import (
    OTHER,
    PASSPHRASE,
    PRIVATE,
    SECRETS,
    SHAREABLE,
    copied,
    make,
    problem,
    vault,
)
from tests.pseudo_terminal import PseudoTerminal, clean_environment, gone_within

pytestmark = pytest.mark.blackbox


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault that no test changes."""
    return make(tmp_path_factory.mktemp("original") / "vault")


@pytest.fixture
def own(original: Path, tmp_path: Path) -> Path:
    """A vault of a test's own."""
    return copied(original, tmp_path / "vault")


def at(*words: str | Path, folder: Path, redirect: str = "") -> PseudoTerminal:
    """A terminal in which one of the vault's commands runs."""
    command = [COTUTOR, "vault", *map(str, words), "--vault", str(folder)]
    return PseudoTerminal(command, env=clean_environment(), redirect=redirect)


def unlock(terminal: PseudoTerminal) -> None:
    terminal.wait_for("Passphrase: ")
    assert not terminal.echoes
    terminal.type(f"{PASSPHRASE}\r")
    terminal.wait_for("Unlocked: ")


def line_with(terminal: PseudoTerminal, pattern: str) -> str:
    found = re.search(pattern, terminal.text, re.MULTILINE)
    assert found is not None
    return found[1]


def assert_nothing_shown(terminal: PseudoTerminal) -> None:
    assert not any(secret in terminal.raw.decode() for secret in SECRETS)
    assert terminal.echoes


def test_making_a_vault_offers_six_words_has_them_typed_back_and_costs_a_second(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "vault"
    with at("create", folder=folder) as terminal:
        terminal.wait_for("o is for my own: ")
        assert "encryption is not privilege" in terminal.text
        first = line_with(terminal, "^    ((?:[a-z]+ ){5}[a-z]+) *$")
        terminal.type("n\r")
        terminal.wait(lambda: terminal.raw.count(b"o is for my own: ") == 2)
        words = line_with(terminal, "^    ((?:[a-z]+ ){5}[a-z]+) *$")
        assert words != first
        terminal.type("\r")
        terminal.wait_for("once more: ")
        assert words not in terminal.text
        assert first not in terminal.text
        assert not terminal.echoes
        terminal.type("something else\r")
        terminal.wait_for("not the same")
        terminal.wait(lambda: terminal.raw.count(b"once more: ") == 2)
        terminal.type(f"{words}\r")
        terminal.wait_for("The vault is made")
        assert terminal.end() == 0
        assert terminal.raw.decode().count(words) == 1  # when it was offered
        assert "Making the key… " in terminal.raw.decode()
        assert "Making the key" not in terminal.text
        assert terminal.echoes
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert "0 reflections, last saved never" in vault("check", folder=folder, lines=(words,)).stdout


def test_ones_own_passphrase_is_advised_on_and_may_be_given_up(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "vault"
    with at("create", folder=folder) as terminal:
        terminal.wait_for("o is for my own: ")
        terminal.type("o\r")
        terminal.wait_for("New passphrase: ")
        assert not terminal.echoes
        terminal.type("Sommer2024!\r")
        terminal.wait_for("among the first things tried")
        terminal.wait(lambda: terminal.raw.count(b"New passphrase: ") == 2)
        terminal.type(f"{OTHER}\r")
        terminal.wait_for("once more: ")
        terminal.type("\x03")
        assert terminal.end() == 128 + signal.SIGINT
        assert_nothing_shown(terminal)
        assert "Sommer2024" not in terminal.raw.decode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("keys", "code"), [("\x04", 1), ("\r", 1), ("\x03", 130), (f"{OTHER}\r", 3)])
def test_at_the_passphrase_one_can_turn_back(keys: str, code: int, original: Path) -> None:
    with at("check", folder=original) as terminal:
        terminal.wait_for("Passphrase: ")
        assert not terminal.echoes
        terminal.type(keys)
        assert terminal.end() == code
        assert_nothing_shown(terminal)


def test_a_passphrase_is_typed_on_the_terminal_even_if_input_is_a_file(
    original: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with at("check", folder=original, redirect=f"< /dev/null > {out}") as terminal:
        terminal.wait_for("Passphrase: ")
        assert not terminal.echoes
        terminal.type(f"{PASSPHRASE}\r")
        assert terminal.end() == 0
        assert_nothing_shown(terminal)
    assert "database      whole" in out.read_text()


def test_secrets_for_standard_input_are_hidden_too_if_somebody_types_them(original: Path) -> None:
    with at("check", "--passphrase-stdin", folder=original) as terminal:
        terminal.wait_for("Passphrase: ")
        assert not terminal.echoes
        terminal.type(f"{PASSPHRASE}\r")
        assert terminal.end() == 0
        assert_nothing_shown(terminal)


def test_two_programs_at_once(own: Path) -> None:
    assert vault("backup", folder=own).returncode == 0
    (backup,) = (own / "backups").iterdir()
    with at("forget", "--all", folder=own) as terminal:
        unlock(terminal)
        terminal.wait_for("[y/N] ")
        for words in (("check",), ("forget", "--all", "--yes"), ("restore", backup.name, "--yes")):
            ended = vault(*words, folder=own)
            assert ended.returncode == 5
            assert "Another cotutor has this vault open." in problem(ended)
        terminal.type("n\r")
        assert terminal.end() == 1
        assert "You did not say yes" in terminal.text
    assert "Unlocked: 3 reflections" in vault("check", folder=own).stdout


def test_while_it_is_open_arguments_environment_and_the_guard_know_nothing(own: Path) -> None:
    with at("forget", "--all", folder=own) as terminal:
        unlock(terminal)
        terminal.wait_for("[y/N] ")
        guard, face = terminal.guard, terminal.face
        for pid in (guard, face):
            for name in ("cmdline", "environ"):
                told = Path(f"/proc/{pid}/{name}").read_bytes()
                assert not any(secret.encode() in told for secret in SECRETS)
            assert re.search(r"Max core file size +0 +0 ", Path(f"/proc/{pid}/limits").read_text())
        assert "sqlcipher" in Path(f"/proc/{face}/maps").read_text()
        assert "sqlcipher" not in Path(f"/proc/{guard}/maps").read_text()
        os.kill(face, signal.SIGKILL)
        assert gone_within(guard)
        assert_nothing_shown(terminal)
    assert "Unlocked: 3 reflections" in vault("check", folder=own).stdout


def test_an_export_is_warned_about_shown_if_wanted_and_confirmed(own: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    for see, write, code in (("n", "n", 1), ("y", "y", 0)):
        with at("export", "--as", "markdown", path, folder=own) as terminal:
            unlock(terminal)
            terminal.wait_for("See it first? [y/N] ")
            assert "This file is not encrypted." in terminal.text
            assert "What might identify somebody: 6 (" in terminal.text
            assert SHAREABLE not in terminal.text
            terminal.type(f"{see}\r")
            terminal.wait_for("Write it, unencrypted, to")
            assert (SHAREABLE in terminal.text) == (see == "y")
            assert not path.exists()
            terminal.type(f"{write}\r")
            assert terminal.end() == code
            assert PRIVATE not in terminal.text
        assert path.exists() == (code == 0)


def test_a_recovery_key_is_shown_once_and_counts_when_typed_back(own: Path) -> None:
    with at("recovery", "add", folder=own) as terminal:
        unlock(terminal)
        terminal.wait_for("when it is on paper: ")
        key = line_with(terminal, "^    ((?:[0-9A-Z]{5}-){5}[0-9A-Z]{5}) *$")
        terminal.type("\r")
        terminal.wait_for("typed back: ")
        assert key not in terminal.text
        assert not terminal.echoes
        terminal.type(f"{key[:-1]}\r")
        terminal.wait_for("30 characters in six groups")
        terminal.wait(lambda: terminal.raw.count(b"typed back: ") == 2)
        terminal.type(f"{key.lower()}\r")
        assert terminal.end() == 0
        assert terminal.raw.decode().count(key) == 1
        assert key.lower() not in terminal.raw.decode()
    assert vault("check", "--recovery-key", folder=own, lines=(key,)).returncode == 0


def test_reflect_is_the_vault_on_the_full_screen(original: Path) -> None:
    command = [COTUTOR, "reflect", "--vault", str(original)]
    with PseudoTerminal(command, env=clean_environment()) as terminal:
        terminal.wait_for("ctrl+r Recovery key")
        terminal.type(f"{PASSPHRASE}\r")
        terminal.wait_for("vault open")
        terminal.type("\x0c")
        terminal.wait_for("Locked.")
    with PseudoTerminal(command, env=clean_environment(), redirect="< /dev/null") as terminal:
        assert terminal.end() == 2
        assert "start cotutor reflect in a terminal" in " ".join(terminal.text.split())
