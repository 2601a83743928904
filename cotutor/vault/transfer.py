"""All that a vault holds as one JSON file, and such a file read back.

The file round-trips: exported, imported into an empty vault and exported again it has the same
bytes. Drafts, earlier versions and settings stay behind.
"""

from typing import Annotated, Final, Literal

from msgspec import Meta, MsgspecError, Struct, ValidationError, json

from cotutor.domain.errors import CotutorError, NewerVersion
from cotutor.domain.reflection import Encounter, NextStep, Reflection, SelfRating

FORMAT: Final = "cotutor export"
IMPORT_LIMIT = 32 * 1024 * 1024
"""The most bytes of an export that are read back."""
_MOST = 100_000


class Contents(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a vault holds of a person's work, in a settled order."""

    format: Literal["cotutor export"]
    version: Literal[1]
    reflections: Annotated[tuple[Reflection, ...], Meta(max_length=_MOST)] = ()
    steps: Annotated[tuple[NextStep, ...], Meta(max_length=_MOST)] = ()
    encounters: Annotated[tuple[Encounter, ...], Meta(max_length=_MOST)] = ()
    ratings: Annotated[tuple[SelfRating, ...], Meta(max_length=_MOST)] = ()


class Merged(Struct, frozen=True):
    """What an import did."""

    added: int = 0
    updated: int = 0
    """Here already, but changed later in the file."""
    unchanged: int = 0
    """Here already, the same or newer."""


class _Head(Struct):
    format: str
    version: int


def to_json(held: Contents) -> bytes:
    """The export file: indented UTF-8 JSON, one newline at the end."""
    return json.format(json.encode(held), indent=1) + b"\n"


def from_json(raw: bytes) -> Contents:
    """Read an export file, whatever it is.

    Raises:
        NewerVersion: a newer program wrote it.
        CotutorError: it is no export, too large, or wrong at a place that is named.
    """
    if len(raw) > IMPORT_LIMIT:
        raise CotutorError(f"The file is larger than {IMPORT_LIMIT // 2**20} MB, the most that is imported.")
    try:
        head = json.decode(raw, type=_Head)
        if head.format != FORMAT:
            raise CotutorError("The file is not an export of cotutor. Nothing was imported.")
        if head.version > 1:
            raise NewerVersion(
                "A newer cotutor made this export. Import it with that version, or a later one."
            )
        return json.decode(raw, type=Contents)
    except ValidationError as error:
        # The first half of the message can quote the file; the place cannot.
        place = str(error).rpartition(" - at ")[2] if " - at " in str(error) else "its beginning"
    except (MsgspecError, RecursionError, UnicodeDecodeError):
        place = "its beginning: it is not JSON"
    raise CotutorError(
        f"The file is not an export that cotutor can read: see {place[:100]}. Nothing was imported."
    )
