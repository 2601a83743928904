"""How short and how long, how few and how many: what msgspec holds a module's fields to."""

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct, ValidationError, convert, inspect


class Limit(NamedTuple):
    """The least and the most of one kind of field; None where there is none."""

    base: Any
    meta: Meta

    @property
    def ends(self) -> tuple[int | None, int | None]:
        """Of a number itself, or of the characters or members of anything else."""
        if self.base is int:
            return self.meta.ge, self.meta.le  # type: ignore[return-value]
        return self.meta.min_length, self.meta.max_length

    def takes(self, size: int) -> bool:
        """Whether a value of a size fits: a number, or so many characters or members."""
        if get_origin(self.base) is tuple:
            value, kind = (None,) * size, Annotated[tuple[Any, ...], self.meta]
        else:
            value, kind = size if self.base is int else _text(size), Annotated[self.base, self.meta]  # type: ignore[assignment]
        try:
            convert(value, kind)
        except ValidationError:
            return False
        return True


def _text(size: int) -> str:
    """So many characters, which end like a question and, if there is room, are six words."""
    return ("a b c d e ".ljust(size - 1, "x") if size > 12 else "x" * (size - 1)) + "?" * (size > 0)


def structs_of(module: ModuleType) -> list[type[Struct]]:
    """The structs that a module defines."""
    members = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, Struct)]
    return [one for one in members if one.__module__ == module.__name__]


def limits_of(module: ModuleType) -> dict[str, Limit]:
    """Every limit of a module by the name of its type, or else by that of its struct and field."""
    named = {
        id(limit.meta): (name, limit) for name, kind in vars(module).items() for limit in _limits(kind)[:1]
    }
    found = dict(named.values())
    for struct in structs_of(module):
        for field, kind in get_type_hints(struct, include_extras=True).items():
            for limit in _within(kind):
                if id(limit.meta) not in named:
                    found[f"{struct.__name__}.{field}"] = limit
    return {name: limit for name, limit in found.items() if limit.ends != (None, None)}


def _limits(kind: Any) -> list[Limit]:
    base, *rest = get_args(kind) if get_origin(kind) is Annotated else (None,)
    return [Limit(base, meta) for meta in rest if isinstance(meta, Meta)]


def _within(kind: Any) -> Iterator[Limit]:
    yield from _limits(kind)
    for inner in get_args(kind):
        yield from _within(inner)


def read_loosely(roots: Iterable[type[Struct]]) -> list[str]:
    """The structs, among these and what they hold, that would take an unknown field for nothing."""
    seen: dict[type[Struct], None] = {}
    to_do: list[Any] = [inspect.type_info(root) for root in roots]
    while to_do:
        one = to_do.pop()
        if isinstance(one, inspect.StructType):
            if one.cls not in seen:
                seen[one.cls] = None
                to_do += [field.type for field in one.fields]
        elif isinstance(one, inspect.UnionType):
            to_do += one.types
        elif isinstance(one, inspect.VarTupleType):
            to_do.append(one.item_type)
    return [cls.__name__ for cls in seen if not cls.__struct_config__.forbid_unknown_fields]
