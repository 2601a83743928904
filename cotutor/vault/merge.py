"""An export brought into a vault: nothing twice, and the later of two versions stays."""

from cotutor.domain.reflection import Encounter, Entry, NextStep, Reflection, SelfRating, cleaned
from cotutor.vault.database import Connection
from cotutor.vault.reflections import put_reflection
from cotutor.vault.rows import get, put
from cotutor.vault.transfer import Contents, Merged


def merge(connection: Connection, held: Contents) -> Merged:
    """Add what is not here yet, inside somebody else's transaction; see ``Vault.bring_in``."""
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    for reflection in held.reflections:
        counts[_merged(connection, Reflection, reflection)] += 1
    for step in held.steps:
        counts[_merged(connection, NextStep, step)] += 1
    for encounter in held.encounters:
        counts[_merged(connection, Encounter, encounter)] += 1
    for rating in held.ratings:
        counts[_merged(connection, SelfRating, rating)] += 1
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
