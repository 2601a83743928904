"""Every key of every screen is declared once; what is said of it must be true."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator

from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from cotutor import tui
from cotutor.conversation.command import Command, always
from cotutor.tui.common.page import OfCotutor
from tests.tui.sitting import sitting


def _everything() -> dict[str, type[DOMNode]]:
    """Every screen and app class of the terminal app that declares keys."""
    found: dict[str, type[DOMNode]] = {}
    for module in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, type) and issubclass(thing, Screen | App) and hasattr(thing, "KEYS"):
                found[thing.__qualname__] = thing
    return found


OWNERS = list(_everything().values())
APPS = [owner for owner in OWNERS if issubclass(owner, App)]
OF_WIDGETS = {"enter", "tab", "left", "right", "up", "down"}
"""Keys that the widget with the focus obeys; a screen declares them only to explain them."""


def _keys(owner: type[DOMNode]) -> tuple[Command, ...]:
    keys: tuple[Command, ...] = owner.KEYS  # type: ignore[attr-defined]  # all of them have it
    return tuple(command for command in keys if command.key)  # the others are for the line mode


def test_all_screens_are_walked() -> None:
    names = {owner.__name__ for owner in OWNERS}
    assert {"Home", "AgreementPage", "SessionPage", "Cover", "AwaySheet", "CotutorApp"} <= names


def test_the_action_of_each_key_exists_and_is_explained() -> None:
    wrong = [
        f"{owner.__name__}: {command.key} ({command.name}): {problem}"
        for owner in OWNERS
        for command in _keys(owner)
        for problem in _problems(owner, command)
    ]
    assert not wrong


def _problems(owner: type[DOMNode], command: Command) -> Iterator[str]:
    name = command.name.partition("(")[0]
    places = APPS if name.startswith("app.") else [owner]
    methods = (f"action_{name.removeprefix('app.')}", f"_action_{name.removeprefix('app.')}")
    if not any(hasattr(place, method) for place in places for method in methods):
        yield "no such action"
    if not (command.help.endswith((".", "?")) and command.help[0].isupper()):
        yield f"no sentence: {command.help!r}"
    if not (1 if command.bar else 0) <= len(command.label) <= 20:
        yield f"a label that does not fit: {command.label!r}"
    if not command.key_shown:
        yield "no name of the key to show"
    if command.when is not always and (not issubclass(owner, OfCotutor) or command.name.startswith("app.")):
        yield "a condition about which Textual asks only the app, and the app knows no conversation"


def test_no_key_of_a_screen_means_two_things() -> None:
    """Two commands may share a key if each has a condition: pausing and going on again."""
    for owner in OWNERS:
        shared = {command.key for command in _keys(owner) if command.when is not always}
        keys = [command.key for command in _keys(owner) if command.key not in shared] + [*shared]
        pressed = Counter(one for key in keys for one in key.split(","))
        labels = Counter(command.label for command in _keys(owner) if command.bar)
        assert [one for one, times in (pressed + labels).items() if times > 1] == [], owner.__name__


def test_each_declared_key_is_bound_or_belongs_to_a_widget() -> None:
    everywhere = {one for app in APPS for command in _keys(app) for one in command.key.split(",")}
    for owner in OWNERS:
        declared = {one for command in _keys(owner) for one in command.key.split(",")}
        bound = set(owner._merge_bindings().key_to_bindings)
        assert declared - bound - OF_WIDGETS - everywhere == set(), owner.__name__


async def test_the_palette_holds_our_commands_and_none_of_the_frameworks() -> None:
    async with sitting() as two:
        await two.press("enter", "enter")
        commands = two.commands
        titles = [command.title for command in commands]
        assert len(titles) == len(set(titles))
        helps = {command.help for command in (*two.page.KEYS, *two.app.KEYS)}
        assert {command.help for command in commands} <= helps
        everything = " ".join(titles).casefold()
        for theirs in ("screenshot", "theme", "maximize", "minimize", "inspect", "devtools"):
            assert theirs not in everything
        assert {"Pause  (space)", "Quit  (ctrl+q)", "Stop & explain  (!)"} <= set(titles)


async def test_a_command_of_the_palette_does_what_its_key_does() -> None:
    async with sitting() as two:
        await two.press("enter", "enter")
        command = next(one for one in two.commands if one.title.startswith("Pause"))
        await command.callback()
        await two.settle()
        assert two.state.hold is not None


async def test_the_palette_opens_and_closes_over_a_session() -> None:
    async with sitting() as two:
        await two.press("enter", "enter", "ctrl+p")
        assert two.where == "Palette"
        await two.go(minutes=1)
        await two.press("escape")
        assert two.where == "SessionPage"
        assert two.state.left <= 0, "the session went on below"
