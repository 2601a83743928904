"""Putting the widgets of a screen together, without drawing those that have not changed.

Textual draws every widget that shares a container with the one that changed, and then takes only
the changed cells. On a screen of twenty widgets whose clock changes every second that is most of
the work.
"""

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class ThriftyCompositor(Compositor):
    """Draws only the widgets that reach into the part of the screen that is wanted, and only its rows."""

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Yield the region, the clip and the strips of each such widget, front to back."""
        wanted = crop or self.size.region
        rows = Region(0, wanted.y, self.size.width, wanted.height)
        for widget, (region, whole_clip) in self.visible_widgets.items():
            clip = whole_clip.intersection(rows)
            seen = region.intersection(clip)
            if seen and wanted.overlaps(seen):
                yield region, clip, widget.render_lines(seen.translate((-region.x, -region.y)))
