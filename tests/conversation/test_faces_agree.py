"""One script, three ways: the conversation alone, the full screen by its keys, the line mode by its words.

What is compared is what the faces really show: the content of widgets, the lines that are printed. The
default run tries a few scripts beside the ones written down here. For thousands::

    pytest tests/conversation/test_faces_agree.py --hypothesis-profile=many
"""

import asyncio
from contextlib import suppress
from io import StringIO
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from textual.css.query import NoMatches
from textual.widgets import Static

from cotutor import content
from cotutor.content.loader import PLANS
from cotutor.content.shipped import shipped_guidance
from cotutor.conversation.command import Command
from cotutor.conversation.notice import Medium, Notice
from cotutor.conversation.session.commands import AFTER_ABSENCE, AFTER_EXPLAINING, COMMANDS, EXPLAIN
from cotutor.conversation.session.conversation import SessionConversation
from cotutor.conversation.session.sections import explanation, signpost_notes
from cotutor.domain.agreement import Agreement
from cotutor.domain.duration import MINUTE, Length
from cotutor.domain.errors import CotutorError
from cotutor.domain.events import Why
from cotutor.domain.plan import Kind, Mode, Plan
from cotutor.domain.wording import account_lines
from cotutor.plain.output import Output
from cotutor.plain.session.session import SessionInLines
from cotutor.tui.widgets.fields import LinesField
from cotutor.tui.widgets.guidance_panel import GuidancePanel
from cotutor.tui.widgets.scratchpad import Scratchpad
from tests.fakes import FakeClock
from tests.tui.sitting import Sitting, sitting

GUIDANCE = shipped_guidance()
NAMED = {command.name: command for command in COMMANDS}
BOTH = [
    command for command in COMMANDS if command.key and command.word and not command.name.startswith("app.")
]
"""What can be told in either face and changes the session or shows something of it."""
IN_ABSENCE = (*AFTER_ABSENCE, EXPLAIN)
"""What has a key while it is asked whether an absence counts."""

Step = tuple[str, float | str]
"""``("do", "next")``, ``("wait", 12.5)``, ``("sleep", 90)``, ``("write", "a line")``."""


class Reference:
    """The conversation alone: what each step answers and reports."""

    def __init__(self, plan: Plan, agreement: Agreement) -> None:
        self.clock = FakeClock()
        self.session = SessionConversation(plan, agreement, GUIDANCE, clock=self.clock, medium=Medium.WORDS)
        self.notices: list[Notice] = []
        self.answer: tuple[str, ...] = ()
        self.refused = False
        self.standing: Notice | None = None
        self.session.start(self)

    def hand_over(self) -> None:
        """Nothing is held back here."""

    def show_notice(self, notice: Notice) -> None:
        self.notices.append(notice)
        self.standing = notice.standing_after(self.standing)

    def ask(self, question: Why) -> None:
        """The question is a property."""

    def take(self, step: Step) -> None:
        self.notices, self.answer, self.refused = [], (), False
        match step:
            case ("wait", float(seconds)):
                while seconds > 0:
                    part = min(seconds, max(self.session.seconds_to_event(10.0), 0.001))
                    self.clock.go(seconds=part)
                    seconds -= part
                    self.session.tick()
            case ("sleep", float(seconds)):
                self.clock.go(seconds=seconds)
                self.session.tick()
            case ("do", str(name)):
                self.obey(name, NAMED[name].given)
            case ("write", str(text)):
                self.obey("jot", text)

    def obey(self, name: str, rest: str) -> None:
        self.session.tick()
        try:
            self.answer = self.session.obey(name, rest)
        except CotutorError as problem:
            self.refused = True
            self.answer = (problem.message,)
        if self.answer and (self.refused or name == "keep"):
            self.standing = Notice(self.clock.now(), self.answer[0])


class _ScriptOver(Exception):
    """The script has been played."""


class InLines:
    """The line mode: the lines that each step has printed, and those that ``help`` and ``owed`` print."""

    def __init__(self, plan: Plan, agreement: Agreement, steps: list[Step]) -> None:
        self.ended = False
        self.clock = FakeClock()
        self.printed: list[list[str]] = []
        self.strokes: list[list[int]] = []
        """How often the bell rang for each notice; beside ``printed``, whose lines are without it."""
        self._out = StringIO()
        self._steps = [
            step for one in steps for step in (one, ("ask", "help"), ("ask", "owed"), ("ask", "time"))
        ]
        self._left = 0.0
        self._begun = False
        self._session = SessionConversation(plan, agreement, GUIDANCE, clock=self.clock, medium=Medium.WORDS)
        with suppress(_ScriptOver):
            SessionInLines(self._session, Output(self._out, self.clock, bell=True), self).run()
            self._mark()
        self.left = self._session.left

    def _mark(self) -> None:
        self.printed.append(self._out.getvalue().replace("\a", "").splitlines())
        self.strokes.append(_strokes(self._out.getvalue()))
        self._out.seek(0)
        self._out.truncate()

    def read(self, seconds: float) -> str | None:  # noqa: PLR0911  a row for each kind of step
        if self._left > 0:
            part = min(self._left, max(seconds, 0.001))
            self.clock.go(seconds=part)
            self._left -= part
            return None
        self._mark()
        if not self._begun:
            self.printed.clear()
            self.strokes.clear()
        self._begun = True
        if not self._steps:
            raise _ScriptOver
        match self._steps.pop(0):
            case ("wait", float(wait)):
                self._left = wait
                return self.read(seconds) if wait else None
            case ("sleep", float(slept)):
                self.clock.go(seconds=slept)
                return None
            case ("write", text):
                return f"jot {text}"
            case ("ask", word):
                return str(word)
            case (_, name):
                command = NAMED[str(name)]
                if name in {"next", "leave"}:
                    return ""
                return f"{command.word} {command.given}".rstrip()
        raise AssertionError


class OnScreen:
    """The full screen: what stands in its widgets after each step."""

    def __init__(self, two: Sitting) -> None:
        self.two = two
        self.strokes: list[int] = []
        """How often the bell was told to ring, at each time in a step."""
        self.sheet = ""
        """What the sheet of a step that stops to explain says; nothing for another."""
        ring = two.app.ring

        def rung(strokes: int = 1) -> None:
            self.strokes.append(strokes)
            ring(strokes)

        two.app.ring = rung  # type: ignore[method-assign]  # overheard, and passed on

    async def take(self, step: Step) -> None:
        """Do what a step says."""
        two = self.two
        self.strokes, self.sheet = [], ""
        match step:
            case ("wait", float(seconds)):
                while seconds > 0:
                    part = min(seconds, max(two.page.conversation.seconds_to_event(25.0), 0.001))
                    two.clock.go(seconds=part)
                    seconds -= part
                    await two.look()
            case ("sleep", float(seconds)):
                two.clock.go(seconds=seconds)
                await two.look()
            case ("write", str(text)):
                await two.press("s")
                field = two.one(LinesField)
                field.move_cursor(field.document.end)
                await two.press(*(["enter"] if field.text else []), *text, "escape", "escape")
            case ("do", str(name)):
                await self._do(NAMED[name])

    async def _do(self, command: Command) -> None:
        two = self.two
        if command.name == "guide" and self._guide:
            await two.press("escape")  # the key alone would put it away
        await two.press(command.key.split(",")[0])
        if two.where == "ExplainSheet":
            self.sheet = str(two.app.screen.query_one("#sheet Static", Static).content)
        if two.where == "ExplainSheet" and two.state.ended:
            await two.press("space")
        if command.name == "scratchpad" and two.page.query(Scratchpad):
            await two.press("escape")

    @property
    def _guide(self) -> bool:
        return bool(self.two.page.query(GuidancePanel))

    def text(self, name: str) -> str:
        """The text of a line of the session, whatever lies over it; nothing if there is none now."""
        try:
            return str(self.two.page.query_one(f"#{name}", Static).content)
        except NoMatches:
            return ""

    @property
    def offered(self) -> set[str]:
        """The names of the commands that the palette, or the sheet that asks, offers."""
        two = self.two
        shown = {command.title for command in two.commands}
        lists = BOTH if two.where == "SessionPage" else (*IN_ABSENCE, *AFTER_EXPLAINING)
        return {command.name for command in lists if f"{command.label}  ({command.key_shown})" in shown}


def _notices(printed: list[str]) -> list[str]:
    return [line[10:] for line in printed if _is_notice(line)]


def _is_notice(line: str) -> bool:
    return line[2:3] == ":" and line[8:10] == "  "


def _strokes(written: str) -> list[int]:
    """How often the bell rang for each notice: between it and the next one."""
    strokes: list[int] = []
    for line in written.split("\n"):
        if strokes:
            strokes[-1] += line.count("\a")
        if _is_notice(line.lstrip("\a")):
            strokes.append(0)
    return strokes


def _words_offered(help_lines: list[str]) -> set[str]:
    """The commands that the help of the line mode lists, of those that either face knows."""
    typed = {line.rsplit(": ", 1)[0]: line for line in help_lines}
    return {command.name for command in BOTH if f"{command.typed}: {command.help}" in typed.values()}


def playable(plan: Plan, steps: list[Step], agreement: Agreement) -> list[Step]:
    """Those of the steps whose key, at that point, means what the step says, and not another command."""
    reference, kept = Reference(plan, agreement), []
    for step in steps:
        if _can_be_played(step, reference.session):
            kept.append(step)
            reference.take(step)
        if reference.session.left:
            break
    return kept


def _can_be_played(step: Step, session: SessionConversation) -> bool:
    what, name = step
    if what == "write":
        return session.scratchpad_writable and not session.question
    if what != "do":
        return True
    command = NAMED[str(name)]
    answers = _on_top(session)
    rivals = [one for one in answers if one.key.partition(",")[0] == command.key.partition(",")[0]]
    return command in answers and (command.when(session) or not any(one.when(session) for one in rivals))


def _on_top(session: SessionConversation) -> tuple[Command, ...]:
    """The commands that have a key on the screen or the sheet that is on top."""
    page = tuple(command for command in BOTH if command not in AFTER_ABSENCE)
    return {None: page, Why.AWAY: IN_ABSENCE, Why.EXPLAIN: AFTER_EXPLAINING}[session.question]


async def compare(plan: Plan, steps: list[Step], agreement: Agreement | None = None) -> None:
    """Play a script in the three ways, and compare what is seen after each step."""
    agreement = agreement or Agreement.usual(plan)
    steps = playable(plan, steps, agreement)
    lines = InLines(plan, agreement, steps)
    reference = Reference(plan, agreement)
    async with sitting((120, 60), plan=plan, agreement=agreement, quick=True) as two:
        screen = OnScreen(two)
        for number, step in enumerate(steps):
            await screen.take(step)
            reference.take(step)
            printed, help_lines, owed, time = ([*lines.printed[4 * number : 4 * number + 4], [], [], [], []])[
                :4
            ]
            where = f"step {number}, {step}"
            _compare_lines(reference, printed, where)
            strokes = [notice.strokes for notice in reference.notices]
            assert lines.strokes[4 * number] == strokes, where
            assert screen.strokes == strokes, where
            if reference.session.left:
                assert lines.left, where
                assert two.where == "Home", where
                return
            assert owed == list(account_lines(reference.session.state)), where
            _compare_offered(reference, screen, help_lines, where)
            _compare_screen(reference, screen, step, time, where)
            if step == ("do", "explain") and not reference.refused:
                _compare_explained(printed, screen.sheet, where)
        assert not lines.left


def _compare_lines(reference: Reference, printed: list[str], where: str) -> None:
    notices = _notices(printed)
    assert len(notices) == len(reference.notices), where
    for line, notice in zip(notices, reference.notices, strict=True):
        assert line.startswith(notice.text), where
        at = printed.index(next(one for one in printed if one.endswith(line)))
        assert tuple(printed[at + 1 :][: len(notice.lines)]) == notice.lines, where
    if reference.answer:
        assert printed[-len(reference.answer) :] == list(reference.answer), where


def _compare_offered(reference: Reference, screen: OnScreen, help_lines: list[str], where: str) -> None:
    offered = {command.name for command in reference.session.offered() if command in BOTH}
    assert _words_offered(help_lines) == offered, where
    asked = reference.session.question
    assert screen.offered == offered & {command.name for command in _on_top(reference.session)}, where
    assert (
        screen.two.where
        == {None: "SessionPage", Why.AWAY: "AbsenceSheet", Why.EXPLAIN: "ExplainSheet"}[asked]
    ), where


def _compare_screen(reference: Reference, screen: OnScreen, step: Step, time: list[str], where: str) -> None:
    session = reference.session
    now = screen.text("headline")
    if session.state.ended:
        assert time[0] == f"{now}.", where
    else:
        digits = screen.two.page.query_one("#digits").text  # type: ignore[attr-defined]  # the digits' own
        left = f"{digits} over" if digits.startswith("+") else f"{digits} left"
        assert time[0] == f"{now}, {left}.", where
    standing = reference.standing
    true = standing.text if standing and standing.at_instant(reference.clock.now()) else ""
    shown = screen.text("notice").lstrip("▲■‖?↶ ")
    assert shown.startswith(true) if true else shown == "", where
    assert screen.text("cue").strip("“”") == session.cue, where
    close = screen.text("closing") if session.closing else ""
    for section in session.closing:
        for line in section.lines:
            assert line in close, where
    for line in session.to_do:
        assert line in screen.text("sub"), where
    if step == ("do", "scratchpad") and not reference.refused:
        pad = screen.two.page.query(Scratchpad)
        seen = pad.first().text.splitlines() if pad else screen.text("kept").splitlines()
        assert seen == [one for one in reference.answer if one != "The scratchpad is empty."], where


def _compare_explained(printed: list[str], sheet: str, where: str) -> None:
    """Both say the words of a stop to explain and where help is, under the same headings, in one order."""
    sections = explanation(GUIDANCE)
    headings = [section.heading for section in sections]
    assert [line[:-1] for line in printed if line[:-1] in headings] == headings, where
    assert [line for line in sheet.splitlines() if line in headings] == headings, where
    for said in ("\n".join(printed), sheet):
        at = 0
        for section in sections:
            entries = ((post.name, post.reach, *signpost_notes(post)) for post in section.signposts)
            for words in (section.heading, *section.lines, *chain.from_iterable(entries)):
                at = said.find(words, at) + len(words)
                assert at >= len(words), (where, words)


def unequal() -> Plan:
    pair = PLANS.named("pair").value
    phases = tuple(
        replace(phase, length=Length(3 * MINUTE)) if phase.turn_of == 2 else phase for phase in pair.phases
    )
    return replace(pair, phases=phases, unequal=True)


def swap_with_its_own_words() -> Plan:
    pair = PLANS.named("pair").value
    phases = tuple(
        replace(phase, say="Open the window.") if phase.kind is Kind.SWAP else phase for phase in pair.phases
    )
    return replace(pair, phases=phases)


SHIPPED = sorted(path.stem for path in (Path(content.__file__).parent / "plans").glob("*.toml"))
PAIR = PLANS.named("pair").value
KEEPING = replace(PAIR, scratchpad="may-keep", notes="allowed")
SESSIONS = (
    *(PLANS.named(name).value for name in SHIPPED),
    KEEPING,
    unequal(),
    swap_with_its_own_words(),
    replace(PAIR, phases=PAIR.phases[:-1]),
)


def do(*names: str) -> list[Step]:
    return [("do", name) for name in names]


EXAMPLES = {
    "each speaker's kept scratchpad at the close": (
        KEEPING,
        [
            *do("next"),
            ("write", "hers"),
            *do("keep", "next", "scratchpad", "next", "next"),
            ("write", "his"),
            *do("keep", "scratchpad", "next", "next", "scratchpad", "next", "scratchpad"),
        ],
    ),
    "a scratchpad that an undo brings back, and one that is wiped": (
        PAIR,
        [
            *do("next"),
            ("write", "options"),
            *do("next", "undo", "scratchpad", "next", "scratchpad"),
            ("wait", 12.0),
            *do("scratchpad", "next", "next", "scratchpad"),
        ],
    ),
    "listen only while its speaker comes back to the present": (
        PAIR,
        do(
            "next",
            "mode",
            "mode",
            "guide",
            "cue",
            "cue",
            "next",
            "guide",
            "cue",
            "mode",
            "next",
            "guide",
            "mode",
        ),
    ),
    "more time, again and undone, and what is owed": (
        PAIR,
        [
            *do("next", "more", "more", "more", "undo", "give_back", "earlier"),
            ("wait", 11.0),
            *do("undo", "next", "next", "next", "more", "give_back", "end"),
        ],
    ),
    "over time, paused": (
        PAIR,
        [*do("next"), ("wait", 70.0), *do("more", "pause"), ("wait", 40.0), *do("resume")],
    ),
    "a swap with words of its own": (swap_with_its_own_words(), do("next", "next", "next", "next")),
    "an absence that counts, one left out, one that ends the phase": (
        PAIR,
        [
            *do("next"),
            ("sleep", 31.0),
            *do("count"),
            ("sleep", 100.0),
            *do("leave_out", "undo", "move_on"),
            ("sleep", 300.0),
            *do("leave_out"),
        ],
    ),
    "stop and explain, before an absence is decided on": (
        PAIR,
        [
            *do("next"),
            ("sleep", 31.0),
            *do("explain", "resume", "leave_out"),
            ("sleep", 100.0),
            *do("explain", "end", "next"),
        ],
    ),
    "stop and explain, from a pause, to the end and after it": (
        KEEPING,
        do(
            "next",
            "pause",
            "explain",
            "resume",
            "explain",
            "end",
            "undo",
            "resume",
            "end",
            "end",
            "explain",
            "undo",
        ),
    ),
    "a close at which nobody kept anything": (KEEPING, do("end", "scratchpad", "next")),
    "after the end": (
        PAIR,
        [
            *do("end", "end", "more", "cue", "guide", "scratchpad", "undo", "next"),
            ("wait", 12.0),
            *do("undo", "leave"),
        ],
    ),
    "unequal turns": (
        unequal(),
        [*do("next"), ("wait", 65.0), *do("next", "next", "next", "end", "end", "end")],
    ),
    "a session of three with an observer": (
        PLANS.named("triad").value,
        [
            *do("next", "guide", "next", "next", "guide", "next", "next", "more"),
            ("wait", 30.0),
            *do("next", "cue"),
        ],
    ),
}


def short(plan: Plan) -> Agreement:
    """An agreement with turns of a minute, so that a script soon comes to the end of one."""
    return Agreement.usual(plan).with_turn(Length(MINUTE)).warned((30_000,))


@pytest.mark.parametrize("name", EXAMPLES)
async def test_both_faces_answer_report_and_offer_the_same_at_each_step_of_a_session(name: str) -> None:
    plan, steps = EXAMPLES[name]
    await compare(plan, steps, short(plan))


_STEPS = st.one_of(
    st.tuples(st.just("do"), st.sampled_from([command.name for command in BOTH])),
    st.tuples(st.just("do"), st.sampled_from(["next", "next", "more", "undo", "mode", "cue", "scratchpad"])),
    st.tuples(st.just("wait"), st.sampled_from([0.4, 5.0, 9.99, 10.0, 11.0, 29.0, 31.0, 61.0, 95.0])),
    st.tuples(st.just("sleep"), st.sampled_from([30.5, 45.0, 600.0])),
    st.tuples(st.just("write"), st.sampled_from(["a plan", "ring Thursday"])),
)


@settings(
    max_examples=max(8, settings().max_examples // 10),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    st.sampled_from(SESSIONS),
    st.sampled_from([None, *Mode]),
    st.lists(_STEPS, min_size=4, max_size=14),
)
def test_the_faces_agree_on_any_script(plan: Plan, mode: Mode | None, steps: list[Step]) -> None:
    agreement = short(plan) if mode not in plan.modes else short(plan).listening(mode)
    asyncio.run(compare(plan, steps, agreement))
