"""One bit flipped at random, in the key file or in the database: told in the right words, or harmless.

Sixty of each in the normal suite; ``COTUTOR_FULL=1 pytest tests/vault/test_flips.py`` flips 500.
"""

import random
from datetime import date
from pathlib import Path

import pytest

from cotutor.domain.errors import Damaged, VaultMissing
from cotutor.domain.reflection import Reflection
from cotutor.vault.keyfile import KEY_NAME
from cotutor.vault.keys import OpenedKey, prove_passphrase, prove_recovery
from cotutor.vault.opening import open_vault
from cotutor.vault.recovery import new_recovery_key
from cotutor.vault.search import Wanted
from cotutor.vault.vault import Vault
from tests.vault.conftest import NOW, PASSPHRASE, full
from tests.vault.moments import at

FLIPS = 500 if full() else 60


@pytest.fixture
def filled(vault: Vault) -> Path:
    for number in range(40):
        body = f"note {number} about listening " * 60
        vault.reflections.save(
            Reflection(uid=f"{number:016x}", day=date(2026, 1, 1), private=body), at(number)
        )
    vault.set_recovery(CODE, CODE)
    vault.close()
    return vault.folder


CODE = new_recovery_key()


def flipped(path: Path, bit: int) -> bytes:
    before = path.read_bytes()
    changed = bytearray(before)
    changed[bit // 8] ^= 1 << bit % 8
    path.write_bytes(changed)
    return before


def test_a_flipped_bit_in_the_key_file_never_passes_for_a_wrong_passphrase(filled: Path) -> None:
    path = filled / KEY_NAME
    chance = random.Random(1)  # noqa: S311  a repeatable choice
    told = opened = 0
    right = prove_passphrase(filled, PASSPHRASE)
    for bit in chance.sample(range(path.stat().st_size * 8), FLIPS):
        before = flipped(path, bit)
        for prove, secret in ((prove_passphrase, PASSPHRASE), (prove_recovery, CODE)):
            try:
                key: OpenedKey = prove(filled, secret)
            except Damaged as error:
                told += 1
                assert "key file" in error.message  # noqa: PT017  either outcome may be right
            else:
                opened += 1
                assert key.data_key == right.data_key
                assert not key.whole
        path.write_bytes(before)
    assert told + opened == 2 * FLIPS
    assert told
    assert opened


def test_a_flipped_bit_in_the_database_is_found_when_it_is_opened(filled: Path) -> None:
    path = prove_passphrase(filled, PASSPHRASE).database
    chance = random.Random(2)  # noqa: S311  a repeatable choice
    told = read_only = 0
    for bit in chance.sample(range(path.stat().st_size * 8), FLIPS):
        before = flipped(path, bit)
        try:
            vault = open_vault(prove_passphrase(filled, PASSPHRASE), NOW)
        except Damaged as error:
            told += 1
            assert "database" in error.message  # noqa: PT017  either outcome may be right
        else:
            read_only += 1
            assert vault.damage is not None
            assert vault.read_only
            vault.close()
        path.write_bytes(before)
    assert told + read_only == FLIPS
    assert read_only
    vault = open_vault(prove_passphrase(filled, PASSPHRASE), NOW)
    assert len(vault.reflections.search(Wanted(text="listening"), limit=99)) == 40
    vault.close()


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.5, 0.99])
def test_a_database_that_lost_its_end_is_told(filled: Path, kept: float) -> None:
    path = prove_passphrase(filled, PASSPHRASE).database
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept) // 4096 * 4096])
    try:
        vault = open_vault(prove_passphrase(filled, PASSPHRASE), NOW)
    except (Damaged, VaultMissing) as error:
        assert "database" in error.message  # noqa: PT017  either outcome may be right
    else:
        assert vault.damage is not None
        vault.close()
