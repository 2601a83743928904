"""The commands of a screen as Textual's bindings, and which of them are offered at present.

A command's name is an action: ``next``, ``read(2)`` with its arguments, ``app.cover`` where the app
obeys it. The key bar, the palette and the help page list what ``offered`` returns.
"""

from collections.abc import Iterable

from textual.actions import parse
from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from cotutor.conversation.command import Command, always


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


def as_answers(commands: Iterable[Command]) -> tuple[Command, ...]:
    """The commands as the keys of a sheet that answers with a command's name and obeys nothing itself."""
    return tuple(command._replace(name=f"answer({command.name!r})", when=always) for command in commands)


def allows(
    commands: Iterable[Command], conversation: object, action: str, parameters: tuple[object, ...]
) -> bool:
    """Whether the command behind an action is allowed at present; an action without one always is.

    Args:
        commands: the commands of the screen whose action it is.
        conversation: what each command's ``when`` is asked with.
        action: the action's name, without arguments.
        parameters: its arguments.
    """
    called = ("", action, parameters)
    return all(command.when(conversation) for command in commands if parse(command.name) == called)


def offered(owner: DOMNode, commands: Iterable[Command]) -> tuple[Command, ...]:
    """Those of ``commands`` that are allowed now and whose keys would be obeyed, in their order.

    A command without a key is not among them: only the line mode knows it. A screen may obey the key
    of one that is not allowed, to say why not; it is not offered then.

    Args:
        owner: the screen, or the app, that declares the commands.
        commands: some or all of them.
    """
    conversation = getattr(owner, "conversation", None)
    return tuple(
        command
        for command in commands
        if command.key and command.when(conversation) and _is_obeyed(owner, command)
    )


def _is_obeyed(owner: DOMNode, command: Command) -> bool:
    namespace, action, parameters = parse(command.name)
    obeys = owner.app if namespace == "app" else owner
    return bool(obeys.check_action(action, parameters))
