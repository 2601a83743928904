"""What the keys of a running session do: each sends one command to the engine, or changes the view."""

from cotutor.conversation.session.prompts import guide_allowed
from cotutor.domain.commands import (
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
)
from cotutor.domain.duration import MINUTE
from cotutor.domain.events import Why
from cotutor.domain.session import SessionState, speaker_place
from cotutor.services.session_runner import SessionRunner
from cotutor.tui.common.page import Page
from cotutor.tui.widgets.fields import LinesField
from cotutor.tui.widgets.key_bar import KeyBar


class SessionActions(Page[None]):
    """The commands of a session page. What is shown is the subclass's part: ``show`` and ``tell``.

    Args:
        runner: the session.
    """

    def __init__(self, runner: SessionRunner) -> None:
        super().__init__()
        self.runner = runner

    @property
    def state(self) -> SessionState:
        """The session as it was last seen."""
        return self.runner.state

    @property
    def running(self) -> bool:
        """Whether the session is not over."""
        return not self.state.ended

    def show(self) -> None:
        """Bring the screen up to the state."""

    def tell(self, words: str) -> None:
        """Show a line on what has just happened."""

    def send(self, command: SessionCommand) -> None:
        """Give the engine a command; what it refuses is told."""
        try:
            self.runner.send(command)
        except NotNow as refusal:
            self.tell(refusal.message)
        self.show()

    def on_descendant_focus(self) -> None:
        """Name the keys that work now: while somebody types, most of them are letters."""
        self.query_one(KeyBar).refresh(layout=True)

    def on_descendant_blur(self) -> None:
        """Name all the keys again."""
        self.query_one(KeyBar).refresh(layout=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: PLR0911  a row for each
        """Hide the stage questions from a speaker who only wants to be heard, and what does not work now."""
        typing = isinstance(self.focused, LinesField)
        if action == "put_away":
            return typing or any(map(self.has_class, ("asked", "cued", "big")))
        if typing:
            return False
        if action == "guide":
            return guide_allowed(self.state)
        if action.startswith("read"):
            return self.has_class("closing")
        if action == "tally":
            return not self.state.ended and self.state.phase.observer is not None
        if action == "reflect":
            return self.state.ended and self.state.agreement.notes
        return super().check_action(action, parameters)

    def action_pause(self) -> None:
        """Pause or go on."""
        self.send(Pause() if self.state.hold is None else Resume())

    async def action_next(self) -> None:
        """Go on; after the end, go home."""
        if self.state.ended:
            await self.cotutor.go_home()
        else:
            self.send(Next())

    async def action_end(self) -> None:
        """Go to the close; from there, home."""
        if self.state.ended:
            await self.cotutor.go_home()
        else:
            self._end()

    def _end(self) -> None:
        """End early, and say so where the close has begun: one key is easily pressed by mistake."""
        self.send(End())
        if not self.state.ended:
            self.tell("Ended early. u undoes it.")

    async def action_tally(self) -> None:
        """Count what the listener does in this turn."""
        await self.run_action("app.tally")

    def action_reflect(self) -> None:
        """Leave for the vault, and have it offer a line for the encounter log: numbers, no content."""
        from cotutor.domain.reflection import Setting  # noqa: PLC0415  loaded when asked for
        from cotutor.services import handover  # noqa: PLC0415

        length = sum(spell.ran for spell in self.state.done)
        setting = Setting(self.state.agreement.meeting)
        handover.leave(handover.Met(length, setting, self.state.plan.name))
        self.cotutor.action_reflections()

    def action_more(self) -> None:
        """A minute more."""
        self.send(More(MINUTE))

    def action_give_back(self) -> None:
        """A minute less."""
        self.send(GiveBack(MINUTE))

    def action_earlier(self) -> None:
        """Began a minute earlier."""
        self.send(StartedEarlier(MINUTE))

    def action_undo(self) -> None:
        """Undo the last key."""
        self.send(Undo())

    def action_mode(self) -> None:
        """The next kind of listening that the plan allows."""
        place = speaker_place(self.state)
        allowed = self.state.plan.modes
        if place is not None and len(allowed) > 1:
            now = allowed.index(self.state.modes[place - 1])
            self.send(ChooseMode(allowed[(now + 1) % len(allowed)]))
        else:
            self.tell("This plan has one kind of listening.")

    def action_explain(self) -> None:
        """Hold the clock, and say what may be said."""
        from cotutor.tui.session.explain import ExplainSheet  # noqa: PLC0415  loaded when asked for

        if not self.state.ended and (self.state.hold is None or self.state.hold.why is Why.PAUSE):
            self.send(Explain())
        self.app.push_screen(ExplainSheet(self.cotutor.guidance), self._explained)

    def _explained(self, end: bool | None) -> None:  # noqa: FBT001  what the sheet answers
        if self.state.hold is None or self.state.hold.why is not Why.EXPLAIN:
            return
        if end:
            self._end()
        else:
            self.send(Resume())

    def ask_about_away(self, away: int) -> None:
        """Ask whether the time away counts; ``away`` in milliseconds."""
        from cotutor.tui.common.away import AwaySheet  # noqa: PLC0415  loaded when needed

        self.app.push_screen(AwaySheet(away), self._away_decided)

    def _away_decided(self, decision: str | None) -> None:
        self.send(CountAway() if decision == "count" else LeaveOutAway())
        if decision == "next":
            self.send(Next())
