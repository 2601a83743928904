"""A program that works on a vault until it is killed, and says each time it was told "done".

    python -m tests.vault.writer FOLDER SEED

Lines: ``saved UID``, ``forgot UID``, ``passphrase N``. Whatever was said before the kill must be true after it.
"""

import random
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from cotutor.domain.errors import WrongPassphrase
from cotutor.domain.reflection import Reflection
from cotutor.vault.keys import OpenedKey, prepare, prove_passphrase
from cotutor.vault.opening import open_vault
from tests.vault.cheap import CHEAP
from tests.vault.moments import at

NOW = datetime(2026, 11, 22, 10, 0)  # noqa: DTZ001  a wall clock without a zone


def opened_key(folder: Path, last: int) -> tuple[OpenedKey, int]:
    """The passphrases are ``number 0``, ``number 1`` and so on; the last said or the next one is in force."""
    for number in (last, last + 1):
        try:
            return prove_passphrase(folder, f"number {number}"), number
        except WrongPassphrase:
            continue
    raise SystemExit("no passphrase opens the vault")


def work(folder: Path, seed: int, last: int, say: Callable[[str], object]) -> None:
    chance = random.Random(seed)  # noqa: S311  a repeatable choice
    key, number = opened_key(folder, last)
    vault = open_vault(key, NOW)
    say("ready\n")
    for count in range(1_000_000):
        match chance.choices(
            ("save", "draft", "backup", "forget", "passphrase", "reencrypt"), (12, 6, 1, 1, 2, 1)
        )[0]:
            case "save":
                uid = f"{seed % 2**20:08x}{count:08x}"
                body = f"body of {uid} " * chance.randrange(1, 400)
                vault.reflections.save(Reflection(uid=uid, day=date(2026, 1, 1), private=body), at(count))
                say(f"saved {uid}\n")
            case "draft":
                vault.reflections.save_draft(
                    Reflection(uid="d" * 16, day=date(2026, 1, 1), private="draft"), at(count)
                )
            case "backup":
                vault.back_up(NOW, folder.with_name("backups"))
            case "forget":
                held = vault.reflections.all()
                if held:
                    uid = chance.choice(held).uid
                    say(f"forgetting {uid}\n")
                    vault.forget([uid], at(count))
                    say(f"forgot {uid}\n")
            case kind:
                vault.set_passphrase(
                    prepare(f"number {number + 1}", CHEAP), NOW, reencrypt=kind == "reencrypt"
                )
                number += 1
                say(f"passphrase {number}\n")
