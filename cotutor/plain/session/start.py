"""The line mode: a whole session in plain lines, for a screen reader, a script or a bare terminal.

Each change is one line with the time of day in front; answers and instructions are lines
without. Nothing is drawn, moved or coloured.
"""

import sys
from collections.abc import Callable

from cotutor.conversation.library import Library, left_out_briefly
from cotutor.conversation.notice import Medium
from cotutor.conversation.session.agreement import Agreeing
from cotutor.conversation.session.conversation import SessionConversation
from cotutor.conversation.session.request import SessionRequest, settle
from cotutor.plain.last_line import LAST_LINE, interrupted
from cotutor.plain.output import Output
from cotutor.plain.reader import InputLines
from cotutor.plain.session.agreement import AgreementInLines
from cotutor.plain.session.session import SessionInLines
from cotutor.process import signals
from cotutor.services.clock import clock_at
from cotutor.services.folders import config_folder


def run(request: SessionRequest, greet: Callable[[], None] | None = None) -> int:
    """Run the session that was asked for, from standard input to standard output.

    Args:
        request: what was asked for.
        greet: what to say first, once it is plain that there will be a session.

    Returns:
        The exit code of the program.

    Raises:
        CotutorError: the plan or what was asked for is not right.
    """
    library = Library(config_folder())
    plan, agreement, problems = settle(request, library)
    guidance = library.guidance.guidance
    if greet:
        greet()
    clock = clock_at(request.rehearse)
    output = Output(sys.stdout, clock, bell=not request.silent and sys.stdout.isatty())
    output.show(*left_out_briefly((*problems, *library.guidance.problems)))
    signals.add_exit_hook(lambda: interrupted(output, "The session"))
    lines = InputLines()
    agreed = (
        agreement
        if request.quick
        else AgreementInLines(Agreeing(plan, agreement), guidance.wording.agreement, output, lines).agree()
    )
    ended = None
    if agreed is not None:
        conversation = SessionConversation(plan, agreed, guidance, clock=clock, medium=Medium.WORDS)
        ended = SessionInLines(conversation, output, lines).run()
    output.notice(LAST_LINE, ended)
    return 0
