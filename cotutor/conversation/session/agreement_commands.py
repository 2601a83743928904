"""What can be done before the clock starts: every key of the form and every word of the lines.

``when`` is asked with the ``Agreeing`` that the command belongs to.
"""

from cotutor.conversation.command import Command
from cotutor.conversation.everywhere import BACK, HELP_WHILE_TYPING
from cotutor.conversation.session.agreement import COIN, QUESTIONS, Id, Question

START = Command("enter", "start", "Agree and start", "Both agree: start the clock.")
LEAVE = BACK._replace(key="escape", help="Go back without starting.", word="leave")
SOUND_CHECK = Command(
    "f2", "app.sound_check", "Sound check", "Ring the bell and see whether you hear it.", word="bell"
)
HELP = HELP_WHILE_TYPING._replace(help="What can be done here.")
READ = Command("", "read", "Read", "Read the agreement again.", word="read")
TOSS = Command("", COIN, "Coin", "Toss for who speaks first.", word=COIN, when=QUESTIONS["first"].when)


def _answering(word: Id, question: Question) -> Command:
    return Command(
        "", word, question.label, question.help, word=word, example=question.example, when=question.when
    )


ANSWERS: dict[Command, Id] = {_answering(word, question): word for word, question in QUESTIONS.items()}
"""The commands that answer a question."""

AGREEMENT_COMMANDS = (START, *ANSWERS, TOSS, SOUND_CHECK, READ, LEAVE, HELP)
"""Everything that can be done before the clock starts."""
