"""Finds where source leans on a private part of Textual: a name with one underscore before it.

Textual's own source says which names those are, class by class: methods, class variables, and
what a method sets on ``self``. Ours is read in the same way, so nothing has to be run for it.
"""

import ast
import inspect
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from typing import NamedTuple

import textual

TEXTUAL = Path(inspect.getfile(textual)).parent
_BY_NAME = ("getattr", "setattr", "hasattr", "delattr")


class Use(NamedTuple):
    """One place that leans on a private part."""

    line: int
    name: str
    how: str


def is_private(name: str) -> bool:
    """Whether a name is meant for the framework alone."""
    return name.startswith("_") and not name.startswith("__") and len(name) > 1


def names_of(tree: ast.ClassDef) -> set[str]:
    """The private names that a class defines, or sets on ``self``."""
    found: set[str] = set()
    for part in tree.body:
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(part.name)
        elif isinstance(part, ast.Assign | ast.AnnAssign):
            targets = part.targets if isinstance(part, ast.Assign) else [part.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_self(node.value):
            found.add(node.attr)
    return {name for name in found if is_private(name)}


def _is_self(node: ast.expr) -> bool:
    if isinstance(node, ast.Name):
        return node.id in {"self", "cls"}
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


@cache
def classes_in(path: Path) -> dict[str, set[str]]:
    """Each class of a source file with its private names."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name: names_of(node) for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


@cache
def textuals() -> frozenset[str]:
    """Every private name of every class of Textual."""
    files = TEXTUAL.rglob("*.py")
    return frozenset(name for file in files for names in classes_in(file).values() for name in names)


def uses(source: str) -> list[Use]:
    """Where a source leans on a private part of Textual, as far as its text alone shows.

    What a class of the same source defines is taken for its own when it is read from ``self`` or a
    local name; whether Textual has it as well, ``shadowed`` finds. Changing a module of Textual's
    from outside counts as private, whatever the name.
    """
    return sorted(_uses(ast.parse(source)))


def _uses(tree: ast.Module) -> Iterator[Use]:
    own = {name for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for name in names_of(node)}
    modules = {name for name, path in _imported(tree) if path.partition(".")[0] != "textual"}
    textual_names = {name for name, _path in _imported(tree)} - modules
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _private_imports(node)
        elif isinstance(node, ast.Attribute):
            name = node.value.id if isinstance(node.value, ast.Name) else ""
            if isinstance(node.ctx, ast.Store) and name in textual_names:
                yield Use(node.lineno, node.attr, "patched")
            elif name not in modules and node.attr in _foreign(own, node.value):
                yield Use(node.lineno, node.attr, "attribute")
        elif isinstance(node, ast.Call):
            yield from _by_name(node)
        elif isinstance(node, ast.Subscript):
            yield from _by_vars(node)


def _foreign(own: set[str], owner: ast.expr) -> AbstractSet[str]:
    """The names that are Textual's if they are read from ``owner``; the app and the screen are Textual's."""
    theirs = isinstance(owner, ast.Attribute) and owner.attr in {"app", "screen"}
    return textuals() if theirs else textuals() - own


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each imported name with where it comes from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            base = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0], f"{base}{alias.name}"


def _private_imports(node: ast.Import | ast.ImportFrom) -> Iterator[Use]:
    base = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    for alias in node.names:
        path = f"{base}.{alias.name}".strip(".")
        if path.partition(".")[0] == "textual":
            for part in filter(is_private, path.split(".")):
                yield Use(node.lineno, part, "import")


def _by_name(node: ast.Call) -> Iterator[Use]:
    if isinstance(node.func, ast.Name) and node.func.id in _BY_NAME and len(node.args) > 1:
        name = node.args[1]
        if isinstance(name, ast.Constant) and name.value in textuals():
            yield Use(node.lineno, str(name.value), node.func.id)


def _by_vars(node: ast.Subscript) -> Iterator[Use]:
    call, name = node.value, node.slice
    is_vars = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "vars"
    if is_vars and isinstance(name, ast.Constant):
        yield Use(node.lineno, str(name.value), "vars")


def own_names(owner: type) -> set[str]:
    """The private names that a class itself defines or sets, by its source."""
    source = Path(inspect.getfile(owner))
    return classes_in(source).get(owner.__name__, set())


def shadowed(owner: type) -> set[str]:
    """Private names of a class that one of its bases in Textual has as well."""
    theirs: set[str] = set()
    for base in owner.__mro__:
        if base.__module__.partition(".")[0] == "textual":
            theirs |= own_names(base) | {name for name in vars(base) if is_private(name)}
    return own_names(owner) & theirs
