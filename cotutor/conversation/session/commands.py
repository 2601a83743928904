"""What can be told to a running session: every key of the full screen and every word of the line mode.

The bar at the foot, the palette, the help of both faces and the tables of the README come from
here. ``when`` is asked with the conversation that the command belongs to.
"""

from collections.abc import Callable
from typing import Protocol

from cotutor.conversation import everywhere
from cotutor.conversation.command import Command
from cotutor.conversation.everywhere import COVER, SIGNPOSTS
from cotutor.conversation.taken import taken
from cotutor.domain.commands import (
    CountAway,
    End,
    Explain,
    GiveBack,
    LeaveOutAway,
    More,
    Next,
    Pause,
    Resume,
    StartedEarlier,
)
from cotutor.domain.duration import SECOND
from cotutor.domain.events import Why
from cotutor.domain.session import SessionState


class _Session(Protocol):
    """What a command needs to know of a session, to say whether it is allowed."""

    @property
    def state(self) -> SessionState: ...
    @property
    def question(self) -> Why | None: ...
    @property
    def guide_allowed(self) -> bool: ...
    @property
    def cue_allowed(self) -> bool: ...
    @property
    def mode_can_change(self) -> bool: ...
    @property
    def scratchpad_allowed(self) -> bool: ...
    @property
    def scratchpad_writable(self) -> bool: ...
    @property
    def scratchpad_keepable(self) -> bool: ...


When = Callable[[_Session], bool]


def _unasked(when: When) -> When:
    """Allowed as ``when`` says, but only after the question that is open has been answered."""
    return lambda session: session.question is None and when(session)


def _ended(session: _Session) -> bool:
    return session.state.ended


def _runs(session: _Session) -> bool:
    return not session.state.ended


def _notes_agreed(session: _Session) -> bool:
    return session.state.ended and session.state.agreement.notes


def _observed(session: _Session) -> bool:
    return not session.state.ended and session.state.phase.observer is not None


def _closing(session: _Session) -> bool:
    return session.state.ended or session.state.phase.kind.traits.closes


NEXT = Command(
    "n",
    "next",
    "Next",
    "Go on to the next phase; in lines an empty line does the same.",
    word="next",
    when=_unasked(taken(Next())),
)
LEAVE = Command(
    "n",
    "leave",
    "Leave",
    "After the end: leave the session.",
    word="next",
    when=_ended,
)
PAUSE = Command(
    "space",
    "pause",
    "Pause",
    "Hold the clock. Nobody asks why.",
    shown="space",
    word="pause",
    when=_unasked(taken(Pause())),
)
RESUME = Command(
    "space",
    "resume",
    "Go on",
    "Let the clock go on.",
    shown="space",
    word="resume",
    when=taken(Resume()),
)
MORE = Command(
    "plus,equals_sign",
    "more",
    "More",
    "Offer the speaker more time, by key a minute; the others get the same.",
    shown="+",
    word="more",
    example="more 5, or more 90s",
    given="1",
    when=_unasked(taken(More(SECOND))),
)
READ_ON = Command(
    "down",
    "read(2)",
    "Read on",
    "At the close: read on.",
    shown="↓",
    when=_closing,
)
READ_BACK = Command(
    "up", "read(-2)", "Read back", "At the close: read back.", shown="↑", bar=False, when=_closing
)
HELP = everywhere.HELP._replace(help="What can be done now.")
UNDO = Command(
    "u",
    "undo",
    "Undo",
    "Undo the last command, for ten seconds.",
    word="undo",
    when=_unasked(lambda session: bool(session.state.undoable)),
)
GUIDE = Command(
    "g",
    "guide",
    "Guide",
    "Open questions: Egan's nine steps, in any order.",
    word="guide",
    example="guide, or guide II-B",
    when=_unasked(lambda session: session.guide_allowed),
)
CUE = Command(
    "c",
    "cue",
    "Cue",
    "One listening cue, then the next.",
    word="cue",
    when=_unasked(lambda session: session.cue_allowed),
)
MODE = Command(
    "m",
    "mode",
    "Mode",
    "The speaker asks for another kind of listening.",
    word="mode",
    example="mode listen, think or challenge",
    given="next",
    when=_unasked(lambda session: session.mode_can_change),
)
EXPLAIN = Command(
    "exclamation_mark",
    "explain",
    "Stop & explain",
    "Safety or probity is at stake: stop the clock.",
    shown="!",
    word="stop",
    when=lambda session: session.state.ended or taken(Explain())(session),
)
BIG = Command("f", "big", "Big", "Show the clock alone, as large as the window.")
END = Command(
    "q",
    "end",
    "End",
    "End early, leave the close, or go when all is over.",
    word="end",
    whole=True,
    when=lambda session: session.state.ended or (session.question is not Why.AWAY and taken(End())(session)),
)
REFLECT = Command(
    "r",
    "reflect",
    "Reflect",
    "The owner of this computer goes on to write their own reflection.",
    when=_notes_agreed,
)
TALLY = Command(
    "o",
    "tally",
    "Tally",
    "The observer counts what the listener does; gone when it closes.",
    when=_unasked(_observed),
)
GIVE_BACK = Command(
    "minus",
    "give_back",
    "Give back",
    "The speaker gives time back, by key a minute.",
    shown="-",
    word="back",
    example="back 2",
    given="1",
    when=_unasked(taken(GiveBack(SECOND))),
)
EARLIER = Command(
    "a",
    "earlier",
    "Earlier",
    "You began talking this long ago; the key says a minute each time.",
    word="started",
    example="started 4",
    given="1",
    when=_unasked(taken(StartedEarlier(SECOND))),
)
SCRATCHPAD = Command(
    "s",
    "scratchpad",
    "Scratchpad",
    "The speaker's scratchpad, wiped at the end of the turn; at the close, what was kept.",
    word="jottings",
    when=_unasked(lambda session: session.scratchpad_allowed),
)
JOT = Command(
    "",
    "jot",
    "Jot",
    "A line on the speaker's scratchpad.",
    word="jot",
    example="jot ask about Thursday",
    when=_unasked(lambda session: session.scratchpad_writable),
)
KEEP = Command(
    "ctrl+s",
    "keep",
    "Keep",
    "The speaker keeps the scratchpad until the close, or no longer, if the plan lets them.",
    bar=False,
    word="keep",
    when=_unasked(lambda session: session.scratchpad_keepable),
)
TIME = Command("", "time", "Time", "Who speaks, how long is left, when it ends.", word="time", when=_runs)
OWED = Command("", "owed", "Owed", "Each person's time, and what is owed.", word="owed")
BELL = Command("", "bell", "Bell", "Ring the bell, to hear whether it sounds.", word="bell")
PUT_AWAY = Command(
    "escape",
    "put_away",
    "Put away",
    "Put away the guide, the cue or the scratchpad.",
    shown="esc",
)

COUNT = Command(
    "c",
    "count",
    "Count it",
    "After an absence: the time away counts as time in this phase.",
    word="count",
    when=taken(CountAway()),
)
LEAVE_OUT = Command(
    "l,space",
    "leave_out",
    "Leave it out",
    "After an absence: go on where the clock was.",
    shown="l",
    word="leave",
    example="leave out",
    when=taken(LeaveOutAway()),
)
MOVE_ON = Command(
    "n",
    "move_on",
    "End this phase",
    "After an absence: leave it out and go on to the next phase.",
    word="next",
    when=taken(LeaveOutAway()),
)

COMMANDS = (
    PAUSE,
    RESUME,
    NEXT,
    LEAVE,
    MORE,
    READ_ON,
    READ_BACK,
    HELP,
    PUT_AWAY,
    UNDO,
    GUIDE,
    CUE,
    MODE,
    EXPLAIN,
    COVER,
    BIG,
    END,
    REFLECT,
    TALLY,
    GIVE_BACK,
    EARLIER,
    SCRATCHPAD,
    JOT,
    KEEP,
    TIME,
    OWED,
    SIGNPOSTS,
    BELL,
    COUNT,
    LEAVE_OUT,
    MOVE_ON,
)
"""Every command of a session, most needed first."""

AFTER_ABSENCE = (COUNT, LEAVE_OUT, MOVE_ON)
"""The answers to the question whether an absence counts."""
AFTER_EXPLAINING = (RESUME, END)
"""What ends a stop to explain."""
