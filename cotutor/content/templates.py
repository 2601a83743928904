"""The templates that reflections begin from."""

from functools import cache
from importlib.resources import as_file, files

from cotutor.content.checking import SHIPPED_LIMIT, load
from cotutor.domain.reflection import Template, Templates


@cache
def templates() -> tuple[Template, ...]:
    """The shipped templates; the first is the default.

    Raises:
        ContentProblems: the package's own file is damaged.
    """
    with as_file(files("cotutor.content").joinpath("templates.toml")) as path:
        return load(path, Templates, SHIPPED_LIMIT).templates


def template(name: str) -> Template:
    """The template of this name, or the default if there is none of this name any more."""
    return next((one for one in templates() if one.name == name), templates()[0])
