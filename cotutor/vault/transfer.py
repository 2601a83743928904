"""All that a vault holds as one JSON file, and such a file back into a vault.

The file round-trips: exported, imported into an empty vault and exported again it has the same
bytes. Drafts, earlier versions and settings stay behind.
"""

from typing import Annotated, Final, Literal

from msgspec import Meta, MsgspecError, Struct, ValidationError, json

from cotutor.domain.errors import CotutorError, NewerVersion
from cotutor.domain.reflection import Encounter, Entry, NextStep, Reflection, SelfRating, cleaned
from cotutor.vault.database import Connection, writing
from cotutor.vault.records import get, put
from cotutor.vault.store import Store, put_reflection, set_setting

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


def contents(store: Store) -> Contents:
    """Everything that an open vault holds."""
    return Contents(
        format=FORMAT,
        version=1,
        reflections=tuple(store.all_reflections()),
        steps=tuple(sorted(store.steps(), key=lambda step: step.uid)),
        encounters=tuple(store.encounters()),
        ratings=tuple(store.ratings()),
    )


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


def merge(store: Store, held: Contents, now: int) -> Merged:
    """Add what is not here yet, in one transaction; of two versions the one changed later stays.

    Raises:
        ReadOnly, DiskFull, Damaged, CotutorError: nothing was imported.
    """
    store.refuse_read_only()
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    with writing(store.connection) as connection:
        for reflection in held.reflections:
            counts[_merged(connection, Reflection, reflection)] += 1
        for step in held.steps:
            counts[_merged(connection, NextStep, step)] += 1
        for encounter in held.encounters:
            counts[_merged(connection, Encounter, encounter)] += 1
        for rating in held.ratings:
            counts[_merged(connection, SelfRating, rating)] += 1
        set_setting(connection, "saved", now)
    return Merged(**counts)


def _merged(connection: Connection, kind: type[Entry], entry: Entry) -> str:
    entry = cleaned(entry)
    here = get(connection, kind, entry.uid)
    # An encounter or a rating carries no time of change; what is here already stays.
    if here is not None and getattr(entry, "changed", 0) <= getattr(here, "changed", 0):
        return "unchanged"
    if isinstance(entry, Reflection):
        put_reflection(connection, entry)
    else:
        put(connection, entry)
    return "added" if here is None else "updated"
