"""How a demonstration is played, and what is shown of it."""

import pytest
from msgspec.structs import replace

from cotutor.content.workshop import DEMOS
from cotutor.conversation.notice import Medium
from cotutor.conversation.trainer.demonstration import SPEEDS, Demonstration, counted, offers, setting
from cotutor.domain.demonstration import Which
from cotutor.domain.duration import MINUTE, SECOND, Length
from cotutor.domain.errors import CotutorError
from cotutor.domain.skills import Skill
from tests.fakes import FakeClock

SCRIPT = DEMOS.named("the-letter").value


def playing(which: Which = Which.HELPFUL, medium: Medium = Medium.WORDS) -> Demonstration:
    made = Demonstration(SCRIPT, which, FakeClock(), medium)
    made.start()
    return made


def at_a_stop() -> Demonstration:
    made = playing()
    while not made.choosing:
        made.obey("next")
    return made


def test_speeds_go_up_and_down_one_by_one_and_stay_at_either_end() -> None:
    made = playing()
    for speed in (*SPEEDS[1:], SPEEDS[-1]):
        assert made.obey("faster")[0].endswith(f"playing at {speed} times the speed.")
    for speed in SPEEDS[-2:0:-1]:
        made.obey("slower")
        assert made.playback.speed == speed
    for _ in range(2):
        assert made.obey("slower") == (f"Line 1 of {len(made.playback.lines)}: playing.",)
        assert made.playback.speed == 1
    assert SPEEDS == (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 60)


def test_it_begins_when_it_is_shown_and_not_when_it_was_made() -> None:
    clock = FakeClock()
    made = Demonstration(SCRIPT, Which.HELPFUL, clock, Medium.WORDS)
    clock.go(hours=1)
    made.start()
    made.tick()
    assert made.played == SCRIPT.opening[:1]
    assert made.seconds_to_event() == SCRIPT.opening[0].lasts / 1000
    clock.speed = 10
    assert made.seconds_to_event() == SCRIPT.opening[0].lasts / 10_000
    clock.go(milliseconds=SCRIPT.opening[0].lasts)
    made.tick()
    assert made.played == SCRIPT.opening[:2]


@pytest.mark.parametrize(
    ("medium", "how"), [(Medium.KEYS, "Press space to play on"), (Medium.WORDS, "Type resume to play on")]
)
def test_a_held_one_waits_and_says_how_it_plays_on(medium: Medium, how: str) -> None:
    made = playing(medium=medium)
    assert made.obey("pause")[0].endswith(f": paused. {how}.")
    assert (made.paused, made.seconds_to_event()) == (True, None)
    assert made.obey("resume")[0].endswith(": playing.")
    assert not made.paused


def test_a_stop_waits_for_a_choice_and_says_whether_it_helps() -> None:
    made = at_a_stop()
    stop = made.stop
    assert stop is not None
    assert made.state_of_play == "1, 2 or 3 chooses; Enter goes on without."
    assert (made.choice, made.seconds_to_event()) == (None, None)
    for number, choice in enumerate(stop.choices):
        verdict = f"That {'helps' if choice.helps else 'hinders'}. {choice.why}"
        assert made.obey(f"choose({number})") == (f"{verdict} Enter goes on.",)
        assert made.choice == choice
    made.obey("next")
    assert not made.choosing
    with pytest.raises(CotutorError, match="nothing to choose"):
        made.obey("choose(0)")


def test_labels_can_be_hidden_so_that_people_can_guess() -> None:
    made = playing()
    both = next(line for line in made.playback.lines if line.skill and line.step)
    assert made.label(both) == f"{both.step}, {both.skill}, helps"
    assert made.label(replace(both, step=None, skill=Skill.ADVICE)) == f"{Skill.ADVICE}, hinders"
    assert made.label(replace(both, step=None, skill=None)) == ""
    assert made.obey("labels") == ("Lines don't say what they are.",)
    assert made.label(both) == ""
    assert ", labels hidden: " in made.state_of_play
    assert made.obey("labels") == ("Each line says what it is.",)


def test_moving_and_ending_answer_nothing_and_the_end_shows_what_was_counted() -> None:
    made = playing()
    assert made.obey("next") == made.obey("before") == ()
    assert made.played == SCRIPT.opening[:1]
    while not made.ended:
        assert not made.closed
        made.obey("next")
    assert made.state_of_play == "That was the helpful version. Enter shows what was counted."
    assert not made.closed
    assert made.obey("next") == ()
    assert made.closed
    early = playing()
    early.obey("end")
    assert early.closed


def test_alone_it_leaves_pauses_and_stops_and_closes() -> None:
    clock = FakeClock()
    made = Demonstration(SCRIPT, Which.UNHELPFUL, clock, Medium.WORDS)
    made.start()
    made.obey("pause")
    for _ in range(400):
        made.go_on_alone()
        clock.go(seconds=5)
        made.tick()
    assert made.closed


def test_help_lists_what_can_be_typed_now() -> None:
    words = [line.partition(":")[0] for line in playing().obey("app.keys")]
    assert "pause" in words
    assert not {"1", "resume"} & {*words}
    assert {"1", "2", "3"} <= {line.partition(":")[0] for line in at_a_stop().obey("app.keys")}


def test_a_version_is_offered_with_its_minutes_and_its_stops() -> None:
    first, second = offers(SCRIPT)
    assert (first.which, first.title, first.about) == (
        Which.UNHELPFUL,
        "The unhelpful version",
        "about 2 minutes, 1 stop",
    )
    assert (second.title, second.about) == ("The helpful version", "about 4 minutes, 2 stops")
    assert second.watch == SCRIPT.helpful.watch
    short = replace(SCRIPT, opening=SCRIPT.opening[:1], helpful=replace(SCRIPT.helpful, lines=(), stops=()))
    assert offers(short)[1].about == "about 1 minute, 0 stops"
    assert setting(SCRIPT)[1:] == (
        "Gwen: a partner in a town practice.",
        "Samir: a GP from a practice some way off.",
    )


@pytest.mark.parametrize(("last", "about"), [(29, 1), (30, 2), (89, 2), (91, 3)])
def test_the_minutes_of_a_version_are_rounded_and_reach_to_the_end_of_its_last_line(
    last: int, about: int
) -> None:
    """All that comes before the last line lasts a minute."""
    first = replace(SCRIPT.opening[0], wait=Length(MINUTE))
    ends = replace(SCRIPT.opening[1], wait=Length(last * SECOND))
    script = replace(
        SCRIPT,
        opening=(first,),
        unhelpful=replace(SCRIPT.unhelpful, lines=(ends,), stops=()),
        helpful=SCRIPT.helpful,
    )
    assert offers(script)[0].about.startswith(f"about {about} minute")
    assert counted(script, Which.UNHELPFUL).length == (60 + last) * 1000


def test_what_was_counted_names_the_version_and_ends_with_questions_for_the_room() -> None:
    found = counted(SCRIPT, Which.HELPFUL)
    assert found.title == "What was counted in the helpful version"
    assert found.length == sum(line.lasts for line in SCRIPT.lines(Which.HELPFUL))
    assert found.figures[0] == "Open among all questions: 4 of 4: 100% open."
    assert found.questions == SCRIPT.helpful.debrief
