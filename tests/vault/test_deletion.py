"""What somebody who has the passphrase and the raw pages can still find of a deleted text: nothing.

The pages are decrypted here by hand (SQLCipher 4: AES-256-CBC, the IV before the HMAC at the page's
end), so that free pages and slack are looked at too.
"""

from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from cotutor.domain.reflection import Reflection
from cotutor.vault.keys import prove_passphrase
from cotutor.vault.reflections import remove_reflections
from cotutor.vault.vault import Vault
from tests.vault.conftest import PASSPHRASE
from tests.vault.moments import at

PAGE, RESERVED = 4096, 80
WORD = "zyzzyvaquince"


def plain_pages(path: Path, key: bytes) -> bytes:
    raw, plain = path.read_bytes(), b""
    for start in range(0, len(raw), PAGE):
        page = raw[start : start + PAGE]
        begin = 16 if start == 0 else 0
        vector = page[PAGE - RESERVED : PAGE - RESERVED + 16]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        plain += decryptor.update(page[begin : PAGE - RESERVED]) + decryptor.finalize()
    return plain


@pytest.fixture
def filled(vault: Vault) -> Vault:
    for number in range(60):
        body = f"{WORD} {number} " * 90
        vault.reflections.save(Reflection(f"{number:016x}", date(2026, 1, 1), private=body), at(number))
        if number % 3 == 0:
            vault.reflections.save_draft(
                Reflection(f"{number:016x}", date(2026, 1, 1), private=body), at(number)
            )
    return vault


def test_the_reader_of_raw_pages_reads(filled: Vault) -> None:
    key = prove_passphrase(filled.folder, PASSPHRASE)
    assert plain_pages(key.database, bytes(key.data_key)).count(WORD.encode()) >= 60
    assert WORD.encode() not in key.database.read_bytes()


def test_a_deleted_reflection_leaves_nothing_in_the_pages_or_the_index(filled: Vault) -> None:
    with filled._store.changing(at(99)) as connection:
        remove_reflections(connection, [f"{number:016x}" for number in range(60)])
    key = prove_passphrase(filled.folder, PASSPHRASE)
    assert plain_pages(key.database, bytes(key.data_key)).count(WORD.encode()) == 0
    assert not key.database.with_name(key.database.name + "-journal").exists()


def test_a_changed_text_leaves_nothing_of_what_it_was(filled: Vault) -> None:
    for number in range(60):
        filled.reflections.save(Reflection(f"{number:016x}", date(2026, 1, 1), private="harmless"), at(99))
    key = prove_passphrase(filled.folder, PASSPHRASE)
    assert plain_pages(key.database, bytes(key.data_key)).count(WORD.encode()) == 0


def test_what_was_forgotten_is_in_no_file_and_the_old_file_has_no_key(filled: Vault) -> None:
    old = prove_passphrase(filled.folder, PASSPHRASE)
    stolen = old.database.read_bytes()
    filled.forget([f"{number:016x}" for number in range(59)], at(99))
    filled.reflections.drop_draft(f"{59:016x}")
    new = prove_passphrase(filled.folder, PASSPHRASE)
    assert set(filled.folder.glob("*.db*")) == {new.database}
    assert plain_pages(new.database, bytes(new.data_key)).count(f"{WORD} 58".encode()) == 0
    assert plain_pages(new.database, bytes(new.data_key)).count(f"{WORD} 59".encode()) > 0
    (filled.folder / "stolen.db").write_bytes(stolen)
    assert WORD.encode() not in plain_pages(filled.folder / "stolen.db", bytes(new.data_key))
