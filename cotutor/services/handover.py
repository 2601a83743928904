"""What a session leaves for the vault: numbers and the plan's name, through memory alone.

The way from a session to the vault is the end of one process and the start of another. What the
encounter log may be offered crosses in memory that the guard shares with both, never on a disk.
"""

from msgspec import MsgspecError, Struct, json

from cotutor.domain.plan import Name
from cotutor.domain.reflection import Milliseconds, Setting
from cotutor.process import shared_memory


class Met(Struct, frozen=True):
    """That two people met; nothing of what was said."""

    length: Milliseconds
    setting: Setting
    plan: Name


def leave(met: Met) -> None:
    """Leave it for the face that comes next."""
    shared_memory.set_message(json.encode(met))


def taken() -> Met | None:
    """What the session before left, once; None if there was none."""
    try:
        return json.decode(shared_memory.take_message(), type=Met)
    except MsgspecError:
        return None
