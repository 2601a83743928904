"""Private parts of Textual are touched in one package only, and only those on its list."""

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest
from textual.app import App
from textual.events import Idle
from textual.widget import Widget
from textual.widgets import Static

import cotutor
from cotutor import tui
from cotutor.tui import textual_seams
from cotutor.tui.textual_seams.private_parts import PRIVATE_PARTS
from tests.tui.textual_seams.private import shadowed, uses

SOURCE = Path(cotutor.__file__).parent
SEAMS = Path(textual_seams.__file__).parent


def _classes() -> set[type]:
    """Every class of ours that has a base in Textual."""
    modules = [
        importlib.import_module(one.name) for one in pkgutil.walk_packages(tui.__path__, "cotutor.tui.")
    ]
    return {
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type) and thing.__module__ == module.__name__ and _is_textuals(thing)
    }


def _is_textuals(kind: type) -> bool:
    return any(base.__module__.startswith("textual.") for base in kind.__mro__)


CLASSES = sorted(_classes(), key=lambda kind: (kind.__module__, kind.__name__))


def test_no_module_elsewhere_touches_a_private_part() -> None:
    elsewhere = [path for path in SOURCE.rglob("*.py") if SEAMS not in path.parents]
    found = {path: uses(path.read_text("utf-8")) for path in elsewhere}
    assert {path: there for path, there in found.items() if there} == {}
    assert len(found) > 150


def test_no_class_elsewhere_overrides_a_private_part_not_even_by_accident() -> None:
    elsewhere = [kind for kind in CLASSES if SEAMS not in Path(inspect.getfile(kind)).parents]
    found = {kind: shadowed(kind) for kind in elsewhere}
    assert {kind: names for kind, names in found.items() if names} == {}


def test_the_list_names_each_part_that_the_package_touches_and_no_other() -> None:
    touched = {(path.stem, use.name) for path in SEAMS.glob("*.py") for use in uses(path.read_text("utf-8"))}
    for kind in CLASSES:
        path = Path(inspect.getfile(kind))
        if SEAMS in path.parents:
            touched |= {(path.stem, name) for name in shadowed(kind)}
    assert touched == {(module, part.name) for part in PRIVATE_PARTS for module in part.used_by}


# ------------------------------------------------------------ what would be found


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("_compositor", "from textual._compositor import Compositor"),
        ("_compositor", "import textual._compositor"),
        ("_context", "from textual import _context"),
        ("_compositor", "def drawn(screen):\n    return screen._compositor.render_strips()"),
        (
            "_exception",
            "class Ours:\n    _exception = None\n\n    def look(self):\n        return self.app._exception",
        ),
        ("_nodes", "class Ours:\n    def look(self):\n        return self._nodes"),
        ("_nodes", "def count(widget):\n    return len(getattr(widget, '_nodes'))"),
        ("parse_key", "from textual.drivers import linux_driver\nvars(linux_driver)['parse_key'] = None"),
        ("cells", "from textual import strip\nstrip.cells = None"),
    ],
)
def test_a_planted_use_is_found(name: str, source: str) -> None:
    assert [use.name for use in uses(source)] == [name]


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos._exit(1)",
        "class Ours:\n    def __init__(self):\n        self._exception = None\n\n    def look(self):\n        return self._exception",
        "from textual.widget import Widget\nclass Ours(Widget):\n    def __len__(self):\n        return self.__dict__",
    ],
)
def test_what_is_ours_or_pythons_is_not_taken_for_textuals(source: str) -> None:
    assert list(uses(source)) == []


class Accident(Static):
    """What nobody meant to override: a widget's nodes, and its idle handler."""

    def __init__(self) -> None:
        super().__init__()
        self._nodes: list[str] = []  # type: ignore[assignment]
        self._entries: list[str] = []

    async def _on_idle(self, event: Idle) -> None: ...


class Descendant(Accident):
    """A class whose base was the one that did it."""


def test_an_accidental_override_is_found_where_it_is_made() -> None:
    assert shadowed(Accident) == {"_nodes", "_on_idle"}
    assert shadowed(Descendant) == set()


def test_the_classes_that_are_looked_at_are_all_there() -> None:
    names = {kind.__name__ for kind in CLASSES}
    assert {
        "SealedApp",
        "CotutorApp",
        "Page",
        "LinesField",
        "BlankingDriver",
        "SessionPage",
        "VaultApp",
    } <= names
    assert any(issubclass(kind, App) for kind in CLASSES)
    assert any(issubclass(kind, Widget) for kind in CLASSES)
