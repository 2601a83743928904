"""Whether the engine would take a command is asked without giving it."""

import pytest

from cotutor.conversation.taken import taken
from cotutor.domain.commands import More, Next, Pause, Resume, SessionCommand
from cotutor.domain.duration import MINUTE
from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Kind
from tests.conversation.session.sat import Sat

COMMANDS: dict[str, SessionCommand] = {
    "next": Next(), "pause": Pause(), "resume": Resume(), "more": More(MINUTE),
}  # fmt: skip


def test_what_the_engine_would_refuse_is_not_taken_and_asking_changes_nothing() -> None:
    sat = Sat("triad").until(Kind.TURN)
    before = sat.talk.state
    asked = {name: taken(command)(sat.talk) for name, command in COMMANDS.items()}
    assert asked == {"next": True, "pause": True, "resume": False, "more": True}
    assert sat.talk.state == before
    sat.talk.obey("pause")
    assert (taken(Pause())(sat.talk), taken(Resume())(sat.talk)) == (False, True)


def test_a_fault_of_another_kind_is_not_mistaken_for_a_refusal() -> None:
    class Broken:
        @property
        def state(self) -> object:
            raise CotutorError("There is no state.")

    with pytest.raises(CotutorError, match="no state"):
        taken(Next())(Broken())  # type: ignore[arg-type]  # that is the fault
