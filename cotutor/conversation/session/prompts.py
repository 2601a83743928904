"""Which prompts may be offered now: only those that the kind of listening allows, which the speaker chooses."""

from cotutor.domain.guidance import Cue, Guidance
from cotutor.domain.plan import Mode
from cotutor.domain.session import SessionState, speaker_place


def mode_in_force(state: SessionState) -> Mode | None:
    """The kind of listening that counts now: of whom this phase is about, or of who speaks next.

    While a speaker comes back to the present, or hears feedback, it is still their own wish that
    counts, not that of the next. None when no turn is left.
    """
    if state.ended:
        return None
    place = state.phase.speaker or speaker_place(state)
    return state.modes[place - 1] if place else None


def guide_allowed(state: SessionState) -> bool:
    """Whether the questions of the nine steps may be shown."""
    return mode_in_force(state) not in {None, Mode.LISTEN}


def cues_allowed(state: SessionState, guidance: Guidance) -> tuple[Cue, ...]:
    """The cues that may be shown; none when no turn is left."""
    mode = mode_in_force(state)
    return guidance.cues_for(mode) if mode else ()
