"""What a running session shows in words: the lines around the digits, and the close."""

from datetime import datetime, timedelta

from rich.cells import cell_len
from textual.content import Content

from cotutor.domain import events
from cotutor.domain.duration import in_words
from cotutor.domain.events import Why
from cotutor.domain.guidance import Guidance
from cotutor.domain.plan import MODE_NAMES, Kind
from cotutor.domain.session import SessionState, speaker_place
from cotutor.domain.wording import account_lines, next_turn, parts, sentence, session_left, shown_left

SIGNS: dict[type[events.Event], str] = {
    events.WarningDue: "▲",
    events.TimeUp: "■",
    events.Held: "‖",
    events.WentAway: "?",
    events.Undone: "↶",
}
"""A shape for each event that matters, so that colour alone tells nothing."""


def times(
    state: SessionState, wall: datetime, *, digits: bool = True, short: bool = False, mode: str = ""
) -> str:
    """The line below the digits: until when the phase and the session last.

    Args:
        state: the session.
        wall: the present time of day.
        digits: whether the digits are in sight; if not, the time left stands here.
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


def under_headline(state: SessionState, guidance: Guidance, room: int | None = None) -> str:
    """The words below the headline: who listens and how in a turn, and what to do.

    Args:
        state: the session.
        guidance: the wording in force.
        room: how many columns there are for who listens, if that must fit on one line.
    """
    phase = state.phase
    if state.ended:
        return ""
    if phase.kind is Kind.TURN and parts(state).listener:
        return "\n".join(line for line in (_listening(state, room), phase.say) if line)
    if phase.say:
        return phase.say
    if phase.kind is Kind.RETURN:
        return guidance.wording.return_at(state.spell.index)
    line = guidance.wording.phase(phase.kind).instruction(phase.voice)
    coming = next_turn(state)
    if phase.kind is Kind.SWAP and coming:
        return f"{line}\n{parts(state, coming).speaker} speaks next."
    return line


def mode_wanted(state: SessionState) -> str:
    """The kind of listening that this turn's speaker wants; nothing outside a turn."""
    place = speaker_place(state)
    return MODE_NAMES[state.modes[place - 1]] if place and state.phase.kind is Kind.TURN else ""


def _listening(state: SessionState, room: int | None) -> str:
    """Who listens, who observes, and how; on a small screen as much of it as fits."""
    part = parts(state)
    listens = f"{part.listener} listens"
    both = listens + (f", {part.observer} observes" if part.observer else "")
    whole = f"{both}  ·  {mode_wanted(state)}"
    return next((words for words in (whole, both) if room is None or cell_len(words) <= room), listens)


def notice(event: events.Event, state: SessionState) -> Content:
    """What has just happened, with a sign; it stays true for as long as it is shown."""
    sign = SIGNS.get(type(event))
    text = sentence(event, state)
    if isinstance(event, events.WarningDue):
        text = f"Warned {in_words(event.left)} before the end."
    elif isinstance(event, events.Held) and event.why is Why.PAUSE:
        text += " Space goes on."
    elif isinstance(event, events.MoreGiven):
        text += " u undoes it."
    return Content.styled(f"{sign} {text}", "bold $warning") if sign else Content(text)


def closing(state: SessionState, guidance: Guidance) -> Content:
    """The close: time of each, what is owed, what to say about the listening, that nothing was kept."""
    words = guidance.wording.closing
    lines = [Content.styled("Time", "bold $primary"), *map(Content, account_lines(state)), Content("")]
    if not state.ended:
        lines += [
            Content.styled(words.heading, "bold $primary"),
            Content(words.appreciation),
            *(Content(f"• {starter}") for starter in words.starters),
            Content(words.next_date),
            Content(words.reminder),
            Content.styled(words.pairing, "$text-muted"),
            Content(""),
        ]
    return Content("\n").join([*lines, Content.styled(words.nothing_kept, "bold $success")])
