"""The fence, tried from inside: each thing it should refuse, with all layers and with one alone."""

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from cotutor.domain.errors import CotutorError
from cotutor.process.fence import Refused
from tests.pseudo_terminal import ROOT, clean_environment, probe

pytestmark = pytest.mark.blackbox

IN_PYTHON = [
    *("socket.__new__", "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"),
    *("socket.getaddrinfo", "socket.getnameinfo", "socket.gethostbyname", "socket.gethostbyaddr"),
    *("socket.getservbyname", "socket.getservbyport", "urlopen"),
    *("subprocess.Popen", "os.system", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn"),
    *("webbrowser.open", "open to write", "open to change", "os.open to write"),
    *("os.mkdir", "os.rmdir", "os.remove", "os.remove from a folder", "os.rename"),
    *("os.rename over", "os.link", "os.symlink"),
    *("os.truncate", "os.chmod", "os.utime", "ctypes.dlopen"),
]
FILES_BY_THE_KERNEL = [
    *("open to write", "open to change", "os.open to write", "os.mkdir", "os.rmdir", "os.remove"),
    *("os.rename", "os.rename over", "os.link", "os.symlink", "os.truncate", "os.mkfifo"),
    *("write in C", "read outside", "list outside", "signal outside", "exec in C"),
]
NETWORK_BY_THE_KERNEL = [
    *("socket.__new__", "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"),
    *(
        "socket in C",
        "datagrams in C",
        "netlink in C",
        "connect in C",
        "exec in C",
        "ptrace in C",
        "io_uring in C",
    ),
]
STILL_WORKING = [
    *("write inside", "rename inside", "remove inside", "remove a folder inside", "read what was named"),
    *("local pair", "send", "null"),
    *("lazy import", "extension", "time zone", "signal itself"),
]


class Report(NamedTuple):
    """What the probe told."""

    state: dict[str, bool]
    attempts: dict[str, str]


def tried(layer: str, folder: Path, *before: str) -> Report:
    for inside in ("open", "closed/folder"):
        (folder / inside).mkdir(parents=True)
    (folder / "open" / "folder" / "within").mkdir(parents=True)
    for file in ("open/file", "closed/old", "read.txt"):
        (folder / file).touch()
    command = [*before, *probe("fenced", layer, str(folder))]
    done = subprocess.run(
        command, cwd=ROOT, env=clean_environment(), capture_output=True, text=True, check=True
    )
    return Report(**json.loads(done.stdout))


@pytest.fixture(scope="module")
def all_layers(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return tried("all", tmp_path_factory.mktemp("all"))


@pytest.fixture(scope="module")
def landlock_alone(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return tried("Landlock", tmp_path_factory.mktemp("landlock"))


@pytest.fixture(scope="module")
def seccomp_alone(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return tried("seccomp", tmp_path_factory.mktemp("seccomp"))


def test_all_layers_hold_here(all_layers: Report) -> None:
    assert all_layers.state == {"audit hook": True, "Landlock": True, "seccomp": True}


@pytest.mark.parametrize("what", IN_PYTHON)
def test_the_hook_refuses(what: str, all_layers: Report) -> None:
    assert all_layers.attempts[what] == "Refused"


@pytest.mark.parametrize("what", sorted({*FILES_BY_THE_KERNEL, *NETWORK_BY_THE_KERNEL}))
def test_together_they_refuse(what: str, all_layers: Report) -> None:
    assert all_layers.attempts[what] in {"Refused", "PermissionError"}


@pytest.mark.parametrize("what", FILES_BY_THE_KERNEL)
def test_landlock_alone_refuses(what: str, landlock_alone: Report) -> None:
    assert landlock_alone.attempts[what] == "PermissionError"


@pytest.mark.parametrize("what", NETWORK_BY_THE_KERNEL)
def test_seccomp_alone_refuses(what: str, seccomp_alone: Report) -> None:
    assert seccomp_alone.attempts[what] == "PermissionError"


@pytest.mark.parametrize("what", STILL_WORKING)
def test_what_the_program_needs_still_works(what: str, all_layers: Report) -> None:
    assert all_layers.attempts[what] == "done"


def test_nothing_outside_was_changed(tmp_path: Path) -> None:
    tried("all", tmp_path)
    assert sorted(path.name for path in (tmp_path / "closed").iterdir()) == ["folder", "old"]


def test_a_kernel_without_either_is_reported_and_the_hook_stays(tmp_path: Path) -> None:
    without = ["strace", "-f", "-o", "/dev/null"]
    for call in ("landlock_create_ruleset", "prctl"):
        without += ["-e", f"inject={call}:error=ENOSYS"]
    report = tried("all", tmp_path, *without)
    assert report.state == {"audit hook": True, "Landlock": False, "seccomp": False}
    assert {report.attempts[what] for what in IN_PYTHON} == {"Refused"}
    assert report.attempts["lazy import"] == "done"


def test_a_refusal_is_one_line_without_content() -> None:
    refusal = Refused("cotutor refused to start another program.")
    assert isinstance(refusal, CotutorError)
    assert isinstance(refusal, PermissionError)
    assert str(refusal) == refusal.message
    assert refusal.exit_code == 1
