"""How the vault of format 1 beside this file was made. It is never made again: that is its point."""

import json
import sys
from datetime import date, datetime
from pathlib import Path

from cotutor.domain.reflection import Encounter, NextStep, Reflection, SelfRating
from cotutor.vault.kdf import FLOOR
from cotutor.vault.keys import prepare
from cotutor.vault.opening import create
from cotutor.vault.recovery import new_recovery_key
from tests.vault.moments import at

PASSPHRASE = "harbour thimble océan gravel lantern moss"  # noqa: S105  an invented vault's


def make(folder: Path) -> None:
    """Make the vault, and a file that says what is in it."""
    now = datetime(2026, 11, 22, 10, 0)  # noqa: DTZ001  a wall clock without a zone
    vault = create(folder / "v1", prepare(PASSPHRASE, FLOOR), now)
    texts = ["Invented: I listened, and did not advise.", "I learned to wait.", "Half a sentence"]
    vault.reflections.save(
        Reflection("1" * 16, date(2026, 1, 2), private=texts[0], shareable=texts[1], tags=("invented",)),
        at(1),
    )
    vault.reflections.save_draft(Reflection("2" * 16, date(2026, 1, 3), private=texts[2]), at(2))
    vault.steps.change(NextStep("3" * 16, "Ask for feedback on silence", due=date(2026, 2, 1)), at(3))
    vault.encounters.put(Encounter("4" * 16, date(2026, 1, 2), 2_700_000), at(4))
    vault.ratings.put(SelfRating("5" * 16, date(2026, 1, 2), "Keeping silent", before=3), at(5))
    code = new_recovery_key()
    vault.set_recovery(code, code)
    vault.close()
    (folder / "v1" / "vault.lock").unlink()
    texts.append("Ask for feedback on silence")
    known = {"passphrase": PASSPHRASE, "recovery": code, "texts": texts}
    (folder / "known.json").write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
