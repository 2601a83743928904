"""What a command is; ``commands.py`` has the table of them."""

import argparse
from collections.abc import Callable
from typing import NamedTuple

from cotutor.cli.parser import Parser

Doing = tuple[Callable[[Parser], None], Callable[[argparse.Namespace], int], str]
"""How a command declares its arguments, does its work, and what more its help says."""


class Command(NamedTuple):
    """A command of ``cotutor`` on the command line: how its help shows it, what it takes and what it does."""

    usage: str
    """How it is written, after ``cotutor``."""
    does: str
    arguments: Callable[[Parser], None]
    """Declares its arguments."""
    run: Callable[[argparse.Namespace], int]
    """Does it; returns the exit code."""
    more: str = ""
    """What its own help says below its options."""

    def parser(self, name: str) -> Parser:
        """What reads its words.

        Args:
            name: the words by which it is called, after ``cotutor``.
        """
        parser = Parser(name, f"{self.does[0].upper()}{self.does[1:]}.", self.more)
        self.arguments(parser)
        return parser
