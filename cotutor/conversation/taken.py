"""Which commands of a session, or of a part of a workshop, the engine would take now."""

from collections.abc import Callable
from typing import Protocol

from cotutor.domain.commands import NotNow, SessionCommand, apply
from cotutor.domain.session import SessionState


class HasState(Protocol):
    """A conversation about something that the engine runs."""

    @property
    def state(self) -> SessionState:
        """What the engine runs, as it is now."""


def taken(command: SessionCommand) -> Callable[[HasState], bool]:
    """Whether the engine would take a command now, as a question about a conversation.

    The question changes nothing: the state that the engine would answer with is dropped.
    """

    def would_be(conversation: HasState) -> bool:
        try:
            apply(conversation.state, command, conversation.state.seen)
        except NotNow:
            return False
        return True

    return would_be
