"""From a passphrase to 32 bytes, slowly and with much memory: Argon2id (RFC 9106).

The cost of a new slot comes from calibration on this machine or from ``PROPOSED``, never from a
file. The cost that a file names is held against ``FLOOR`` and ``CAP`` before anything is
allocated, so that an edited file can neither weaken a guess nor exhaust the machine.
"""

import unicodedata
from collections.abc import Callable

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from msgspec import Struct

from cotutor.domain.errors import CotutorError, Damaged

MIB = 1024
"""Kibibytes in a mebibyte: Argon2 counts its memory in KiB."""
SALT_BYTES = 16
ROOT_BYTES = 32


class Cost(Struct, frozen=True, forbid_unknown_fields=True):
    """What one guess at a passphrase costs."""

    memory: int
    """KiB of memory."""
    passes: int
    """How often the memory is gone through."""
    lanes: int
    """How many processors can work on one guess."""


FLOOR = Cost(memory=19 * MIB, passes=2, lanes=1)
"""OWASP's least, "Password Storage Cheat Sheet"."""
CAP = Cost(memory=2048 * MIB, passes=32, lanes=16)
"""More than any machine is calibrated to; RFC 9106's first choice fits under it."""
MOST_WORK = 8 * 1024 * MIB
"""The most KiB that all passes together may go through: about ten seconds on a slow machine."""
PROPOSED = Cost(memory=256 * MIB, passes=3, lanes=4)
"""About a second on two ordinary cores."""

_PROBE = Cost(memory=64 * MIB, passes=1, lanes=4)
_LADDER = tuple(Cost(memory=size * MIB, passes=3, lanes=4) for size in (256, 192, 128, 96, 64, 46))


def refuse_outside_limits(cost: Cost) -> None:
    """Check a cost that a file names, before anything is allocated for it.

    Raises:
        Damaged: it is under the floor or over the cap.
    """
    fields = Cost.__struct_fields__
    within = all(getattr(FLOOR, name) <= getattr(cost, name) <= getattr(CAP, name) for name in fields)
    if not within or cost.memory * cost.passes > MOST_WORK or cost.memory < 8 * cost.lanes:
        raise Damaged(
            "The key file asks for a key derivation that no cotutor asks for: it is damaged or was"
            " changed. Restore a backup."
        )


def normal(passphrase: str) -> bytes:
    """The bytes of a passphrase that count: NFC, ends trimmed, runs of spaces as one, UTF-8."""
    return " ".join(unicodedata.normalize("NFC", passphrase).split()).encode("utf-8", "replace")


def derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The 32 bytes that a passphrase gives. Takes about a second and lets other threads run.

    Raises:
        Damaged: the cost is outside the limits.
        CotutorError: this computer has not enough free memory.
    """
    refuse_outside_limits(cost)
    try:
        kdf = Argon2id(
            salt=salt,
            length=ROOT_BYTES,
            iterations=cost.passes,
            lanes=cost.lanes,
            memory_cost=cost.memory,
        )
        return kdf.derive(normal(passphrase))
    except MemoryError:
        raise CotutorError(
            f"Opening this vault takes {cost.memory // MIB} MiB of memory, and this computer has not that"
            " much free. Close other programs and try again."
        ) from None


def calibrate(timer: Callable[[], float], *, seconds: float = 1.0) -> Cost:
    """The cost at which a guess takes about ``seconds`` on this machine.

    Memory comes first: it is lowered only where ``PROPOSED`` would take too long, and passes are
    added only where it is too quick. Takes a fraction of a second.

    Args:
        timer: a steady clock in seconds.
        seconds: how long one derivation may take.
    """
    salt = bytes(SALT_BYTES)
    derive("warm", salt, FLOOR)
    before = timer()
    Argon2id(
        salt=salt,
        length=ROOT_BYTES,
        iterations=_PROBE.passes,
        lanes=_PROBE.lanes,
        memory_cost=_PROBE.memory,
    ).derive(b"probe")
    per_kib = max(timer() - before, 1e-9) / (_PROBE.memory * _PROBE.passes)
    for cost in _LADDER:
        taken = per_kib * cost.memory * cost.passes
        if taken <= seconds * 1.25:
            passes = max(cost.passes, min(12, int(seconds / (per_kib * cost.memory))))
            return Cost(memory=cost.memory, passes=passes, lanes=cost.lanes)
    return FLOOR
