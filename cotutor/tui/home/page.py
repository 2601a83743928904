"""The first screen: a session is one press of Enter away, and a second one starts it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from cotutor.conversation.command import Command
from cotutor.conversation.everywhere import COLOURS, HELP, QUIT
from cotutor.conversation.library import left_out_briefly
from cotutor.tui.common.page import Page
from cotutor.tui.keys import bindings
from cotutor.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from cotutor.domain.plan import Plan

_AROUND = (
    ("reflections", "Reflections", "your own, in an encrypted vault that only you open"),
    ("trainer('workshop')", "Workshop", "one clock for a room, with partners that rotate"),
    ("trainer('demo')", "Demonstration", "an invented talk, unhelpful and helpful"),
    ("trainer('practise')", "Practise alone", "cues, questions, skills to spot; no score"),
    ("trainer('tally')", "Observer tally", "count what a listener does, with one key each"),
    ("guidance", "Questions", "Egan's nine steps, to look through"),
    ("signposts", "Offline help", "where to turn in an emergency, or to talk"),
    ("sound_check", "Sound check", "ring the bell and see whether you hear it"),
)


class Home(Page[None]):
    """What one can do: the plans first, the rest below."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "choose", "Choose", "Go to what is marked; for a plan, to its agreement."),
        HELP,
        COLOURS,
        QUIT,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    AUTO_FOCUS = ""  # an empty menu would swallow the first key; it takes the focus once it is filled
    heading = "cotutor"

    @dataclass
    class PlanChosen(Message):
        """Somebody wants a session by this plan."""

        page: "Home"
        plan: "Plan"

    def body(self) -> ComposeResult:
        """A line on what this is, and the menu."""
        yield Static(Content("Two people, equal turns, one clock."), id="tagline")
        yield Menu(id="menu")
        yield Static(id="problems")

    def on_mount(self) -> None:
        """Show the frame first; reading the plans takes a little longer."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        """Fill the menu, once."""
        menu = self.query_one(Menu)
        if menu.option_count:
            return
        menu.heading("Sessions")
        plans = self.cotutor.library.plans
        menu.align(max(len(plan.title) for plan in plans.entries))
        for plan in plans.entries:
            menu.entry(f"plan:{plan.name}", plan.title, in_all(plan))
        menu.heading("Beside them")
        menu.align(max(len(title) for _action, title, _detail in _AROUND))
        for action, title, detail in _AROUND:
            menu.entry(action, title, detail)
        menu.choose_first()
        menu.focus()
        self.query_one("#problems", Static).update(Content("\n".join(left_out_briefly(plans.problems))))

    def action_choose(self) -> None:
        """Take the marked line; whoever is faster than the menu gets the first one."""
        self._fill()
        self.query_one(Menu).action_select()

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if not self.is_active:
            return  # the second of two quick Enters
        chosen = event.option_id or ""
        kind, _, name = chosen.partition(":")
        if kind == "plan":
            plans = self.cotutor.library.plans.entries
            self.post_message(self.PlanChosen(self, next(plan for plan in plans if plan.name == name)))
        else:
            await self.app.run_action(chosen)


def in_all(plan: "Plan") -> str:
    """How long a plan's turns and the whole of it are, in a few words."""
    from cotutor.domain.duration import short  # noqa: PLC0415  not before the first frame
    from cotutor.domain.ledger import phase_length  # noqa: PLC0415

    filled = plan.with_turn()
    turns = [phase_length(phase) for phase in filled.phases if phase.is_turn]
    whole = sum(phase_length(phase) for phase in filled.phases)
    minutes = short(round(whole / 60_000) * 60_000)
    lengths = sorted(set(turns))
    if len(lengths) == 1:
        return f"{len(turns)} × {short(lengths[0])}, {minutes} in all"
    return f"{minutes} in all"
