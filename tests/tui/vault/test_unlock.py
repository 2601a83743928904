"""Opening a vault: what goes wrong is told apart in words, and secrets stay in their field."""

import hashlib
import os
import threading
from pathlib import Path

import pytest
from msgspec import json

from cotutor.conversation.vault.writing import new_reflection
from cotutor.process.guard import Start
from cotutor.process.shared_memory import Ending
from cotutor.tui.widgets.secret_field import SecretField
from cotutor.vault import keys
from cotutor.vault.keys import OpenedKey
from cotutor.vault.lock import FolderLock
from cotutor.vault.recovery import new_recovery_key
from tests.fakes import FakeClock
from tests.tui.vault.visit import PASSPHRASE, database_of, opened, visit


async def test_the_passphrase_opens_it_and_says_how_it_stands(folder: Path) -> None:
    async with visit(folder, unlocked=False) as person:
        assert "vault locked" in person.shown
        await person.key_in(PASSPHRASE)
        assert PASSPHRASE not in person.shown
        await person.press("enter")
        await person.worked()
        assert person.where == "ReflectionsPage"
        assert "vault open" in person.shown
        assert person.line("standing") == "Last saved 2 Mar 2026, 09:00  ·  3 reflections"


async def test_the_screen_lives_while_the_key_is_derived(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free, prove = threading.Event(), keys.prove_passphrase

    def slow(where: Path, passphrase: str) -> OpenedKey:
        free.wait(20)
        return prove(where, passphrase)

    monkeypatch.setattr(keys, "prove_passphrase", slow)
    async with visit(folder, unlocked=False) as person:
        await person.key_in(PASSPHRASE)
        await person.press("enter")
        assert "Opening…" in person.notice
        assert person.one(SecretField).value == ""
        theme = person.app.theme
        await person.press("ctrl+t")
        assert person.app.theme != theme
        await person.press("enter")
        free.set()
        await person.worked()
        assert person.where == "ReflectionsPage"


async def test_a_wrong_passphrase_leaves_an_empty_field(folder: Path) -> None:
    async with visit(folder, unlocked=False) as person:
        await person.type_secret("something else entirely")
        assert person.where == "UnlockPage"
        assert "passphrase" in person.notice.casefold()
        assert person.one(SecretField).value == ""
        await person.unlock()
        assert person.where == "ReflectionsPage"


async def told(folder: Path) -> str:
    async with visit(folder) as person:
        assert person.where == "UnlockPage"
        return person.notice


async def test_each_way_to_fail_has_its_own_words(folder: Path) -> None:
    key, database = folder / "vault.key", database_of(folder)
    whole, content = key.read_bytes(), database.read_bytes()
    said = set()
    with FolderLock(folder):
        said.add(words := await told(folder))
        assert "Another cotutor" in words
    key.write_bytes(b"nonsense")
    said.add(words := await told(folder))
    assert "damaged" in words
    newer = json.decode(whole.rpartition(b',"check"')[0] + b"}") | {"version": 2}
    key.write_bytes(_with_check(newer))
    said.add(words := await told(folder))
    assert "newer cotutor" in words
    key.write_bytes(whole)
    database.write_bytes(b"")
    said.add(words := await told(folder))
    assert "missing or empty" in words
    database.write_bytes(content)
    said.add(words := await _wrong(folder))
    assert len(said) == 5


def _with_check(head: object) -> bytes:
    body = json.encode(head)[:-1]
    return body + b',"check":"' + hashlib.sha256(body).hexdigest().encode() + b'"}\n'


async def _wrong(folder: Path) -> str:
    async with visit(folder, unlocked=False) as person:
        await person.type_secret("not the passphrase of this vault")
        return person.notice


async def test_a_damaged_database_opens_to_read_and_says_so(folder: Path) -> None:
    database = database_of(folder)
    content = bytearray(database.read_bytes())
    content[-100] ^= 1
    database.write_bytes(content)
    async with visit(folder) as person:
        assert person.where == "ReflectionsPage"
        assert "Damaged" in person.notice
        assert "Restore a backup" in person.notice
        await person.press("n")
        assert "reading only" in person.notice


async def test_the_recovery_key_opens_it_and_a_new_passphrase_is_asked_for(folder: Path) -> None:
    vault = opened(folder)
    code = new_recovery_key()
    vault.set_recovery(code, code)
    vault.close()
    async with visit(folder, unlocked=False) as person:
        await person.press("ctrl+r")
        assert "from paper" in person.shown
        await person.type_secret(code.lower().replace("-", " "))
        assert person.where == "ChangePassphrase"
        assert "vault open" in person.shown


@pytest.mark.parametrize(
    ("start", "words"),
    [(Start.LOCKED, "has been kept, encrypted"), (Start.LOCKED_UNSAVED, "could not be kept")],
)
async def test_after_a_lock_it_says_what_became_of_the_draft(folder: Path, start: Start, words: str) -> None:
    async with visit(folder, start=start, unlocked=False) as person:
        assert words in person.shown


async def test_a_secret_is_not_copied_cut_shown_or_undone(folder: Path) -> None:
    async with visit(folder, unlocked=False) as person:
        await person.key_in("s3cr3t")
        for key in ("shift+home", "ctrl+c", "shift+home", "ctrl+x"):
            await person.press(key)
        assert person.app.clipboard == ""
        assert person.one(SecretField).value == "s3cr3t"
        assert "s3cr3t" not in person.shown
        await person.press("f2")
        assert "s3cr3t" in person.shown
        await person.press("ctrl+p")
        await person.key_in("s3")
        assert "s3cr3t" not in " ".join(person.rows[1:]).replace("s3cr3t", "", 1)
        await person.press("escape")
        person.one(SecretField).take()
        await person.press("ctrl+z")
        assert person.one(SecretField).value == ""


async def test_escape_goes_home_by_another_process(folder: Path) -> None:
    async with visit(folder, unlocked=False) as person:
        await person.press("escape")
        assert person.wishes == [Ending.HOME]


async def test_what_is_typed_counts_as_something_to_lock(folder: Path) -> None:
    async with visit(folder, unlocked=False) as person:
        await person.press("ctrl+l")
        assert person.where == "Cover"
        await person.press("escape")
        await person.key_in("x")
        await person.press("ctrl+l")
        assert person.wishes == [Ending.LOCK]


async def test_a_folder_that_refuses_changes_can_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    async with visit(folder) as person:
        assert "only read" in person.notice
        assert "My week came first." in person.shown


async def test_the_last_save_tells_an_old_copy(folder: Path) -> None:
    vault = opened(folder)
    clock = FakeClock()
    clock.go(hours=30)
    vault.reflections.save(new_reflection(clock.wall()), clock.wall())
    vault.close()
    async with visit(folder) as person:
        assert person.line("standing") == "Last saved 3 Mar 2026, 15:00  ·  4 reflections"
