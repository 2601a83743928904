"""What the line mode says of a session: each change in one line, and the words that belong to it."""

from cotutor.domain import events
from cotutor.domain.duration import in_words
from cotutor.domain.events import Event, Why
from cotutor.domain.guidance import GROUP_NAMES, NOT_STATED, Group, Guidance, Wording
from cotutor.domain.plan import MODE_NAMES, Kind
from cotutor.domain.session import SessionState
from cotutor.domain.wording import account_lines, headline, sentence, shown_left

_WHAT_NOW = {
    Why.PAUSE: "Type resume to go on.",
    Why.EXPLAIN: "Type resume to go on, signposts for help, end to leave.",
    Why.AWAY: "Type count, or leave out.",
}


def told(event: Event, state: SessionState, wording: Wording, *, alone: bool) -> str | None:
    """A change in one line, with what can be done about it; None if another line tells it already.

    Args:
        event: what happened.
        state: the session after it.
        wording: the usual instructions.
        alone: whether nobody is there any more to give commands.
    """
    if isinstance(event, events.PhaseEnded) or (isinstance(event, events.Held) and event.why is Why.AWAY):
        return None  # the phase that follows, and the length of the absence, tell it
    more = _to_do(event, state, wording, alone=alone)
    return f"{sentence(event, state)} {more}" if more else sentence(event, state)


def _to_do(event: Event, state: SessionState, wording: Wording, *, alone: bool) -> str:
    """What belongs to a change: what to do in this phase, what to type, how things stand now."""
    match event:
        case events.PhaseBegan(index=index):
            return _instruction(state, index, wording)
        case events.TimeUp(index=index) if not alone and state.spell.index == index:
            return _after_time(state)
        case events.Held() | events.WentAway() if not alone:
            return _WHAT_NOW[event.why if isinstance(event, events.Held) else Why.AWAY]
        case events.Resumed() | events.Undone() | events.AwayDecided():
            return now_line(state)
    return ""


def _instruction(state: SessionState, index: int, wording: Wording) -> str:
    phase = state.plan.phases[index]
    if phase.say:
        return phase.say
    if phase.kind is Kind.TURN and phase.speaker:
        return f"Asked for: {MODE_NAMES[state.modes[phase.speaker - 1]]}."
    if phase.kind is Kind.RETURN:
        return wording.return_at(index)
    return wording.phase(phase.kind).instruction(phase.voice)


def _after_time(state: SessionState) -> str:
    if state.phase.kind is Kind.TURN:
        return "The clock counts on. Press Enter to go on, or offer more: more 5."
    return "Press Enter when you are ready."


def now_line(state: SessionState) -> str:
    """``Ana speaks, 12:34 left.``: what goes on, and how long is left or over."""
    if state.ended:
        return f"{headline(state)}."
    left = shown_left(state)
    return f"{headline(state)}, {left} {'over' if left.startswith('+') else 'left'}."


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


def close_lines(state: SessionState, wording: Wording) -> tuple[str, ...]:
    """What is said when a session closes: everybody's time, what is owed, appreciation, the reminder."""
    closing = wording.closing
    return (
        *account_lines(state),
        closing.appreciation,
        *closing.starters,
        closing.next_date,
        closing.reminder,
        closing.pairing,
    )


def explain_lines(wording: Wording) -> tuple[str, ...]:
    """What the listener may say and do when safety or probity is at stake."""
    stop = wording.stop
    return (*stop.when, *stop.steps, *stop.say, *stop.distress, *stop.afterwards, stop.records)


def signpost_lines(guidance: Guidance) -> tuple[str, ...]:
    """Where help is, each kind apart from the others."""
    lines: list[str] = []
    for group in Group:
        lines.append(f"{GROUP_NAMES[group]}:")
        for post in guidance.help_of(group):
            note = f" {post.note}" if post.note else ""
            hours = "" if post.hours == NOT_STATED else f" Hours: {post.hours}."
            lines.append(f"{post.name}. {post.reach} {post.whom}{hours}{note}")
            lines.append(f"Source: {post.source}. Checked: {post.dated}.")
    return tuple(lines)


def guide_lines(guidance: Guidance, written: str) -> tuple[str, ...]:
    """The nine steps, or what the listener may ask in one of them.

    Raises:
        CotutorError: there is no such step.
    """
    if not written:
        steps = (f"{step.id} {step.classic}: {step.job}" for step in guidance.steps)
        return ("In any order, or none. Type guide II-B for the questions of a step.", *steps)
    step = guidance.step(written)
    return (f"{step.id} {step.classic}. {step.job}", *step.questions)
