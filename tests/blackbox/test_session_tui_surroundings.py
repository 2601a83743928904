"""A session on the full screen where the surroundings are hostile: variables, streams, keys, sizes, neighbours."""

import os
import random
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.blackbox.program import COTUTOR
from tests.blackbox.sitting_at import (
    CANARY,
    ESCAPE,
    PLACES,
    FullScreen,
    assert_no_control_strings,
    assert_nothing_left,
    to_guidance,
    to_scratchpad,
)
from tests.pseudo_terminal import children, clean_environment

pytestmark = pytest.mark.blackbox

HOSTILE = {
    "TEXTUAL_LOG": {"TEXTUAL_LOG": "HERE/log", "TEXTUAL_LOG_LEVEL": "debug"},
    "TEXTUAL_DEBUG": {"TEXTUAL_DEBUG": "1"},
    "TEXTUAL_SCREENSHOT": {
        "TEXTUAL_SCREENSHOT": "0",
        "TEXTUAL_SCREENSHOT_LOCATION": "HERE",
        "TEXTUAL_SCREENSHOT_FILENAME": "shot",
    },
    "TEXTUAL_DRIVER": {"TEXTUAL_DRIVER": "no.such.module:Driver"},
    "TEXTUAL_PRESS": {"TEXTUAL_PRESS": "q,ctrl+q"},
    "TEXTUAL": {"TEXTUAL": "devtools,debug,headless", "TEXTUAL_DEVTOOLS_PORT": "8081"},
    "TEXTUAL_SHOW_RETURN": {"TEXTUAL_SHOW_RETURN": "1"},
    **{
        name: {name: value}
        for name, value in (
            ("PYTHONINSPECT", "1"),
            ("PYTHONVERBOSE", "1"),
            ("PYTHONDEVMODE", "1"),
            ("PYTHONFAULTHANDLER", "1"),
            ("PYTHONPROFILEIMPORTTIME", "1"),
            ("PYTHONTRACEMALLOC", "3"),
            ("PYTHONWARNINGS", "always"),
            ("PYTHONASYNCIODEBUG", "1"),
            ("PYTHONMALLOCSTATS", "1"),
            ("PYTHONSTARTUP", "HERE/startup.py"),
            ("PYTHONBREAKPOINT", "os.abort"),
            ("PYTHONPERFSUPPORT", "1"),
            ("PYTHONIOENCODING", "ascii:strict"),
        )
    },
}
SPEAKS_BEFORE = {"PYTHONVERBOSE", "PYTHONPROFILEIMPORTTIME", "PYTHONMALLOCSTATS"}
"""With these Python itself speaks before the first line of the program has run; of modules, not of people."""


@pytest.fixture(scope="module")
def persuaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[FullScreen, Path]]]:
    """One program for each variable."""
    with ExitStack() as stack:
        found = {}
        for name, variables in HOSTILE.items():
            here = tmp_path_factory.mktemp("here")
            hostile = {variable: value.replace("HERE", str(here)) for variable, value in variables.items()}
            env = clean_environment(HOME=str(here), TMPDIR=str(here), **hostile)
            command = ["env", "-C", str(here), COTUTOR]
            found[name] = stack.enter_context(FullScreen(command=command, env=env)), here
        yield found


@pytest.mark.parametrize("name", HOSTILE)
def test_no_variable_makes_it_write_or_tell(name: str, persuaded: dict[str, tuple[FullScreen, Path]]) -> None:
    terminal, here = persuaded[name]
    terminal.wait_until_drawn()
    terminal.type("\r")
    terminal.wait_for("agree: start")
    assert not _sockets_beyond_the_pair(terminal)
    terminal.type("\x11")
    assert terminal.end() == 0
    assert list(here.iterdir()) == []
    assert ">>>" not in terminal.text
    if name not in SPEAKS_BEFORE:
        assert_nothing_left(terminal, but="<exit 0>")


def _sockets_beyond_the_pair(terminal: FullScreen) -> list[str]:
    """Entries of the kernel's tables of internet sockets that belong to the program."""
    own = {
        fd.readlink().name[8:-1]
        for pid in terminal.family()
        for fd in Path(f"/proc/{pid}/fd").iterdir()
        if fd.readlink().name.startswith("socket:")
    }
    tables = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")
    lines = [line for table in tables for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]]
    return [line for line in lines if line.split()[9] in own]


@pytest.mark.parametrize("redirect", ["2>FILE", ">FILE", "</dev/null", "2>&-", ">&-", "<&-"])
def test_without_a_terminal_at_every_stream_it_refuses(redirect: str, tmp_path: Path) -> None:
    caught = tmp_path / "caught"
    with FullScreen("session", "--quick", redirect=redirect.replace("FILE", str(caught))) as terminal:
        assert terminal.end() == 2
        said = terminal.text + (caught.read_text() if caught.exists() else "")
        assert " ".join(said.split()).count("is not a terminal; use --plain") == (redirect != "2>&-")
        assert b"\x1b" not in terminal.raw + (caught.read_bytes() if caught.exists() else b"")
        assert "nothing kept" not in said


TYPED = [
    *(chr(code) for code in range(33, 127) if chr(code) not in "qy"),
    *(chr(code) for code in range(1, 27) if code != 17),
    *(f"\x1b[{key}" for key in ("A", "B", "C", "D", "H", "F", "Z", "5~", "6~", "3~", "2~")),
    *(f"\x1b[1;{modifier}{key}" for modifier in (2, 3, 5, 6) for key in "ABCDHF"),
    *(f"\x1bO{key}" for key in "PQRS"),
    *(f"\x1b[{number}~" for number in (15, 17, 18, 19, 20, 21, 23, 24)),
    *(
        "\x1b[<0;20;5M\x1b[<0;20;5m",
        "\x1b[<2;30;12M\x1b[<2;30;12m",
        "\x1b[<64;10;10M",
        "\x1b[<0;5;23M\x1b[<32;40;23M",
    ),
    "\x7f",
]
"""Every key that does not lead out of the program, and a few mouse buttons."""


@pytest.mark.parametrize("place", PLACES)
def test_no_key_on_any_screen_makes_a_file_or_reaches_the_clipboard(place: str, tmp_path: Path) -> None:
    env = clean_environment(HOME=str(tmp_path), TMPDIR=str(tmp_path))
    with FullScreen(command=["env", "-C", str(tmp_path), COTUTOR], env=env) as terminal:
        terminal.wait_until_drawn()
        PLACES[place](terminal)
        terminal.settle()
        for key in TYPED:
            terminal.pour(key.encode())
        terminal.settle()
        os.kill(terminal.guard, signal.SIGTERM)
        assert terminal.end() == 143
        assert_nothing_left(terminal, but="<exit 143>")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["agreement", "scratchpad"])
def test_nothing_marked_in_a_field_reaches_the_clipboard(place: str) -> None:
    with FullScreen() as terminal:
        terminal.wait_until_drawn()
        PLACES[place](terminal)
        for _ in range(8 if place == "agreement" else 1):
            terminal.type("\x1b[1;2H\x03\x1b[1;2F\x18\x01\x03\x18\x1b[99;5u\x1b[99;9u\x1b[99;6u")
            terminal.settle()
            terminal.type("\t")
            terminal.settle()
        assert_no_control_strings(terminal.raw)


def test_the_palette_offers_no_picture_of_the_screen() -> None:
    with FullScreen() as terminal:
        terminal.wait_until_drawn()
        terminal.type("\x10")
        terminal.wait_for("Search for commands")
        terminal.settle()
        for word in ("screenshot", "save", "svg"):
            terminal.type(word)
            terminal.wait_for("No matches found")
            terminal.type("\x7f" * len(word))
            terminal.wait(lambda: "No matches found" not in terminal.text)


def test_any_size_at_any_moment_is_no_reason_to_stop() -> None:
    chance = random.Random(8163)  # noqa: S311  the same storm each time
    keys = [*"ngcffbb!?m  u+-sxh", ESCAPE, ESCAPE, ESCAPE, "\x0c", "\x10"]
    with FullScreen() as terminal:
        terminal.wait_until_drawn()
        to_guidance(terminal)
        for number in range(200):
            size = (1, 1) if number % 40 == 0 else (chance.randint(1, 130), chance.randint(1, 40))
            terminal.resize(*size)
            terminal.pour(chance.choice(keys).encode())
        terminal.resize(80, 24)
        terminal.settle()
        terminal.pour(b"\x11\x11")  # asked, or not because the session is over
        assert terminal.end() == 0
        assert terminal.modes == set()


def test_no_noise_on_the_line_ends_a_session_with_a_fault() -> None:
    noise = random.Random(5521).randbytes(20_000).replace(b"\x11", b"")  # noqa: S311  the same noise each time
    with FullScreen() as terminal:
        terminal.wait_until_drawn()
        to_guidance(terminal)
        terminal.pour(noise)
        terminal.settle()
        os.kill(terminal.guard, signal.SIGTERM)
        assert terminal.end() == 143
        assert "fault" not in terminal.text


READ = """
    import ctypes, os, sys
    pid = int(sys.argv[1])
    try:
        os.open(f"/proc/{pid}/mem", os.O_RDONLY)
        print("read")
    except OSError:
        print("unreadable")
    libc = ctypes.CDLL(None, use_errno=True)
    print("attached" if libc.ptrace(16, pid, None, None) == 0 else "refused")
"""


@pytest.fixture(scope="module")
def person() -> list[str]:
    """The beginning of a command line that runs as an unprivileged user, who may yet find the interpreter."""
    if os.geteuid():
        return []
    search = "+dac_read_search"
    return [
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        "--inh-caps",
        search,
        "--ambient-caps",
        search,
    ]


def _look_into(pid: int, person: list[str]) -> list[str]:
    looked = subprocess.run(
        [*person, sys.executable, "-c", textwrap.dedent(READ), str(pid)],
        capture_output=True,
        text=True,
        check=True,
    )
    return looked.stdout.split()


@pytest.mark.needs("setpriv")
def test_another_program_of_the_same_person_cannot_read_its_memory(person: list[str]) -> None:
    waiting = [*person, sys.executable, "-c", "print('ready', flush=True); input()"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"ready\n"
        assert _look_into(other.pid, person) == ["read", "attached"], "any other program can be read"
        other.kill()
    with FullScreen(command=[*person, COTUTOR]) as terminal:
        terminal.wait_until_drawn()
        to_scratchpad(terminal)
        for pid in (terminal.guard, terminal.face):
            assert _look_into(pid, person) == ["unreadable", "refused"]
            limits = Path(f"/proc/{pid}/limits").read_text()
            assert [line.split()[4:6] for line in limits.splitlines() if "core file" in line] == [["0", "0"]]
            # The kernel gives what belongs to a process that must not be dumped, not even into a pipe, to root.
            assert Path(f"/proc/{pid}/environ").stat().st_uid == 0
        assert children(terminal.face) == []
        assert CANARY in terminal.text
