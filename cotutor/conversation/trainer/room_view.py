"""What the room reads of a workshop from afar: digits, what to do, until when, who has which part.

It is made of scenes and times alone, so that it can hold no control, note or, in a second window, name.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from cotutor.conversation.trainer.workshop_lines import until
from cotutor.domain import scenes
from cotutor.domain.duration import SECOND, digits
from cotutor.domain.plan import Stop
from cotutor.domain.scenes import Scene
from cotutor.services.noticeboard import Posted

WAITING = "Waiting for the trainer"
_DAY_OVER = "The day is over. Thank you."
_PROGRAMME_UNKNOWN = "For the instructions, start this window with the trainer's programme."


class RoomView(NamedTuple):
    """The lines of the room's view, each empty if there is nothing to show in it."""

    doing: str
    """What goes on, in a few words."""
    what: str = ""
    """Which part it belongs to, and that this is a rehearsal."""
    digits: str = ""
    until: str = ""
    instruction: str = ""
    groups: str = ""
    """The groups side by side; blanks inside a group are such as no line breaks at."""
    legend: str = ""
    odd: str = ""
    """What groups of another size do."""
    left: int = 0
    """Milliseconds that are left; below nought it is over its time."""
    agreed: int = 0
    """Milliseconds that the phase lasts in all; nought while nothing runs."""
    held: bool = False


def room_view(posted: Posted | None, shown: tuple[Scene, ...], names: tuple[str, ...] = ()) -> RoomView:
    """What to show the room.

    Args:
        posted: where the workshop is; None while there is none.
        shown: the scenes of the programme, as far as they are known here.
        names: what each seat is called; its number if nothing is given.
    """
    if posted is None or posted.over:
        return RoomView(_DAY_OVER if posted else WAITING)
    scene = _scene(posted, shown)
    hard = scene is not None and scene.plan.phases[posted.phase].stop is Stop.HARD
    left = max(0, posted.left) if hard else posted.left
    rehearsal = f"REHEARSAL {posted.speed}x" if posted.speed > 1 else ""
    turn = scenes.turn_at(scene, posted.phase) if scene else None
    view = RoomView(
        f"Part {posted.section + 1}",
        rehearsal,
        digits(left + SECOND - 1) if left >= 0 else f"+{digits(-left)}",
        until(left, datetime.fromtimestamp(posted.wall / SECOND, UTC).astimezone(), held=posted.held),
        _PROGRAMME_UNKNOWN,
        _groups(posted, turn, scene.turns.size if scene and scene.turns else 3, names),
        left=left,
        agreed=posted.agreed,
        held=posted.held,
    )
    if scene is None:
        return view
    doing = scenes.headline(scene, posted.phase)
    title = scene.title if doing != scene.title else ""
    return view._replace(
        doing=doing,
        what=" · ".join(part for part in (rehearsal, title) if part),
        instruction=scenes.instruction(scene, posted.phase),
        legend=scenes.LEGEND if posted.seats and turn else "",
        odd=scenes.odd_line(scene, posted.people),
    )


def _scene(posted: Posted, shown: tuple[Scene, ...]) -> Scene | None:
    """The scene that is meant, if the programme is known here."""
    if posted.section >= len(shown):
        return None
    scene = shown[posted.section]
    return scene if posted.phase < len(scene.plan.phases) else None


def _groups(posted: Posted, turn: int | None, size: int, names: tuple[str, ...]) -> str:
    def called(seat: int) -> str:
        return names[seat - 1] if seat <= len(names) else str(seat)

    groups = (scenes.parts([called(seat) for seat in group], turn, size) for group in posted.seats)
    return "    ".join(text.replace(" ", "\u00a0") for text in groups)
