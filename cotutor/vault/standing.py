"""How an open vault stands, for whoever has just opened it or checks it."""

from datetime import datetime

from msgspec import Struct


class Standing(Struct, frozen=True):
    """How a vault stands."""

    reflections: int
    last_saved: datetime | None
    """In UTC. An older date than the writer remembers means that an old copy was put back."""
    damage: str | None
    """What is wrong, in words; then the vault is read-only and a restore should be offered."""
    read_only: bool
    key_file_whole: bool
    """If not: a new passphrase mends the key file."""
    has_recovery: bool
    drafts: int
