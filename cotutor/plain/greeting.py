"""The first lines of the line mode, which must be there at once: this module imports nothing heavy."""

from cotutor import VERSION


def greeting(rehearse: int) -> tuple[str, ...]:
    """Who is speaking, what is kept, and, in a rehearsal, that it is one.

    Args:
        rehearse: how many times faster than life the session will run.
    """
    banner = (
        (f"REHEARSAL at {rehearse} times the speed. Times of day are rehearsed ones.",)
        if rehearse > 1
        else ()
    )
    return (*banner, f"cotutor {VERSION}, line mode: nothing kept. Type help for the commands.")
