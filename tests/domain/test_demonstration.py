import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotutor.content.workshop import DEMOS
from cotutor.domain.demonstration import (
    Choice,
    Person,
    Playback,
    Script,
    Spoken,
    Version,
    WhatNext,
    Which,
    advance,
    at_speed,
    choose,
    go_back,
    go_on,
    hold,
    next_due,
    play,
    starts,
    tallied,
)
from cotutor.domain.duration import SECOND, Length
from cotutor.domain.errors import CotutorError
from cotutor.domain.skills import Skill
from cotutor.domain.tally import rows

SHIPPED = DEMOS.shipped()
CHOICES = (
    Choice("Mm.", helps=True, why="It waits."),
    *[Choice("You should.", helps=False, why="Advice.")] * 2,
)


def spoken(text: str, seconds: int = 2, skill: Skill | None = None) -> Spoken:
    return Spoken("listener" if skill else "speaker", text, skill, wait=Length(seconds * SECOND))


def script(*stops: int, lines: int = 3) -> Script:
    version = Version(
        "Watch.",
        tuple(spoken(f"Line {number}") for number in range(2, lines + 1)),
        ("What did you see?",),
        tuple(WhatNext(after, CHOICES) for after in stops),
    )
    return Script(
        format=1,
        name="a-test",
        title="A test",
        fiction=True,
        setting="Nowhere.",
        speaker=Person("Ada", "a speaker"),
        listener=Person("Bo", "a listener"),
        opening=(spoken("Line 1"),),
        unhelpful=version,
        helpful=version,
    )


def playing(*stops: int, lines: int = 3, speed: int = 1) -> Playback:
    return play(script(*stops, lines=lines), Which.HELPFUL, now=1_000, speed=speed)


def test_lines_follow_one_another_by_the_clock() -> None:
    playback = playing()
    assert [advance(playback, 1_000 + at).index for at in (0, 1_999, 2_000, 4_000, 5_999)] == [0, 0, 1, 2, 2]
    end = advance(playback, 99_000)
    assert end.index == 2
    assert end.ended
    assert not advance(playback, 6_999).ended


def test_an_earlier_instant_changes_nothing() -> None:
    later = advance(playing(), 3_500)
    assert advance(later, 2_000) == later


def test_it_stops_after_the_line_and_waits_for_ever() -> None:
    playback = advance(playing(2), 500_000)
    assert playback.stop
    assert playback.stop.after == 2
    assert playback.index == 1
    assert not playback.ended
    assert next_due(playback) is None
    assert advance(playback, 900_000).index == 1


def test_a_choice_is_explained_before_the_conversation_goes_on() -> None:
    playback = advance(playing(2), 500_000)
    assert playback.choice is None
    first = choose(playback, 1, 500_000)
    assert first.stop == playback.stop
    assert first.choice == CHOICES[1]
    second = choose(first, 0, 501_000)
    assert second.choice == CHOICES[0]
    on = go_on(second, 502_000)
    assert on.stop is None
    assert on.choice is None
    assert on.index == 2
    assert on.chosen == (0,)
    assert advance(on, 503_999).index == 2
    assert advance(on, 504_000).ended


def test_a_stop_can_be_left_without_choosing() -> None:
    on = go_on(advance(playing(1, 2), 500_000), 500_000)
    assert on.chosen == (None,)
    at_second = advance(on, 600_000)
    assert at_second.index == 1
    assert choose(at_second, 2, 600_000).chosen == (None, 2)


def test_a_stop_after_the_last_line_comes_before_the_end() -> None:
    playback = advance(playing(3), 500_000)
    assert playback.stop
    assert not playback.ended
    assert playback.index == 2
    assert go_on(playback, 500_000).ended


@pytest.mark.parametrize("number", [-1, 3])
def test_there_are_three_choices(number: int) -> None:
    with pytest.raises(CotutorError, match="1, 2 or 3"):
        choose(advance(playing(1), 90_000), number, 90_000)


def test_between_stops_there_is_nothing_to_choose() -> None:
    with pytest.raises(CotutorError, match="nothing to choose"):
        choose(playing(2), 0, 1_000)


def test_a_pause_holds_it_and_speed_moves_it() -> None:
    held = hold(playing(), 2_000, paused=True)
    assert next_due(held) is None
    assert advance(held, 60_000).index == 0
    on = hold(held, 60_000, paused=False)
    assert next_due(on) == 61_000
    fast = at_speed(on, 10, 60_000)
    assert next_due(fast) == 60_100
    assert advance(fast, 60_100).index == 1


def test_the_next_line_can_be_had_at_once_and_the_last_one_again() -> None:
    playback = go_on(playing(2), 1_100)
    assert playback.index == 1
    assert playback.at == 2_000
    stopped = go_on(playback, 1_200)
    assert stopped.stop
    again = go_back(stopped, 1_300)
    assert again.index == 1
    assert again.stop is None
    assert go_back(again, 1_300).index == 0
    assert go_back(go_back(again, 1_300), 1_300).index == 0


def test_each_key_goes_one_line_on_or_back_from_the_very_beginning_of_a_line_too() -> None:
    playback = playing(lines=4)
    places = [(0, 0)]
    for move in (go_on, go_on, go_on, go_back, go_back, go_back, go_back):
        playback = move(playback, 1_000)
        places.append((playback.index, playback.at))
    assert [index for index, _ in places] == [0, 1, 2, 3, 2, 1, 0, 0]
    assert all(at == index * 2_000 for index, at in places)


def test_it_plays_at_the_pace_of_the_words_unless_told_otherwise() -> None:
    playback = play(script(), Which.HELPFUL, now=1_000)
    assert (playback.speed, playback.at, playback.passed, playback.paused) == (1, 0, 0, False)
    assert next_due(playback) == 3_000


def test_going_back_over_a_stop_asks_again() -> None:
    beyond = go_on(choose(advance(playing(1), 90_000), 1, 90_000), 90_000)
    back = go_back(beyond, 90_000)
    assert back.index == 0
    assert back.chosen == ()
    assert advance(back, 99_000).stop


def test_going_back_to_the_line_that_followed_a_stop_asks_nothing_again() -> None:
    beyond = go_on(choose(advance(playing(1, lines=4), 90_000), 1, 90_000), 90_000)
    back = go_back(go_on(beyond, 90_000), 90_000)
    assert (beyond.index, back.index, back.passed, back.chosen) == (1, 1, 1, (1,))
    assert back.stop is None


def test_going_on_at_the_end_stays_there() -> None:
    end = advance(playing(), 90_000)
    assert next_due(end) is None
    assert go_on(end, 90_000) == end
    assert go_back(end, 90_000).index == 2


pokes = st.lists(st.integers(0, 3_000), max_size=60)


@given(pokes, st.integers(1, 60), st.sets(st.integers(1, 6)))
def test_it_does_not_matter_how_often_anybody_looks(waits: list[int], speed: int, stops: set[int]) -> None:
    playback = late = playing(*sorted(stops), lines=6, speed=speed)
    now = 1_000
    for wait in waits:
        now += wait
        playback = advance(playback, now)
    assert playback == advance(late, now)


@given(st.sets(st.integers(1, 6)), st.integers(1, 60))
def test_waking_when_due_plays_everything_to_the_end(stops: set[int], speed: int) -> None:
    playback = playing(*sorted(stops), lines=6, speed=speed)
    seen = [playback.index]
    asked = 0
    for _ in range(40):
        due = next_due(playback)
        if due is not None:
            assert due > playback.seen
            playback = advance(playback, due)
        elif playback.stop:
            asked += 1
            assert playback.index == playback.stop.after - 1
            playback = go_on(playback, playback.seen)
        seen.append(playback.index)
    assert playback.ended
    assert asked == len(stops)
    assert seen == sorted(seen)
    assert set(seen) == set(range(6))


def test_a_line_without_a_wait_lasts_as_long_as_its_words() -> None:
    assert Spoken("speaker", "Five words are said here.").lasts == 3 * SECOND
    assert spoken("(Waits.)", 9).lasts == 9 * SECOND


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda one: one.name)
def test_the_shipped_ones_show_what_they_are_for(shipped: Script) -> None:
    def share(which: Which, *skills: Skill) -> float:
        lines = [line for line in shipped.lines(which) if line.who == "listener"]
        return sum(line.skill in skills for line in lines) / len(lines)

    hinders = (Skill.ADVICE, Skill.STORY, Skill.FLOOR, Skill.CLOSED, Skill.REASSURANCE)
    for which in Which:
        assert 20 <= len(shipped.lines(which)) <= 40
        assert shipped.version(which).stops
        assert 60 * SECOND < starts(shipped.lines(which))[-1] < 6 * 60 * SECOND
    assert share(Which.HELPFUL, *hinders) == 0
    assert share(Which.UNHELPFUL, *hinders) > 0.8
    assert share(Which.HELPFUL, Skill.SILENCE) > 0.1
    assert share(Which.UNHELPFUL, Skill.SILENCE) == 0
    assert {line.skill for line in shipped.lines(Which.HELPFUL)} >= {Skill.OPEN, Skill.SUMMARY, Skill.FEELING}


# Whoever has to stop and explain speaks more than others.
@pytest.mark.parametrize(
    "shipped", [one for one in SHIPPED if one.name != "not-tomorrow"], ids=lambda one: one.name
)
def test_in_the_helpful_version_the_speaker_has_the_floor(shipped: Script) -> None:
    words = {"speaker": 0, "listener": 0}
    for line in shipped.helpful.lines:
        if not line.say.startswith("("):
            words[line.who] += len(line.say.split())
    assert words["listener"] < words["speaker"]


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda one: one.name)
def test_only_one_question_at_a_time_in_the_helpful_version(shipped: Script) -> None:
    for line in shipped.helpful.lines:
        if line.skill is Skill.OPEN:
            assert line.say.count("?") == 1


def test_one_of_them_stops_and_explains_and_in_its_other_version_nobody_does() -> None:
    stopping = {
        (shipped.name, which)
        for shipped in SHIPPED
        for which in Which
        if any(line.skill is Skill.EXPLAIN for line in shipped.lines(which))
    }
    assert stopping == {("not-tomorrow", Which.HELPFUL)}


def test_the_tally_of_a_version_counts_its_labels() -> None:
    shipped = SHIPPED[0]
    for which in Which:
        counts = {row.skill: row.total for row in rows(tallied(shipped, which), 1)}
        for skill, count in counts.items():
            assert count == sum(line.skill is skill for line in shipped.lines(which))
    assert shipped.name_of(shipped.opening[0]) == "Ruth"
    assert shipped.name_of(shipped.opening[1]) == "Nisha"
