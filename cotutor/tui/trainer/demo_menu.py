"""Which invented conversation to play, and in which version."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from cotutor.conversation.command import Command
from cotutor.conversation.library import left_out
from cotutor.conversation.trainer.commands import HELP
from cotutor.domain.demonstration import FICTION, Script, Which, starts
from cotutor.domain.duration import in_words
from cotutor.tui.keys import bindings
from cotutor.tui.trainer.page import TrainerPage
from cotutor.tui.widgets.menu import Menu

KEYS = (
    Command("enter", "choose", "Choose", "Take the marked line."),
    Command("escape,q", "back", "Back", "Go back.", shown="esc"),
    HELP,
)


class DemoMenu(TrainerPage[None]):
    """The demonstrations there are."""

    KEYS: ClassVar[tuple[Command, ...]] = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    heading = "Demonstration"

    def __init__(self) -> None:
        super().__init__()
        self._scripts: dict[str, Script] = {}

    def body(self) -> ComposeResult:
        """That it is fiction, the list, the setting of the marked one."""
        yield Static(Content(FICTION), id="fiction")
        yield Menu(id="menu")
        yield Static(id="about")
        yield Static(id="problems")

    def on_mount(self) -> None:
        """Fill the list with the shipped demonstrations and the person's own."""
        found = self.cotutor.library.demonstrations
        self._scripts = {one.name: one for one in found.entries}
        menu = self.query_one(Menu)
        menu.heading("Conversations")
        for one in self._scripts.values():
            menu.entry(one.name, one.title)
        menu.choose_first()
        menu.focus()
        self.put("problems", "\n".join(left_out(found.problems)))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show where the marked conversation takes place."""
        one = self._scripts.get(event.option_id or "")
        if one is not None:
            self.put("about", one.setting)

    def action_choose(self) -> None:
        """Take the marked line."""
        self.query_one(Menu).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for the version."""
        self.app.push_screen(DemoChoice(self._scripts[event.option_id or ""]))


class DemoChoice(TrainerPage[None]):
    """The two versions of a conversation, and the two side by side.

    Args:
        script: the conversation.
    """

    KEYS: ClassVar[tuple[Command, ...]] = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])

    def __init__(self, script: Script) -> None:
        super().__init__()
        self._script = script
        self.heading = script.title

    def body(self) -> ComposeResult:
        """That it is fiction, the setting, the versions."""
        yield Static(Content(FICTION), id="fiction")
        yield Static(Content(self._setting()), id="setting")
        yield Menu(id="menu")
        yield Static(id="about")

    def _setting(self) -> str:
        people = (self._script.speaker, self._script.listener)
        return "\n".join([self._script.setting, *(f"{one.name}: {one.about}." for one in people)])

    def on_mount(self) -> None:
        """Fill the list."""
        menu = self.query_one(Menu)
        menu.align(len("The unhelpful version"))
        for which in Which:
            lasts = round(starts(self._script.lines(which))[-1] / 60_000) * 60_000
            stops = len(self._script.version(which).stops)
            detail = f"about {in_words(max(60_000, lasts))}, {stops} {'stop' if stops == 1 else 'stops'}"
            menu.entry(which, f"The {which} version", detail)
        menu.entry("compare", "Compare the two", "what was counted in each, and questions for the room")
        menu.choose_first()
        menu.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what to look out for in the marked version."""
        watch = {which.value: self._script.version(which).watch for which in Which}
        self.put("about", watch.get(event.option_id or "", ""))

    def action_choose(self) -> None:
        """Take the marked line."""
        self.query_one(Menu).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Play a version, or compare."""
        from cotutor.tui.trainer.demo import DemoPage  # noqa: PLC0415  loaded when it begins
        from cotutor.tui.trainer.demo_end import DemoCompare  # noqa: PLC0415

        if event.option_id == "compare":
            self.app.push_screen(DemoCompare(self._script))
        else:
            self.app.push_screen(DemoPage(self._script, Which(event.option_id or ""), self.cotutor.clock))
