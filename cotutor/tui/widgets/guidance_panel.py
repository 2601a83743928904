"""Egan's nine steps, in any order, shown when somebody asks."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from cotutor.domain.guidance import Guidance, Step

_ROOM_FOR_NAMES = 72


class StepMap(Widget):
    """The nine steps in a row, the chosen one marked; each can be clicked."""

    DEFAULT_CSS = """
    StepMap { height: 1; width: 1fr; padding: 0 1; background: $panel; }
    """
    chosen = reactive(0)

    @dataclass
    class Asked(Message):
        """Somebody clicked on a step, counted from 0."""

        number: int

    def __init__(self, steps: tuple[Step, ...]) -> None:
        super().__init__()
        self._steps = steps

    def render(self) -> Content:
        """Numbers alone where there is little room, the steps' ids where there is more."""
        return Content("").join(
            Content.styled(self._sign(number), "bold reverse" if number == self.chosen else "")
            for number in range(len(self._steps))
        )

    def _sign(self, number: int) -> str:
        if self.size.width < _ROOM_FOR_NAMES:
            return f"›{number + 1} " if number == self.chosen else f" {number + 1} "
        return f"{'›' if number == self.chosen else ' '}{number + 1} {self._steps[number].id} "

    def on_click(self, event: events.Click) -> None:
        """Ask for the step under the mouse."""
        spot = event.get_content_offset(self)
        end = 0
        for number in range(len(self._steps)):
            end += len(self._sign(number))
            if spot is not None and spot.x < end:
                self.post_message(self.Asked(number))
                return


class GuidancePanel(Vertical, can_focus=True):
    """One step at a time: the listener's job, open questions, what to beware of.

    Args:
        guidance: the questions in force.
    """

    DEFAULT_CSS = """
    GuidancePanel { height: 1fr; background: $surface; }
    GuidancePanel > VerticalScroll { height: 1fr; padding: 0 0 0 1; }
    GuidancePanel Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"step({number - 1})", show=False) for number in range(1, 10)),
        Binding("right", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]
    chosen = reactive(0, init=False)

    def __init__(self, guidance: Guidance, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._guidance = guidance

    def compose(self) -> ComposeResult:
        """The map above, the step below."""
        yield StepMap(self._guidance.steps)
        with VerticalScroll(can_focus=False):
            yield Static(self._step_text(), id="step")

    def watch_chosen(self, chosen: int) -> None:
        self.query_one(StepMap).chosen = chosen
        self.query_one("#step", Static).update(self._step_text())
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def on_step_map_asked(self, event: StepMap.Asked) -> None:
        event.stop()
        self.chosen = event.number

    def action_step(self, number: int) -> None:
        """Show the step of this number, from 0."""
        self.chosen = number

    def action_turn(self, steps: int) -> None:
        """Show the next or the previous step, round and round."""
        self.chosen = (self.chosen + steps) % len(self._guidance.steps)

    def action_move(self, rows: int) -> None:
        """Scroll by this many rows."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def _step_text(self) -> Content:
        step = self._guidance.steps[self.chosen]
        stage = self._guidance.stage(step.stage)
        name = step.classic if step.classic == step.later else f"{step.classic} (later: {step.later})"
        lines = [
            Content.assemble(
                (f"{step.id}  {name}", "bold $primary"), (f"   {stage.question}", "$text-muted")
            ),
            Content.styled(step.job, "italic"),
            *(Content(f"• {question}") for question in step.questions),
            Content.styled("Beware of", "bold $warning"),
            *(Content(f"! {mistake}") for mistake in step.mistakes),
        ]
        return Content("\n").join(lines)
