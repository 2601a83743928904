import hashlib
import random
import string
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from msgspec.structs import replace

from cotutor.domain.errors import CotutorError, Damaged
from cotutor.domain.reflection import NextStep, Reflection
from cotutor.vault import keyfile
from cotutor.vault.kdf import Cost
from cotutor.vault.keyfile import KeyFile, NewPassphrase, decode, encode, unwrap
from cotutor.vault.transfer import Contents, to_json
from tests.vault.cheap import CHEAP

DATA_KEY, ROOT, CODE_ROOT = b"d" * 32, b"r" * 32, b"c" * 32
DATABASE, OTHER = "vault-0123456789abcdef.db", "vault-fedcba9876543210.db"


@pytest.fixture
def key_file() -> KeyFile:
    made = keyfile.new_key_file(DATA_KEY, NewPassphrase(ROOT, bytes(16), CHEAP), DATABASE)
    return keyfile.with_recovery(made, DATA_KEY, CODE_ROOT, bytes(16))


def with_right_check(raw: bytes) -> bytes:
    """What an attacker can write who knows the format but no secret."""
    body = raw.rpartition(b',"check":"')[0]
    return body + b',"check":"' + hashlib.sha256(body).hexdigest().encode() + b'"}\n'


def test_both_slots_open_and_nothing_else_does(key_file: KeyFile) -> None:
    again, whole = decode(encode(key_file))
    assert (again, whole) == (key_file, True)
    assert unwrap(again, "passphrase", ROOT) == DATA_KEY
    assert unwrap(again, "recovery", CODE_ROOT) == DATA_KEY
    assert unwrap(again, "passphrase", CODE_ROOT) is None
    assert unwrap(again, "recovery", ROOT) is None


def test_no_wrapping_is_like_another(key_file: KeyFile) -> None:
    made = [keyfile.with_recovery(key_file, DATA_KEY, CODE_ROOT, bytes(16)).recovery for _ in range(50)]
    assert len({slot.sealed for slot in made if slot}) == 50
    assert len({slot.fresh for slot in made if slot}) == 50


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (DATABASE.encode(), OTHER.encode()),
        (b'"memory":8', b'"memory":9'),
        (b'"passes":1', b'"passes":2'),
        (b'"lanes":1', b'"lanes":1,"lanes":1'),
    ],
)
def test_what_surrounds_a_slot_cannot_be_changed_even_with_the_checksum_made_good(
    key_file: KeyFile, old: bytes, new: bytes
) -> None:
    raw = with_right_check(encode(key_file).replace(old, new))
    again, whole = decode(raw)
    if whole:
        assert unwrap(again, "passphrase", ROOT) is None
    else:
        assert again == key_file


def test_a_slot_of_one_kind_or_vault_does_not_open_in_the_place_of_another(key_file: KeyFile) -> None:
    swapped = replace(key_file, recovery=replace(key_file.passphrase, cost=None))
    assert unwrap(swapped, "recovery", ROOT) is None
    other = keyfile.new_key_file(DATA_KEY, NewPassphrase(ROOT, bytes(16), CHEAP), DATABASE)
    assert unwrap(replace(key_file, passphrase=other.passphrase), "passphrase", ROOT) is None


def test_a_fresh_data_key_is_opened_by_the_same_secrets(key_file: KeyFile) -> None:
    moved = keyfile.rewrapped(key_file, DATA_KEY, b"n" * 32, OTHER)
    assert unwrap(moved, "passphrase", ROOT) == unwrap(moved, "recovery", CODE_ROOT) == b"n" * 32
    assert moved.passphrase.cost == key_file.passphrase.cost
    assert keyfile.damaged_slots(moved, b"n" * 32) == ()
    with pytest.raises(Damaged):
        keyfile.rewrapped(key_file, b"x" * 32, b"n" * 32, OTHER)


def test_the_key_that_opened_is_the_key_that_sealed(key_file: KeyFile) -> None:
    slot = key_file.passphrase
    material = keyfile._expand(ROOT, slot.fresh, b"cotutor slot 1", 64)
    forged = ChaCha20Poly1305(material[:32]).encrypt(
        bytes(12), b"e" * 32 + bytes(32), keyfile._associated(key_file, "passphrase", slot)
    )
    crafted = replace(key_file, passphrase=replace(slot, sealed=forged.hex()))
    assert unwrap(crafted, "passphrase", ROOT) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"memory":8', b'"memory":4398046511104'),
        (b'"memory":8', b'"memory":1e30'),
        (b'"memory":8', b'"memory":8.5'),
        (b'"memory":8', b'"memory":true'),
        (b'"memory":8', b'"memory":"8"'),
        (b'"memory":8', b'"memory":-8'),
        (b'"memory":8', b'"memory":1'),
        (b'"passes":1', b'"passes":4000000000'),
        (b'"lanes":1', b'"lanes":0'),
        (b'"format":"cotutor vault key"', b'"format":"another"'),
        (b'"version":1', b'"version":0'),
        (b'"database":"vault-', b'"database":"../v'),
        (b'"recovery":{', b'"recovery":{"more":1,'),
    ],
)
def test_a_file_that_asks_for_what_cotutor_never_writes_is_damaged(
    key_file: KeyFile, old: bytes, new: bytes
) -> None:
    raw = encode(key_file)
    assert old in raw
    with pytest.raises(Damaged):
        decode(with_right_check(raw.replace(old, new)))


def test_every_single_byte_of_the_file_matters_and_none_yields_another_key(key_file: KeyFile) -> None:
    raw = encode(key_file)
    chance = random.Random(5)  # noqa: S311  a repeatable choice
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] = chance.choice([byte for byte in range(256) if byte != raw[place]])
        try:
            again, whole = decode(bytes(changed))
        except Damaged:
            continue
        assert not whole
        assert unwrap(again, "passphrase", ROOT) in (DATA_KEY, None)
        assert unwrap(again, "recovery", CODE_ROOT) in (DATA_KEY, None)


HOSTILE = """
import hashlib, random, resource, sys
from cotutor.domain.errors import CotutorError
from cotutor.vault.keyfile import decode
from cotutor.vault.transfer import from_json
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
chance, told = random.Random(7), 0
key_file, export = (open(name, "rb").read() for name in sys.argv[1:3])
PIECES = [b'{', b'}', b'[' * 500, b'"', b':', b',', b'1e999', b'-1', b'null', b'\\xff', b'\\\\u0000', b'9' * 5000,
          b'{"a":' * 3000, b'true', b'"check":"', b'cotutor vault key', b'\\x00' * 9]
def spoilt(raw):
    raw = bytearray(raw)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(raw) + 1)
        match chance.randrange(4):
            case 0: raw[at:at] = chance.choice(PIECES)
            case 1: del raw[at:at + chance.randrange(40)]
            case 2: raw[at:at + 1] = bytes([chance.randrange(256)])
            case 3: raw[at:at] = raw[:chance.randrange(200)]
    return bytes(raw)
def random_bytes():
    return chance.randbytes(chance.randrange(300))
for number in range(10_000):
    for raw, read in ((key_file, decode), (export, from_json)):
        data = random_bytes() if number % 5 == 0 else spoilt(raw)
        if read is decode and number % 3 == 0:
            body = data.rpartition(b',"check":"')[0]
            data = body + b',"check":"' + hashlib.sha256(body).hexdigest().encode() + b'"}\\n'
        try:
            read(data)
        except CotutorError:
            told += 1
print(told)
"""


def test_ten_thousand_random_key_files_and_imports_are_refused_in_words_and_little_memory(
    key_file: KeyFile, tmp_path: Path
) -> None:
    cost = Cost(19 * 1024, 2, 1)
    real = keyfile.with_passphrase(key_file, DATA_KEY, NewPassphrase(ROOT, bytes(16), cost))
    (tmp_path / "key").write_bytes(encode(real))
    held = Contents(
        "cotutor export",
        1,
        reflections=(Reflection("a" * 16, date(2026, 1, 1), private="x", tags=("a",)),),
        steps=(NextStep("b" * 16, "call"),),
    )
    (tmp_path / "export").write_bytes(to_json(held))
    done = subprocess.run(
        [sys.executable, "-c", HOSTILE, tmp_path / "key", tmp_path / "export"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 15_000


def test_the_layout_is_what_the_format_says(key_file: KeyFile) -> None:
    raw = encode(key_file)
    assert raw.startswith(b'{"format":"cotutor vault key","version":1,"vault":"')
    assert list(msgspec.json.decode(raw)) == [
        "format", "version", "vault", "database", "passphrase", "recovery", "check",
    ]  # fmt: skip
    assert set(raw) <= set(string.printable.encode())


def test_damage_is_a_problem_a_person_can_act_on() -> None:
    with pytest.raises(CotutorError, match="Restore a backup"):
        decode(b"")
