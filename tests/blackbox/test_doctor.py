"""``cotutor doctor`` as a person starts it."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.blackbox.program import COTUTOR, cotutor
from tests.pseudo_terminal import PseudoTerminal

pytestmark = pytest.mark.blackbox

_CHANGING = re.compile(
    r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|\b(?:creat|mkdir|unlink|rename|link|symlink|chmod|truncate)\w*\("
)


def test_it_tells_what_protects_you_and_times_a_guess(home: Path) -> None:
    ended = cotutor("doctor")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("Protects you:\n")
    assert re.search(r"^  passphrase +One guess at a passphrase takes \d+\.\d", ended.stdout, re.MULTILINE)
    assert list(home.iterdir()) == []


def test_a_quick_look_says_the_rest_in_lines_that_fit(home: Path) -> None:
    ended = cotutor("doctor", "--quick", env={**os.environ, "TMUX": "x", "NO_COLOR": "1"})
    assert (ended.returncode, ended.stderr) == (0, "")
    for name in ("guard", "own refusal", "swap", "tmux", "disk", "recording", "bell", "vault", "versions"):
        assert re.search(rf"^  {name} +[A-Z\w]", ended.stdout, re.MULTILINE), name
    assert "One guess" not in ended.stdout
    assert "NO_COLOR is set" in ended.stdout
    assert re.search(r"\nIn all: \d+ protect you, .* good to know\.\n$", ended.stdout)
    assert all(len(line) <= 78 or str(home) in line for line in ended.stdout.splitlines())


def test_at_a_narrow_terminal_lines_fit_and_the_size_is_named(home: Path) -> None:
    with PseudoTerminal([COTUTOR, "doctor", "--quick"], prelude="stty cols 44 rows 20;") as seen:
        assert seen.end() == 0
        assert "44 columns and 20 rows" in " ".join(seen.text.split())
        lines = seen.raw.decode().replace("\r", "").partition("<exit")[0].splitlines()
        assert all(len(line) <= 44 or str(home) in line or "/" in line for line in lines)


def test_the_vaults_folder_may_be_named_whatever_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "\x1b[2Jopen"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "vault.key").touch()
    ended = cotutor("doctor", "--quick", "--vault", str(folder))
    assert ended.returncode == 0
    assert "\x1b" not in ended.stdout
    assert "There is no vault" not in ended.stdout
    assert "other accounts" in " ".join(ended.stdout.split())


@pytest.mark.needs("strace")
def test_it_opens_nothing_for_writing_starts_nothing_and_connects_to_nothing(
    home: Path, tmp_path: Path
) -> None:
    log = tmp_path / "calls"
    trace = ["strace", "-f", "-o", str(log), "-e", "trace=%file,%network,%process"]
    ended = subprocess.run(
        [*trace, COTUTOR, "doctor"],
        capture_output=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    calls = log.read_text(errors="replace").splitlines()
    assert [call for call in calls if _CHANGING.search(call)] == []
    assert [call for call in calls if re.search(r"\b(?:socket|connect|bind)\(", call)] == []
    assert len([call for call in calls if "execve(" in call]) == 1
    assert any("openat(" in call for call in calls)
    assert list(home.iterdir()) == []
