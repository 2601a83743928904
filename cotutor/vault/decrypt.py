"""Print every note of a cotutor vault, with nothing of cotutor.

This file stands alone, so that a vault can be read when cotutor is long forgotten. It needs
Python 3.11 and two packages: ``pip install cryptography sqlcipher3``. Then::

    python decrypt.py FOLDER              asks for the passphrase, or for the recovery key
    python decrypt.py FOLDER > notes.txt  the same, into a file that anybody can read

FOLDER holds ``vault.key`` and ``vault-<id>.db``, or is a backup of both. Nothing is changed: work
on a copy if you can. Ending: 0 printed, 1 no vault, 3 wrong passphrase, 4 damaged. FORMAT.md, beside
this file, says what is read here, to the byte.
"""

import getpass
import hashlib
import hmac
import json
import sys
import unicodedata
from pathlib import Path
from urllib.parse import quote

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlcipher3 import dbapi2

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TABLES = ("reflection", "draft", "step", "encounter", "rating", "edit")
MOST_MEMORY, MOST_WORK = 2 * 1024 * 1024, 8 * 1024 * 1024  # KiB; cotutor never asks for more


def hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """Derive key material as RFC 5869 does, with SHA-256."""
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def passphrase_root(typed: str, slot: dict) -> bytes:  # type: ignore[type-arg]  # plain JSON
    """Turn a passphrase into the 32 bytes that open its slot."""
    cost = slot["cost"]
    if cost["memory"] > MOST_MEMORY or cost["memory"] * cost["passes"] > MOST_WORK:
        sys.exit("vault.key asks for more memory or time than cotutor ever does: it was changed.")
    normal = " ".join(unicodedata.normalize("NFC", typed).split()).encode("utf-8", "replace")
    return Argon2id(
        salt=bytes.fromhex(slot["salt"]),
        length=32,
        iterations=cost["passes"],
        lanes=cost["lanes"],
        memory_cost=cost["memory"],
    ).derive(normal)


def recovery_root(typed: str, slot: dict) -> bytes | None:  # type: ignore[type-arg]  # plain JSON
    """Turn a recovery key into the 32 bytes that open its slot; None if the text is no recovery key."""
    code = typed.upper().translate(str.maketrans("OIL", "011", "- \t"))
    if len(code) != 30 or any(sign not in ALPHABET for sign in code):
        return None
    number = int.from_bytes(hashlib.sha256(b"cotutor recovery key " + code[:25].encode()).digest()[:4]) >> 7
    if code[25:] != "".join(ALPHABET[number >> shift & 31] for shift in (20, 15, 10, 5, 0)):
        return None
    return hkdf(code[:25].encode(), bytes.fromhex(slot["salt"]), b"cotutor recovery 1", 32)


def opened(key_file: dict, name: str, root: bytes) -> bytes | None:  # type: ignore[type-arg]  # plain JSON
    """Open a slot: the data key, or None."""
    slot = key_file[name]
    associated = {field: key_file[field] for field in ("format", "version", "vault", "database")}
    associated |= {"slot": name, "cost": slot["cost"], "salt": slot["salt"], "fresh": slot["fresh"]}
    material = hkdf(root, bytes.fromhex(slot["fresh"]), b"cotutor slot 1", 64)
    text = json.dumps(associated, separators=(",", ":")).encode()
    try:
        plain = ChaCha20Poly1305(material[:32]).decrypt(bytes(12), bytes.fromhex(slot["sealed"]), text)
    except InvalidTag:
        return None
    return plain[:32] if hmac.compare_digest(plain[32:], material[32:]) else None


def data_key(key_file: dict, typed: str) -> bytes | None:  # type: ignore[type-arg]  # plain JSON
    """Try what was typed as a recovery key and as a passphrase."""
    if key_file["recovery"] is not None:
        root = recovery_root(typed, key_file["recovery"])
        if root is not None and (key := opened(key_file, "recovery", root)) is not None:
            return key
    return opened(key_file, "passphrase", passphrase_root(typed, key_file["passphrase"]))


def show(database: Path, key: bytes) -> None:
    """Print every row of every table that holds something written."""
    connection = dbapi2.connect(f"file:{quote(str(database.absolute()))}?mode=ro", uri=True)
    connection.execute("PRAGMA cipher_log_level=none")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for table in TABLES:
        rows = connection.execute(f"SELECT * FROM {table}")  # noqa: S608  one of the names above
        names = [column[0] for column in rows.description]
        for row in rows:
            print(f"=== {table}")
            for name, value in zip(names, row, strict=True):
                if value not in (None, "") and name != "id":
                    print(f"{name}: {value}")
            print()
    connection.close()


def main() -> int:
    """Ask for the passphrase and print what the vault holds; returns the exit code."""
    if len(sys.argv) != 2:
        print("usage: python decrypt.py FOLDER", file=sys.stderr)
        return 1
    folder = Path(sys.argv[1])
    try:
        key_file = json.loads((folder / "vault.key").read_bytes())
        question = "Passphrase or recovery key: "
        typed = getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        key = data_key(key_file, typed)
        if key is None:
            print("That opens neither slot, or vault.key is damaged.", file=sys.stderr)
            return 3
        show(folder / key_file["database"], key)
    except OSError:
        print("There is no readable vault.key in that folder.", file=sys.stderr)
        return 1
    except (ValueError, LookupError, TypeError, dbapi2.Error):
        print("The vault is damaged, or newer than this file.", file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
