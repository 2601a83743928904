"""Every small change that can be made to a module, found in its syntax tree.

Left alone are annotations, docstrings, text for people and whatever mypy would refuse: no test is needed to
notice those.
"""

import ast
import copy
from collections.abc import Iterator
from difflib import unified_diff
from typing import NamedTuple

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_CALCULATIONS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_FUNCTIONS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_REMOVABLE = (ast.Expr, ast.AugAssign, ast.Raise, ast.Delete)
_UNTOUCHED = (ast.JoinedStr, ast.Import, ast.ImportFrom, ast.pattern)
"""Python 3.11 gives what stands in a formatted string no true place; the others mean nothing changed."""


class Change(NamedTuple):
    """One change to one module."""

    path: str
    """Of the module, from the top of the tree."""
    line: int
    before: bytes
    after: bytes

    @property
    def difference(self) -> str:
        """The lines that differ, as ``diff -u`` shows them."""
        before, after = (text.decode().splitlines() for text in (self.before, self.after))
        return "\n".join(list(unified_diff(before, after, lineterm="", n=1))[2:])


def changes(path: str, source: bytes) -> list[Change]:
    """All changes to a module, in the order of its lines."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = set()
    for node, replacement in _in(ast.parse(source)):
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        after = source[:begin] + replacement.encode() + source[end:]
        found.add(Change(path, node.lineno, source, after))
    return sorted(found, key=lambda change: (change.line, change.after))


def _in(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Each node that can be changed, here and below, with what can stand in its place."""
    if isinstance(node, _UNTOUCHED) or _is_for_types_or_scripts(node):
        return
    if isinstance(node, ast.keyword) and node.arg == "frozen":
        return  # mypy watches over what may be changed
    if isinstance(node, ast.stmt):
        yield from ((node, text) for text in _statement(node))
    if isinstance(node, ast.expr):
        yield from ((node, _written(other)) for other in _expression(node))
    condition = getattr(node, "test", None)
    if isinstance(condition, ast.Name | ast.Attribute | ast.Call):
        yield condition, f"(not {ast.unparse(condition)})"
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns", "decorator_list", "bases"):
            for below in value if isinstance(value, list) else [value]:
                if isinstance(below, ast.AST):
                    yield from _in(below)


def _written(node: ast.expr) -> str:
    return ast.unparse(node) if isinstance(node, ast.Constant | ast.Call) else f"({ast.unparse(node)})"


def _is_for_types_or_scripts(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and any(
        isinstance(one, ast.Name) and one.id in ("TYPE_CHECKING", "__name__") for one in ast.walk(node.test)
    )


def _statement(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.Yield):
        return
    if isinstance(node, ast.Expr) and "assert_never" in ast.unparse(node.value):
        return
    if isinstance(node, _REMOVABLE) or (isinstance(node, ast.Assign) and _outlives(node)):
        yield "pass"
    if isinstance(node, ast.Continue):
        yield "break"
    if isinstance(node, ast.Break):
        yield "continue"


def _outlives(node: ast.Assign) -> bool:
    """Whether an assignment changes something that was there already."""
    return all(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets)


def _expression(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                other = copy.deepcopy(node)
                other.ops[place] = _COMPARISONS[type(operator)]()
                yield other
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp() if type(node.op) in _CALCULATIONS and not _joins_text_or_types(node):
            yield ast.BinOp(node.left, _CALCULATIONS[type(node.op)](), node.right)
        case ast.Constant(value=bool(truth)):
            yield ast.Constant(not truth)
        case ast.Constant(value=int(number)):
            yield ast.Constant(number + 1)
        case ast.Call(func=ast.Name(id=name)) if name in _FUNCTIONS:
            yield ast.Call(ast.Name(_FUNCTIONS[name]), node.args, node.keywords)


def _joins_text_or_types(node: ast.BinOp) -> bool:
    sides = (node.left, node.right)
    if any(isinstance(side, ast.JoinedStr) or _is_text(side) for side in sides):
        return True
    names = [side for side in sides if isinstance(side, ast.Name) and side.id[:1].isupper()]
    return isinstance(node.op, ast.BitOr) and bool(names) and not any(side.id.isupper() for side in names)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
