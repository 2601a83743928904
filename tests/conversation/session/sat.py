"""A session that a test talks to directly, and what its face was given to show."""

from msgspec.structs import replace

from cotutor.content.loader import PLANS
from cotutor.content.shipped import shipped_guidance
from cotutor.conversation.notice import Medium, Notice
from cotutor.conversation.session.conversation import SessionConversation
from cotutor.domain.agreement import Agreement
from cotutor.domain.events import Why
from cotutor.domain.plan import Kind, Plan
from tests.fakes import FakeClock


class Sat:
    """A session, its clock, and a face that keeps what it is shown.

    Args:
        plan: the plan, or the name of a shipped one.
        medium: how the face is talked to.
        notes: whether notes afterwards were agreed on.
    """

    def __init__(
        self, plan: Plan | str = "pair", medium: Medium = Medium.WORDS, *, notes: bool = False
    ) -> None:
        self.plan = PLANS.named(plan).value if isinstance(plan, str) else plan
        self.clock = FakeClock()
        agreement = replace(Agreement.usual(self.plan), notes=notes)
        self.talk = SessionConversation(
            self.plan, agreement, shipped_guidance(), clock=self.clock, medium=medium
        )
        self.notices: list[Notice] = []
        self.asked: list[Why] = []
        self.handed_over = 0
        self.talk.start(self)

    def hand_over(self) -> None:
        self.handed_over += 1

    def show_notice(self, notice: Notice) -> None:
        self.notices.append(notice)

    def ask(self, question: Why) -> None:
        self.asked.append(question)

    def go(self, seconds: float) -> None:
        """Let time pass while somebody looks on."""
        while seconds > 0:
            self.clock.go(seconds=min(5, seconds))
            self.talk.tick()
            seconds -= 5

    def until(self, kind: Kind) -> "Sat":
        """Go on to the first phase of a kind."""
        while self.talk.state.phase.kind is not kind:
            self.talk.obey("next")
        return self

    @property
    def offered(self) -> set[str]:
        """The names of the commands that are allowed."""
        return {command.name for command in self.talk.offered()}

    @property
    def lines(self) -> list[str]:
        """What the notices so far said, without what can be done; forgets them."""
        found, self.notices = [notice.text for notice in self.notices], []
        return found
