"""What belongs to a typed word: a length of time."""

from cotutor.domain.duration import Length, parse_length
from cotutor.domain.errors import CotutorError


def length_typed(written: str) -> Length:
    """A length of time as somebody typed it.

    Raises:
        CotutorError: it is none.
    """
    try:
        return parse_length(written)
    except ValueError:
        raise CotutorError("Say how long: 5 for minutes, 90s, or 1h30m.") from None
