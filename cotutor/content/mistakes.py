"""Every mistake in a file at once, each in one line.

msgspec checks fast and stops at the first mistake; this walks the same types slowly, and is
loaded only when there is something to tell.
"""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from msgspec import Struct, ValidationError, convert, inspect

from cotutor.domain.duration import parse_length
from cotutor.domain.text import nearest, one_line

MOST_LISTED = 100
"""The most mistakes of a file that are listed; a last line says that there are more."""


def mistakes(raw: dict[str, Any], kind: type[Struct]) -> list[str]:
    """One line for each mistake: key, what was found, what is allowed.

    Args:
        raw: plain values, their text cleaned.
        kind: the struct type that they should have fitted.
    """
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)  # noqa: S101  what type_info returns for a struct
    if (newer := _other_format(raw, described)) is not None:
        return [newer]
    found = list(islice(_struct(raw, described, ""), MOST_LISTED + 1))
    return [*found[:MOST_LISTED], "and there is more wrong than this"] if len(found) > MOST_LISTED else found


def _other_format(raw: dict[str, Any], described: inspect.StructType) -> str | None:
    """A file in another format has no mistakes: it is another program version's file."""
    found = raw.get("format")
    for field in described.fields:
        if field.encode_name == "format" and isinstance(field.type, inspect.LiteralType):
            known = field.type.values
            if type(found) is int and found not in known:
                formats = " or ".join(map(str, known))
                return f"format: the file is in format {_found(found)}; this version of cotutor reads format {formats}"
    return None


def _struct(raw: Any, described: inspect.StructType, at: str) -> Iterator[str]:
    if not isinstance(raw, dict):
        yield f"{at}: found {_found(raw)}; allowed is a table of keys and values"
        return
    fields = {field.encode_name: field for field in described.fields}
    for key in raw:
        if key not in fields:
            yield f"{_under(at, one_line(key, 40))}: there is no such key; {_or_rather(key, list(fields))}"
    for name, field in fields.items():
        if name in raw:
            yield from _value(raw[name], field.type, _under(at, name))
        elif field.required:
            yield f"{_under(at, name)}: is missing; allowed is {_allowed(field.type)}"


def _value(raw: Any, described: inspect.Type, at: str) -> Iterator[str]:
    plain = _plain(described)
    if isinstance(plain, inspect.StructType):
        yield from _struct(raw, plain, at)
    elif isinstance(plain, inspect.VarTupleType | inspect.ListType):
        yield from _list(raw, plain, at)
    elif isinstance(plain, inspect.DictType):
        yield from _dict(raw, plain, at)
    elif not _fits(raw, plain):
        yield f"{at}: found {_found(raw)}; allowed is {_allowed(described)}{_meant(raw, plain)}"


def _list(raw: Any, described: inspect.VarTupleType | inspect.ListType, at: str) -> Iterator[str]:
    if not isinstance(raw, list):
        yield f"{at}: found {_found(raw)}; allowed is {_allowed(described)}"
        return
    if not _within(len(raw), described.min_length, described.max_length):
        yield f"{at}: found {len(raw)} of them; allowed is {_allowed(described)}"
    for number, item in enumerate(raw, start=1):
        yield from _value(item, described.item_type, f"{at}[{number}]")


def _dict(raw: Any, described: inspect.DictType, at: str) -> Iterator[str]:
    if not isinstance(raw, dict):
        yield f"{at}: found {_found(raw)}; allowed is a table of keys and values"
        return
    for key, item in raw.items():
        shown = _under(at, one_line(key, 40))
        if not _fits(key, _plain(described.key_type)):
            yield f"{shown}: there is no such key; allowed is {_allowed(described.key_type)}"
        yield from _value(item, described.value_type, shown)


def _plain(described: inspect.Type) -> inspect.Type:
    """The type without its annotations, and without the None that only a default can be."""
    described = _given(described)
    return _plain(described.type) if isinstance(described, inspect.Metadata) else described


def _given(described: inspect.Type) -> inspect.Type:
    """The one type of an optional value; one of several types is left as it is."""
    if not isinstance(described, inspect.UnionType):
        return described
    some = [one for one in described.types if not isinstance(one, inspect.NoneType)]
    return some[0] if len(some) == 1 else described


def _fits(raw: Any, described: inspect.Type) -> bool:  # noqa: PLR0911  one answer for each kind of value
    """Whether msgspec would take the value; a type that no file uses yet is left to msgspec."""
    match described:
        case inspect.StrType(low, high, pattern):
            fits = isinstance(raw, str) and _within(len(raw), low, high)
            return fits and (pattern is None or re.search(pattern, raw) is not None)
        case inspect.IntType(ge=low, le=high):
            return type(raw) is int and _within(raw, low, high)
        case inspect.BoolType():
            return isinstance(raw, bool)
        case inspect.DateType():
            return _is_date(raw)
        case inspect.EnumType() | inspect.LiteralType():
            return any(type(raw) is type(one) and raw == one for one in _options(described))
        case inspect.CustomType():
            return _is_length(raw)
    return True


def _within(size: int, low: int | None, high: int | None) -> bool:
    return (low is None or size >= low) and (high is None or size <= high)


def _is_date(raw: Any) -> bool:
    if not isinstance(raw, str):
        return isinstance(raw, dt.date) and not isinstance(raw, dt.datetime)
    try:
        convert(raw, dt.date)
    except ValidationError:
        return False
    return True


def _is_length(raw: Any) -> bool:
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        return False
    try:
        parse_length(str(raw))
    except ValueError:
        return False
    return True


def _options(described: inspect.EnumType | inspect.LiteralType) -> list[Any]:
    if isinstance(described, inspect.EnumType):
        return [one.value for one in described.cls]
    return list(described.values)


def _allowed(described: inspect.Type) -> str:  # noqa: PLR0911  one answer for each kind of value
    """What a value may be, in words."""
    described = _given(described)
    if isinstance(described, inspect.Metadata):
        return (described.extra_json_schema or {}).get("description") or _allowed(described.type)
    match _plain(described):
        case inspect.StrType(low, high):
            return f"text{_range('of', low, high, ' characters')}"
        case inspect.IntType(ge=low, le=high):
            return f"a whole number{_range('from', low, high)}"
        case inspect.BoolType():
            return "true or false"
        case inspect.DateType():
            return "a date such as 2026-11-22"
        case inspect.EnumType() | inspect.LiteralType() as some:
            options = [str(one) for one in _options(some)]
            return f"only {options[0]}" if len(options) == 1 else "one of " + ", ".join(options)
        case inspect.CustomType():
            return "a length of time such as 90s, 20m or 1h30m, at most 24h"
        case inspect.VarTupleType(_, low, high) | inspect.ListType(_, low, high):
            return f"a list{_range('of', low, high, ' entries')}"
    return "a table of keys and values"


def _range(of: str, low: int | None, high: int | None, unit: str = "") -> str:
    if low is not None and high is not None:
        return f" {of} {low} to {high}{unit}"
    if low is None and high is None:
        return ""
    return f" of at most {high}{unit}" if low is None else f" of at least {low}{unit}"


def _found(raw: Any) -> str:
    """A value as a problem shows it: clean, and cut short."""
    match raw:
        case bool():
            return str(raw).lower()
        case str():
            return f'"{one_line(raw, 40)}"' if raw else "nothing"
        case int() | float():
            return _number(raw)
        case list():
            return "a list"
        case dict():
            return "a table"
    return one_line(str(raw), 40)


def _number(raw: float) -> str:
    try:
        return one_line(str(raw), 40)
    except ValueError:
        return "an enormous number"


def _meant(raw: Any, described: inspect.Type) -> str:
    if not isinstance(described, inspect.EnumType | inspect.LiteralType) or not isinstance(raw, str):
        return ""
    near = nearest(raw, [one for one in _options(described) if isinstance(one, str)])
    return f'; did you mean "{near}"?' if near else ""


def _or_rather(key: str, keys: list[str]) -> str:
    near = nearest(key, keys)
    return f'did you mean "{near}"?' if near else f"the keys here are {', '.join(keys)}"


def _under(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key
