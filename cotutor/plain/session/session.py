"""One session in lines: writes each change as it becomes true, and obeys one word a line."""

from cotutor.conversation.command import find
from cotutor.conversation.notice import Notice
from cotutor.conversation.session.conversation import SessionConversation
from cotutor.domain.errors import CotutorError
from cotutor.domain.events import Why
from cotutor.plain.output import Output
from cotutor.plain.reader import Lines

LONGEST_WAIT = 10.0
"""Seconds between two looks at the clock; a gap much longer than that is how an absence is noticed."""


class SessionInLines:
    """A session in lines.

    Args:
        conversation: the session, not yet begun.
        output: where its lines go.
        lines: where the commands come from.
    """

    def __init__(self, conversation: SessionConversation, output: Output, lines: Lines) -> None:
        self._conversation = conversation
        self._output = output
        self._lines = lines

    def run(self) -> int:
        """Run the session until it is left, and return the instant of its end.

        At the end of the input nobody can move it on any more: then it goes on by itself.
        """
        conversation = self._conversation
        conversation.start(self)
        while not conversation.left:
            if self._lines.ended:
                if conversation.state.ended:
                    break
                self._output.show(*conversation.go_on_alone())
                if conversation.state.ended:
                    break
            line = self._lines.read(conversation.seconds_to_event(LONGEST_WAIT))
            conversation.tick()
            if line is not None:
                self._obey(line)
        conversation.close()
        return conversation.state.seen

    def _obey(self, line: str) -> None:
        try:
            if not line:
                self._output.show(*self._conversation.obey("next"))
                return
            command, rest = find(line, self._conversation.meant())
            if command.name == "bell":
                self._output.show(*self._output.bell_checked())
            else:
                self._output.show(*self._conversation.obey(command.name, rest))
        except CotutorError as problem:
            self._output.show(problem.message)

    # ------------------------------------------------------------ what the conversation reports

    def hand_over(self) -> None:
        """Nothing stands in a field here: each line reaches the conversation at once."""

    def show_notice(self, notice: Notice) -> None:
        """Write a change, with the time of day at which it became true, and what is read out with it."""
        self._output.notice(f"{notice.text} {notice.to_do}".rstrip(), notice.at)
        self._output.show(*notice.lines)
        for _ in range(notice.strokes):
            self._output.ring()

    def ask(self, question: Why) -> None:
        """The notice asks already."""
