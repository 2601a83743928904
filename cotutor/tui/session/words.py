"""How a running session's words are laid out: the lines around the digits, and the close."""

from datetime import datetime, timedelta

from rich.cells import cell_len
from textual.content import Content

from cotutor.conversation.notice import Notice
from cotutor.conversation.session.conversation import SessionConversation
from cotutor.domain.session import SessionState
from cotutor.domain.wording import session_left, shown_left
from cotutor.tui.common.sections import sections


def times(
    state: SessionState, wall: datetime, *, digits: bool = True, short: bool = False, mode: str = ""
) -> str:
    """The line below the digits: until when the phase and the session last.

    Args:
        state: the session.
        wall: the present time of day.
        digits: whether the digits are in sight; if not, the time left is among the words.
        short: whether there is room for the phase alone.
        mode: the kind of listening, if there was no room for it above.
    """
    if state.ended:
        return ""
    left = "" if digits else f"{shown_left(state)}  ·  "
    if state.hold is not None:
        return f"{left}The clock is held."
    over = state.left < 0
    phase = "over its time" if over else f"until {wall + timedelta(milliseconds=state.left):%H:%M}"
    if short and not digits:
        return f"{left}{phase}"
    if mode:
        return f"{left}{phase}  ·  {mode}"
    return f"{left}{phase}  ·  session until {wall + timedelta(milliseconds=session_left(state)):%H:%M}"


def under_headline(conversation: SessionConversation, room: int | None = None) -> str:
    """The words below the headline: who listens and how in a turn, and what to do.

    Args:
        conversation: the session.
        room: how many columns there are for who listens, if that must fit on one line.
    """
    listens = conversation.who_listens
    fitting = [words for words in listens if room is None or cell_len(words) <= room]
    return "\n".join((*(fitting or listens[-1:])[:1], *conversation.to_do))


def notice_line(notice: Notice | None, now: int) -> Content:
    """A notice with its sign, as far as it is true at an instant."""
    text = notice.at_instant(now) if notice else ""
    if notice and notice.sign and text:
        return Content.styled(f"{notice.sign} {text}", "bold $warning")
    return Content(text)


def closing(conversation: SessionConversation) -> Content:
    """The close: time of each, what is owed, what to say about the listening, that nothing was kept."""
    nothing_kept = conversation.guidance.wording.closing.nothing_kept
    last = Content.styled(nothing_kept, "bold $success")
    return Content("\n").join([sections(conversation.closing), Content(""), last])
