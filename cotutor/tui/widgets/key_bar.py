"""The keys that work on a screen at present, at its foot; each can be clicked."""

from textual import events
from textual.content import Content
from textual.keys import key_to_character
from textual.widget import Widget

from cotutor.conversation.command import Command
from cotutor.tui.keys import offered

_GAP = "  "


class KeyBar(Widget):
    """The screen's keys in one or two rows, as many as fit, most needed first.

    Args:
        keys: the screen's keys in order of need; those not meant for the bar are left out.
    """

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: auto; max-height: 2; width: 1fr; padding: 0 1;
        background: $panel; color: $text;
    }
    """

    def __init__(self, keys: tuple[Command, ...]) -> None:
        super().__init__()
        self._keys = tuple(command for command in keys if command.bar)
        self._named: tuple[Command, ...] = ()
        self._spots: list[tuple[int, int, int, Command]] = []

    def on_mount(self) -> None:
        """Look again whenever the focus or what is allowed changes."""
        self.show_vertical_scrollbar = False
        self.screen.bindings_updated_signal.subscribe(self, self._look_again)

    def _look_again(self, _screen: object) -> None:
        if self._obeyed_now() != self._named:
            self.refresh(layout=True)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002  Textual's signature
        """Rows needed at this width."""
        return min(2, len(self._rows(width)))

    def render(self) -> Content:
        """The rows of keys."""
        self._spots = []
        rows = []
        for y, row in enumerate(self._rows(self.size.width)[:2]):
            parts: list[tuple[str, str] | str] = []
            x = 0
            for command in row:
                wide = len(command.key_shown) + 1 + len(command.label)
                self._spots.append((y, x, x + wide, command))
                parts += [(command.key_shown, "bold $primary"), f" {command.label}{_GAP}"]
                x += wide + len(_GAP)
            rows.append(Content.assemble(*parts))
        return Content("\n").join(rows)

    def _obeyed_now(self) -> tuple[Command, ...]:
        by_free_key = map(self._by_free_key, offered(self.screen, self._keys))
        return tuple(command for command in by_free_key if command.key)

    def _by_free_key(self, command: Command) -> Command:
        """A command by the first of its keys that the focused field does not type instead; without one if none."""
        field = self.screen.focused
        if command.priority or field is None:
            return command
        keys = command.key.split(",")
        free = next((key for key in keys if not field.check_consume_key(key, key_to_character(key))), "")
        return command if free == keys[0] else command._replace(key=free, shown="")

    def _rows(self, width: int) -> list[list[Command]]:
        self._named = self._obeyed_now()
        rows: list[list[Command]] = [[]]
        room = width
        for command in self._named:
            wide = len(command.key_shown) + 1 + len(command.label) + len(_GAP)
            if wide - len(_GAP) > room and rows[-1]:
                rows.append([])
                room = width
            rows[-1].append(command)
            room -= wide
        return rows

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Explain the key under the mouse."""
        command = self._key_at(event)
        self.tooltip = Content(command.help) if command else None

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        command = self._key_at(event)
        if command and self.screen.is_active:  # and has not led on at the first of two clicks
            event.stop()
            await self.screen.run_action(command.name)

    def _key_at(self, event: events.MouseEvent) -> Command | None:
        spot = event.get_content_offset(self)
        if spot is None:
            return None
        return next(
            (command for y, start, end, command in self._spots if spot.y == y and start <= spot.x < end), None
        )
