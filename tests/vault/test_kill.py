"""``kill -9`` at random moments of writing, changing passphrases, backing up and forgetting.

Thirty moments in the normal suite; ``COTUTOR_FULL=1 pytest tests/vault/test_kill.py`` takes 500.
"""

import os
import random
import select
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

from cotutor.domain.errors import WrongPassphrase
from cotutor.vault.backup import backups, drill
from cotutor.vault.keys import OpenedKey, prepare, prove_passphrase
from cotutor.vault.opening import create, open_vault
from tests.vault.cheap import CHEAP
from tests.vault.conftest import NOW, full
from tests.vault.writer import opened_key, work

ROUNDS = 500 if full() else 30


class Known:
    """What has been said to be so."""

    def __init__(self) -> None:
        self.saved: set[str] = set()
        self.unsure: set[str] = set()
        self.passphrase = 0

    def hear(self, line: str) -> None:
        word, _, what = line.partition(" ")
        match word:
            case "saved":
                self.saved.add(what)
            case "forgetting":
                self.unsure = {what}
            case "forgot":
                self.saved.discard(what)
                self.unsure = set()
            case "passphrase":
                self.passphrase = int(what)


def killed_after(folder: Path, seed: int, known: Known, seconds: float) -> None:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            work(folder, seed, known.passphrase, lambda line: os.write(writer, line.encode()))
        finally:
            os._exit(99)
    os.close(writer)
    with os.fdopen(reader, "rb", buffering=0) as said:
        text = b""
        while b"ready\n" not in text:
            piece = said.read(4096)
            assert piece, "the writer could not open the vault"
            text += piece
        due = time.monotonic() + seconds  # noqa: TID251  the moment of the kill
        while (left := due - time.monotonic()) > 0:  # noqa: TID251  the moment of the kill
            if select.select([said], [], [], left)[0]:
                text += said.read(65536)
        os.kill(pid, signal.SIGKILL)
        text += b"".join(iter(lambda: said.read(65536), b""))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    for line in text.decode().splitlines():
        known.hear(line)


def test_what_was_said_to_be_kept_is_there_after_every_kill(tmp_path: Path) -> None:
    folder, known = tmp_path / "vault", Known()
    chance = random.Random(20261122)  # noqa: S311  a repeatable choice
    create(folder, prepare("number 0", CHEAP), NOW).close()
    for round_ in range(ROUNDS):
        killed_after(folder, round_, known, chance.uniform(0, 0.08))
        key, known.passphrase = opened_key(folder, known.passphrase)
        vault = open_vault(key, NOW)
        assert vault.damage is None
        held = {one.uid: one.private for one in vault.reflections.all()}
        database = key.key_file.database
        vault.close()
        assert known.saved - known.unsure <= set(held), f"a note was lost in round {round_}"
        assert all(text.startswith(f"body of {uid} ") for uid, text in held.items())
        assert {path.name for path in folder.iterdir()} == {"vault.key", "vault.lock", database}
        known.saved, known.unsure = set(held), set()
        if len(held) > 60:
            shutil.rmtree(tmp_path / "backups", ignore_errors=True)
    for one in backups(tmp_path / "backups"):
        assert drill(lambda folder=one.folder: opened_by_any(folder, known.passphrase)).damage is None  # type: ignore[misc]  # bound at once


def opened_by_any(folder: Path, last: int) -> OpenedKey:
    """A backup keeps the passphrase of its time."""
    for number in range(last, -1, -1):
        with suppress(WrongPassphrase):
            return prove_passphrase(folder, f"number {number}")
    raise AssertionError("no passphrase opens a finished backup")
