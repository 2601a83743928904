import re
from datetime import datetime
from html.parser import HTMLParser
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotutor.content.shipped import shipped_guidance
from cotutor.content.workshop import PROGRAMMES
from cotutor.domain.duration import MINUTE
from cotutor.domain.rotation import draw
from cotutor.domain.skills import COUNTED
from cotutor.plain.handouts import (
    WIDTH,
    Card,
    Page,
    agreement,
    as_html,
    as_text,
    blank_tally,
    cue_cards,
    question_cards,
    seating,
    timetable,
)

GUIDANCE = shipped_guidance()
PAGES = (
    cue_cards(GUIDANCE),
    *question_cards(GUIDANCE),
    blank_tally(),
    agreement(GUIDANCE.wording),
    *(timetable(programme) for programme in PROGRAMMES.shipped()),
)
NINE = datetime(2026, 11, 22, 9, 0)  # noqa: DTZ001  a wall clock has no time zone


class Read(HTMLParser):
    """What a browser would make of a page: tags, their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1] != "style":
            self.texts.append(data)


def plain(text: str) -> str:
    """The words alone, whatever the line breaks and bullets."""
    return " ".join(re.sub(r"^ *- ", "", text, flags=re.MULTILINE).split()).casefold()


def test_the_text_fits_and_draws_no_boxes() -> None:
    text = as_text(PAGES)
    assert max(len(line) for line in text.splitlines()) <= WIDTH
    assert not set("|+=*") & set(text)
    assert not [character for character in text if 0x2500 <= ord(character) < 0x25A0]
    assert text.count("\f") == len(PAGES) - 1
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_every_cue_and_every_question_has_its_place() -> None:
    cues = plain(as_text(PAGES[:1]))
    assert all(plain(cue) in cues for cue in GUIDANCE.cues)
    questions = plain(as_text(question_cards(GUIDANCE)))
    for step in GUIDANCE.steps:
        assert all(plain(question) in questions for question in step.questions)


def test_one_stage_has_one_page() -> None:
    (page,) = question_cards(GUIDANCE, "I")
    assert page.title.startswith("Stage I:")
    assert [card.heading[:3] for card in page.cards] == ["I-A", "I-B", "I-C"]


@pytest.mark.parametrize(("minutes", "bins"), [(1, 1), (5, 1), (6, 2), (20, 4), (40, 8), (180, 8)])
def test_a_blank_tally_has_a_column_for_every_five_minutes(minutes: int, bins: int) -> None:
    page = blank_tally(minutes * MINUTE)
    assert page.heads[1] == "0-5"
    assert len(page.heads) == 1 + bins
    assert [row[0].casefold() for row in page.rows] == list(COUNTED)
    lines = as_text([page]).splitlines()
    assert max(map(len, lines)) <= WIDTH
    blanks = [line for line in lines if line.startswith("Open question  ")]
    assert [line.count("  _") for line in blanks] == [bins]


def test_the_limits_of_confidentiality_are_on_the_agreement() -> None:
    text = plain(as_text([agreement(GUIDANCE.wording)]))
    assert all(plain(line) in text for line in GUIDANCE.wording.agreement.limits)
    assert plain(GUIDANCE.wording.agreement.acknowledge) in text


def test_a_timetable_tells_the_room_everything_and_nothing_of_the_trainers() -> None:
    for programme in PROGRAMMES.shipped():
        text = plain(as_text([timetable(programme)]))
        for item in programme.items:
            assert plain(item.title) in text
            assert plain(item.say) in text
            assert not [note for note in item.trainer if plain(note) in text]


def test_a_timetable_begins_when_the_day_does() -> None:
    programme = PROGRAMMES.named("half-day").value
    assert [row[0] for row in timetable(programme).rows][:3] == ["0:00", "0:10", "0:20"]
    assert [row[0] for row in timetable(programme, NINE).rows][:3] == ["09:00", "09:10", "09:20"]
    days = [row[0] for row in timetable(PROGRAMMES.named("masterclass").value, NINE).rows]
    assert days[0] == "Day 1, 09:00"
    assert "Day 2, 09:00" in days
    assert all(before != after for before, after in pairwise(days))


def test_the_seating_names_everyone_once_a_round() -> None:
    people = [f"p{number:02}" for number in range(17)]
    page = seating(draw(people, 3, 4, Random(1)))  # noqa: S311  who sits where is no secret
    assert [card.heading for card in page.cards] == ["Round 1", "Round 2", "Round 3", "Round 4"]
    for card in page.cards:
        assert sorted(name for line in card.lines for name in line.split(", ")) == people


def test_the_html_needs_nothing_else() -> None:
    page = as_html(PAGES)
    read = Read(page)
    assert read.open == []
    fetching = {
        "script",
        "img",
        "link",
        "iframe",
        "object",
        "embed",
        "svg",
        "a",
        "base",
        "form",
        "video",
        "audio",
    }
    assert not fetching & set(read.tags)
    assert {name for name, _ in read.attributes} <= {"lang", "charset", "http-equiv", "content", "class"}
    assert "default-src 'none'" in page
    assert "http:" not in page
    assert "url(" not in page
    assert "@import" not in page
    assert "@page" in page
    assert read.tags.count("section") == len(PAGES)
    assert "<title>Handouts</title>" in page
    assert "<title>Observer&#x27;s tally</title>" in as_html([blank_tally()])


def test_the_html_and_the_text_say_the_same() -> None:
    for page in PAGES:
        html = {plain(text) for text in Read(as_html([page])).texts}
        text = plain(as_text([page]))
        assert html
        assert all(one in text for one in html)


texts = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from("<>&\"' "), min_size=1).map(
    str.strip
)


@given(texts.filter(bool))
def test_whatever_a_page_says_stays_text(text: str) -> None:
    page = Page(text, (text,), (Card((text,), text),), (text, text), ((text, text),), (text,))
    read = Read(as_html([page]))
    assert read.texts == [text] * 10
    assert read.open == []
