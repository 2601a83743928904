"""One running session as both faces see it: what can be done now, what comes of it, in which words.

A face gives it commands by name and shows what comes back: an answer, or notices that come by
themselves. It decides nothing about the practice, and the engine below has no words.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from cotutor.conversation.command import Command, help_lines
from cotutor.conversation.notice import Medium, Notice
from cotutor.conversation.session import answers, commands
from cotutor.conversation.session.notices import mode_wanted, notice, question_line, to_do_lines, who_listens
from cotutor.conversation.session.prompts import cues_allowed, guide_allowed, mode_in_force
from cotutor.conversation.session.scratchpads import Scratchpads
from cotutor.conversation.session.sections import Section, closing, explanation, help_sections, read_out
from cotutor.conversation.session.typed import mode_typed
from cotutor.conversation.typed import length_typed
from cotutor.domain import events
from cotutor.domain.agreement import Agreement
from cotutor.domain.commands import (
    UNDECIDED,
    ChooseMode,
    CountAway,
    End,
    Explain,
    GiveBack,
    LeaveOutAway,
    More,
    Next,
    NotNow,
    Pause,
    Resume,
    SessionCommand,
    StartedEarlier,
    Undo,
    apply,
)
from cotutor.domain.duration import SECOND
from cotutor.domain.events import Event, Why
from cotutor.domain.guidance import Guidance
from cotutor.domain.keeping import Keeping
from cotutor.domain.plan import MODE_NAMES, Plan
from cotutor.domain.session import SessionState, next_due, speaker_place
from cotutor.domain.wording import account_lines, session_left
from cotutor.services.clock import Clock
from cotutor.services.session_runner import SessionRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from cotutor.services.handover import Met

Answer = tuple[str, ...]

_COMMANDS = {command.name: command for command in commands.COMMANDS}
_ANSWER_FIRST = {
    Why.AWAY: UNDECIDED,
    Why.EXPLAIN: "The clock is held to stop and explain.",
}


class Face(Protocol):
    """What a face does for its conversation."""

    def hand_over(self) -> None:
        """A phase has ended: give the conversation what still stands in a field, and clear the field."""

    def show_notice(self, notice: Notice) -> None:
        """Show what has happened, and ring its bell."""

    def ask(self, question: Why) -> None:
        """Ask what has to be answered before anything else: the conversation's open question."""


class SessionConversation:
    """A running session.

    Args:
        plan: the plan as loaded.
        agreement: what the people agreed on.
        guidance: the questions, cues, help and wordings in force.
        clock: what everything is measured by.
        medium: whether commands are given by keys or by words.
    """

    def __init__(
        self, plan: Plan, agreement: Agreement, guidance: Guidance, *, clock: Clock, medium: Medium
    ) -> None:
        self.guidance = guidance
        self.medium = medium
        self.left = False
        """Whether somebody has left the session after its end."""
        self.cue = ""
        """The cue that was asked for last, until the phase or the kind of listening is another."""
        self._clock = clock
        self._face: Face | None = None
        self._cues_shown = 0
        self._alone = False
        self._runner = SessionRunner(plan, agreement, clock, self._on_event)
        self.scratchpads = Scratchpads(lambda: self._runner.state)
        self._obeyed: dict[str, Callable[[str], Answer]] = {
            "next": self._next,
            "leave": self._leave,
            "pause": lambda _rest: self._send(Pause()),
            "resume": lambda _rest: self._send(Resume()),
            "more": lambda rest: self._send(More(length_typed(rest))),
            "give_back": lambda rest: self._send(GiveBack(length_typed(rest))),
            "earlier": lambda rest: self._send(StartedEarlier(length_typed(rest))),
            "undo": lambda _rest: self._send(Undo()),
            "mode": self._mode,
            "explain": self._explain,
            "end": self._end,
            "count": lambda _rest: self._send(CountAway()),
            "leave_out": lambda _rest: self._send(LeaveOutAway()),
            "move_on": self._move_on,
            "guide": self._guide,
            "cue": self._cue,
            "scratchpad": self._scratchpad,
            "jot": self._jot,
            "keep": self._keep,
            "time": self._time,
            "owed": lambda _rest: account_lines(self.state),
            "app.signposts": lambda _rest: read_out(help_sections(self.guidance), headings=True),
            "app.keys": lambda _rest: help_lines(self.offered()),
        }

    # ------------------------------------------------------------ time

    def start(self, face: Face) -> None:
        """Begin, and report the first phase and all that follows to ``face``."""
        self._face = face
        self._runner.start()

    def tick(self) -> None:
        """Bring the session up to the clock."""
        self._runner.tick()
        self._wipe()

    def go_on_alone(self) -> Answer:
        """See to it that the session runs to its end although nobody is there to move it on.

        A face calls this once there can be no more commands, and again after each ``tick``.
        """
        lines = (
            () if self._alone else ("No more is typed, so the session goes on by itself. Ctrl+C leaves it.",)
        )
        self._alone = True
        self._runner.go_on_alone()
        self._wipe()
        return lines

    def seconds_to_wake(self) -> float | None:
        """Real seconds until the display or the session changes; None if nothing will by itself."""
        return self._runner.seconds_to_wake()

    def seconds_to_event(self, most: float) -> float:
        """Real seconds until something happens by itself, at most ``most``; the display is left out."""
        dues = [due for due in (next_due(self.state), self.scratchpads.wiped_by()) if due is not None]
        if not dues:
            return most
        return min(most, max(0, min(dues) - self._clock.now()) / (SECOND * self._clock.speed))

    def close(self) -> None:
        """Forget what was written on scratchpads: the face goes."""
        self.scratchpads.wipe()

    # ------------------------------------------------------------ what there is to know

    @property
    def state(self) -> SessionState:
        """The session as it was last seen."""
        return self._runner.state

    @property
    def speed(self) -> int:
        """How many times faster than life it runs."""
        return self._clock.speed

    @property
    def question(self) -> Why | None:
        """The question that has to be answered before anything else; None if none is open."""
        hold = self.state.hold
        return hold.why if hold and hold.why is not Why.PAUSE and not self.state.ended else None

    @property
    def away(self) -> int:
        """For how many milliseconds nobody looked at the clock, while it is open whether that counts."""
        return self.state.hold.away if self.state.hold else 0

    @property
    def who_listens(self) -> tuple[str, ...]:
        """Who listens in this turn and how, in full and ever shorter; nothing outside a turn."""
        return who_listens(self.state)

    @property
    def to_do(self) -> tuple[str, ...]:
        """What to do in this phase, and who speaks next where that is to be said."""
        state = self.state
        return () if state.ended else to_do_lines(state, self.guidance.wording, state.spell.index)

    @property
    def mode_name(self) -> str:
        """The kind of listening that this turn's speaker wants; nothing outside a turn."""
        return "" if self.state.ended else mode_wanted(self.state, self.state.phase)

    @property
    def closing(self) -> tuple[Section, ...]:
        """What stands on the screen at the close and after it; nothing before."""
        state = self.state
        if not state.ended and not state.phase.kind.traits.closes:
            return ()
        return closing(state, self.guidance.wording, over=state.ended)

    @property
    def guide_allowed(self) -> bool:
        """Whether the speaker's kind of listening leaves room for questions."""
        return guide_allowed(self.state)

    @property
    def cue_allowed(self) -> bool:
        """Whether there is a cue for the speaker's kind of listening."""
        return bool(cues_allowed(self.state, self.guidance))

    @property
    def mode_can_change(self) -> bool:
        """Whether the plan has another kind of listening, and somebody may choose it now."""
        other = [mode for mode in self.state.plan.modes if mode is not mode_in_force(self.state)]
        try:
            apply(self.state, ChooseMode(other[0]), self.state.seen)
        except (IndexError, NotNow):
            return False
        return True

    @property
    def scratchpad_allowed(self) -> bool:
        """Whether there is a scratchpad to look at."""
        return self.scratchpads.readable

    @property
    def scratchpad_writable(self) -> bool:
        """Whether somebody may write on theirs."""
        return self.scratchpads.writer is not None

    @property
    def scratchpad_keepable(self) -> bool:
        """Whether somebody may keep theirs."""
        return self.scratchpads.keepable

    @property
    def keeping(self) -> Keeping:
        """What is kept at present: a scratchpad until the session ends, if its speaker asked for that."""
        return Keeping.SESSION if self.scratchpads.keeps else Keeping.NOTHING

    def met(self) -> "Met":
        """What the vault is to offer as a line of the encounter log: numbers, no content."""
        from cotutor.domain.reflection import Setting  # noqa: PLC0415  loaded when asked for
        from cotutor.services.handover import Met  # noqa: PLC0415

        length = sum(spell.ran for spell in self.state.done)
        return Met(length, Setting(self.state.agreement.meeting), self.state.plan.name)

    # ------------------------------------------------------------ commands

    def offered(self) -> tuple[Command, ...]:
        """The commands that are allowed now and that this face has a name for, most needed first."""
        return tuple(
            command for command in commands.COMMANDS if self.medium.names(command) and command.when(self)
        )

    def allows(self, name: str) -> bool:
        """Whether a command is allowed now, by its name in the code."""
        return any(command.name == name for command in self.offered())

    def meant(self) -> tuple[Command, ...]:
        """The commands that keys or words mean now, allowed or not; one that is not says why."""
        return self.medium.meant(commands.COMMANDS, self)

    def obey(self, name: str, rest: str = "") -> Answer:
        """Obey a command; what it changes is reported in notices.

        Args:
            name: the command's name in the code.
            rest: what belongs to it, as it would be typed after the word.

        Returns:
            The lines of an answer, if the command asks for one.

        Raises:
            CotutorError: it is not allowed now, or what belongs to it is not understood; the message says so.
        """
        if self.question and not _COMMANDS[name].when(self):
            to_do = question_line(self.state) if self.medium is Medium.WORDS else ""
            raise NotNow(f"{_ANSWER_FIRST[self.question]} {to_do}".rstrip())
        answer = self._obeyed[name](rest)
        self._wipe()
        return answer

    def _send(self, command: SessionCommand) -> Answer:
        self._runner.send(command)
        return ()

    def _next(self, _rest: str) -> Answer:
        return self._leave() if self.state.ended else self._send(Next())

    def _end(self, _rest: str) -> Answer:
        return self._leave() if self.state.ended else self._send(End())

    def _leave(self, _rest: str = "") -> Answer:
        if not self.state.ended:
            raise NotNow("The session still runs.")
        self.left = True
        return ()

    def _move_on(self, _rest: str) -> Answer:
        self._send(LeaveOutAway())
        return self._send(Next())

    def _explain(self, _rest: str) -> Answer:
        """Hold the clock, at any time; after the end there is none to hold."""
        if not self.state.ended:
            self._send(Explain())
        return read_out(explanation(self.guidance), headings=True)

    def _mode(self, rest: str) -> Answer:
        allowed = self.state.plan.modes
        if rest == "next":
            if len(allowed) == 1:
                raise NotNow("This plan has one kind of listening.")
            mode = mode_in_force(self.state)
            following = allowed[(allowed.index(mode) + 1) % len(allowed)] if mode in allowed else allowed[0]
            return self._send(ChooseMode(following))
        if rest:
            return self._send(ChooseMode(mode_typed(rest)))
        place = self.state.phase.speaker or speaker_place(self.state)
        if self.state.ended or place is None:
            raise NotNow("Nobody speaks any more in this session.")
        return (
            f"{self.state.agreement.people[place - 1]} asks for: {MODE_NAMES[self.state.modes[place - 1]]}.",
            f"The speaker may change it at any second: {' or '.join(f'{commands.MODE.word} {mode}' for mode in allowed)}.",
        )

    def _guide(self, rest: str) -> Answer:
        if mode_in_force(self.state) is None:
            raise NotNow("No turn is left; guidance is for the listener in a turn.")
        if not self.guide_allowed:
            raise NotNow("The speaker asks for listen only, so guidance is hidden.")
        return answers.guide_lines(self.guidance, rest)

    def _cue(self, _rest: str) -> Answer:
        cues = cues_allowed(self.state, self.guidance)
        if not cues:
            raise NotNow("There is no cue now; cues are for the listener in a turn.")
        self._cues_shown += 1
        self.cue = cues[(self._cues_shown - 1) % len(cues)]
        return (self.cue,)

    def _scratchpad(self, _rest: str) -> Answer:
        lines = self.scratchpads.read()
        if self.scratchpads.writer is not None:
            self.scratchpads.open()
            return lines or ("The scratchpad is empty.",)
        if not lines:
            raise NotNow("Nothing was kept past the swap.")
        return lines

    def _jot(self, rest: str) -> Answer:
        self.scratchpads.jot(rest)
        kept = self.scratchpads.kept(self.scratchpads.writer or 0)
        return (f"Jotted: {Keeping.SESSION}." if kept else "Jotted; it goes soon after the turn.",)

    def _keep(self, _rest: str) -> Answer:
        if self.scratchpads.keep():
            return (f"Kept in memory until the session ends: {Keeping.SESSION}.",)
        return ("It will be wiped at the end of the turn.",)

    def _time(self, _rest: str) -> Answer:
        ends, all_ends = (
            f"{self._clock.wall() + timedelta(milliseconds=left):%H:%M:%S}"
            for left in (self.state.left, session_left(self.state))
        )
        return answers.time_lines(self.state, ends, all_ends)

    # ------------------------------------------------------------ what happens

    def _on_event(self, state: SessionState, event: Event) -> None:
        face = self._face
        if face is None:
            return
        if isinstance(event, _PROMPTS_END):
            self.cue = ""
        if isinstance(event, events.PhaseEnded):
            face.hand_over()
        happened = notice(event, state, self.guidance.wording, self.medium, alone=self._alone)
        if happened:
            face.show_notice(happened)
        if isinstance(event, events.WentAway | events.Undone) and self.question:
            face.ask(self.question)

    def _wipe(self) -> None:
        """Forget scratchpads whose turn is over, and say so where somebody may wonder."""
        if self.scratchpads.wipe_what_is_over() and self._face and not self.state.ended:
            seen = "What was typed may still be seen further up." if self.medium is Medium.WORDS else ""
            self._face.show_notice(Notice(self._clock.now(), "The scratchpad is wiped.", seen))


_PROMPTS_END = (events.PhaseBegan, events.SessionEnded, events.Undone, events.ModeChosen)
"""What makes a cue that was asked for before out of place."""
