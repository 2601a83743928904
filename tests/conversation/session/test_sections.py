"""The longer texts of a session: which sections they have, and how those are read out."""

from msgspec.structs import replace

from cotutor.content.shipped import shipped_guidance
from cotutor.conversation.session.sections import Section, Tone, explanation, help_sections, read_out
from cotutor.domain.guidance import GROUP_NAMES, NOT_STATED, Group, Signpost
from cotutor.domain.plan import Kind
from tests.conversation.session.sat import Sat

GUIDANCE = shipped_guidance()


def test_stop_and_explain_says_what_to_do_and_to_say_and_ends_with_all_of_help() -> None:
    stop = GUIDANCE.wording.stop
    sections = explanation(GUIDANCE)
    assert [(section.lines, section.listed) for section in sections[:5]] == [
        ((stop.records, *stop.when), False),
        (stop.steps, True),
        (stop.say, True),
        (stop.distress, True),
        (stop.afterwards, True),
    ]
    assert sections[5:] == help_sections(GUIDANCE)


def test_what_a_stop_answers_has_its_headings_and_so_has_help() -> None:
    sat = Sat().until(Kind.TURN)
    assert sat.talk.obey("explain") == read_out(explanation(GUIDANCE), headings=True)
    assert sat.talk.obey("app.signposts") == read_out(help_sections(GUIDANCE), headings=True)


def test_help_keeps_its_kinds_apart_and_tells_sources_and_dates_last() -> None:
    *kinds, sources = help_sections(GUIDANCE)
    assert [(section.heading, section.signposts) for section in kinds] == [
        (GROUP_NAMES[group], GUIDANCE.help_of(group)) for group in Group
    ]
    assert [section.tone for section in kinds] == [Tone.URGENT, Tone.USUAL, Tone.USUAL]
    assert sources.tone is Tone.QUIET
    assert sources.lines == tuple(f"{one.name}: {one.source}; {one.dated}" for one in GUIDANCE.signposts)


def test_only_what_is_read_out_on_request_has_headings() -> None:
    sections = (Section(("one", "two"), "Numbers"), Section(("three",)))
    assert read_out(sections) == ("one", "two", "three")
    assert read_out(sections, headings=True) == ("Numbers:", "one", "two", "three")


def test_an_entry_of_help_is_one_line_with_the_hours_and_the_note_that_it_has() -> None:
    post = Signpost("x", Group.ADVICE, "Name", "Ring 1.", "For all.", "Source")
    full = replace(post, hours="9 to 5", note="A note.")
    assert post.hours == NOT_STATED
    assert read_out((Section(signposts=(post, full)),)) == (
        "Name. Ring 1. For all.",
        "Name. Ring 1. For all. Hours: 9 to 5. A note.",
    )
