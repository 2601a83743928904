"""In which words a workshop reports what has happened."""

from cotutor.conversation.notice import SIGNS, STROKES, Medium, Notice
from cotutor.conversation.trainer.commands import COUNT, LEAVE_OUT, MOVE_ON, NEXT, RESUME, UNDO
from cotutor.domain import events, scenes
from cotutor.domain.duration import in_words
from cotutor.domain.events import Event, Why
from cotutor.domain.ledger import phase_length
from cotutor.domain.scenes import Scene
from cotutor.domain.session import SessionState
from cotutor.domain.wording import sentence

_ELSEWHERE = (events.PhaseBegan, events.PhaseEnded, events.SessionEnded, events.EndedEarly)
"""What the next phase, or the end of the day, reports by itself."""
_MOVES_THE_END = (events.MoreGiven, events.GivenBack, events.Resumed, events.AwayDecided)


def began(scene: Scene, index: int) -> str:
    """A phase that begins, with its length and what to do.

    A part of one phase is called as its place in the programme says, and what a whole round is
    about is said once, when people find their groups.
    """
    length = in_words(phase_length(scene.plan.phases[index]))
    doing, instruction = scenes.headline(scene, index), scenes.instruction(scene, index)
    if doing == scene.title:
        return f"{length[0].upper()}{length[1:]}. {instruction}"
    if scenes.turn_at(scene, index) is not None and instruction == scene.say:
        return f"{doing}: {length}."
    return f"{doing}: {length}. {instruction}"


def notice(event: Event, state: SessionState, scene: Scene, medium: Medium, standing: str) -> Notice | None:
    """The notice about an event; None if the phase that begins, or the end of the day, reports it.

    Args:
        event: what happened.
        state: the part after it.
        scene: what the room knows of the part.
        medium: whether commands are given by keys or by words.
        standing: ahead or behind after it, in a sentence.
    """
    if isinstance(event, _ELSEWHERE) or (isinstance(event, events.Held) and event.why is Why.AWAY):
        return None
    strokes = STROKES.get(type(event), 0)
    if isinstance(event, events.TimeUp) and (state.ended or state.spell.index != event.index):
        return Notice(event.at, "", strokes=strokes)  # the next phase has begun by itself
    text = _text(event, state, scene)
    if isinstance(event, _MOVES_THE_END):
        text = f"{text} {standing}".rstrip()
    return Notice(event.at, text, _to_do(event, medium), SIGNS.get(type(event), ""), strokes)


def _text(event: Event, state: SessionState, scene: Scene) -> str:
    match event:
        case events.TimeUp(index=index):
            return f"{scenes.headline(scene, index)}: time is up."
        case events.Held():
            return "Paused for the whole room."
        case events.MoreGiven(amount=amount):
            also = ", and in the other turns of this round" if state.phase.is_turn else ""
            return f"{in_words(amount)} more{also}."
        case events.GivenBack(amount=amount):
            return f"{in_words(amount)} less."
    return sentence(event, state)


def _to_do(event: Event, medium: Medium) -> str:
    match event:
        case events.TimeUp():
            return f"{medium.how(NEXT)} to go on."
        case events.Held():
            return f"{medium.how(RESUME)} to go on."
        case events.WentAway() if (
            medium is Medium.WORDS
        ):  # on the full screen a sheet asks, with its own keys
            others = f"{medium.named(LEAVE_OUT)}, or {medium.named(MOVE_ON)} to end this phase"
            return f"{medium.how(COUNT)}, {others}."
        case events.MoreGiven() | events.GivenBack():
            return f"{medium.how(UNDO)} to undo it."
    return ""
