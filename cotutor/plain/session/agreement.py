"""The agreement before the clock in lines: two empty lines accept it and start."""

from cotutor.conversation.command import Command, find, help_lines, offered
from cotutor.conversation.session.agreement import Agreeing, limits, opening
from cotutor.conversation.session.agreement_commands import (
    AGREEMENT_COMMANDS,
    ANSWERS,
    HELP,
    LEAVE,
    READ,
    SOUND_CHECK,
    TOSS,
)
from cotutor.domain.agreement import Agreement
from cotutor.domain.errors import CotutorError
from cotutor.domain.guidance import AgreementWords
from cotutor.plain.numbered import next_line
from cotutor.plain.output import Output
from cotutor.plain.reader import Lines


class AgreementInLines:
    """The step in which people agree.

    Args:
        agreeing: the plan of the session, and the agreement as it is proposed.
        words: what is shown before the clock starts.
        output: where it is written.
        lines: where the answers come from.
    """

    def __init__(self, agreeing: Agreeing, words: AgreementWords, output: Output, lines: Lines) -> None:
        self._agreeing = agreeing
        self._words = words
        self._output = output
        self._lines = lines

    def agree(self) -> Agreement | None:
        """Read the agreement and its limits aloud; return what was agreed, or None if they leave.

        At the end of the input everything not yet answered is taken as it stands.
        """
        self._output.show(f"{self._words.heading}.", *opening(self._words), *self._agreeing.terms())
        self._output.show("Press Enter to accept, or change a line: type help for how.")
        if not self._accepted():
            return None
        self._output.show(*limits(self._words), "Press Enter to agree and start the clock.")
        return self._agreeing.agreement if self._accepted() else None

    def _accepted(self) -> bool:
        """Take changes until an empty line accepts; False if they leave."""
        while line := next_line(self._lines):
            try:
                command, rest = find(line, AGREEMENT_COMMANDS)
                if command is LEAVE:
                    return False
                self._output.show(*self._obey(command, rest))
            except CotutorError as problem:
                self._output.show(problem.message)
        return True

    def _obey(self, command: Command, rest: str) -> tuple[str, ...]:
        if command is HELP:
            return help_lines(offered(AGREEMENT_COMMANDS, self._agreeing))
        if command is SOUND_CHECK:
            return self._output.bell_checked()
        if command is READ:
            return self._agreeing.terms()
        before = self._agreeing.terms()
        if command is TOSS:
            self._agreeing = self._agreeing.toss()
        else:
            self._agreeing = self._agreeing.answer(ANSWERS[command], rest)
        changed = [line for line in self._agreeing.terms() if line not in before]
        notice = [self._agreeing.notice] if self._agreeing.notice else []
        return (*notice, *(changed or ["It is so already."]))
