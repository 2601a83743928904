"""What belongs to a typed word of a session: a kind of listening."""

from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import MODE_NAMES, Mode
from cotutor.domain.text import nearest


def mode_typed(written: str) -> Mode:
    """The kind of listening that was named, by its short name or as the screens call it.

    Raises:
        CotutorError: there is no such kind.
    """
    wanted = written.casefold()
    for mode, name in MODE_NAMES.items():
        if wanted and (mode.value.startswith(wanted) or name == wanted):
            return mode
    near = nearest(wanted, [mode.value for mode in Mode])
    raise CotutorError(
        f"The kinds of listening are {', '.join(Mode)}.{f' Did you mean {near}?' if near else ''}"
    )
