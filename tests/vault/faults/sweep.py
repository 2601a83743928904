"""Run one operation of the vault over and over, failing another write-like call each time.

    LD_PRELOAD=fault.so python -m tests.vault.faults.sweep FOLDER OPERATION MODE,MODE EVERY

Prints one line of JSON, for each mode: how many calls there were, how many were tried, and every time the vault
was not what it should have been. A child process does the work and may die; this process then
looks at what is left as the next start would.
"""

import ctypes
import json
import os
import shutil
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from cotutor.domain.errors import CotutorError, WrongPassphrase
from cotutor.domain.reflection import Reflection
from cotutor.vault import backup as backups
from cotutor.vault.keys import NotSynced, OpenedKey, prepare, prove_passphrase, prove_recovery
from cotutor.vault.opening import create, open_vault
from cotutor.vault.recovery import new_recovery_key
from cotutor.vault.vault import Vault
from tests.vault.cheap import CHEAP, allow_cheap
from tests.vault.moments import at

NOW = datetime(2026, 11, 22, 10, 0)  # noqa: DTZ001  a wall clock without a zone
OLD, NEW = "the passphrase before", "the passphrase after"
MODES = {"count": 0, "kill": 1, "torn": 2, "eio": 3, "enospc": 4, "full": 5, "readonly": 6}
NOTES = 6
OK, TOLD, UNSURE, BROKEN = 0, 10, 11, 12
ENDINGS = {OK: "done", TOLD: "told", UNSURE: "unsure", BROKEN: "broken", -1: "killed"}
EXTRA = "a" * 16


def note(number: int, text: str = "as it was") -> Reflection:
    body = f"note {number} {text} " + "and some more of it " * 150
    return Reflection(uid=f"{number:016x}", day=date(2026, 1, 1), private=body, tags=("one", "two"))


def make(folder: Path) -> str:
    create(folder, prepare(OLD, CHEAP), NOW).close()
    vault = open_vault(prove_passphrase(folder, OLD), NOW)
    for number in range(NOTES):
        vault.reflections.save(note(number), at(number))
    code = new_recovery_key()
    vault.set_recovery(code, code)
    vault.close()
    return code


def save(vault: Vault) -> None:
    vault.reflections.save(note(1, "changed"), at(100))


def draft(vault: Vault) -> None:
    vault.reflections.save_draft(note(1, "changed"), at(100))


def passphrase(vault: Vault) -> None:
    vault.set_passphrase(prepare(NEW, CHEAP), NOW)


def reencrypt(vault: Vault) -> None:
    vault.set_passphrase(prepare(NEW, CHEAP), NOW, reencrypt=True)


def backup(vault: Vault) -> None:
    vault.back_up(NOW)


def forget(vault: Vault) -> None:
    vault.forget([note(1).uid], at(100))


OPERATIONS = {one.__name__: one for one in (save, draft, passphrase, reencrypt, backup, forget)}


def child(folder: Path, operation: str, mode: int, call: int, library: ctypes.CDLL) -> int:
    """Do the operation with one call failing; then, the disk being well again, save a note."""
    vault = open_vault(prove_passphrase(folder, OLD), NOW)
    library.fault_arm(mode, call, str(folder).encode())
    outcome = OK
    try:
        OPERATIONS[operation](vault)
    except NotSynced:
        outcome = UNSURE
    except CotutorError:
        outcome = TOLD
    except BaseException as error:  # noqa: BLE001  whatever else it is is looked for
        print(type(error).__name__, error, file=sys.stderr)
        outcome = BROKEN
    seen = library.fault_disarm()
    if mode == 0:
        print(seen, flush=True)
    if outcome != BROKEN:
        vault.reflections.save(Reflection(uid=EXTRA, day=date(2026, 1, 1), private="afterwards"), at(200))
    vault.close()
    return outcome


def key_of(folder: Path) -> tuple[OpenedKey, str]:
    try:
        return prove_passphrase(folder, OLD), "old"
    except WrongPassphrase:
        return prove_passphrase(folder, NEW), "new"


def wrong(folder: Path, operation: str, outcome: int, code: str) -> str | None:
    """What is not as it should be, or None."""
    key, which = key_of(folder)
    vault = open_vault(key, NOW)
    if vault.damage or not key.whole:
        return f"damaged: {vault.damage}"
    texts = {one.uid: one.private for one in vault.reflections.all()}
    drafts = [one.private for one in vault.reflections.drafts()]
    vault.reflections.save(note(51), at(300))
    vault.close()
    if outcome in (OK, TOLD, UNSURE) and texts.pop(EXTRA, None) is None:
        return "a note that was saved afterwards is lost"
    texts.pop(EXTRA, None)
    problem = _wrong_notes(texts, drafts, operation, outcome) or _wrong_keys(
        folder, which, operation, outcome, code
    )
    return problem or _wrong_files(folder, operation, outcome, key.key_file.database)


def _wrong_notes(texts: dict[str, str], drafts: list[str], operation: str, outcome: int) -> str | None:
    expected = {note(number).uid: note(number).private for number in range(NOTES)}
    changed = expected | {note(1).uid: note(1, "changed").private}
    without = {uid: text for uid, text in expected.items() if uid != note(1).uid}
    after = {"save": changed, "forget": without}.get(operation, expected)
    if texts not in (expected, after):
        return "a note is lost or changed"
    if outcome in (OK, UNSURE) and texts != after:
        return "it said done, and was not"
    if outcome == TOLD and operation == "forget" and texts != expected:
        return "it said not done, and was"
    if drafts not in ([], [note(1, "changed").private]) or (
        operation == "draft" and outcome == OK and not drafts
    ):
        return "the draft is lost or changed"
    return None


def _wrong_keys(folder: Path, which: str, operation: str, outcome: int, code: str) -> str | None:
    changing = operation in ("passphrase", "reencrypt")
    if which == "new" and not changing:
        return "the passphrase changed by itself"
    if changing and ((outcome == OK and which == "old") or (outcome == TOLD and which == "new")):
        return f"the passphrase is the {which} one, against what was said"
    if not (operation == "reencrypt" and which == "new"):
        prove_recovery(folder, code)
    return None


def _wrong_files(folder: Path, operation: str, outcome: int, database: str) -> str | None:
    names = {path.name for path in folder.iterdir()}
    made = backups.backups(folder / "backups")
    for one in made:
        found = backups.drill(lambda folder=one.folder: prove_passphrase(folder, OLD))  # type: ignore[misc]  # bound at once
        if found.damage or found.reflections != NOTES:
            return "a finished backup is not whole"
    if operation == "backup" and outcome == OK and not made:
        return "it said that there is a backup, and there is none"
    if names - {"backups"} != {"vault.key", "vault.lock", database}:
        return f"files are left over: {sorted(names)}"
    if any(path.name.endswith(".tmp") for path in (folder / "backups").glob("*")):
        return "an unfinished backup is left over"
    return None


def run(folder: Path, operation: str, modes: list[str], every: int) -> dict[str, object]:
    library = ctypes.CDLL(None)
    code = make(folder / "template")
    calls = int(_forked(folder, operation, 0, 0, library)[1])
    return {
        mode: _swept(folder, operation, mode, range(0, calls, every), library=library, code=code)
        for mode in modes
    }


def _swept(
    folder: Path, operation: str, mode: str, calls: range, *, library: ctypes.CDLL, code: str
) -> dict[str, object]:
    problems: list[str] = []
    outcomes: Counter[str] = Counter()
    for call in calls:
        outcome, _ = _forked(folder, operation, MODES[mode], call, library)
        outcomes[ENDINGS[outcome]] += 1
        try:
            problem = "something else than an error was raised" if outcome == BROKEN else None
            problem = problem or wrong(folder / "work", operation, outcome, code)
        except CotutorError as error:
            problem = f"{type(error).__name__}: {error}"
        if problem:
            problems.append(f"{operation} {mode} at {call} of {calls.stop} (ended {outcome}): {problem}")
    return {"calls": calls.stop, "tried": len(calls), "ended": outcomes, "problems": problems}


def _forked(folder: Path, operation: str, mode: int, call: int, library: ctypes.CDLL) -> tuple[int, str]:
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(folder / "template", work)
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(writer, 1)
        os._exit(child(work, operation, mode, call, library))
    os.close(writer)
    with os.fdopen(reader) as said:
        text = said.read()
    status = os.waitpid(pid, 0)[1]
    return (os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else -1), text


if __name__ == "__main__":
    allow_cheap()
    print(json.dumps(run(Path(sys.argv[1]), sys.argv[2], sys.argv[3].split(","), int(sys.argv[4]))))
