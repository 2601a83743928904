"""What a trainer prints: cue cards, question cards, blank tallies, the agreement, a timetable, the seating.

Each is a ``Page``; pages become plain text of at most 78 columns, or one HTML file that needs
nothing else: no script, no picture, no address it would fetch anything from.
"""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import escape

from msgspec import Struct

from cotutor.content.passages import agreement_passages
from cotutor.domain.duration import MINUTE, in_words, short
from cotutor.domain.guidance import Guidance, StageId, Wording
from cotutor.domain.programme import Programme, expand
from cotutor.domain.rotation import Round
from cotutor.domain.skills import ABOUT, COUNTED
from cotutor.domain.tally import BIN, BORROWED, FEEDBACK, THANK_YOU

WIDTH = 78
"""The most columns of the plain text."""
_MOST_BINS = 8
"""Columns of a tally that fit; whoever speaks longer than forty minutes gets a second sheet."""
_GAP = "  "


class Card(Struct, frozen=True):
    """Something to cut out, or a paragraph with a heading."""

    lines: tuple[str, ...]
    heading: str = ""
    listed: bool = True
    """Each line stands for itself; otherwise they are read on."""


class Page(Struct, frozen=True):
    """A handout on paper: notes, then cards or a table, then what stands below them."""

    title: str
    notes: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    heads: tuple[str, ...] = ()
    """The heads of the table's columns; empty if there is no table."""
    rows: tuple[tuple[str, ...], ...] = ()
    after: tuple[str, ...] = ()


def cue_cards(guidance: Guidance) -> Page:
    """A card for each listening cue."""
    return Page(
        "Listening cues",
        notes=("Cut them apart. Draw one before you listen, look at it once, and put it away.",),
        cards=tuple(Card((cue,)) for cue in guidance.cues),
    )


def question_cards(guidance: Guidance, stage: StageId | None = None) -> tuple[Page, ...]:
    """A page for each stage, or for one: a card for each of its steps, with its questions."""
    return tuple(
        Page(
            f"Stage {one.id}: {one.name}. {one.question}",
            notes=("Any order, any number, or none. One at a time, and time for the answer.",),
            cards=tuple(
                Card((step.job, *step.questions), heading=f"{step.id}  {step.title}")
                for step in guidance.steps_of(one.id)
            ),
        )
        for one in guidance.stages
        if stage in (None, one.id)
    )


def blank_tally(length: int = 20 * MINUTE) -> Page:
    """An observer's sheet for a turn of ``length`` milliseconds, with a column for every five minutes."""
    bins = min(_MOST_BINS, max(1, -(-length // BIN)))
    heads = ("", *(f"{number * 5}-{number * 5 + 5}" for number in range(bins)))
    return Page(
        "Observer's tally",
        notes=(
            "One stroke each time. Count what the listener does, never what anybody says.",
            "Columns are minutes of the turn. The sheet belongs to the listener, or to the bin.",
        ),
        heads=heads,
        rows=tuple((skill.capitalize(), *("" for _ in range(bins))) for skill in COUNTED),
        after=(*(f"{skill.capitalize()}: {ABOUT[skill].line}" for skill in COUNTED), *feedback_lines()),
    )


def feedback_lines() -> tuple[str, ...]:
    """Who says what about the listening, in order; and what may be made of the counts."""
    return (*FEEDBACK.values(), THANK_YOU, f"Reflections to questions: {BORROWED}")


def agreement(wording: Wording) -> Page:
    """What two people agree on before the clock starts."""
    words = wording.agreement
    return Page(
        words.heading,
        notes=words.opening,
        cards=tuple(
            Card(passage.lines, passage.heading, listed=bool(passage.mark))
            for passage in agreement_passages(words)
        ),
    )


def timetable(programme: Programme, begins: datetime | None = None) -> Page:
    """A programme for the wall; without the trainer's notes.

    Args:
        programme: whose times.
        begins: when each day begins, by the clock on the wall; None for minutes from nought.
    """
    sections = expand(programme)
    days = max(section.item.day for section in sections)
    rows = []
    for section in sections:
        at = _time(section.begins, begins)
        when = f"Day {section.item.day}, {at}" if days > 1 else at
        rows.append((when, short(section.item.lasts), section.item.title, section.item.say))
    people = f"For {programme.fewest} to {programme.most} people; {in_words(programme.length)} in all."
    notes = (programme.summary, people) if programme.summary else (people,)
    return Page(programme.title, notes=notes, heads=("When", "Length", "What", ""), rows=tuple(rows))


def seating(rounds: Sequence[Round]) -> Page:
    """Who sits with whom in every round; whoever is named first speaks first."""
    return Page(
        "Who sits with whom",
        notes=("Named in speaking order: the next one listens. Whoever is left over observes.",),
        cards=tuple(
            Card(
                tuple(", ".join(seat.person for seat in group.seats) for group in one.groups),
                heading=f"Round {one.number}",
            )
            for one in rounds
        ),
    )


def _time(since: int, begins: datetime | None) -> str:
    if begins is None:
        return f"{since // MINUTE // 60}:{since // MINUTE % 60:02}"
    return f"{begins + timedelta(milliseconds=since):%H:%M}"


def as_text(pages: Iterable[Page]) -> str:
    """Pages as plain text, a form feed between them, no line over 78 columns."""
    return "\f".join("\n".join(_page_lines(page)) + "\n" for page in pages)


def _page_lines(page: Page) -> list[str]:
    lines = [*_wrapped(page.title.upper()), ""]
    for note in page.notes:
        lines += _wrapped(note)
    for card in page.cards:
        lines += ["", *(_wrapped(card.heading) if card.heading else ())]
        for line in card.lines:
            lines += _wrapped(line, "- ", "  ") if card.listed else _wrapped(line)
    lines += _table_lines(page)
    if page.after:
        lines.append("")
    for line in page.after:
        lines += _wrapped(line, "- ", "  ")
    return lines


def _wrapped(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest)


def _table_lines(page: Page) -> list[str]:
    """A table as columns; empty cells are lines to write on, a last cell without a head stands below."""
    if not page.heads:
        return []
    below = page.heads[-1] == ""
    columns = list(zip(page.heads, *page.rows, strict=True))[: len(page.heads) - below]
    widths = [max(3, *map(len, column)) for column in columns]
    lines = ["", _GAP.join(map(str.ljust, page.heads, widths)).rstrip(), ""]
    for row in page.rows:
        cells = (cell or "_" * width for cell, width in zip(row, widths, strict=False))
        lines += _wrapped(_GAP.join(map(str.ljust, cells, widths)).rstrip(), rest="    ")
        if below:
            lines += [*_wrapped(row[-1], first="    ", rest="    "), ""]
    return lines


_STYLE = """
@page { size: A4; margin: 18mm; }
body { font: 12pt/1.4 Georgia, "Times New Roman", serif; color: #000; background: #fff;
  max-width: 46em; margin: 0 auto; padding: 1em; }
section { break-after: page; }
section:last-child { break-after: auto; }
h1 { font-size: 18pt; line-height: 1.2; }
h2 { font-size: 13pt; margin: 0 0 .4em; }
.cards { display: grid; grid-template-columns: 1fr 1fr; gap: 0; }
.card { border: 1px dashed #666; padding: .8em; break-inside: avoid; }
.card p { margin: 0 0 .4em; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; }
th, td { border: 1px solid #666; padding: .35em .5em; text-align: left; vertical-align: top; }
tr { break-inside: avoid; }
"""


def as_html(pages: Sequence[Page]) -> str:
    """Pages as one HTML file to print; every text in it escaped."""
    title = escape(pages[0].title if len(pages) == 1 else "Handouts")
    body = "\n".join(_section(page) for page in pages)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _section(page: Page) -> str:
    cards = "".join(
        f'<div class="card">{_tagged("h2", (card.heading,) if card.heading else ())}{_tagged("p", card.lines)}</div>\n'
        for card in page.cards
    )
    return (
        f"<section>\n{_tagged('h1', (page.title,))}{_tagged('p', page.notes)}"
        + (f'<div class="cards">\n{cards}</div>\n' if cards else "")
        + _table(page)
        + _tagged("p", page.after)
        + "</section>"
    )


def _table(page: Page) -> str:
    if not page.heads:
        return ""
    heads = _tagged("th", page.heads)
    rows = "".join(f"<tr>{_tagged('td', row)}</tr>\n" for row in page.rows)
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _tagged(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>\n" for text in texts)
