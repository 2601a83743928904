"""The templates that reflections begin from."""

from functools import cache

from cotutor.content.checking import load_shipped
from cotutor.domain.reflection import Template, Templates


@cache
def templates() -> tuple[Template, ...]:
    """The shipped templates; the first is the default.

    Raises:
        ContentProblems: the package's own file is damaged.
    """
    return load_shipped("templates.toml", Templates).templates


def template(name: str) -> Template:
    """The template of this name, or the default if there is none of this name any more."""
    return next((one for one in templates() if one.name == name), templates()[0])
