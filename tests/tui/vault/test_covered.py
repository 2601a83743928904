"""Slow work that ends while something lies over the page that began it."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events

from cotutor.conversation.vault.passphrase import ChoosingPassphrase
from cotutor.domain.errors import CotutorError, WrongPassphrase
from cotutor.process.shared_memory import Ending
from cotutor.vault import keys
from cotutor.vault.keys import prepare, prove_passphrase
from cotutor.vault.recovery import new_recovery_key
from tests.tui.vault.visit import PASSPHRASE, Visit, opened, visit
from tests.vault.cheap import CHEAP


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], threading.Event]:
    """Hold a function of the keys up until its event is set."""

    def hold(name: str) -> threading.Event:
        free, real = threading.Event(), getattr(keys, name)

        def slow(*arguments: Any) -> Any:
            assert free.wait(20)
            return real(*arguments)

        monkeypatch.setattr(keys, name, slow)
        return free

    return hold


def stack(person: Visit) -> list[str]:
    return [type(screen).__name__ for screen in person.app.screen_stack[1:]]


@pytest.mark.parametrize("over", ["f9", "f1"])
async def test_a_vault_that_opens_comes_over_nothing(
    folder: Path, held: Callable[[str], threading.Event], over: str
) -> None:
    free = held("prove_passphrase")
    async with visit(folder, unlocked=False) as person:
        await person.key_in(PASSPHRASE)
        await person.press("enter", over)
        above = person.where
        free.set()
        await person.worked()
        assert stack(person) == ["UnlockPage", above]
        assert person.app.auto_lock.vault is not None
        await person.press("escape")
        assert stack(person) == ["ReflectionsPage"]
        assert "3 reflections" in person.shown


async def test_ctrl_l_locks_while_the_vault_is_being_opened(
    folder: Path, held: Callable[[str], threading.Event]
) -> None:
    free = held("prove_passphrase")
    async with visit(folder, unlocked=False) as person:
        await person.key_in(PASSPHRASE)
        await person.press("enter")
        assert person.app.auto_lock.has_secrets
        await person.press("ctrl+l")
        assert person.wishes == [Ending.LOCK]
        free.set()
        await person.worked()
        person.app.auto_lock.shut()
        assert not person.app.auto_lock.has_secrets


async def test_ctrl_l_locks_what_was_typed_in_the_same_moment(folder: Path) -> None:
    async with visit(folder, unlocked=False) as person:
        for key in (*PASSPHRASE.replace(" ", ""), "ctrl+l"):
            event = events.Key(key, key if len(key) == 1 else None)
            event.set_sender(person.app)
            person.app.post_message(event)
        await person.settle()
        assert person.wishes == [Ending.LOCK]
        assert person.where == "UnlockPage"


@pytest.fixture
def code(folder: Path) -> str:
    """A recovery key of the vault."""
    vault, made = opened(folder), new_recovery_key()
    vault.set_recovery(made, made)
    vault.close()
    return made


async def recover(person: Visit, code: str) -> None:
    await person.press("ctrl+r")
    await person.key_in(code)
    await person.press("enter")


async def test_a_new_passphrase_is_asked_for_once_the_cover_is_off(
    folder: Path, code: str, held: Callable[[str], threading.Event]
) -> None:
    free = held("prove_recovery")
    async with visit(folder, unlocked=False) as person:
        await recover(person, code)
        await person.press("f9")
        free.set()
        await person.worked()
        assert person.where == "Cover"
        await person.press("b")
        assert stack(person) == ["ReflectionsPage", "ChangePassphrase"]


async def test_a_passphrase_that_is_changed_below_the_cover_is_no_other(
    folder: Path, code: str, held: Callable[[str], threading.Event]
) -> None:
    async with visit(folder, unlocked=False) as person:
        await recover(person, code)
        await person.worked()
        words = person.line("words")
        await person.press("enter")
        free = held("prepare")
        await person.key_in(words)
        await person.press("enter", "f9")
        free.set()
        await person.worked()
        assert stack(person) == ["ReflectionsPage", "ChangePassphrase", "Cover"]
        await person.press("b")
        assert stack(person) == ["ReflectionsPage"]
        assert "passphrase" in person.notice
        await person.press("enter")
    prove_passphrase(folder, words).wipe()
    for wrong in ("", PASSPHRASE):
        with pytest.raises(WrongPassphrase):
            prove_passphrase(folder, wrong)


@pytest.mark.parametrize("nothing", ["", " ", "\n\t "])
def test_nothing_is_no_passphrase(nothing: str) -> None:
    with pytest.raises(CotutorError, match="cannot be empty"):
        prepare(nothing, CHEAP)
    choosing = ChoosingPassphrase()
    choosing.take()
    choosing.forget()
    assert not choosing.typing_back
    assert not choosing.is_typed_back(nothing)
