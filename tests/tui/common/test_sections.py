"""How longer texts are laid out on a screen."""

from cotutor.conversation.session.sections import Section, Tone
from cotutor.domain.guidance import Group, Signpost
from cotutor.tui.common.sections import sections


def test_a_blank_line_stands_before_each_heading_but_the_first_and_items_have_bullets() -> None:
    several = (Section(("a",), "One"), Section(("b", "c"), listed=True), Section(("d",), "Two"))
    assert sections(several).plain.split("\n") == ["One", "a", "• b", "• c", "", "Two", "d"]


def test_an_entry_of_help_has_its_number_beside_its_name_and_the_rest_below() -> None:
    post = Signpost("x", Group.ADVICE, "Name", "Ring 1.", "For all.", "Source", "9 to 5", note="A note.")
    shown = sections((Section(signposts=(post,)),))
    assert shown.plain.split("\n") == ["Name: Ring 1.", "  For all. Hours: 9 to 5.", "  A note."]
    assert [(span.start, span.end, span.style) for span in shown.spans] == [(0, 4, "bold")]


def test_only_what_is_urgent_warns_and_only_what_is_quiet_is_pale() -> None:
    styles = {
        tone: [span.style for span in sections((Section(("a",), "One", tone=tone),)).spans if span.style]
        for tone in Tone
    }
    assert styles == {
        Tone.USUAL: ["bold $primary"],
        Tone.URGENT: ["bold $warning"],
        Tone.QUIET: ["bold $primary", "$text-muted"],
    }
