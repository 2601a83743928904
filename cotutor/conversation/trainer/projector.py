"""How the people in a workshop get to see where it is."""

from typing import NamedTuple

from cotutor.services.noticeboard import Noticeboard


class Projector(NamedTuple):
    """How the room gets to see the workshop."""

    board: Noticeboard | None = None
    """Where notices for a second window are put up; None without one."""
    note: str = "For a second window, on the projector, leave and start: cotutor workshop"
    """What the trainer reads about it."""
