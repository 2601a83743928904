"""A demonstration in lines."""

from io import StringIO

import pytest

from cotutor.content.workshop import DEMOS
from cotutor.conversation.command import help_lines
from cotutor.conversation.trainer.commands import DEMONSTRATION
from cotutor.domain.demonstration import FICTION, Script, Which, tallied
from cotutor.domain.skills import Skill
from cotutor.domain.tally import BORROWED
from cotutor.plain.output import Output
from cotutor.plain.trainer.demo import DemoInLines, compared
from tests.fakes import FakeClock
from tests.plain.typed import Typed, TypedLines

LETTER = DEMOS.named("the-letter").value


def played(*typed: Typed, script: Script = LETTER, which: Which = Which.HELPFUL) -> list[str]:
    clock, out = FakeClock(), StringIO()
    lines = TypedLines(clock, list(typed))
    DemoInLines(script, which, clock=clock, output=Output(out, clock, bell=False), lines=lines).run()
    return out.getvalue().splitlines()


@pytest.mark.parametrize("script", DEMOS.shipped(), ids=lambda script: script.name)
@pytest.mark.parametrize("which", list(Which))
def test_with_nobody_there_every_line_is_said_once_and_in_order(script: Script, which: Which) -> None:
    said = played(script=script, which=which)
    text = [line[10:] for line in said if line[2:3] == ":" and line[8:10] == "  "]
    assert len(text) == len(script.lines(which))
    for line, spoken in zip(text, script.lines(which), strict=True):
        assert line.startswith(f"{script.name_of(spoken)}: {spoken.say}")
        assert spoken.skill is None or f"{spoken.skill}, " in line
    assert said[0] == FICTION
    assert said.count("What would you say next?") == len(script.version(which).stops)
    assert said.count(FICTION) == 2


def test_a_stop_takes_an_answer_and_says_why() -> None:
    stop = LETTER.helpful.stops[0]
    said = played(*[(1.0, "")] * (stop.after - 1), (30, "9"), (1, "1"), (1, "2"), (1, ""), (1, "end"))
    hinders, helps = stop.choices[0], stop.choices[1]
    assert f"That hinders. {hinders.why} Enter goes on." in said
    assert f"That helps. {helps.why} Enter goes on." in said
    assert "There is no such word. Type help for a list." in said


def test_words_for_speed_pause_labels_and_back() -> None:
    said = played(
        (1, "faster"),
        (1, "slower"),
        (1, "pause"),
        (900, "resume"),
        (1, "labels"),
        (1, ""),
        (1, "back"),
        (1, "help"),
        (1, "end"),
    )
    text = "\n".join(said)
    assert "playing at 2 times the speed." in text
    assert ": playing." in text
    assert ": paused. Type resume to play on." in text
    assert "Lines don't say what they are." in said
    assert len(set(help_lines(DEMONSTRATION)) - set(said)) == 4, "all but going on, and the answers at a stop"
    assert BORROWED in said


def test_both_versions_are_compared_as_fiction() -> None:
    lines = compared(LETTER)
    assert lines[0] == FICTION
    counts = [tallied(LETTER, which).count(Skill.SILENCE) for which in Which]
    assert f"silence kept: {counts[0]}, {counts[1]}" in lines
