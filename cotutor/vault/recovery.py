"""The recovery key: thirty characters to print, read aloud and type back.

Twenty-five characters of Crockford's base32 (125 random bits; no I, L, O or U) and five that
check them, in six groups. What a hand confuses is tolerated: O is 0, I and L are 1, small
letters are capitals, spaces and hyphens mean nothing.
"""

import hashlib
import secrets

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cotutor.domain.errors import WrongPassphrase
from cotutor.vault.kdf import ROOT_BYTES

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DATA, _CHECK = 25, 5
_READ_AS = str.maketrans("OIL", "011", "- \t\r\n")


def new_recovery_key() -> str:
    """A fresh recovery key as it is printed: ``XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX``."""
    data = "".join(secrets.choice(ALPHABET) for _ in range(_DATA))
    whole = data + _check(data)
    return "-".join(whole[start : start + 5] for start in range(0, _DATA + _CHECK, 5))


def read_recovery_key(typed: str) -> str:
    """The twenty-five characters that count of a recovery key as somebody typed it.

    Raises:
        WrongPassphrase: a character is missing, too many, impossible, wrong or swapped.
    """
    code = typed[:200].upper().translate(_READ_AS)
    strange = sorted({character for character in code if character not in ALPHABET})
    if strange:
        raise WrongPassphrase("A recovery key has only digits and letters, and no U. Look at it again.")
    if len(code) != _DATA + _CHECK:
        raise WrongPassphrase(
            f"A recovery key has {_DATA + _CHECK} characters in six groups of five; {len(code)} were typed."
        )
    if _check(code[:_DATA]) != code[_DATA:]:
        raise WrongPassphrase("The recovery key does not add up: a character is wrong or two are swapped.")
    return code[:_DATA]


def recovery_root(code: str, salt: bytes) -> bytes:
    """The 32 bytes that a recovery key gives; 125 random bits need no slow derivation."""
    kdf = HKDF(algorithm=SHA256(), length=ROOT_BYTES, salt=salt, info=b"cotutor recovery 1")
    return kdf.derive(code.encode())


def _check(data: str) -> str:
    number = int.from_bytes(hashlib.sha256(b"cotutor recovery key " + data.encode()).digest()[:4]) >> 7
    return "".join(ALPHABET[number >> shift & 31] for shift in (20, 15, 10, 5, 0))
