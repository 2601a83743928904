"""Textual's bindings for the commands of a screen."""

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from cotutor.conversation.command import Command


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Textual's bindings for those of ``commands`` that have a key."""
    return [
        Binding(
            command.key,
            command.name,
            command.label,
            show=command.bar,
            key_display=command.key_shown,
            priority=command.priority,
            tooltip=command.help,
            id=command.name,
        )
        for command in commands
        if command.key
    ]
