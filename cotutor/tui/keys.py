"""The keys of the program: each is declared once, and everything that names it derives from it.

A key's binding, tooltip, place in the bar at the foot of the screen, entry in the command
palette and line on the help page all come from one ``Key``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True)
class Key:
    """One thing that a key does on a screen."""

    key: str
    """The key as Textual names it; several are separated by commas."""
    action: str
    """The name of the screen's or the app's action."""
    label: str
    """One or two words for the bar at the foot."""
    help: str
    """A sentence for the help page, the palette and the tooltip."""
    shown: str = ""
    """The key as it is printed, if not as Textual names it."""
    bar: bool = True
    """Whether it stands in the bar at the foot."""
    priority: bool = False
    """Whether it works even while somebody types in a field."""

    @property
    def name(self) -> str:
        """The key as it is printed."""
        return self.shown or self.key.partition(",")[0]


def bindings(keys: Iterable[Key]) -> list[BindingType]:
    """Textual's bindings for these keys."""
    return [
        Binding(
            key.key,
            key.action,
            key.label,
            show=key.bar,
            key_display=key.name,
            priority=key.priority,
            tooltip=key.help,
            id=key.action,
        )
        for key in keys
    ]
