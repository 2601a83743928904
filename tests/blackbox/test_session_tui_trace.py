"""A whole session on the full screen as the kernel sees it: no file, no network, no other program."""

import base64
import re
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.blackbox.program import COTUTOR
from tests.blackbox.sitting_at import ANA, BEN, CANARY, ESCAPE, FullScreen, assert_nothing_left, to_scratchpad
from tests.pseudo_terminal import clean_environment

pytestmark = [pytest.mark.blackbox, pytest.mark.needs("strace")]

WATCHED = "%file,%network,%process,write,writev,pwrite64,pwritev,sendfile,splice,ftruncate,fchmod,fchown"


class Traced(NamedTuple):
    calls: list[str]
    """Every system call of every process, with the names of its files and its strings in clear."""
    terminal: FullScreen
    folders: tuple[Path, ...]
    """The home, the temporary and the working folder that it was given, empty."""
    told: bytes
    """What any other process can see of it: its arguments and its environment."""


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Traced]:
    """Start, aliases, a turn, the scratchpad, guidance, cover, swap, the other turn, close, end."""
    place = tmp_path_factory.mktemp("traced")
    folders = tuple(place / name for name in ("home", "tmp", "here"))
    for folder in folders:
        folder.mkdir()
    home, tmp, here = folders
    trace = place / "trace"
    strace = ["strace", "-f", "-y", "-xx", "-s", "100000", "--signal=none", "-e", f"trace={WATCHED}"]
    env = clean_environment(HOME=str(home), TMPDIR=str(tmp), XDG_RUNTIME_DIR=str(tmp))
    command = ["env", "-C", str(here), *strace, "-o", str(trace), COTUTOR]
    with FullScreen(command=command, env=env) as terminal:
        terminal.wait_until_drawn()
        to_scratchpad(terminal)
        told = b"".join(_told(pid) for pid in terminal.family())
        terminal.type("\x0c")
        terminal.wait(lambda: CANARY not in terminal.text)
        terminal.type("b")
        terminal.wait_for(CANARY)
        terminal.type(ESCAPE)
        terminal.settle()
        for key, seen in (
            *(
                ("g", "III-C"),
                ("c", "“"),
                ("n", "comes back to the present"),
                ("n", "Swap"),
                ("n", f"{BEN} speaks"),
            ),
            *(("s", f"{BEN}'s scratchpad"), ("\x11", "Leave it?"), ("n", f"{BEN} speaks")),
        ):
            terminal.type(key)
            terminal.wait_for(seen)
            terminal.settle()
        terminal.type("\x11")
        terminal.wait_for("Leave it?")
        terminal.type("y")
        assert terminal.end() == 0
        yield Traced(_read(trace), terminal, folders, told)


def _told(pid: int) -> bytes:
    told = b""
    for name in ("cmdline", "environ"):
        with suppress(PermissionError):
            told += Path(f"/proc/{pid}/{name}").read_bytes()
    return told


def _read(trace: Path) -> list[str]:
    def clear(match: re.Match[bytes]) -> bytes:
        return bytes.fromhex(match[0].replace(b"\\x", b"").decode()).replace(b"\n", b"\\n")

    plain = re.sub(rb"(?:\\x[0-9a-f]{2})+", clear, trace.read_bytes())
    return plain.decode("latin-1").split("\n")


def test_it_was_a_session_and_the_trace_would_have_told(traced: Traced) -> None:
    assert_nothing_left(traced.terminal, but="<exit 0>")
    to_the_terminal = [call for call in traced.calls if " write(" in call and "/dev/pts/" in call]
    assert any(CANARY in call for call in to_the_terminal)
    assert any(ANA in call for call in to_the_terminal)


def test_no_file_is_opened_for_writing_made_or_changed(traced: Traced) -> None:
    opened = [call for call in traced.calls if re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND", call)]
    assert [call for call in opened if not re.search(r'"/dev/(tty|null|pts/\d+)"', call)] == []
    changing = r" (mkdir|rmdir|unlink|rename|link|symlink|f?chmod|f?chown|f?truncate|mknod|utime|setxattr|creat)\w*\("
    assert [call for call in traced.calls if re.search(changing, call)] == []


def test_no_network_and_no_other_program(traced: Traced) -> None:
    sockets = [call for call in traced.calls if re.search(r" socket(pair)?\(", call)]
    assert sockets
    assert [call for call in sockets if "AF_UNIX" not in call] == []
    assert [call for call in traced.calls if re.search(r" (connect|bind|listen|accept\d?)\(", call)] == []
    assert sum(" execve(" in call for call in traced.calls) == 1


@pytest.mark.parametrize("word", [CANARY, ANA, BEN])
def test_no_word_is_written_but_to_the_terminal(word: str, traced: Traced) -> None:
    data = word.encode()
    forms = {
        word,
        data.hex(),
        "\x00".join(word),
        *(base64.b64encode(b" " * shift + data).decode()[4 if shift else 0 : -4] for shift in range(3)),
    }
    writes = [call for call in traced.calls if re.search(r" (p?writev?\d*|send\w*|sendfile|splice)\(", call)]
    elsewhere = [call for call in writes if "/dev/pts/" not in call.partition(",")[0]]
    assert elsewhere, "the wake-up of the event loop at least"
    assert [call for call in elsewhere if any(form in call for form in forms)] == []


def test_no_word_is_left_in_a_folder_nor_told_to_other_processes(traced: Traced) -> None:
    assert [path for folder in traced.folders for path in folder.rglob("*")] == []
    assert b"cotutor" in traced.told
    assert not any(word.encode() in traced.told for word in (CANARY, ANA, BEN))


def test_names_on_the_command_line_are_seen_by_others_and_the_help_says_so() -> None:
    said = subprocess.run([COTUTOR, "session", "--help"], capture_output=True, text=True, check=True).stdout
    assert "others on this computer can see them" in " ".join(said.split())
    with FullScreen("session", "--as", ANA, BEN) as terminal:
        terminal.wait_until_drawn()
        assert ANA.encode() in _told(terminal.guard)
        terminal.type("\x11")
        assert terminal.end() == 0
