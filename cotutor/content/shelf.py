"""Where files of one kind are found: the shipped ones, a person's own, or any path.

A person's own files are in a folder of the configuration folder, each named after its file.
Which folder that is, the caller says.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import asdict

from cotutor.content.checking import label, load, load_shipped
from cotutor.domain.errors import ContentProblems
from cotutor.domain.text import nearest, one_line

_MOST_FILES = 100


T = TypeVar("T")
N = TypeVar("N", bound=Struct)


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

    def load(self, name_or_path: str, config_folder: Path | None = None) -> N:
        """One by its name, or from a file.

        Args:
            name_or_path: a name; or, with a slash in it or ``.toml`` at its end, a path. A person's
                own file goes before a shipped one of the same name.
            config_folder: where a person's own folder is; None if there is none.

        Raises:
            ContentProblems: there is no such file, or it has mistakes; every one is told.
        """
        if name_or_path.endswith(".toml") or any(
            mark in name_or_path for mark in (os.sep, os.altsep) if mark
        ):
            return self.check(Path(name_or_path))
        own = {path.stem: path for path in toml_files(config_folder, self._folder)}
        if name_or_path in own:
            return self._own(own[name_or_path])
        if name_or_path in self.names:
            return self._shipped(name_or_path)
        names = [*self.names, *(name for name in own if name not in self.names)]
        near = nearest(name_or_path, names)
        meant = f'; did you mean "{near}"?' if near else "."
        asked, listed = one_line(name_or_path, 40), one_line(", ".join(names), 400)
        raise ContentProblems([f'There is no {self._word} "{asked}"{meant} The {self._word}s are {listed}.'])

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

    def own(self, config_folder: Path | None) -> tuple[tuple[N, ...], tuple[str, ...]]:
        """A person's own, in the order of their names; and a line for every problem in the others."""
        return gathered(toml_files(config_folder, self._folder), self._own)

    def _shipped(self, name: str) -> N:
        return load_shipped(f"{self._folder}/{name}.toml", self._kind)

    def _own(self, path: Path) -> N:
        value = self.check(path)
        if (name := asdict(value)["name"]) != path.stem:
            called = f'found "{name}"; a {self._word} in this folder has the name of its file'
            raise ContentProblems([f"{label(path)}: name: {called}"])
        return value


def gathered(paths: Iterable[Path], check: Callable[[Path], T]) -> tuple[tuple[T, ...], tuple[str, ...]]:
    """What could be loaded, and every problem of what could not."""
    good: list[T] = []
    problems: list[str] = []
    for path in paths:
        try:
            good.append(check(path))
        except ContentProblems as error:
            problems += error.problems
    return tuple(good), tuple(problems)


def toml_files(config_folder: Path | None, kind: str) -> list[Path]:
    """The TOML files in a folder of the configuration folder; none if there is no such folder."""
    if config_folder is None:
        return []
    folder = config_folder / kind
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ContentProblems([f"{label(folder)}: cannot be read: {error.strerror}"]) from None
    return found[:_MOST_FILES]
