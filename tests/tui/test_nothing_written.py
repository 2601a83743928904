"""What a whole run asks of the kernel: no file, no network, no other program, no word but to the terminal."""

import re

import pytest

from tests.process.probes.words import NOTE, UNSEEN
from tests.pseudo_terminal import PseudoTerminal, clean_environment, probe

pytestmark = pytest.mark.blackbox

CALLS = (
    "openat,open,openat2,creat,execve,execveat,socket,connect,bind,listen,mkdir,mkdirat,rename,renameat,"
    "renameat2,unlink,unlinkat,rmdir,link,linkat,symlink,symlinkat,truncate,ftruncate,mknod,mknodat,chmod,"
    "fchmodat,write,writev,pwrite64,sendto,sendmsg,io_uring_setup,ptrace"
)
CHANGES = r"\b(creat|mkdir|mkdirat|rename\w*|unlink\w*|rmdir|link\w*|symlink\w*|f?truncate|mknod\w*|chmod|fchmodat)\("


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The system calls of a run in which the note is shown, a word typed, the app locked and left."""
    home = tmp_path_factory.mktemp("home")
    file = tmp_path_factory.mktemp("log") / "calls"
    tracer = ["strace", "-f", "-y", "-s", "20000", "-o", str(file), "-e", f"trace={CALLS}"]
    with PseudoTerminal([*tracer, *probe("full_screen")], env=clean_environment(HOME=str(home))) as terminal:
        terminal.wait_for(NOTE)
        terminal.type("l")
        terminal.wait_for("started locked")
        terminal.wait_for(NOTE)
        terminal.type("p")
        terminal.type("typed in secret")
        terminal.settle()
        terminal.type("\x11")
        assert terminal.end() == 0
    assert list(home.iterdir()) == []
    return file.read_text(errors="replace")


def test_no_file_is_opened_for_writing_or_changed(log: str) -> None:
    opened = [line for line in log.splitlines() if re.search(r"\bopen(at|at2)?\(", line)]
    assert len(opened) > 100
    assert [line for line in opened if re.search("O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND", line)] == []
    assert re.findall(CHANGES, log) == []


def test_only_local_pairs_and_no_other_program(log: str) -> None:
    assert re.findall(r"\bsocket\((?!AF_UNIX)", log) == []
    assert re.findall(r"\b(connect|bind|listen|sendmsg|io_uring_setup|ptrace|execveat)\(", log) == []
    assert len(re.findall(r"\bexecve\(", log)) == 1


def test_words_go_to_the_terminal_only(log: str) -> None:
    said = [
        line for line in log.splitlines() if any(word in line for word in (NOTE, UNSEEN, "typed in secret"))
    ]
    assert [line for line in said if not re.search(r"\bwrite\(2</dev/pts/\d+>", line)] == []
    assert not any(UNSEEN in line or "typed in secret" in line for line in said)
