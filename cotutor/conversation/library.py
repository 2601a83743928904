"""Which plan, programme, demonstration and guidance a name means: the same in every face.

One's own file goes before a shipped one of the same name. What has mistakes is left out and
reported, and never stops anybody: the shipped one is used in its place.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from cotutor.content.loader import InForce
    from cotutor.content.shelf import Found, Named
    from cotutor.domain.demonstration import Script
    from cotutor.domain.plan import Plan
    from cotutor.domain.programme import Programme


def left_out(problems: Iterable[str]) -> tuple[str, ...]:
    """What a face shows of the problems with a person's own files: a line for each."""
    return tuple(f"Left out: {problem}" for problem in problems)


def left_out_briefly(problems: Sequence[str]) -> tuple[str, ...]:
    """The same where a session is about to begin and the clock needs the room: the first, and how many more."""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return tuple(f"{line}{more}" for line in left_out(problems[:1]))


class Library:
    """What can be used here, each kind read when it is first asked for.

    A method that takes a name or a path raises ContentProblems where there is no such file, or
    where it has mistakes and no shipped one can take its place.

    Args:
        config_folder: where a person's own files are; None if there are none.
    """

    # Nothing of the content is imported above: an app is built before its first frame is shown.

    def __init__(self, config_folder: "Path | None" = None) -> None:
        self._folder = config_folder

    @cached_property
    def plans(self) -> "Found[Plan]":
        """The plans there are."""
        from cotutor.content.loader import PLANS  # noqa: PLC0415

        return PLANS.all_of(self._folder)

    @cached_property
    def programmes(self) -> "Found[Programme]":
        """The programmes of workshops there are."""
        from cotutor.content.workshop import PROGRAMMES  # noqa: PLC0415

        return PROGRAMMES.all_of(self._folder)

    @cached_property
    def demonstrations(self) -> "Found[Script]":
        """The demonstrations there are."""
        from cotutor.content.workshop import DEMOS  # noqa: PLC0415

        return DEMOS.all_of(self._folder)

    @cached_property
    def guidance(self) -> "InForce":
        """The questions, cues, help and wordings in force."""
        from cotutor.content.loader import guidance_in_force  # noqa: PLC0415

        return guidance_in_force(self._folder)

    def plan(self, name_or_path: str) -> "Named[Plan]":
        """The plan that is meant; reads no other."""
        from cotutor.content.loader import PLANS  # noqa: PLC0415

        return PLANS.named(name_or_path, self._folder)

    def programme(self, name_or_path: str) -> "Named[Programme]":
        """The programme that is meant; reads no other."""
        from cotutor.content.workshop import PROGRAMMES  # noqa: PLC0415

        return PROGRAMMES.named(name_or_path, self._folder)

    def demonstration(self, name_or_path: str) -> "Named[Script]":
        """The demonstration that is meant; reads no other."""
        from cotutor.content.workshop import DEMOS  # noqa: PLC0415

        return DEMOS.named(name_or_path, self._folder)
