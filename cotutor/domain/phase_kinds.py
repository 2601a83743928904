"""The kinds of phase, and all that is true of each: one row a kind, and nowhere else.

A new kind is one row here and its words in ``content/wording.toml``. Code asks what a kind is
like (``phase.kind.traits.closes``) and never which kind it is, so it needs no change for a new one.
"""

from enum import StrEnum
from typing import Self

from msgspec import Struct

from cotutor.domain.duration import MINUTE, SECOND, Length


class Traits(Struct, frozen=True, kw_only=True):
    """What is true of a kind of phase."""

    length: Length
    """How long it lasts when a plan does not say, in milliseconds; a turn takes the plan's ``turn``."""
    headline: str
    """What goes on, where nobody's name belongs to it."""
    headline_of: str = ""
    """The same with the name of whose phase it is for ``{}``; empty if a name adds nothing."""
    time_up: str = ""
    """What is reported when the named person's time is up; empty for the headline and ``time is up``."""
    is_turn: bool = False
    """Somebody's turn: it needs a speaker, who is warned and has a scratchpad; the ledger counts it."""
    has_voice: bool = False
    """A plan may say whose feedback is heard in it."""
    line_from_returns: bool = False
    """It is opened by one of the small ways of coming back to the present."""
    announces_parts: bool = False
    """Who listens and who observes is announced when it begins, and how the speaker wants to be heard."""
    announces_next: bool = False
    """Who speaks next is announced in it; in a room everybody takes the next part."""
    mode_may_change: bool = True
    """Whoever speaks now or next may choose the kind of listening. Not while the turn before is
    looked back on: one key by who has just spoken must not choose for the next one."""
    closes: bool = False
    """The session ends with it: ending early goes there, and the closing words belong to it."""
    room_headline: str = ""
    """What a room in groups reads: ``{turn}`` of ``{size}``, the ``{voice}``; empty for the item's title."""
    room_line: str = ""
    """What a room in groups is to do, instead of the item's own line."""


class Kind(StrEnum):
    """What a phase is for.

    The default lengths of the swap, half a minute of silence, and of the news, three minutes each,
    are what practice guides of co-counselling give; the others are this project's own guesses.
    """

    traits: Traits
    """What is true of this kind."""

    def __new__(cls, value: str, traits: Traits) -> Self:
        """Make a kind of the word that plans use for it and of its row."""
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.traits = traits
        return kind

    SETTLE = (
        "settle",
        Traits(
            length=Length(MINUTE),
            headline="Settle",
            room_headline="Find your group",
        ),
    )
    """Arrive, put phones away, breathe."""
    NEWS = (
        "news",
        Traits(
            length=Length(3 * MINUTE),
            headline="News and goods",
            headline_of="News and goods: {}",
        ),
    )
    """News and goods: each says something that goes well."""
    TURN = (
        "turn",
        Traits(
            length=Length(20 * MINUTE),
            headline="A turn",
            headline_of="{} speaks",
            time_up="{}'s time is up.",
            is_turn=True,
            announces_parts=True,
            room_headline="Turn {turn} of {size}",
        ),
    )
    """One person speaks, another listens."""
    RETURN = (
        "return",
        Traits(
            length=Length(MINUTE),
            headline="Back to the present",
            headline_of="{} comes back to the present",
            line_from_returns=True,
            mode_may_change=False,
        ),
    )
    """The speaker comes back to the present after a turn."""
    SWAP = (
        "swap",
        Traits(
            length=Length(30 * SECOND),
            headline="Swap",
            announces_next=True,
            room_headline="Change parts",
            room_line="Everybody takes the next part. Whoever listened speaks next.",
        ),
    )
    """Silence in which the roles change; the next turn starts on a key."""
    FEEDBACK = (
        "feedback",
        Traits(
            length=Length(2 * MINUTE),
            headline="Feedback on the listening",
            headline_of="Feedback from {}",
            has_voice=True,
            mode_may_change=False,
            room_headline="Feedback: the {voice} talks",
        ),
    )
    """About the listening, never about the content."""
    BREAK = ("break", Traits(length=Length(5 * MINUTE), headline="Break"))
    """Rest."""
    TOGETHER = ("together", Traits(length=Length(10 * MINUTE), headline="Together"))
    """The whole room together: a welcome, a demonstration, a debriefing."""
    CLOSE = ("close", Traits(length=Length(3 * MINUTE), headline="Close", closes=True))
    """Appreciation, next date, the reminder, nothing kept."""
