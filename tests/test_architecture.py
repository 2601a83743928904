"""The map of the code is true: whatever ``cotutor/ARCHITECTURE.md`` names is there."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

import cotutor

PACKAGE = Path(cotutor.__file__).parent
MAP = PACKAGE / "ARCHITECTURE.md"

_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*(\(\))?")


@cache
def _definitions() -> dict[str, set[str]]:
    """Every class and function of the package and every name of its modules, with its members."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name in (name for node in tree.body for name in _named(node)):
            found.setdefault(name, set())
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                members = {name for part in ast.walk(node) for name in _named(part)}
                found.setdefault(node.name, set()).update(members)
    return found


def _named(node: ast.AST) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.AnnAssign):
        return [node.target.id] if isinstance(node.target, ast.Name) else []
    if isinstance(node, ast.Assign):
        attributes = [target.attr for target in node.targets if isinstance(target, ast.Attribute)]
        return attributes + [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def _is_there(span: str) -> bool:
    """Whether a name in the map stands for a file, a module, or something that is defined."""
    if "/" in span or span.endswith((".py", ".toml", ".tcss", ".md")):
        return any((folder / span.rstrip("/")).exists() for folder in (PACKAGE, PACKAGE.parent))
    if not _NAME.fullmatch(span):
        return False
    parts = span.removesuffix("()").split(".")
    for folder in (PACKAGE, PACKAGE.parent):
        module = folder.joinpath(*parts)
        if len(parts) > 1 and (module.is_dir() or module.with_suffix(".py").exists()):
            return True
    *owner, name = parts
    if not owner:
        return name in _definitions()
    return name in _definitions().get(owner[-1], set()) or _in_module(owner, name)


def _in_module(owner: list[str], name: str) -> bool:
    """Whether ``owner`` is the end of a module's path, and ``name`` is defined in that module."""
    for path in PACKAGE.rglob("*.py"):
        if list(path.relative_to(PACKAGE.parent).with_suffix("").parts)[-len(owner) :] == owner:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if any(name in _named(node) for node in ast.walk(tree)):
                return True
    return False


def _prose() -> str:
    return _FENCE.sub("", MAP.read_text(encoding="utf-8"))


def _names() -> list[str]:
    """What the map names in code type; what begins with the program's name or a dash is typed by people."""
    spans = _SPAN.findall(_prose())
    return sorted({span for span in spans if not span.startswith(("cotutor ", "-", "python ", "$"))})


def test_every_module_class_and_function_of_the_map_exists() -> None:
    missing = [span for span in _names() if not _is_there(span)]
    assert not missing, f"ARCHITECTURE.md names what is not there: {missing}"


def test_the_layers_are_those_of_the_import_contract() -> None:
    contracts = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(
        one["layers"] for one in contracts if one["containers"] == ["cotutor"] and one["type"] == "layers"
    )
    assert " -> ".join(layers) in MAP.read_text(encoding="utf-8")


def test_every_room_of_the_package_is_on_the_map() -> None:
    rooms = {
        str(path.parent.relative_to(PACKAGE))
        for path in PACKAGE.rglob("__init__.py")
        if path.parent != PACKAGE
    }
    unnamed = sorted(room for room in rooms if f"`{room}/`" not in _prose())
    assert not unnamed, f"ARCHITECTURE.md does not say what these hold: {unnamed}"


@pytest.mark.parametrize(
    "span",
    [
        "vault/custody.py",
        "Custody",
        "session_runner.no_such_function",
        "cotutor.tui.no_such_room",
        "no words",
    ],
)
def test_a_name_that_is_gone_would_be_noticed(span: str) -> None:
    assert not _is_there(span)
