"""The keys of a running session as the screen's actions."""

from cotutor.conversation.command import Command
from cotutor.conversation.session.commands import (
    AFTER_ABSENCE,
    BIG,
    COMMANDS,
    PUT_AWAY,
    READ_BACK,
    READ_ON,
    REFLECT,
    TALLY,
)

_OF_THE_SCREEN = (READ_ON, READ_BACK, BIG, PUT_AWAY, TALLY, REFLECT)
"""What only this face has: the view, and the ways to other screens."""


def _as_action(command: Command) -> Command:
    """The same command, named as Textual's action; what the conversation obeys goes through one action."""
    if command in _OF_THE_SCREEN or command.name.startswith("app."):
        return command
    return command._replace(name=f"obey({command.name!r})")


KEYS = tuple(_as_action(command) for command in COMMANDS if command.key and command not in AFTER_ABSENCE)
"""The keys of a session, most needed first; what answers a question stands on the sheet that asks."""

RIVALS = {
    command.name: tuple(other for other in KEYS if set(other.key.split(",")) & set(command.key.split(",")))
    for command in KEYS
}
"""For each command's name, the commands that share a key with it, itself among them."""
