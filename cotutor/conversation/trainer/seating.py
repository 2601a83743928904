"""Before a workshop: who is here, and the seating that is drawn for them."""

import random
from typing import NamedTuple

from cotutor.domain.participants import people_called
from cotutor.domain.programme import Programme, seat_everyone
from cotutor.domain.rotation import Round
from cotutor.domain.scenes import too_few_or_many

WHO = "Who is here"
HOW = "How many, 2 to 60; or first names: Ana, Ben, Cem."
START = "Start the workshop's clock"


class Seating(NamedTuple):
    """Who is here and who sits with whom."""

    people: tuple[str, ...]
    rounds: tuple[Round, ...]
    fit: str
    """A line if the programme was made for fewer or more people; it runs all the same."""


def seat(programme: Programme, written: str) -> Seating:
    """Draw a seating for those who are here, another one each time.

    Args:
        programme: what is done in the workshop.
        written: a number of people, or their first names.

    Raises:
        CotutorError: there are too few or too many, or two have the same name.
    """
    people = people_called(written)
    rounds = seat_everyone(programme, people, random.SystemRandom())
    return Seating(people, rounds, too_few_or_many(programme, len(people)))
