"""The commands of a workshop, a demonstration, cards to practise with, and a tally.

Each command is called with the conversation that it belongs to when the faces ask whether it is
allowed at present, so this module needs to know only a few of their properties.
"""

from typing import Protocol

from cotutor.conversation import everywhere
from cotutor.conversation.command import Command
from cotutor.conversation.everywhere import COVER, COVER_BY_F9
from cotutor.conversation.taken import taken
from cotutor.domain.commands import CountAway, GiveBack, LeaveOutAway, More, Next, Pause, Resume
from cotutor.domain.duration import MINUTE
from cotutor.domain.session import SessionState


class _Workshop(Protocol):
    """Where a workshop is."""

    @property
    def state(self) -> SessionState: ...
    @property
    def away(self) -> int: ...
    @property
    def undoable(self) -> bool: ...
    @property
    def day_over(self) -> bool: ...
    @property
    def over(self) -> bool: ...
    @property
    def seated(self) -> bool: ...
    @property
    def demo(self) -> str | None: ...


class _Demonstration(Protocol):
    """How far a demonstration is."""

    @property
    def paused(self) -> bool: ...
    @property
    def ended(self) -> bool: ...
    @property
    def choosing(self) -> bool: ...


class _Practice(Protocol):
    """The card on top."""

    @property
    def options(self) -> int: ...


HELP = everywhere.HELP._replace(help="What can be done here.")
"""The full screen shows a page; the line mode answers with what can be typed now."""
READ = (
    Command("down", "read(1)", "Read on", "Read on.", shown="↓"),
    Command("up", "read(-1)", "Up", "Read back.", shown="↑", bar=False),
)
"""Scrolling, on the full screen alone."""
CLOSE = Command("escape,q,enter", "back", "Close", "Go back.", shown="esc")
BACK = Command("escape,q", "back", "Back", "Go back.", shown="esc", word="leave")
CHOOSE = Command("enter", "choose", "Choose", "Take the marked line.")
MENU = (CHOOSE, BACK, HELP)
"""A list to choose from; in lines a number is typed, so that choosing has no word."""


# ---------------------------------------------------------------- before a workshop

PROGRAMMES = (CHOOSE._replace(help="Take the marked programme."), BACK, HELP)
"""Which programme."""
DRAW = Command("f5", "draw", "Draw again", "Draw another seating.", word="draw")
NOT_NOW = Command("escape", "back", "Back", "Go back without starting.", shown="esc", word="leave")
SEATING = (
    Command("enter", "go_on", "Draw, then start", "Draw the seating; once more: start the clock."),
    DRAW,
    NOT_NOW,
    everywhere.HELP_WHILE_TYPING,
    Command("pagedown", "turn(1)", "Page", "Read the next page of the seating.", shown="PgDn", bar=False),
    Command("pageup", "turn(-1)", "Page back", "Read the page before.", shown="PgUp", bar=False),
)
"""Who is there, and the seating that is drawn for them; in lines an empty line starts the clock."""


# ---------------------------------------------------------------- a workshop


def _decided(workshop: _Workshop) -> bool:
    """Whether no absence waits to be decided on; until then even what the engine would take has to wait."""
    return not workshop.away


def _goes_on(workshop: _Workshop) -> bool:
    """Whether the present phase can be left, or, when the day is over, the next day begun."""
    return workshop.day_over or taken(Next())(workshop)


NEXT = Command(
    "n,enter",
    "next",
    "Next",
    "Go on to the next phase, part or day. Enter does the same.",
    word="next",
    when=_goes_on,
)
PAUSE = Command(
    "space", "pause", "Pause", "Hold the workshop's clock.", shown="space", word="pause", when=taken(Pause())
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
    "More time, a minute if no length is given; in a round, in each of its turns.",
    shown="+",
    word="more",
    example="more, more 2 or more 90s",
    when=taken(More(MINUTE)),
)
UNDO = Command(
    "u",
    "undo",
    "Undo",
    "Take back the last command, within ten seconds.",
    word="undo",
    when=lambda workshop: workshop.undoable and not workshop.away,
)
COUNT = Command("", "count", "Count it", "The time away counts.", word="count", when=taken(CountAway()))
LEAVE_OUT = Command(
    "",
    "leave_out",
    "Leave it out",
    "Leave out the time away.",
    word="leave",
    example="leave out",
    when=taken(LeaveOutAway()),
)
MOVE_ON = Command(
    "",
    "move_on",
    "End this phase",
    "Leave out the time away and go on to the next phase.",
    word="next",
    when=taken(LeaveOutAway()),
)
PARTS = Command("p", "parts", "Parts", "The whole programme; go from there to any part of it.", word="parts")
GO = Command(
    "",
    "go",
    "Go",
    "Leave this part and begin another, by its number.",
    word="go",
    example="go 4",
    when=_decided,
)
DEMO = Command(
    "d",
    "demonstration",
    "Demo",
    "Play this part's demonstration; the clock goes on.",
    when=lambda workshop: workshop.demo is not None,
)
PROGRAMME = (
    CHOOSE._replace(label="Go there", help="Leave the present part and begin the marked one afresh."),
    everywhere.BACK._replace(key="escape,p,q", help="Go back; nothing changes."),
    HELP,
)
"""The list of the parts, on the full screen alone; in lines a part is begun by its number."""
END = Command("q", "end", "End", "End the workshop; asks first.", word="end", whole=True, when=_decided)

WORKSHOP = (
    COUNT,
    LEAVE_OUT,
    MOVE_ON,
    PAUSE,
    RESUME,
    NEXT,
    MORE,
    HELP,
    Command("v", "audience", "Room's view", "What the room may see, on the whole window; v comes back."),
    UNDO,
    Command(
        "s",
        "seats",
        "Seats",
        "Who sits with whom; in lines, now or in every round.",
        word="seats",
        example="seats, or seats all",
        when=lambda workshop: workshop.seated,
    ),
    PARTS,
    GO,
    DEMO,
    Command("o", "tally", "Tally", "Count what a listener does."),
    Command(
        "minus",
        "give_back",
        "Less",
        "Less time, a minute if no length is given.",
        shown="-",
        word="back",
        example="back, or back 2",
        when=taken(GiveBack(MINUTE)),
    ),
    everywhere.SIGNPOSTS._replace(word=""),
    Command("", "time", "Time", "Where the workshop is, how long is left, ahead or behind.", word="time"),
    Command("", "notes", "Notes", "Your notes on this part.", word="notes"),
    END,
    COVER,
    *READ,
)
"""A workshop that runs, most needed first."""

AUDIENCE = (
    Command("escape,v,q", "back", "Back", "Back to the trainer's view."),
    PAUSE,
    RESUME,
    NEXT._replace(when=lambda workshop: not workshop.over and _goes_on(workshop)),
    MORE,
    UNDO,
)
"""The keys that go on working in the room's view, which shows none of them; leaving is not one."""


# ---------------------------------------------------------------- a demonstration


def _plays(demonstration: _Demonstration) -> bool:
    return not (demonstration.paused or demonstration.choosing or demonstration.ended)


ON = Command(
    "right,n,enter",
    "next",
    "On",
    "The next line at once, or leave a stop. Enter does the same.",
    shown="→",
    word="next",
)
PLAY_ON = Command(
    "space",
    "resume",
    "Play on",
    "Let the conversation go on.",
    shown="space",
    word="resume",
    when=lambda demonstration: demonstration.paused,
)
ANSWERS = tuple(
    Command(
        str(number),
        f"choose({number - 1})",
        f"Answer {number}",
        f"Choose answer {number} at a stop.",
        bar=False,
        word=str(number),
        when=lambda demonstration: demonstration.choosing,
    )
    for number in range(1, 4)
)

DEMONSTRATION = (
    Command("space", "pause", "Pause", "Hold the conversation.", shown="space", word="pause", when=_plays),
    PLAY_ON,
    ON,
    HELP,
    Command("left,p", "before", "Back a line", "Play the line before once more.", shown="←", word="back"),
    *ANSWERS,
    Command("plus,equals_sign", "faster", "Faster", "Play faster.", shown="+", word="faster"),
    Command("minus", "slower", "Slower", "Play slower.", shown="-", word="slower"),
    Command(
        "l",
        "labels",
        "Labels",
        "Hide what each line is, so that people can guess, or show it.",
        word="labels",
    ),
    Command("e", "end", "End", "Go to what was counted, and questions for the room.", word="end"),
    Command("escape,q", "back", "Close", "Close the demonstration.", shown="esc"),
    COVER_BY_F9,
)
"""A demonstration that plays."""

PLAY_OTHER = Command("w", "other", "Other version", "Play the other version.")
COMPARE = Command("c", "compare", "Compare", "Both versions side by side.")


# ---------------------------------------------------------------- practising alone


def _choosable(number: int) -> Command:
    def there_is(practice: _Practice) -> bool:
        return number <= practice.options

    return Command(
        str(number),
        f"answer({number - 1})",
        f"Answer {number}",
        f"Choose answer {number}.",
        bar=False,
        word=str(number),
        when=there_is,
    )


CARDS = (
    CHOOSE._replace(help="Shuffle the cards and begin."),
    Command("1", "stage", "Stage I only", "Only cards of the first stage, or of all three."),
    BACK,
    HELP,
)
"""Which cards; in lines the stages are a list of their own."""
PRACTICE = (
    Command(
        "enter", "turn", "Turn, then next", "Turn the card over; then the next one.", word="turn", whole=True
    ),
    Command("right,n,space", "following", "Next", "The next card.", shown="→", word="next", whole=True),
    HELP._replace(whole=True),
    Command("left,p", "before", "Back", "The card before.", shown="←", word="back", whole=True),
    Command(
        "a",
        "again",
        "Again later",
        "The next card; this one comes once more, a few cards on.",
        word="again",
        whole=True,
    ),
    *(_choosable(number) for number in range(1, 5)),
    Command("escape,q", "back", "Close", "Close the cards.", shown="esc", word="end", whole=True),
    *READ,
)
"""Cards to practise with; a word is typed in full, for a question of one's own may begin like it."""


# ---------------------------------------------------------------- the tally

TALLY = (
    Command("enter", "finish", "Picture", "The turn is over: show the picture."),
    Command("u,backspace", "undo", "Undo", "Take the last stroke back."),
    HELP,
    Command("escape", "back", "Close", "Close the tally; what was counted is gone.", shown="esc"),
    COVER_BY_F9,
)
"""Counting. The keys of what can be counted are in ``cotutor.domain.skills``."""
PICTURE = (
    Command("escape,q,enter", "back", "Close", "Close it; what was counted is gone.", shown="esc"),
    Command("p", "print", "Print", "Have it printed in the terminal when the program ends; asks first."),
    *READ,
    HELP,
)
"""What was counted."""
