"""Do every operation that writes, one after another, for a test that watches the system calls.

    python -m tests.vault.faults.works FOLDER

Before each operation its name goes to the standard output in one write.
"""

import os
import sys
from pathlib import Path

from cotutor.vault import files
from cotutor.vault.backup import FOLDER_NAME, backups
from cotutor.vault.keys import prepare, prove_passphrase
from cotutor.vault.opening import create, open_vault, restore
from tests.vault.cheap import CHEAP, allow_cheap
from tests.vault.faults.sweep import NEW, NOW, OLD, OPERATIONS, note
from tests.vault.moments import at


def _begin(name: str) -> None:
    os.write(1, f"{name}\n".encode())


def work(folder: Path) -> None:
    """Create a vault, do with it what can be done, restore its last backup elsewhere, write an export."""
    _begin("create")
    create(folder / "vault", prepare(OLD, CHEAP), NOW).close()
    passphrase = OLD
    for name, operation in OPERATIONS.items():
        _begin("open")
        vault = open_vault(prove_passphrase(folder / "vault", passphrase), NOW)
        for number in (1, 2):
            vault.reflections.save(note(number), at(number))
        _begin(name)
        operation(vault)
        _begin("close")
        vault.close()
        passphrase = NEW if name == "passphrase" else passphrase
    backup = backups(folder / "vault" / FOLDER_NAME)[-1]
    _begin("restore")
    restore(folder / "another", lambda: prove_passphrase(backup.folder, passphrase), NOW)
    _begin("write")
    files.write(folder / "export.md", b"# Reflections\n")
    _begin("end")


if __name__ == "__main__":
    allow_cheap()
    work(Path(sys.argv[1]))
