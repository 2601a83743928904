"""A reflection to read: its two boxes."""

from textual.content import Content

from cotutor.domain.reflection import BOX_NAMES, Box, Reflection


def both_boxes(one: Reflection) -> Content:
    """A reflection to read: each box under the name of its readers."""
    lines: list[Content] = []
    for box, text in ((Box.PRIVATE, one.private), (Box.SHAREABLE, one.shareable)):
        lines += [Content.styled(BOX_NAMES[box], "bold $primary"), Content(text), Content("")]
    return Content("\n").join(lines)
