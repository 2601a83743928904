"""One script of commands and moments, given to a workshop on the full screen and in lines: both show the same."""

import asyncio
import re
from io import StringIO

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from cotutor.content.workshop import PROGRAMMES
from cotutor.conversation.trainer.commands import WORKSHOP
from cotutor.conversation.trainer.projector import Projector
from cotutor.domain.participants import people_called
from cotutor.domain.programme import Programme, seat_everyone
from cotutor.plain.output import Output
from cotutor.plain.trainer.workshop import WorkshopInLines
from cotutor.tui.keys import offered
from tests.fakes import FakeClock
from tests.tui.trainer.room import InOrder, Room, workshop

SPEED = 60
"""A rehearsal: half an hour may pass between two looks at the clock without counting as absence."""
QUERIES = ("time", "seats", "notes", "help", "parts")
NAMES = "Ana, Ben, Cem, Dee, Eve, Fay, Gus, Hal, Ivy, Jon, Kim"

Step = tuple[str, int]
"""A command's name with a number of its own, or ``wait`` and seconds of the clock."""

STEPS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([1, 40, 240, 600, 1500])),
    st.tuples(st.just("wait"), st.just(5000)),  # longer than anybody looks away: the computer slept
    st.tuples(st.sampled_from(["next", "next", "pause", "resume", "more", "give_back", "undo"]), st.just(0)),
    st.tuples(st.sampled_from(["count", "leave_out", "end"]), st.just(0)),
    st.tuples(st.just("go"), st.integers(1, 30)),
)


class Shown(Struct, frozen=True):
    """What a face shows after a step."""

    place: str
    clock: str
    """The digits and until when, or that the day is over."""
    standing: str
    groups: frozenset[frozenset[tuple[str, str]]]
    """Who has which part, for each group."""
    notes: tuple[str, ...]
    offered: frozenset[str]
    """The names of the commands that can be given now, of those that have a key and a word."""
    parts: tuple[str, ...]
    notice: str


class Stopped(Exception):
    """The script is over, and the workshop goes on."""


class Script:
    """The lines of a script; after each step that leaves nothing open, every question one can ask."""

    def __init__(self, clock: FakeClock, out: StringIO, steps: list[Step]) -> None:
        self.ended = False
        self.shown: list[list[list[str]]] = []
        self._clock = clock
        self._out = out
        self._waiting: list[Step | str] = [
            line for step in [("wait", 0), *steps] for line in (step, *QUERIES)
        ]
        self._read = 0
        self._asked = False

    def read(self, _seconds: float) -> str | None:
        self.note()
        if not self._waiting:
            raise Stopped
        now = self._waiting.pop(0)
        if isinstance(now, str):
            self.shown[-1].append([])
            return now
        self._asked = now[0] == "end" or (self._asked and now[0] == "wait")
        if self._asked:  # anything else that is typed takes the question back
            del self._waiting[: len(QUERIES)]
        self.shown.append([[]])
        name, number = now
        if name == "wait":
            self._clock.go(seconds=number)
            return None
        word = next(command.word for command in WORKSHOP if command.name == name)
        return f"{word} {number}" if number else word

    def note(self) -> None:
        """Put down what was shown since the last time."""
        text = self._out.getvalue()
        if self.shown:
            self.shown[-1][-1] += text[self._read :].splitlines()
        self._read = len(text)


def in_lines(programme: Programme, people: str, steps: list[Step]) -> tuple[list[list[list[str]]], bool]:
    """What each step showed, with the answers to every question; and whether it closed."""
    clock, out = FakeClock(SPEED), StringIO()
    who = people_called(people)
    rounds = seat_everyone(programme, who, InOrder())  # type: ignore[arg-type]  # all that is asked of chance
    script = Script(clock, out, steps)
    page = WorkshopInLines(
        programme,
        who,
        rounds,
        clock=clock,
        output=Output(out, clock, bell=False),
        lines=script,
        projector=Projector(None, "No second window."),
    )
    try:
        page.run()
    except Stopped:
        return script.shown, False
    script.note()
    return script.shown, True


async def on_screen(
    programme: Programme, people: str, steps: list[Step]
) -> tuple[list[Shown], list[bool], bool]:
    """What was in sight after each step, whether a key was there for it, and whether it closed."""
    async with workshop(programme, people, (120, 66), speed=SPEED) as room:
        shown, pressed = [await _seen(room)], [True]
        for number, step in enumerate(steps, start=1):
            pressed.append(await _press(room, *step))
            if not room.app._running or room.app._exit:
                return shown, pressed, True
            shown.append(await _seen(room, parts=number == len(steps)))
        return shown, pressed, False


_DECIDED = {"count": "c", "leave_out": "l", "next": "n"}
"""The answers to whether the time away counts; in lines ``next`` is typed for the third, too."""


async def _press(room: Room, name: str, number: int) -> bool:
    """Do a step with the keys that are shown; returns whether there was one."""
    if room.where == "AwaySheet" and name != "wait":
        await room.press(*_DECIDED.get(name, ""))
        return name in _DECIDED
    if room.where == "ConfirmSheet" and name != "wait":
        await room.press("y" if name == "end" else "escape")
        if name == "end":
            return True
    if name == "wait":
        room.clock.go(seconds=number)
        await room.look()
    elif name == "go":
        return await _go(room, number)
    else:
        command = next(command for command in WORKSHOP if command.name == name)
        if command not in offered(room.workshop, room.workshop.KEYS):
            return False
        await room.press(command.key.partition(",")[0].replace("plus", "+").replace("minus", "-"))
    return True


async def _go(room: Room, number: int) -> bool:
    """Go to a part by the list of all of them, if there is one of this number."""
    now = room.workshop.workshop.now
    if number > len(now.parts):
        return False
    way = number - 1 - now.index
    await room.press("p", *["down" if way > 0 else "up"] * abs(way), "enter")
    return True


async def _seen(room: Room, *, parts: bool = False) -> Shown:
    page, sheet = room.workshop, room.where if room.where in {"AwaySheet", "ConfirmSheet"} else ""

    def line(name: str) -> str:
        return str(page.query_one(f"#{name}").content).replace("\u00a0", " ")  # type: ignore[attr-defined]  # a line

    names = frozenset(one.name for one in offered(page, page.KEYS) if one.word)
    if sheet == "AwaySheet":
        names |= {"count", "leave_out", "move_on"}
    listed: tuple[str, ...] = ()
    if parts and not sheet:
        await room.press("p")
        rows = [" ".join(row.split()) for row in room.rows]
        listed = tuple(row for row in rows if re.search(r" \d+:\d\d ", row))
        await room.press("escape")
    digits = str(page.query_one("#digits").text)  # type: ignore[attr-defined]  # large digits
    over = not digits
    return Shown(
        line("place"),
        line("headline") if over else f"{digits}, {line('times')}",
        line("standing").removeprefix("▲ "),
        frozenset(_group(text) for text in line("groups").split("    ") if text),
        tuple(text.removeprefix("• ") for text in line("notes").splitlines() if text.startswith("• ")),
        names,
        listed,
        _notice(line("notice")),
    )


def _group(text: str) -> frozenset[tuple[str, str]]:
    """A group as the screen writes it, or as it is read aloud."""
    if "→" in text:
        speaker, listener, observer = re.fullmatch(r"(\w+)→(\w+)(?: \((\w+)\))?", text).groups()  # type: ignore[union-attr]  # or the test fails
        found = {(speaker, "speaks"), (listener, "listens")}
        return frozenset(found | ({(observer, "observes")} if observer else set()))
    if " speaks" in text:
        return frozenset((part.split()[0], part.split()[1]) for part in text.split(", "))
    alone = " + " in text or "themselves" in text
    words = re.findall(r"\w+", text.removesuffix(" by themselves"))
    return frozenset((word, "alone" if alone else "sits") for word in words if word not in {"and", "with"})


def _notice(text: str) -> str:
    """Without its sign, and without what to do about it, which each face says in its own words."""
    return re.sub(r" (Press|Type) [^.]*\.$", "", text.lstrip("▲■‖?↶ "))


def _offered(lines: list[str]) -> frozenset[str]:
    found = [one for one in WORKSHOP if one.word and f"{one.typed}: {one.help}" in lines]
    assert len(found) == len(lines), "help lists something else than commands"
    return frozenset(one.name for one in found)


def _compare(seen: Shown, answers: list[list[str]]) -> None:
    time, seats, notes, helped, parts = answers
    assert time[0] == f"{seen.place}."
    if seen.standing:
        assert time[1].endswith(f", {seen.clock}.")
        assert time[2] == seen.standing
    else:
        assert _notice(time[1]) == _notice(seen.clock)
    text = [] if seats == ["Nobody sits in groups now."] else seats[0].removesuffix(".").split("; ")
    assert frozenset(map(_group, text)) == seen.groups
    demo = {
        line
        for line in (*notes, *seen.notes)
        if "demonstration" in line and ("another window" in line or line.startswith("d "))
    }
    assert [line for line in notes if line not in demo] == [line for line in seen.notes if line not in demo]
    both = {
        one.name
        for one in WORKSHOP
        if one.word and (one.key or one.name in {"count", "leave_out", "move_on"})
    }
    assert _offered(helped) & both == seen.offered & both
    if seen.parts:
        assert len(parts) == len(seen.parts)
        for line, row in zip(parts, seen.parts, strict=True):
            assert (" Now." in line) == row.endswith(" now")
            begins, title, lasts = re.fullmatch(
                r"\d+\. (?:day \d, )?(\S+) (.*), (\S.*?)\.(?: Now\.)?", line
            ).groups()  # type: ignore[union-attr]  # or the test fails
            assert f"{title} {begins} {lasts}" in row


@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    st.sampled_from([one.name for one in PROGRAMMES.shipped()]),
    st.integers(4, 11),
    st.lists(STEPS, min_size=4, max_size=8),
)
@example("half-day", 7, [("go", 5), ("next", 0), ("wait", 600), ("undo", 0), ("end", 0), ("end", 0)])
@example(
    "lunchtime",
    5,
    [
        ("go", 6),
        ("wait", 5000),
        ("undo", 0),
        ("count", 0),
        ("next", 0),
        ("undo", 0),
        ("next", 0),
        ("next", 0),
    ],
)
@example(
    "masterclass",
    6,
    [("go", 15), ("next", 0), ("pause", 0), ("next", 0), ("more", 0), ("end", 0), ("pause", 0)],
)
def test_both_faces_of_a_workshop_show_the_same(name: str, people: int, steps: list[Step]) -> None:
    programme = PROGRAMMES.named(name).value
    who = ",".join(NAMES.split(",")[:people])
    lines, closed = in_lines(programme, who, steps)
    seen, pressed, left = asyncio.run(on_screen(programme, who, steps))
    assert closed == left
    notice = seen[0].notice
    assert notice == "No second window." or "second window" in notice
    for number, (now, (first, *answers)) in enumerate(zip(seen, lines, strict=False)):
        if answers:
            _compare(now, answers)
        timed = [line[10:] for line in first if re.match(r"[\d:]{8}  ", line)]
        if not pressed[number]:
            assert not timed, "the line mode did what no key does"
        elif number and now.notice:
            shown = [_notice(line) for line in (timed or first)]
            assert now.notice == notice or now.notice in shown
        notice = now.notice


def test_every_part_of_a_programme_reads_alike_in_both_faces() -> None:
    """Pairs, threes, demonstrations and two days occur in these."""
    for programme in (PROGRAMMES.named("half-day").value, PROGRAMMES.named("masterclass").value):
        steps: list[Step] = [("go", number) for number in range(1, len(programme.items) + 1)]
        lines, _closed = in_lines(programme, "9", steps)
        seen, _pressed, _left = asyncio.run(on_screen(programme, "9", steps))
        for now, (_first, *answers) in zip(seen, lines, strict=True):
            _compare(now, answers)
