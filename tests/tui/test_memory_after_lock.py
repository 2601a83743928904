"""After a lock no process of the program holds what was typed, in any encoding Python uses."""

import os
import subprocess
import sys

import pytest

from tests.process.probes.words import NOTE
from tests.pseudo_terminal import PseudoTerminal, probe

pytestmark = pytest.mark.blackbox

TYPED = "wombat-in-a-teacup"
SCAN = """
import sys
pid, word = sys.argv[1:]
forms = [word.encode(form) for form in ("utf-8", "utf-16-le", "utf-32-le")]
found = 0
with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
    for line in maps:
        start, end = (int(place, 16) for place in line.split()[0].split("-"))
        if "r" not in line.split()[1] or "[v" in line:
            continue
        try:
            memory.seek(start)
            content = memory.read(end - start)
        except (OSError, ValueError, OverflowError):
            continue
        found += sum(content.count(form) for form in forms)
print(found)
"""


def copies(pid: int) -> int:
    """How often the typed words are in the memory of a process. Only an administrator may look."""
    administrator = [] if os.geteuid() == 0 else ["sudo", "-n"]
    command = [*administrator, sys.executable, "-c", SCAN, str(pid), TYPED]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_a_lock_leaves_no_copy_anywhere() -> None:
    with PseudoTerminal(probe("full_screen")) as terminal:
        terminal.wait_for(NOTE)
        before = len(terminal.raw)
        terminal.type("t")
        terminal.wait(lambda: len(terminal.raw) > before)  # the field shows that it has the keys now
        for key in "aaaaa" + TYPED:  # what comes before the field really has them is lost, and means nothing
            terminal.type(key)
            terminal.read()
        terminal.wait_for(TYPED)
        assert copies(terminal.face) > 0, "the scan would find it"
        assert copies(terminal.guard) == 0
        terminal.type("\x0c")
        terminal.wait_for("started locked")
        terminal.wait_for(NOTE)
        assert copies(terminal.face) == 0
        assert copies(terminal.guard) == 0
