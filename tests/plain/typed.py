"""Lines that are typed at given instants of a fake clock."""

from io import StringIO

from cotutor.content.loader import PLANS
from cotutor.content.shipped import shipped_guidance
from cotutor.conversation.notice import Medium
from cotutor.conversation.session.conversation import SessionConversation
from cotutor.domain.agreement import Agreement
from cotutor.domain.plan import Plan
from cotutor.plain.output import Output
from cotutor.plain.session.session import SessionInLines
from tests.fakes import FakeClock

GUIDANCE = shipped_guidance()


class Asleep:
    """The computer sleeps for so many seconds, and nobody looks at the clock."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


Typed = tuple[float, str] | Asleep


class TypedLines:
    """What is typed, each so many seconds after the one before; then the input ends."""

    def __init__(self, clock: FakeClock, typed: list[Typed]) -> None:
        self.ended = False
        self.waits: list[float] = []
        self._clock = clock
        self._typed = list(typed)

    def read(self, seconds: float) -> str | None:
        self.waits.append(seconds)
        match self._typed[:1]:
            case [Asleep(seconds=slept)]:
                self._typed.pop(0)
                self._clock.go(seconds=slept)
                return None
            case [(wait, line)] if wait <= seconds:
                self._typed.pop(0)
                self._clock.go(seconds=wait * self._clock.speed)
                return line
            case [(wait, line)]:
                self._typed[0] = (wait - seconds, line)
            case _ if not self.ended:
                self.ended = True
                return None
        assert len(self.waits) < 20_000, "the session does not end"
        self._clock.go(seconds=seconds * self._clock.speed)
        return None


class Played:
    """A session that was played to its end: what it said, and how long it waited for each line."""

    def __init__(
        self,
        *typed: Typed,
        plan: Plan | str = "pair",
        agreement: Agreement | None = None,
        bell: bool = False,
        speed: int = 1,
    ) -> None:
        clock = FakeClock(speed)
        out = StringIO()
        plan = PLANS.named(plan).value if isinstance(plan, str) else plan
        lines = TypedLines(clock, list(typed))
        output = Output(out, clock, bell=bell)
        agreement = agreement or Agreement.usual(plan)
        self.conversation = SessionConversation(plan, agreement, GUIDANCE, clock=clock, medium=Medium.WORDS)
        SessionInLines(self.conversation, output, lines).run()
        self.text = out.getvalue()
        self.lines = self.text.splitlines()
        self.waits = lines.waits

    @property
    def changes(self) -> list[str]:
        return [line for line in self.lines if line[2:3] == ":" and line[8:10] == "  "]

    def after(self, beginning: str) -> list[str]:
        """The lines after the first one whose text begins so."""
        for number, line in enumerate(self.lines):
            if line.startswith(beginning) or line[10:].startswith(beginning):
                return self.lines[number + 1 :]
        raise AssertionError(f"nothing began with {beginning!r}: {self.text}")
