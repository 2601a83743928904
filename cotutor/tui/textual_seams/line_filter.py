"""The last look at everything that is drawn: nothing that acts on a terminal gets through.

Text is cleaned where it enters; this is for what was forgotten. Textual strips five control
characters and lets escape, C1, bidirectional and tag characters through from every widget.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

from cotutor.domain.text import clean

if TYPE_CHECKING:
    from rich.style import Style
    from textual.color import Color


class CleanLines(LineFilter):
    """Replaces every character that acts on a terminal, and drops links.

    A replaced character keeps its width, so lines stay as long as they were laid out. A link would
    put an address of somebody's choosing into an escape sequence.
    """

    def apply(self, segments: list[Segment], background: "Color") -> list[Segment]:  # noqa: ARG002  Textual's signature
        """Return ``segments`` themselves if they are clean, which is nearly always, or a clean copy."""
        for text, style, control in segments:
            # isprintable is false for all of the Unicode categories "other", and runs at C speed
            if not text.isprintable() or control is not None or (style is not None and style.link):
                return [_cleaned(segment) for segment in segments]
        return segments


def _cleaned(segment: Segment) -> Segment:
    text, style, _control = segment
    if not text.isprintable():
        text = "".join([char if char.isprintable() else _harmless(char) for char in text])
    return Segment(text, _without_link(style))


def _without_link(style: "Style | None") -> "Style | None":
    return style.update_link(None) if style is not None and style.link else style


@lru_cache(256)
def _harmless(char: str) -> str:
    """The character itself if it may be shown, such as a no-break space, or else blanks of its width."""
    stays = char not in "\t\n" and clean(char, limit=1, lines=True) == char
    return char if stays else " " * cell_len(char)
