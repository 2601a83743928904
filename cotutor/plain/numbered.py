"""Choosing from a numbered list in the line mode."""

from collections.abc import Sequence

from cotutor.conversation.command import Command, find, help_lines
from cotutor.domain.errors import CotutorError
from cotutor.plain.output import Output
from cotutor.plain.reader import Lines

PATIENCE = 3600.0
"""Seconds; nothing happens by itself while somebody chooses."""


def next_line(lines: Lines) -> str | None:
    """The next line, however long it takes; None if there will be none."""
    while not lines.ended:
        if (line := lines.read(PATIENCE)) is not None:
            return line
    return None


def chosen(
    output: Output, lines: Lines, question: str, options: Sequence[str], commands: Sequence[Command]
) -> int | None:
    """The number of what somebody chooses, from 0; the first at the end of the input; None if they leave.

    Args:
        output: where to ask.
        lines: where the answer comes from.
        question: what is asked.
        options: what there is, the usual one first.
        commands: what can be typed in place of a number: help for a list of it, or that they leave.
    """
    output.show(question, *(f"{number}. {option}" for number, option in enumerate(options, start=1)))
    leave = next(command.word for command in commands if command.name == "back")
    output.show(f"Type a number; Enter takes the first; {leave} goes.")
    while (line := next_line(lines)) is not None:
        if not line:
            return 0
        number = number_typed(line, len(options))
        if number is not None:
            return number
        try:
            command, _rest = find(line, commands)
        except CotutorError:
            output.show(f"Type a number from 1 to {len(options)}, or {leave}.")
            continue
        if command.name == "back":
            return None
        output.show(*help_lines(commands))
    return 0


def number_typed(line: str, most: int) -> int | None:
    """A typed number from 1 to ``most``, counted from 0; None if it is none."""
    if line.isascii() and line.isdecimal() and 1 <= int(line[:4]) <= most:
        return int(line[:4]) - 1
    return None
