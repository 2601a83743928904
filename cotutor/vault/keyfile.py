"""``vault.key``: the small file that turns a passphrase or a recovery key into the data key.

A slot wraps the vault's random data key. The passphrase slot's secret passes through Argon2id,
the recovery slot's (125 random bits) needs only HKDF; both give 32 bytes called the root.
``sealed`` is the data key under the root; ``kept`` is the root under the data key, so that an
open vault can be moved to a fresh data key without asking for anything. Everything else that
the file says is associated data of both: the name of the database, and the cost above all.

The layout is given to the byte in FORMAT.md.
"""

import hashlib
import hmac
from os import urandom
from typing import Annotated, Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Meta, MsgspecError, Struct, json
from msgspec.structs import replace

from cotutor.domain.errors import Damaged, NewerVersion
from cotutor.vault.kdf import SALT_BYTES, Cost, refuse_outside_limits

KEY_NAME = "vault.key"
FORMAT: Final = "cotutor vault key"
VERSION: Final = 1
LIMIT = 4096
"""A key file has about 1,300 bytes; more than this is not read."""
DATA_KEY_BYTES = 32

_NONCE = bytes(12)  # every wrapping key is used once: ``fresh`` is drawn anew each time
_CHECK = b',"check":"'


def _hex(count: int) -> str:
    return rf"^[0-9a-f]{{{2 * count}}}\Z"


class Slot(Struct, frozen=True, forbid_unknown_fields=True):
    """One way to the data key."""

    cost: Cost | None
    """What Argon2id costs; None in the recovery slot."""
    salt: Annotated[str, Meta(pattern=_hex(SALT_BYTES))]
    """Makes the root of a secret unlike any other's."""
    fresh: Annotated[str, Meta(pattern=_hex(32))]
    """Makes the wrapping keys unlike any other's."""
    sealed: Annotated[str, Meta(pattern=_hex(DATA_KEY_BYTES + 32 + 16))]
    kept: Annotated[str, Meta(pattern=_hex(32 + 16))]


class KeyFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of ``vault.key`` but its checksum, in the order in which it is written."""

    format: Literal["cotutor vault key"]
    version: Literal[1]
    vault: Annotated[str, Meta(pattern=_hex(16))]
    """Drawn once, when the vault is made."""
    database: Annotated[str, Meta(pattern=r"^vault-[0-9a-f]{16}\.db\Z")]
    passphrase: Slot
    recovery: Slot | None


SlotName = Literal["passphrase", "recovery"]


class NewPassphrase(Struct, frozen=True):
    """A passphrase that has been through its key derivation, ready for a slot."""

    root: bytes
    salt: bytes
    cost: Cost


class _Head(Struct):
    format: str
    version: int


def encode(key_file: KeyFile) -> bytes:
    """The bytes of ``vault.key``: one line of JSON that ends with the SHA-256 of what is before it."""
    body = json.encode(key_file)[:-1]
    return body + _CHECK + hashlib.sha256(body).hexdigest().encode() + b'"}\n'


def decode(raw: bytes) -> tuple[KeyFile, bool]:
    """Read ``vault.key`` and whether it is byte for byte what was written.

    A file that reads but fails its checksum may still open, because its slots are independent.

    Raises:
        NewerVersion: a newer program wrote it.
        Damaged: it cannot be read, or asks for a cost outside the limits.
    """
    body, _, check = raw.rpartition(_CHECK)
    whole = check == hashlib.sha256(body).hexdigest().encode() + b'"}\n'
    try:
        if whole:
            head = json.decode(body + b"}", type=_Head)
            if head.format == FORMAT and head.version > VERSION:
                raise NewerVersion(
                    "A newer cotutor made this vault. Open it with that version, or a later one; nothing was"
                    " changed."
                )
        key_file = json.decode(body + b"}", type=KeyFile)
    except (MsgspecError, RecursionError, UnicodeDecodeError):
        raise Damaged("The key file vault.key is damaged and cannot be read. Restore a backup.") from None
    if key_file.passphrase.cost is None or (key_file.recovery and key_file.recovery.cost):
        raise Damaged("The key file vault.key is damaged: a slot is incomplete. Restore a backup.")
    refuse_outside_limits(key_file.passphrase.cost)
    return key_file, whole and encode(key_file) == raw


def new_key_file(data_key: bytes, passphrase: NewPassphrase, database: str, vault: str = "") -> KeyFile:
    """A key file with a passphrase slot alone, for a new vault or for one that keeps its id."""
    blank = _blank(passphrase.cost, passphrase.salt)
    key_file = KeyFile(
        format=FORMAT,
        version=VERSION,
        vault=vault or urandom(16).hex(),
        database=database,
        passphrase=blank,
        recovery=None,
    )
    return replace(key_file, passphrase=_wrapped(key_file, "passphrase", blank, data_key, passphrase.root))


def with_passphrase(key_file: KeyFile, data_key: bytes, new: NewPassphrase) -> KeyFile:
    """The key file with another passphrase; the recovery slot stays as it is."""
    slot = _wrapped(key_file, "passphrase", _blank(new.cost, new.salt), data_key, new.root)
    return replace(key_file, passphrase=slot)


def with_recovery(key_file: KeyFile, data_key: bytes, root: bytes, salt: bytes) -> KeyFile:
    """The key file with this recovery key, in place of another if there was one."""
    return replace(key_file, recovery=_wrapped(key_file, "recovery", _blank(None, salt), data_key, root))


def without_recovery(key_file: KeyFile) -> KeyFile:
    """The key file with its passphrase slot alone."""
    return replace(key_file, recovery=None)


def rewrapped(key_file: KeyFile, old_key: bytes, new_key: bytes, database: str) -> KeyFile:
    """The key file for a new data key and another database, opened by the same secrets.

    Raises:
        Damaged: a slot's kept root does not open under the old data key.
    """
    moved = replace(key_file, database=database)
    root = _kept_root(key_file, "passphrase", old_key)
    moved = replace(moved, passphrase=_wrapped(moved, "passphrase", key_file.passphrase, new_key, root))
    if key_file.recovery is not None:
        root = _kept_root(key_file, "recovery", old_key)
        moved = replace(moved, recovery=_wrapped(moved, "recovery", key_file.recovery, new_key, root))
    return moved


def damaged_slots(key_file: KeyFile, data_key: bytes) -> tuple[SlotName, ...]:
    """Which slots were changed since they were written, as the data key can tell."""
    names: tuple[SlotName, ...] = ("passphrase", "recovery")
    return tuple(name for name in names if _slot(key_file, name) and not _sound(key_file, name, data_key))


def unwrap(key_file: KeyFile, name: SlotName, root: bytes) -> bytes | None:
    """The data key, or None if the root is not this slot's."""
    slot = _slot(key_file, name)
    if slot is None:
        return None
    key, commitment = _sealing_key(slot, root)
    try:
        plain = ChaCha20Poly1305(key).decrypt(
            _NONCE, bytes.fromhex(slot.sealed), _associated(key_file, name, slot)
        )
    except InvalidTag:
        return None
    # ChaCha20-Poly1305 binds no key by itself: two keys can open one text (RFC 9771, "key commitment").
    if not hmac.compare_digest(plain[DATA_KEY_BYTES:], commitment):
        return None
    return plain[:DATA_KEY_BYTES]


def _blank(cost: Cost | None, salt: bytes) -> Slot:
    return Slot(cost=cost, salt=salt.hex(), fresh="", sealed="", kept="")


def _slot(key_file: KeyFile, name: SlotName) -> Slot | None:
    return key_file.passphrase if name == "passphrase" else key_file.recovery


def _wrapped(key_file: KeyFile, name: SlotName, slot: Slot, data_key: bytes, root: bytes) -> Slot:
    slot = replace(slot, fresh=urandom(32).hex())
    associated = _associated(key_file, name, slot)
    key, commitment = _sealing_key(slot, root)
    sealed = ChaCha20Poly1305(key).encrypt(_NONCE, bytes(data_key) + commitment, associated)
    kept = ChaCha20Poly1305(_keeping_key(slot, data_key)).encrypt(_NONCE, root, associated)
    return replace(slot, sealed=sealed.hex(), kept=kept.hex())


def _kept_root(key_file: KeyFile, name: SlotName, data_key: bytes) -> bytes:
    slot = _slot(key_file, name)
    try:
        assert slot is not None  # noqa: S101  callers ask for slots that are there
        return ChaCha20Poly1305(_keeping_key(slot, data_key)).decrypt(
            _NONCE, bytes.fromhex(slot.kept), _associated(key_file, name, slot)
        )
    except InvalidTag:
        cure = "Choose a new passphrase" if name == "passphrase" else "Make a new recovery key, or remove it"
        raise Damaged(
            f"The {name} part of the key file is damaged. {cure}, then try again; no note is lost."
        ) from None


def _sound(key_file: KeyFile, name: SlotName, data_key: bytes) -> bool:
    try:
        return unwrap(key_file, name, _kept_root(key_file, name, data_key)) == bytes(data_key)
    except Damaged:
        return False


def _sealing_key(slot: Slot, root: bytes) -> tuple[bytes, bytes]:
    material = _expand(root, slot.fresh, b"cotutor slot 1", 64)
    return material[:32], material[32:]


def _keeping_key(slot: Slot, data_key: bytes) -> bytes:
    return _expand(bytes(data_key), slot.fresh, b"cotutor kept 1", 32)


def _expand(secret: bytes, fresh: str, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=bytes.fromhex(fresh), info=info).derive(secret)


def _associated(key_file: KeyFile, name: SlotName, slot: Slot) -> bytes:
    """All that must not change unnoticed, as compact JSON."""
    return json.encode(
        {
            "format": key_file.format,
            "version": key_file.version,
            "vault": key_file.vault,
            "database": key_file.database,
            "slot": name,
            "cost": slot.cost,
            "salt": slot.salt,
            "fresh": slot.fresh,
        }
    )
