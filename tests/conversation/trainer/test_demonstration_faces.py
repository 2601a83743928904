"""One script of commands and moments, given to a demonstration on the full screen and in lines: both show the same."""

import asyncio
import re
from io import StringIO

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from cotutor.content.workshop import DEMOS
from cotutor.conversation.trainer.commands import DEMONSTRATION
from cotutor.domain.demonstration import Script, Which
from cotutor.plain.output import Output
from cotutor.plain.trainer.demo import DemoInLines
from cotutor.tui.keys import offered
from cotutor.tui.trainer.demo import DemoPage
from tests.fakes import FakeClock
from tests.tui.trainer.room import Room, trainer

NAMES = ("next", "next", "next", "before", "pause", "resume", "faster", "slower", "end")
STEPS = st.one_of(
    st.tuples(st.sampled_from(NAMES), st.just(0)),
    st.tuples(st.just("wait"), st.sampled_from([1, 7, 30])),
    st.tuples(st.sampled_from(["choose(0)", "choose(1)", "choose(2)"]), st.just(0)),
)
Step = tuple[str, int]


class Stopped(Exception):
    """The script is over, and the demonstration goes on."""


class Typed:
    """The lines of a script, each followed by the question what can be typed now."""

    def __init__(self, clock: FakeClock, out: StringIO, steps: list[Step]) -> None:
        self.ended = False
        self.shown: list[list[str]] = []
        self._clock = clock
        self._out = out
        self._waiting: list[Step | str] = [line for step in [("wait", 0), *steps] for line in (step, "help")]
        self._read = 0

    def read(self, _seconds: float) -> str | None:
        self.note()
        if not self._waiting:
            raise Stopped
        now = self._waiting.pop(0)
        self.shown.append([])
        if isinstance(now, str):
            return now
        if now[0] == "wait":
            self._clock.go(seconds=now[1])
            return None
        return next(command.word for command in DEMONSTRATION if command.name == now[0])

    def note(self) -> None:
        """Put down what was shown since the last time."""
        text = self._out.getvalue()
        if not self.shown:
            self.shown.append([])
        self.shown[-1] += text[self._read :].splitlines()
        self._read = len(text)


def in_lines(script: Script, which: Which, steps: list[Step]) -> tuple[list[list[str]], bool]:
    """What was shown before the first step, and in turn after each step and each question; whether it closed."""
    clock, out = FakeClock(), StringIO()
    typed = Typed(clock, out, steps)
    try:
        DemoInLines(script, which, clock=clock, output=Output(out, clock, bell=False), lines=typed).run()
    except Stopped:
        return typed.shown, False
    typed.note()
    return typed.shown, True


async def on_screen(
    script: Script, which: Which, steps: list[Step]
) -> tuple[list[tuple[str, str, set[str]]], str]:
    """The latest line, the state of play and what is offered, after each step; what was counted, at the end."""
    async with trainer(lambda clock: DemoPage(script, which, clock), (200, 66)) as room:
        seen = [_seen(room)]
        for name, seconds in steps:
            if name == "wait":
                room.clock.go(seconds=seconds)
                await room.look()
            else:
                command = next(one for one in DEMONSTRATION if one.name == name)
                if command in offered(room.app.screen, DEMONSTRATION):
                    await room.press(command.key.partition(",")[0].replace("plus", "+").replace("minus", "-"))
            if room.where == "DemoEnd":
                return seen, room.shown
            seen.append(_seen(room))
        return seen, ""


def _seen(room: Room) -> tuple[str, str, set[str]]:
    latest = " ".join(room.line("lines").rpartition("› ")[2].split())
    names = {one.name for one in offered(room.app.screen, DEMONSTRATION) if one.word}
    return latest, f"{room.line('stop')} {room.line('play')}", names


@settings(
    max_examples=10,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    st.sampled_from([one.name for one in DEMOS.shipped()]),
    st.sampled_from(Which),
    st.lists(STEPS, min_size=6, max_size=25),
)
@example("the-letter", Which.HELPFUL, [("next", 0)] * 60)
@example("two-posts", Which.UNHELPFUL, [("pause", 0), ("next", 0), ("faster", 0), ("before", 0), ("end", 0)])
def test_both_faces_of_a_demonstration_show_the_same(name: str, which: Which, steps: list[Step]) -> None:
    script = DEMOS.named(name).value
    shown, closed = in_lines(script, which, steps)
    seen, counted = asyncio.run(on_screen(script, which, steps))
    assert closed == bool(counted)
    latest = ""
    for number, (line, play, names) in enumerate(seen):
        answer, helped = shown[2 * number + 1], shown[2 * number + 2]
        timed = [
            " ".join(one[10:].split())
            for one in (*(shown[0] if not number else []), *answer)
            if re.match(r"[\d:]{8}  ", one)
        ]
        latest = timed[-1] if timed else latest
        assert latest == line
        for one in answer[len(timed) :]:
            plain = re.sub(r"(Press|Type) \w+ to", "", re.sub(r"^\d\. ", "", one))
            refused = one.startswith("There is nothing to choose")
            assert refused or plain in re.sub(r"(Press|Type) \w+ to", "", play)
        listed = {one.name for one in DEMONSTRATION if one.word and f"{one.typed}: {one.help}" in helped}
        assert listed == names
    if closed:
        for one in shown[-1]:
            if not re.match(r"[\d:]{8}  |[a-z ]+: \d+$|What was counted", one):
                assert " ".join(one.split()).rstrip(":") in counted
