"""The encounter log of an open vault: that people met, and nothing of what they spoke of."""

from datetime import date, datetime
from secrets import token_hex

from cotutor.domain.duration import MINUTE
from cotutor.domain.reflection import Encounter, Part, Setting, cleaned
from cotutor.vault.database import translated
from cotutor.vault.rows import drop, put, select, valid
from cotutor.vault.store import Store

_LONGEST = 24 * 60 * MINUTE


class Encounters:
    """The encounter log of an open vault; ``vault.encounters``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        length: int,
        now: datetime,
        *,
        setting: Setting = Setting.IN_PERSON,
        role: Part = Part.PEER,
        plan: str = "",
        day: date | None = None,
    ) -> Encounter:
        """Note that a meeting took place.

        Args:
            length: in milliseconds; a day at the most.
            now: the moment of noting it.
            setting: in person or remote.
            role: the writer's part.
            plan: the plan's name, if there was one.
            day: when they met; today if left out.

        Raises:
            ReadOnly, DiskFull, Damaged, CotutorError: it was not kept.
        """
        length = max(0, min(length, _LONGEST))
        return self.put(Encounter(token_hex(8), day or now.date(), length, setting, role, plan), now)

    def put(self, encounter: Encounter, now: datetime) -> Encounter:
        """Keep a line of the log, new or changed; what is returned is what was kept."""
        encounter = valid(cleaned(encounter))
        with self._store.changing(now) as connection:
            put(connection, encounter)
        return encounter

    def all(self) -> list[Encounter]:
        """The log, oldest first."""
        with translated():
            return select(self._store.connection, Encounter, "ORDER BY day, uid")

    def remove(self, uid: str, now: datetime) -> None:
        """Delete one line of the log."""
        with self._store.changing(now) as connection:
            drop(connection, Encounter, uid)

    def erase(self, now: datetime) -> None:
        """Erase the log and nothing else."""
        with self._store.changing(now) as connection:
            connection.execute("DELETE FROM encounter")
