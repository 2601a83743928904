"""Exports in the age format, which any age program opens with the passphrase (age-encryption.org/v1).

The plain bytes are in memory only; what is written is encrypted already.
"""

from cotutor.domain.errors import CotutorError, WrongPassphrase

_MAGIC = b"age-encryption.org/v1\n"


def is_age(data: bytes) -> bool:
    """Whether bytes begin as an age file does."""
    return data.startswith(_MAGIC)


def encrypted(data: bytes, passphrase: str) -> bytes:
    """Encrypt with a passphrase, which age stretches with scrypt: takes about a second.

    Raises:
        CotutorError: the passphrase is empty or encryption failed.
    """
    if not passphrase:
        raise CotutorError("An encrypted export needs a passphrase.")
    import pyrage  # noqa: PLC0415  only where an export is encrypted

    try:
        return bytes(pyrage.passphrase.encrypt(data, passphrase))
    except pyrage.EncryptError:
        pass
    raise CotutorError("The export could not be encrypted. Nothing was written.")


def decrypted(data: bytes, passphrase: str) -> bytes:
    """Decrypt with a passphrase.

    Raises:
        WrongPassphrase: it is not the file's, or the file is damaged or meant for somebody's key.
    """
    import pyrage  # noqa: PLC0415  only where an export is decrypted

    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except pyrage.DecryptError:
        pass
    raise WrongPassphrase("That passphrase does not open the file, or the file is damaged.")
