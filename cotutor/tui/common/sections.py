"""How longer texts are laid out: sections under their headings, entries of help with their numbers."""

from collections.abc import Iterable

from textual.content import Content

from cotutor.conversation.session.sections import Section, Tone, signpost_notes

_HEADINGS = {Tone.USUAL: "bold $primary", Tone.URGENT: "bold $warning", Tone.QUIET: "bold $primary"}
_LINES = {Tone.USUAL: "", Tone.URGENT: "", Tone.QUIET: "$text-muted"}


def sections(several: Iterable[Section]) -> Content:
    """Sections under their headings, items of a list with a bullet."""
    lines: list[Content] = []
    for section in several:
        if section.heading:
            lines += [Content("")] if lines else []
            lines.append(Content.styled(section.heading, _HEADINGS[section.tone]))
        style = _LINES[section.tone]
        lines += (Content.styled(f"• {line}" if section.listed else line, style) for line in section.lines)
        for post in section.signposts:
            lines.append(Content.assemble((post.name, "bold"), f": {post.reach}"))
            lines += (Content(f"  {note}") for note in signpost_notes(post))
    return Content("\n").join(lines)
