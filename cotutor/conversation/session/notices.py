"""The notice of each event of a session: its words, what can be done about it, its sign, its bell.

The text is one and the same in every face. What can be done names commands as the face does.
"""

from cotutor.conversation.everywhere import SIGNPOSTS
from cotutor.conversation.notice import SIGNS, STROKES, Medium, Notice
from cotutor.conversation.session import commands
from cotutor.conversation.session.sections import closing, read_out
from cotutor.domain import events
from cotutor.domain.duration import SECOND
from cotutor.domain.events import Event, Why
from cotutor.domain.guidance import Wording
from cotutor.domain.plan import MODE_NAMES, Phase
from cotutor.domain.session import SessionState
from cotutor.domain.wording import headline, parts, sentence, shown_left

WARNING_SHOWN_FOR = 30 * SECOND
"""How long ``2 minutes left`` may stand beside a clock that goes on."""

_CAN_BE_TAKEN_BACK = (events.MoreGiven, events.GivenBack, events.BeganEarlier, events.EndedEarly)
"""One key is easily pressed by mistake; of these, that it can be undone is worth saying."""

_WAITING = (events.TimeUp, events.Held, events.WentAway)
"""After these, somebody has to do something."""


def notice(
    event: Event, state: SessionState, wording: Wording, medium: Medium, *, alone: bool
) -> Notice | None:
    """The notice of an event; None if another one says it already.

    Args:
        event: what happened.
        state: the session after it.
        wording: the usual instructions.
        medium: whether commands are given by keys or by words.
        alone: whether nobody is there any more to give commands.
    """
    match event:
        case events.PhaseEnded() | events.Held(why=Why.AWAY):
            return None
        case events.PhaseBegan(index=index):
            closes = state.plan.phases[index].kind.traits.closes
            lines = read_out(closing(state, wording, over=False)) if closes else ()
            text = " ".join((sentence(event, state), *phase_lines(state, wording, index)))
            return Notice(event.at, text, new_phase=True, lines=lines)
        case events.SessionEnded():
            closed = state.plan.phases[-1].kind.traits.closes
            lines = () if closed else read_out(closing(state, wording, over=True))
            to_do = "" if alone or medium is Medium.KEYS else "Press Enter to leave."
            return Notice(event.at, sentence(event, state), to_do, new_phase=True, lines=lines)
    can_be_taken_back = isinstance(event, _CAN_BE_TAKEN_BACK) and bool(state.undoable)
    return Notice(
        event.at,
        sentence(event, state),
        "" if alone and isinstance(event, _WAITING) else to_do_about(event, state, medium),
        SIGNS.get(type(event), ""),
        STROKES.get(type(event), 0),
        until=event.at + WARNING_SHOWN_FOR if isinstance(event, events.WarningDue) else None,
        to_do_until=event.at + state.undo_for if can_be_taken_back else None,
        outlasts=isinstance(event, events.EndedEarly),
    )


def to_do_about(event: Event, state: SessionState, medium: Medium) -> str:
    """What can be done about an event now, or, in lines, how things stand after it."""
    match event:
        case events.TimeUp(index=index) if state.spell.index == index:
            return _after_time(state, medium)
        case events.Held(why=Why.PAUSE):
            return f"{medium.how(commands.RESUME)} to go on."
        case events.Held() | events.WentAway() if medium is Medium.WORDS:
            return question_line(state)
        case events.Resumed() | events.Undone() | events.AwayDecided() if medium is Medium.WORDS:
            return question_line(state) or now_line(state)
    if isinstance(event, _CAN_BE_TAKEN_BACK):
        return f"{medium.named(commands.UNDO)} takes it back."
    return ""


def question_line(state: SessionState) -> str:
    """The answers that are waited for while the clock is held, as words; nothing while it runs."""
    if state.hold is None:
        return ""
    how = Medium.WORDS.how
    answers = {
        Why.PAUSE: f"{how(commands.RESUME)} to go on.",
        Why.EXPLAIN: (
            f"{how(commands.RESUME)} to go on, {SIGNPOSTS.typed} for help, {commands.END.typed} to leave."
        ),
        Why.AWAY: (
            f"{how(commands.COUNT)}, {commands.LEAVE_OUT.typed}, or {commands.MOVE_ON.typed} to end this phase."
        ),
    }
    return answers[state.hold.why]


def _after_time(state: SessionState, medium: Medium) -> str:
    if medium is Medium.KEYS:
        key = medium.named(commands.NEXT)
        more = f", {medium.named(commands.MORE)} gives more" if state.phase.is_turn else ""
        return f"{key} goes on{more}."
    if state.phase.is_turn:
        return f"The clock counts on. Press Enter to go on, or offer more: {commands.MORE.word} 5."
    return "Press Enter when you are ready."


def phase_lines(state: SessionState, wording: Wording, index: int | None = None) -> tuple[str, ...]:
    """What belongs to a phase: how the speaker asks to be heard, what to do, who speaks next.

    Args:
        state: the session.
        wording: the usual instructions.
        index: which phase, from 0; the present one if left out.
    """
    at = state.spell.index if index is None else index
    phase = state.plan.phases[at]
    asked = f"Asked for: {mode_wanted(state, phase)}." if mode_wanted(state, phase) else ""
    return tuple(line for line in (asked, *to_do_lines(state, wording, at)) if line)


def to_do_lines(state: SessionState, wording: Wording, index: int) -> tuple[str, ...]:
    """What to do in the phase at ``index``, and who speaks next, where that is to be said."""
    phase = state.plan.phases[index]
    following = who_is_next(state, index) if phase.kind.traits.announces_next else ""
    return tuple(line for line in (instruction(phase, index, wording), following) if line)


def who_listens(state: SessionState) -> tuple[str, ...]:
    """Who listens in a turn, who observes, and how: in full and ever shorter; nothing outside a turn."""
    part = parts(state)
    if state.ended or not state.phase.kind.traits.announces_parts or not part.listener:
        return ()
    listens = f"{part.listener} listens"
    both = listens + (f", {part.observer} observes" if part.observer else "")
    return (f"{both}  ·  {mode_wanted(state, state.phase)}", both, listens)


def instruction(phase: Phase, index: int, wording: Wording) -> str:
    """What to do in a phase: its plan's own words, or the usual ones; nothing more in somebody's turn."""
    traits = phase.kind.traits
    if phase.say:
        return phase.say
    if traits.announces_parts and phase.speaker:
        return ""
    return (
        wording.return_at(index)
        if traits.line_from_returns
        else wording.phase(phase.kind).instruction(phase.voice)
    )


def mode_wanted(state: SessionState, phase: Phase) -> str:
    """The kind of listening that the speaker of a turn wants, in words; nothing for another phase."""
    place = phase.turn_of
    return MODE_NAMES[state.modes[place - 1]] if place else ""


def who_is_next(state: SessionState, index: int) -> str:
    """``Ben speaks next.``, or nothing if no turn follows the phase at ``index``."""
    following = state.plan.phases[index + 1 :]
    coming = next((phase for phase in following if phase.is_turn), None)
    speaker = parts(state, coming).speaker if coming else None
    return f"{speaker} speaks next." if speaker else ""


def now_line(state: SessionState) -> str:
    """``Ana speaks, 12:34 left.``: what goes on, and how long is left or over."""
    if state.ended:
        return f"{headline(state)}."
    left = shown_left(state)
    return f"{headline(state)}, {left} {'over' if left.startswith('+') else 'left'}."
