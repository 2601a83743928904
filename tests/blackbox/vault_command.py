"""A vault with known contents, and the program's commands on it."""

import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec.structs import replace

from cotutor.conversation.vault.writing import new_reflection
from cotutor.vault import kdf
from cotutor.vault.keys import prepare
from cotutor.vault.opening import create
from tests.blackbox.program import cotutor

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PASSPHRASE = "zirconpass candle meadow violin harvest lantern"  # noqa: S105  an invented vault's
OTHER = "quartzpass bramble kettle ocean thirteen willow"
PRIVATE, SHAREABLE = "CANARYONLYME7391", "CANARYSHARED7391"
SECRETS = (PASSPHRASE, OTHER, "zirconpass", "quartzpass", PRIVATE)
"""What must be on no screen and in no message."""


def make(folder: Path) -> Path:
    """A vault with three reflections. The program accepts no cheaper key derivation than this one."""
    vault = create(folder, prepare(PASSPHRASE, kdf.FLOOR), NOW)
    for day in (date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)):
        text = f"{SHAREABLE} {day:%B} Dr Smith, 943 476 5919"
        vault.reflections.save(
            replace(new_reflection(NOW, "free"), day=day, private=PRIVATE, shareable=text), NOW
        )
    vault.steps.add(f"{PRIVATE} step", NOW)
    vault.close()
    return folder


def copied(original: Path, to: Path) -> Path:
    """A vault to spoil."""
    shutil.copytree(original, to)
    return to


def vault(
    *words: str | Path, folder: Path, lines: tuple[str, ...] = (PASSPHRASE,)
) -> subprocess.CompletedProcess[str]:
    """Run ``cotutor vault`` to its end without a terminal, with secrets on standard input."""
    return cotutor(
        "vault",
        *map(str, words),
        "--vault",
        str(folder),
        "--passphrase-stdin",
        typed="".join(f"{line}\n" for line in lines),
        start_new_session=True,
    )


def problem(ended: subprocess.CompletedProcess[str]) -> str:
    """The one line that a failure leaves on standard error; nothing else may be there, least of all content."""
    assert ended.stderr.startswith("cotutor: ")
    assert ended.stderr.count("\n") == 1
    assert not any(secret in ended.stdout + ended.stderr for secret in (*SECRETS, SHAREABLE))
    return ended.stderr
