from collections.abc import Callable
from pathlib import Path

import pytest

from cotutor.content.checking import shipped_text
from cotutor.content.workshop import (
    DEMOS,
    PROGRAMMES,
    SHIPPED_DEMOS,
    SHIPPED_PROGRAMMES,
    programme_rules,
    script_rules,
)
from cotutor.domain.errors import ContentProblems

PROGRAMME = """
format = 1
name = "a-test"
title = "A test"
length = "25m"
[[items]]
kind = "welcome"
title = "Welcome"
length = "5m"
say = "Hello."
[[items]]
kind = "round"
title = "A round"
say = "Begin."
turns = { size = 2, turn = "9m", gather = "90s" }
"""

DEMO = """
format = 1
name = "a-test"
title = "A test"
fiction = true
setting = "Nowhere."
speaker = { name = "Ada", about = "a speaker" }
listener = { name = "Bo", about = "a listener" }
opening = [{ who = "speaker", say = "Well." }]
[unhelpful]
watch = "Watch."
debrief = ["What?"]
lines = [{ who = "listener", skill = "advice given", say = "You should." }]
[[unhelpful.stops]]
after = 1
choices = [
  { say = "One", helps = true, why = "Why" },
  { say = "Two", helps = false, why = "Why" },
  { say = "Three", helps = false, why = "Why" },
]
[helpful]
watch = "Watch."
debrief = ["What?"]
lines = [{ who = "listener", skill = "silence kept", say = "(Waits.)", wait = "9s" }]
"""


def problems(check: Callable[[Path], object], path: Path, text: str) -> list[str]:
    path.write_text(text)
    try:
        check(path)
    except ContentProblems as error:
        return [line.partition(": ")[2] for line in error.problems]
    return []


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_the_shipped_ones_keep_every_rule() -> None:
    for programme in PROGRAMMES.shipped():
        assert programme_rules(programme) == []
    for script in DEMOS.shipped():
        assert script_rules(script) == []


def test_every_demonstration_that_a_programme_names_is_there() -> None:
    named = {item.demo for one in PROGRAMMES.shipped() for item in one.items if item.demo}
    assert named <= set(SHIPPED_DEMOS)


def test_shipped_files_say_that_they_are_fiction_in_plain_sight() -> None:
    for name in SHIPPED_DEMOS:
        assert "Everybody in it is invented." in shipped_text(f"demos/{name}.toml").splitlines()[0]
    for name in SHIPPED_PROGRAMMES:
        assert shipped_text(f"programmes/{name}.toml").startswith("# ")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('length = "25m"', 'length = "30m"', "length: found 30m; the items add up to 25m"),
        ('kind = "round"', 'kind = "round"\nlength = "20m"', "items[2].length: a round's length follows"),
        ("turns = {", "#", "items[2].turns: is missing"),
        ('length = "5m"', "", "items[1].length: is missing"),
        ("turns = { size = 2", 'length = "20m"\n#', "items[2].turns: is missing; a round consists of turns"),
        (
            'kind = "welcome"',
            'kind = "welcome"\ndemo = "two-posts"',
            "items[1].demo: only a demonstration plays one",
        ),
        ('kind = "welcome"', 'kind = "welcome"\nday = 2', "items[1].day: the first day is 1"),
        ('kind = "round"', 'kind = "round"\nday = 3', "items[2].day: follows day 1, so it is 1 or the next"),
        ("[[items]]", "fewest = 20\nmost = 10\n[[items]]", "fewest: is more than most"),
        ('kind = "welcome"', 'kind = "welcom"', 'items[1].kind: found "welcom"; allowed is one of welcome'),
        ("size = 2", "size = 4", "items[2].turns.size: found 4"),
    ],
)
def test_every_mistake_in_a_programme_is_reported(tmp_path: Path, old: str, new: str, line: str) -> None:
    path = tmp_path / "a-test.toml"
    assert problems(PROGRAMMES.check, path, PROGRAMME) == []
    told = problems(PROGRAMMES.check, path, changed(PROGRAMME, old, new))
    assert any(one.startswith(line) for one in told), told


def test_a_round_that_no_session_could_be_is_reported(tmp_path: Path) -> None:
    text = changed(changed(PROGRAMME, 'turn = "9m"', 'turn = "5h"'), 'length = "25m"', 'length = "10h7m"')
    (line,) = problems(PROGRAMMES.check, tmp_path / "a-test.toml", text)
    assert line.startswith("items[2]: phases: together they last")


def test_more_rounds_than_are_drawn_are_reported(tmp_path: Path) -> None:
    a_round = PROGRAMME[PROGRAMME.rindex("[[items]]") :]
    text = changed(PROGRAMME, 'length = "25m"', 'length = "505m"') + 24 * a_round
    assert problems(PROGRAMMES.check, tmp_path / "a-test.toml", text) == [
        "items: more than 24 rounds with new groups"
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("fiction = true", "fiction = false", "fiction: found false"),
        ("fiction = true", "", "fiction: is missing"),
        ('name = "Bo"', 'name = "ada"', "listener.name: both people have the same name"),
        ('skill = "advice given", ', "", "unhelpful.lines[1].skill: is missing"),
        (
            'who = "speaker"',
            'who = "speaker", skill = "summary"',
            "opening[1].skill: the speaker shows no skill",
        ),
        ('wait = "9s"', 'wait = "2m"', "helpful.lines[1].wait: found 2m; allowed is at most 1m"),
        ("after = 1", "after = 3", "unhelpful.stops[1].after: found 3; this version has 2 lines"),
        (
            'skill = "advice given"',
            'skill = "advise given"',
            'unhelpful.lines[1].skill: found "advise given"',
        ),
        ("helps = true", "helps = false", "unhelpful.stops[1].choices: at least one should help"),
    ],
)
def test_every_mistake_in_a_demonstration_is_reported(tmp_path: Path, old: str, new: str, line: str) -> None:
    path = tmp_path / "a-test.toml"
    assert problems(DEMOS.check, path, DEMO) == []
    told = problems(DEMOS.check, path, changed(DEMO, old, new))
    assert any(one.startswith(line) for one in told), told


def test_two_stops_at_one_line_are_reported(tmp_path: Path) -> None:
    stop = DEMO[DEMO.index("[[unhelpful.stops]]") : DEMO.index("[helpful]")]
    told = problems(DEMOS.check, tmp_path / "a-test.toml", changed(DEMO, stop, stop + stop))
    assert told == ["unhelpful.stops[2].after: stops come in order, each after a line of its own"]


def test_a_stop_offers_three_choices(tmp_path: Path) -> None:
    text = changed(DEMO, '  { say = "Three", helps = false, why = "Why" },\n', "")
    told = problems(DEMOS.check, tmp_path / "a-test.toml", text)
    assert any(line.startswith("unhelpful.stops[1].choices: found 2 of them") for line in told)


def test_what_a_file_says_can_do_nothing_to_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a-test.toml"
    path.write_text(changed(DEMO, "You should.", r"You\u001b[2Jshould\u202e."))
    assert DEMOS.check(path).unhelpful.lines[0].say == "You[2Jshould."
