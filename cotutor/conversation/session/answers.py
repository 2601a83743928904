"""What a session answers when it is asked: where it stands, the nine steps."""

from cotutor.conversation.session.commands import GUIDE
from cotutor.conversation.session.notices import now_line
from cotutor.domain.duration import in_words
from cotutor.domain.guidance import Guidance
from cotutor.domain.session import SessionState


def time_lines(state: SessionState, ends: str, all_ends: str) -> tuple[str, ...]:
    """Where the session stands.

    Args:
        state: the session.
        ends: the time of day at which this phase ends.
        all_ends: the time of day at which the whole session ends.
    """
    held = ("The clock is held.",) if state.hold else ()
    length = f"Agreed on for this phase: {in_words(state.allotted)}."
    until = f"It ends at {ends}. " if state.left > 0 else ""
    return (now_line(state), *held, length, f"{until}The whole session ends at about {all_ends}.")


def guide_lines(guidance: Guidance, written: str) -> tuple[str, ...]:
    """The nine steps, or what the listener may ask in one of them.

    Raises:
        CotutorError: there is no such step.
    """
    if not written:
        steps = (f"{step.id} {step.classic}: {step.job}" for step in guidance.steps)
        return (f"In any order, or none. Type {GUIDE.word} II-B for the questions of a step.", *steps)
    step = guidance.step(written)
    return (f"{step.id} {step.classic}. {step.job}", *step.questions)
