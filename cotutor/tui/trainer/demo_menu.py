"""Which invented conversation to play, and in which version."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from cotutor.conversation.command import Command
from cotutor.conversation.library import left_out_briefly
from cotutor.conversation.trainer.commands import MENU
from cotutor.conversation.trainer.demonstration import COMPARED, COMPARED_ABOUT, offers, setting
from cotutor.domain.demonstration import FICTION, Script, Which
from cotutor.tui.keys import bindings
from cotutor.tui.trainer.page import TrainerPage
from cotutor.tui.widgets.menu import Menu

_COMPARE = "compare"


class DemoMenu(TrainerPage[None]):
    """The demonstrations there are."""

    KEYS: ClassVar[tuple[Command, ...]] = MENU
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
        self.put("problems", "\n".join(left_out_briefly(found.problems)))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show where the marked conversation takes place."""
        one = self._scripts.get(event.option_id or "")
        if one is not None:
            self.put("about", one.setting)

    def action_choose(self) -> None:
        self.query_one(Menu).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for the version."""
        self.lead_to(DemoChoice(self._scripts[event.option_id or ""]))


class DemoChoice(TrainerPage[None]):
    """The two versions of a conversation, and the two side by side.

    Args:
        script: the conversation.
    """

    KEYS: ClassVar[tuple[Command, ...]] = MENU
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])

    def __init__(self, script: Script) -> None:
        super().__init__()
        self._script = script
        self.heading = script.title

    def body(self) -> ComposeResult:
        """That it is fiction, the setting, the versions."""
        yield Static(Content(FICTION), id="fiction")
        yield Static(Content("\n".join(setting(self._script))), id="setting")
        yield Menu(id="menu")
        yield Static(id="about")

    def on_mount(self) -> None:
        menu = self.query_one(Menu)
        menu.align(max(len(one.title) for one in offers(self._script)))
        for one in offers(self._script):
            menu.entry(one.which, one.title, one.about)
        menu.entry(_COMPARE, COMPARED, COMPARED_ABOUT)
        menu.choose_first()
        menu.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what to look out for in the marked version."""
        watch = {one.which.value: one.watch for one in offers(self._script)}
        self.put("about", watch.get(event.option_id or "", ""))

    def action_choose(self) -> None:
        self.query_one(Menu).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Play a version, or compare."""
        from cotutor.tui.trainer.demo import DemoPage  # noqa: PLC0415  loaded when it begins
        from cotutor.tui.trainer.demo_end import DemoCompare  # noqa: PLC0415

        if event.option_id == _COMPARE:
            self.lead_to(DemoCompare(self._script))
        else:
            self.lead_to(DemoPage(self._script, Which(event.option_id or ""), self.cotutor.clock))
