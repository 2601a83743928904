"""What a room reads from afar: digits as large as the window, what to do, who has which part."""

from datetime import UTC, datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from cotutor.domain import scenes
from cotutor.domain.duration import SECOND, digits
from cotutor.domain.plan import Stop
from cotutor.domain.scenes import Scene
from cotutor.services.noticeboard import Posted
from cotutor.tui.widgets.big_digits import BigDigits
from cotutor.tui.widgets.time_bar import TimeBar

_WAITING = "Waiting for the trainer"


class AudienceView(Vertical):
    """The room's view. It is given scenes and times only, so it can show no control, note or name.

    Args:
        shown: the scenes of the programme.
        names: what each seat is called; its number if nothing is given.
    """

    DEFAULT_CSS = """
    AudienceView { width: 100%; height: 100%; padding: 0 2; }
    AudienceView Static { width: 1fr; height: auto; text-align: center; }
    AudienceView .empty { display: none; }
    AudienceView #what { height: 1; margin-top: 1; color: $text-muted; }
    AudienceView #doing { height: 1; text-style: bold; color: $primary; }
    AudienceView #say { max-height: 4; margin: 1 0 0 0; text-style: bold; }
    AudienceView #groups { max-height: 30%; margin: 1 0 0 0; }
    AudienceView #legend { height: 1; color: $text-muted; }
    AudienceView.over BigDigits { color: $warning; }
    AudienceView.held BigDigits { color: $text-muted; }
    """

    def __init__(self, shown: tuple[Scene, ...], names: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._scenes = shown
        self._names = names

    def compose(self) -> ComposeResult:
        yield Static(id="what")
        yield Static(Content(_WAITING), id="doing")
        yield BigDigits(id="digits")
        yield TimeBar(id="bar")
        yield Static(id="until")
        yield Static(id="say")
        yield Static(id="groups")
        yield Static(id="legend")
        yield Static(id="odd")

    def know(self, shown: tuple[Scene, ...]) -> None:
        """Take the scenes of another programme."""
        self._scenes = shown

    def show(self, posted: Posted | None) -> None:
        """Show where the workshop is; None while there is none."""
        scene = self._scene(posted)
        if posted is None or posted.over:
            self._blank("The day is over. Thank you." if posted else _WAITING)
            return
        hard = scene is not None and scene.plan.phases[posted.phase].stop is Stop.HARD
        left = max(0, posted.left) if hard else posted.left
        self.query_one(BigDigits).show(_face(left))
        self.query_one(TimeBar).show(left, posted.agreed)
        self.query_one(TimeBar).visible = True
        self.set_class(posted.held, "held")
        self.set_class(left < 0 and not posted.held, "over")
        self._put("until", _until(posted, left))
        turn = scenes.turn_at(scene, posted.phase) if scene else None
        size = scene.turns.size if scene and scene.turns else 3
        self._put("groups", self._groups(posted, turn, size))
        self._put("legend", scenes.LEGEND if posted.seats and turn else "")
        self._put("odd", scenes.odd_line(scene, posted.people) if scene else "")
        rehearsal = f"REHEARSAL {posted.speed}x · " if posted.speed > 1 else ""
        if scene is None:
            self._put("what", rehearsal.strip(" ·"))
            self._put("doing", f"Part {posted.section + 1}")
            self._put("say", "For the instructions, start this window with the trainer's programme.")
            return
        doing = scenes.headline(scene, posted.phase)
        self._put("what", f"{rehearsal}{scene.title}" if doing != scene.title else rehearsal.strip(" ·"))
        self._put("doing", doing)
        self._put("say", scenes.instruction(scene, posted.phase))

    def _scene(self, posted: Posted | None) -> Scene | None:
        """The scene that is meant, if this window knows the programme."""
        if posted is None or posted.section >= len(self._scenes):
            return None
        scene = self._scenes[posted.section]
        return scene if posted.phase < len(scene.plan.phases) else None

    def _groups(self, posted: Posted, turn: int | None, size: int) -> str:
        shown = (scenes.parts([self._called(seat) for seat in group], turn, size) for group in posted.seats)
        return "    ".join(text.replace(" ", "\u00a0") for text in shown)

    def _called(self, seat: int) -> str:
        return self._names[seat - 1] if seat <= len(self._names) else str(seat)

    def _blank(self, words: str) -> None:
        self.query_one(BigDigits).show("")
        self.query_one(TimeBar).visible = False
        self.remove_class("held", "over")
        for name in ("what", "until", "say", "groups", "legend", "odd"):
            self._put(name, "")
        self._put("doing", words)

    def _put(self, name: str, text: str) -> None:
        line = self.query_one(f"#{name}", Static)
        if line.content != Content(text):
            line.update(Content(text))
        line.set_class(not text, "empty")


def _face(left: int) -> str:
    return digits(left + SECOND - 1) if left >= 0 else f"+{digits(-left)}"


def _until(posted: Posted, left: int) -> str:
    if posted.held:
        return "Paused"
    if left < 0:
        return "over its time"
    ends = datetime.fromtimestamp((posted.wall + left) / SECOND, UTC).astimezone()
    return f"until {ends:%H:%M}"
