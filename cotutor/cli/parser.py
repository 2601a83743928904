"""Reading the words of a command line, and saying in one line what is wrong with them."""

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

from cotutor.domain.duration import Length, parse_length
from cotutor.domain.errors import WrongUsage
from cotutor.domain.text import nearest, one_line

WIDTH = 80


class Parser(argparse.ArgumentParser):
    """Arguments of one command.

    Args:
        command: the words of the command, after ``cotutor``.
        description: what it does, in a sentence or two.
        epilog: what else there is to know; its line breaks stay.
    """

    def __init__(self, command: str, description: str = "", epilog: str = "") -> None:
        super().__init__(
            prog=f"cotutor {command}".strip(),
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _Help(prog, max_help_position=26, width=WIDTH),
        )
        self.color = False  # newer Pythons would colour the help
        self._positionals.title = "Arguments"
        self._optionals.title = "Options"
        self.add_argument("-h", "--help", action="help", help="this text")

    def parse(self, words: Sequence[str]) -> argparse.Namespace:
        """What the words say.

        Raises:
            WrongUsage: they make no sense; the nearest spelling is suggested.
        """
        options, unknown = self.parse_known_args(words)
        if unknown:
            self.error(self._unknown(unknown[0]))
        return options

    def _unknown(self, word: str) -> str:
        # What follows "=" may be anything; only the option's own name is repeated.
        name = one_line(word.partition("=")[0], 40)
        if not name.startswith("-"):
            return "there is one word too many"
        return f"there is no option {name}{or_rather(name, self._option_string_actions)}"

    def error(self, message: str) -> NoReturn:
        """Refuse the words, in one line that names what is wrong.

        Raises:
            WrongUsage: always.
        """
        problem = one_line(message.removeprefix("argument ").removesuffix(", ..."), 300)
        stop = "" if problem.endswith("?") else "."
        raise WrongUsage(
            f"{problem[0].upper()}{problem[1:]}{stop} Type {self.prog} --help to see how it is used."
        )


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help that begins with a plain "Usage:", in whole sentences."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "Usage: ")


def or_rather(word: str, allowed: Iterable[str]) -> str:
    """``; did you mean X?``, if something is spelt like ``word``."""
    near = nearest(word, allowed)
    return f"; did you mean {near}?" if near else ""


def length(written: str) -> Length:
    """A length of time in an argument, in milliseconds.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        return parse_length(written)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def one_of(*allowed: str) -> Callable[[str], str]:
    """What reads an argument that is one of a few words, in small or capital letters."""

    def chosen(written: str) -> str:
        for one in allowed:
            if one.casefold() == written.casefold():
                return one
        raise argparse.ArgumentTypeError(
            f"say {', '.join(allowed[:-1])} or {allowed[-1]}{or_rather(written, allowed)}"
        )

    return chosen


def times(written: str) -> int:
    """How many times faster than life, in an argument: a whole number up to ``FASTEST``.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if re.fullmatch("[1-9][0-9]{0,3}", written) and int(written) <= FASTEST:
        return int(written)
    raise argparse.ArgumentTypeError(f"say a whole number from 1 to {FASTEST}")


FASTEST = 3_600
"""A rehearsal in which an hour takes a second; faster, nobody could follow."""
