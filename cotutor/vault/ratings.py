"""The self-ratings of an open vault: how its owner rates themselves in something, before and after."""

from datetime import datetime
from secrets import token_hex

from cotutor.domain.reflection import SelfRating, cleaned
from cotutor.vault.database import translated
from cotutor.vault.rows import drop, put, select, valid
from cotutor.vault.store import Store


class Ratings:
    """The self-ratings of an open vault; ``vault.ratings``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, rating: SelfRating, now: datetime) -> SelfRating:
        """Keep a self-rating, new or changed; ``new_rating`` makes one. What is returned was kept.

        Raises:
            CotutorError: it is no rating; ReadOnly, DiskFull, Damaged: it was not kept.
        """
        rating = valid(cleaned(rating))
        with self._store.changing(now) as connection:
            put(connection, rating)
        return rating

    def all(self) -> list[SelfRating]:
        """Every self-rating, the oldest first."""
        with translated():
            return select(self._store.connection, SelfRating, "ORDER BY day, uid")

    def remove(self, uid: str, now: datetime) -> None:
        """Delete a self-rating; nothing happens if there is none with this uid."""
        with self._store.changing(now) as connection:
            drop(connection, SelfRating, uid)


def new_rating(topic: str, now: datetime, before: int | None = None) -> SelfRating:
    """A self-rating of today that is not kept yet."""
    return SelfRating(token_hex(8), now.date(), topic, before=before)
