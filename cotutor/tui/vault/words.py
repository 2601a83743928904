"""What the list of reflections says in words."""

from datetime import datetime

from textual.content import Content

from cotutor.content.templates import templates
from cotutor.domain.days import day_shown
from cotutor.domain.reflection import BOX_NAMES, Box, Reflection
from cotutor.services.notebook import Standing
from cotutor.vault.search import Found, Wanted


def standing_line(standing: Standing, now: datetime, *, brief: bool = False) -> str:
    """How many reflections there are and when the vault was last saved, in the local time of ``now``."""
    count = standing.reflections
    held = f"{count} reflection{'' if count == 1 else 's'}"
    if standing.last_saved is None:
        return f"{held}, nothing saved yet"
    saved = standing.last_saved.astimezone(now.tzinfo)
    moment = f"{day_shown(saved.date())}, {saved:%H:%M}"
    return f"Saved {moment}; {count} kept" if brief else f"Last saved {moment}  ·  {held}"


def wanted_line(wanted: Wanted) -> str:
    """What the list is filtered by."""
    titles = {one.name: one.title for one in templates()}
    parts = (
        f"#{wanted.tag}" if wanted.tag else "",
        titles.get(wanted.template, wanted.template),
        f"with {wanted.alias}" if wanted.alias else "",
        f"from {day_shown(wanted.since)}" if wanted.since else "",
        f"to {day_shown(wanted.until)}" if wanted.until else "",
    )
    return "  ".join(part for part in parts if part)


def first_words(one: Found | Reflection, room: int) -> str:
    """The beginning of what was written, without the template's headings, in one line of ``room`` cells."""
    headings = {heading for each in templates() for heading in (*each.private, *each.shareable)}
    lines = [line.strip() for text in (one.private, one.shareable) for line in text.splitlines()]
    words = next((line for line in lines if line and line not in headings), "(only headings yet)")
    return words if len(words) <= room else f"{words[: room - 1]}…"


def both_boxes(one: Reflection) -> Content:
    """A reflection to read: each box under the name of its readers."""
    lines: list[Content] = []
    for box, text in ((Box.PRIVATE, one.private), (Box.SHAREABLE, one.shareable)):
        lines += [Content.styled(BOX_NAMES[box], "bold $primary"), Content(text), Content("")]
    return Content("\n").join(lines)


def detail(one: Found) -> str:
    """Alias, tags and expiry, as far as there are any."""
    tags = " ".join(f"#{tag}" for tag in one.tags[:3])
    more = f" +{len(one.tags) - 3}" if len(one.tags) > 3 else ""
    expires = f"until {day_shown(one.expires)}" if one.expires else ""
    return "  ".join(part for part in (one.alias, f"{tags}{more}", expires) if part)
