"""Files in the age format whose passphrase is stretched hardly at all.

The real program takes about a second for each and much memory; age reads any cost up to its limit.
Written from the format's description (age-encryption.org/v1: header, scrypt recipient, payload of one chunk).
"""

import os
from base64 import b64encode

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_LOG_OF_COST = 1
_LAST_CHUNK = bytes(11) + b"\x01"


def cheaply_encrypted(data: bytes, passphrase: str) -> bytes:
    """Encrypt less than 64 KiB with a passphrase."""
    assert len(data) < 1 << 16
    salt, file_key, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    stretch = Scrypt(b"age-encryption.org/v1/scrypt" + salt, length=32, n=1 << _LOG_OF_COST, r=8, p=1)
    wrapped = ChaCha20Poly1305(stretch.derive(passphrase.encode())).encrypt(bytes(12), file_key, None)
    header = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_text(salt), _LOG_OF_COST, _text(wrapped))
    check = hmac.HMAC(_key(file_key, b"header"), hashes.SHA256())
    check.update(header)
    payload = ChaCha20Poly1305(_key(file_key, b"payload", nonce)).encrypt(_LAST_CHUNK, data, None)
    return header + b" " + _text(check.finalize()) + b"\n" + nonce + payload


def _text(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _key(secret: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, purpose).derive(secret)
