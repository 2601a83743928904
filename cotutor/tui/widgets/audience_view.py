"""What a room reads from afar: digits as large as the window, what to do, who has which part."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from cotutor.conversation.trainer.room_view import WAITING, room_view
from cotutor.domain.scenes import Scene
from cotutor.services.noticeboard import Posted
from cotutor.tui.widgets.big_digits import BigDigits
from cotutor.tui.widgets.time_bar import TimeBar


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
    AudienceView #instruction { max-height: 4; margin: 1 0 0 0; text-style: bold; }
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
        yield Static(Content(WAITING), id="doing")
        yield BigDigits(id="digits")
        yield TimeBar(id="bar")
        yield Static(id="until")
        yield Static(id="instruction")
        yield Static(id="groups")
        yield Static(id="legend")
        yield Static(id="odd")

    def know(self, shown: tuple[Scene, ...]) -> None:
        """Take the scenes of another programme."""
        self._scenes = shown

    def show(self, posted: Posted | None) -> None:
        """Show where the workshop is; None while there is none."""
        view = room_view(posted, self._scenes, self._names)
        self.query_one(BigDigits).show(view.digits)
        bar = self.query_one(TimeBar)
        bar.visible = bool(view.digits)
        bar.show(view.left, view.agreed)
        self.set_class(view.held, "held")
        self.set_class(view.left < 0 and not view.held, "over")
        self._put("what", view.what)
        self._put("doing", view.doing)
        self._put("until", view.until)
        self._put("instruction", view.instruction)
        self._put("groups", view.groups)
        self._put("legend", view.legend)
        self._put("odd", view.odd)

    def _put(self, name: str, text: str) -> None:
        line = self.query_one(f"#{name}", Static)
        if line.content != Content(text):
            line.update(Content(text))
        line.set_class(not text, "empty")
