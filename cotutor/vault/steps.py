"""The next steps of an open vault: what its owner means to do, by when, and how it stands."""

from datetime import date, datetime
from secrets import token_hex

from msgspec.structs import replace

from cotutor.domain.reflection import NextStep, StepState, cleaned
from cotutor.vault.database import translated
from cotutor.vault.rows import drop, get, put, select, valid
from cotutor.vault.store import Store, milliseconds

_BY_DAY = "ORDER BY due IS NULL, due, uid"


class Steps:
    """The next steps of an open vault; ``vault.steps``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, text: str, now: datetime, due: date | None = None, reflection: str = "") -> NextStep:
        """Keep a new next step.

        Args:
            text: what its owner will do.
            now: the moment.
            due: by when.
            reflection: the uid of the reflection that it came from, if any.

        Raises:
            CotutorError: there is no text; ReadOnly, DiskFull, Damaged: it was not kept.
        """
        step = NextStep(token_hex(8), text, due=due, reflection=reflection or None, created=milliseconds(now))
        return self.change(step, now)

    def change(self, step: NextStep, now: datetime) -> NextStep:
        """Keep a changed next step: its text, day or state. What is returned is what was kept.

        Raises:
            CotutorError: there is no text; ReadOnly, DiskFull, Damaged: it was not kept.
        """
        step = valid(cleaned(replace(step, changed=milliseconds(now))))
        with self._store.changing(now) as connection:
            put(connection, step)
        return step

    def settle(self, uid: str, state: StepState, now: datetime) -> NextStep | None:
        """Mark a step as open, done or dropped; None if it is gone."""
        step = self.get(uid)
        return None if step is None else self.change(replace(step, state=state), now)

    def remove(self, uid: str, now: datetime) -> None:
        """Delete a next step."""
        with self._store.changing(now) as connection:
            drop(connection, NextStep, uid)

    def get(self, uid: str) -> NextStep | None:
        """One next step, or None if it is gone."""
        with translated():
            return get(self._store.connection, NextStep, uid)

    def all(self, *, open_only: bool = False) -> list[NextStep]:
        """Next steps by the day they are due, those without one last."""
        clause = f"WHERE state = ? {_BY_DAY}" if open_only else _BY_DAY
        with translated():
            return select(self._store.connection, NextStep, clause, (StepState.OPEN,) if open_only else ())

    def due(self, today: date) -> list[NextStep]:
        """Open steps whose day has come."""
        return [step for step in self.all(open_only=True) if step.due is not None and step.due <= today]
