"""What a face shows of a notice, and how it names commands."""

import pytest

from cotutor.conversation.command import Command
from cotutor.conversation.notice import Medium, Notice

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
