"""What a face shows of a notice, and how it names commands."""

import pytest

from cotutor.conversation.command import Command
from cotutor.conversation.notice import SIGNS, STROKES, Medium, Notice
from cotutor.domain import events

PAUSE = Command("space,p", "pause", "Pause", "Hold.", shown="space", word="pause")
RESUME = Command("space", "resume", "Go on", "Go on.", word="resume", when=bool)
JOT = Command("", "jot", "Jot", "A line.", word="jot", example="jot a line")
BIG = Command("f", "big", "Big", "The clock alone.")


def test_a_command_goes_by_its_keys_on_the_screen_and_by_its_word_in_lines() -> None:
    assert [Medium.KEYS.names(one) for one in (PAUSE, JOT, BIG)] == [("space", "p"), (), ("f",)]
    assert [Medium.WORDS.names(one) for one in (PAUSE, JOT, BIG)] == [("pause",), ("jot",), ()]
    assert (Medium.KEYS.how(PAUSE), Medium.WORDS.how(JOT)) == ("Press space", "Type jot a line")


def test_a_key_with_two_meanings_has_the_one_that_is_allowed_or_else_the_first() -> None:
    never = PAUSE._replace(when=lambda _held: False)
    assert Medium.KEYS.meant((never, RESUME, BIG), True) == (never, RESUME, BIG)  # p means the first alone
    only = never._replace(key="space")
    assert Medium.KEYS.meant((only, RESUME, BIG, JOT), True) == (RESUME, BIG)
    assert Medium.KEYS.meant((only, RESUME), False) == (only,)


@pytest.mark.parametrize(
    ("now", "shown"),
    [(10, "Gone. u takes it back."), (20, "Gone. u takes it back."), (21, "Gone."), (30, "Gone."), (31, "")],
)
def test_a_notice_loses_first_what_can_be_done_and_then_its_text(now: int, shown: str) -> None:
    assert Notice(10, "Gone.", "u takes it back.", until=30, to_do_until=20).at_instant(now) == shown


def test_a_notice_without_an_end_stays_as_it_is() -> None:
    assert Notice(10, "Gone.").at_instant(10**12) == "Gone."
    assert Notice(10, "Gone.", "Do.").at_instant(10**12) == "Gone. Do."
    assert Notice(10, "Gone.", "Do.", until=10**12).at_instant(10**12) == "Gone. Do."


GONE = Notice(10, "Gone.")
ENDED = Notice(10, "Ended early.", outlasts=True)
PHASE = Notice(10, "Turn 2.", new_phase=True)


def test_a_notice_stands_in_the_place_of_the_one_before_unless_it_is_about_a_new_phase() -> None:
    assert GONE.standing_after(None) is GONE
    assert GONE.standing_after(ENDED) is GONE
    assert ENDED.standing_after(GONE) is ENDED
    assert PHASE.standing_after(None) is None
    assert PHASE.standing_after(GONE) is None


def test_what_led_to_a_new_phase_still_stands_at_the_instant_at_which_that_begins() -> None:
    assert PHASE.standing_after(ENDED) is ENDED
    for at in (9, 11):
        assert PHASE.standing_after(Notice(at, "Ended early.", outlasts=True)) is None


def test_a_notice_is_silent_plain_and_for_the_present_phase_unless_it_says_so() -> None:
    assert (GONE.to_do, GONE.sign, GONE.strokes, GONE.lines) == ("", "", 0, ())
    assert (GONE.new_phase, GONE.outlasts) == (False, False)


def test_the_bell_rings_once_before_the_end_and_twice_at_it_and_never_otherwise() -> None:
    assert dict(STROKES) == {events.WarningDue: 1, events.TimeUp: 2}


def test_no_two_events_have_the_same_shape_and_whatever_rings_has_one() -> None:
    assert len({*SIGNS.values()}) == len(SIGNS)
    assert STROKES.keys() <= SIGNS.keys()
    assert all(len(sign) == 1 for sign in SIGNS.values())
