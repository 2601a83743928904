"""What a listener does, well or badly: the words that observers, demonstrations and practice share.

The list is that of observers' checklists in listening courses, with what doctors are known to do
too soon: reassure, advise, tell their own story.
"""

from enum import StrEnum

from msgspec import Struct


class Skill(StrEnum):
    """One thing that a listener does."""

    OPEN = "open question"
    CLOSED = "closed question"
    ENCOURAGER = "encourager"
    SILENCE = "silence kept"
    PARAPHRASE = "paraphrase"
    FEELING = "feeling reflected"
    SUMMARY = "summary"
    CHALLENGE = "challenge with care"
    ADVICE = "advice given"
    STORY = "own story"
    FLOOR = "floor taken"
    REASSURANCE = "reassurance"
    AGREEMENT = "agreement"
    EXPLAIN = "stop and explain"


class About(Struct, frozen=True):
    """What there is to know about a skill."""

    line: str
    """How to know it when you hear it."""
    helps: bool = True
    """Whether it helps somebody think for themselves, as a rule."""
    key: str = ""
    """The observer's key for it; empty if observers do not count it.

    None of these keys means anything else in a session.
    """


ABOUT = {
    Skill.OPEN: About("A question that cannot be answered with yes, no or a fact.", key="o"),
    Skill.CLOSED: About("A question for a yes, a no or a fact.", helps=False, key="d"),
    Skill.ENCOURAGER: About("A nod in words: mm, go on, tell me more. It leaves the floor alone.", key="e"),
    Skill.SILENCE: About(
        "Three breaths or more in which the listener waits, and something may come.", key="s"
    ),
    Skill.PARAPHRASE: About("The gist said back, shorter, without anything added.", key="p"),
    Skill.FEELING: About("A feeling named, tentatively, as it was heard.", key="r"),
    Skill.SUMMARY: About("Several points drawn together, and a pause for what was missed.", key="y"),
    Skill.CHALLENGE: About("Something that does not fit, put gently and without a verdict.", key="h"),
    Skill.ADVICE: About("What to do, said outright or dressed up as a question.", helps=False, key="a"),
    Skill.STORY: About("The listener's own experience.", helps=False, key="i"),
    Skill.FLOOR: About(
        "The listener takes over: interrupts, or turns the talk elsewhere.", helps=False, key="t"
    ),
    Skill.REASSURANCE: About("Comfort that closes the subject: you'll be fine.", helps=False),
    Skill.AGREEMENT: About("What is wanted of the listening, and its limits, settled aloud."),
    Skill.EXPLAIN: About("The listener stops, and says what safety or probity now asks for."),
}

COUNTED = tuple(skill for skill in Skill if ABOUT[skill].key)
"""What an observer counts, in the order of the checklist."""
QUESTIONS = (Skill.OPEN, Skill.CLOSED)
REFLECTIONS = (Skill.PARAPHRASE, Skill.FEELING, Skill.SUMMARY)
"""What counts as a reflection; motivational interviewing counts summaries among them too."""


def for_key(key: str) -> Skill | None:
    """What an observer counts with this key, or None."""
    return next((skill for skill in COUNTED if ABOUT[skill].key == key), None)
