"""Where files of one kind are found: the shipped ones, a person's own, or any path.

A person's own files are in a folder of the configuration folder, each named after its file.
Which folder that is, the caller says. One's own goes before a shipped one of the same name; if it
cannot be used, the shipped one is, and every problem is reported.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import asdict

from cotutor.content.checking import label, load, load_shipped
from cotutor.domain.errors import ContentProblems
from cotutor.domain.text import nearest, one_line

_MOST_FILES = 100


N = TypeVar("N", bound=Struct)


class Named(NamedTuple, Generic[N]):
    """What a name means."""

    value: N
    problems: tuple[str, ...] = ()
    """Why it is the shipped one, although the person has one of that name; a line each."""


class Found(NamedTuple, Generic[N]):
    """Everything of one kind that can be used."""

    entries: tuple[N, ...]
    """In the shipped order, then in the order of the names of the person's own."""
    own: tuple[N, ...] = ()
    """Those of the entries that are the person's own."""
    problems: tuple[str, ...] = ()
    """A line for everything that keeps one of the person's own from being used."""


class Shelf(Generic[N]):
    """Everything of one kind that can be asked for by name.

    Args:
        word: what one of them is called: ``plan``.
        folder: where they are, below this package and below the configuration folder.
        kind: the struct type that a file holds; one of its fields is ``name``.
        names: the shipped ones; the first is the usual one.
        rules: a line for everything that the types cannot check.
    """

    def __init__(
        self, word: str, folder: str, kind: type[N], names: tuple[str, ...], rules: Callable[[N], list[str]]
    ) -> None:
        self.names = names
        self._word = word
        self._folder = folder
        self._kind = kind
        self._rules = rules

    def named(self, name_or_path: str, config_folder: Path | None = None) -> Named[N]:
        """What a name or a path means.

        Args:
            name_or_path: a name; or, with a slash in it or ``.toml`` at its end, a path.
            config_folder: where a person's own folder is; None if there is none.

        Raises:
            ContentProblems: there is no such file, or it has mistakes and no shipped one can take
                its place; all of them.
        """
        if name_or_path.endswith(".toml") or any(
            mark in name_or_path for mark in (os.sep, os.altsep) if mark
        ):
            return Named(self.check(Path(name_or_path)))
        paths, problems = toml_files(config_folder, self._folder)
        own = {path.stem: path for path in paths}
        if name_or_path in own:
            try:
                return Named(self._own(own[name_or_path]))
            except ContentProblems as mistakes:
                problems += mistakes.problems
        if name_or_path in self.names:
            return Named(self._shipped(name_or_path), problems)
        raise ContentProblems(problems or [self._missing(name_or_path, own)])

    def all_of(self, config_folder: Path | None) -> Found[N]:
        """Everything there is, the person's own in the place of shipped ones of the same name.

        Args:
            config_folder: where a person's own folder is; None if there is none.
        """
        paths, problems = toml_files(config_folder, self._folder)
        own: dict[str, N] = {}
        for path in paths:
            try:
                own[path.stem] = self._own(path)
            except ContentProblems as mistakes:
                problems += mistakes.problems
        entries = {name: own.get(name) or self._shipped(name) for name in self.names} | own
        return Found(tuple(entries.values()), tuple(own.values()), problems)

    def check(self, path: Path) -> N:
        """One from any file.

        Raises:
            ContentProblems: everything that is wrong with it.
        """
        value = load(path, self._kind)
        if broken := self._rules(value):
            raise ContentProblems([f"{label(path)}: {line}" for line in broken])
        return value

    def shipped(self) -> tuple[N, ...]:
        """Those of this package, the usual one first."""
        return tuple(self._shipped(name) for name in self.names)

    def _shipped(self, name: str) -> N:
        return load_shipped(f"{self._folder}/{name}.toml", self._kind)

    def _own(self, path: Path) -> N:
        value = self.check(path)
        if (name := asdict(value)["name"]) != path.stem:
            called = f'found "{name}"; a {self._word} in this folder has the name of its file'
            raise ContentProblems([f"{label(path)}: name: {called}"])
        return value

    def _missing(self, asked: str, own: Iterable[str]) -> str:
        names = [*self.names, *(name for name in own if name not in self.names)]
        near = nearest(asked, names)
        meant = f'; did you mean "{near}"?' if near else "."
        shown, listed = one_line(asked, 40), one_line(", ".join(names), 400)
        return f'There is no {self._word} "{shown}"{meant} The {self._word}s are {listed}.'


def toml_files(config_folder: Path | None, kind: str) -> tuple[list[Path], tuple[str, ...]]:
    """The TOML files in a folder of the configuration folder, by name; and what is wrong with the folder.

    A folder that is not there holds no files, and nothing is wrong with it.
    """
    if config_folder is None:
        return [], ()
    folder = config_folder / kind
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except (FileNotFoundError, NotADirectoryError):
        return [], ()
    except OSError as error:
        return [], (f"{label(folder)}: cannot be read: {error.strerror}",)
    more = (f"{label(folder)}: holds more than {_MOST_FILES} files; only those are read",)
    return found[:_MOST_FILES], more if len(found) > _MOST_FILES else ()
