"""Plans and guidance: the shipped ones, a person's own, and a scheme's, all through one checker.

A person's own plans are ``plans/*.toml`` in the configuration folder, each named after its file;
prompt packs are ``prompts/*.toml`` there. Which folder that is, the caller says. A file is read
only when it is needed: loading a plan loads no guidance.
"""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cotutor.content.checking import label, load, shipped_text
from cotutor.content.plan_rules import broken_rules
from cotutor.content.shelf import Shelf, toml_files
from cotutor.domain.errors import ContentProblems
from cotutor.domain.plan import Plan

if TYPE_CHECKING:
    from cotutor.content.packs import Pack
    from cotutor.domain.guidance import Guidance

SHIPPED_PLANS = ("pair", "pair-short", "thinking-pair", "triad", "one-way", "taster")
"""The plans of this package; the first is used when none is named."""

PLANS = Shelf("plan", "plans", Plan, SHIPPED_PLANS, broken_rules)
"""All plans."""


class InForce(NamedTuple):
    """The guidance that a session uses, and where it comes from."""

    guidance: "Guidance"
    packs: "tuple[Pack, ...]" = ()
    """The packs that changed it, in the order in which they did."""
    problems: tuple[str, ...] = ()
    """A line for everything that keeps a pack from being used, and for every kind of phase or of listening
    for which there are no words."""


def guidance_in_force(config_folder: Path | None) -> InForce:
    """The shipped guidance with the changes of every sound pack; a pack with mistakes is left out.

    Args:
        config_folder: where packs are, in ``prompts/``; applied in the order of their file names.
    """
    from cotutor.content.packs import applied  # noqa: PLC0415  a plan alone needs no guidance
    from cotutor.content.shipped import shipped_guidance  # noqa: PLC0415
    from cotutor.domain.guidance import Group  # noqa: PLC0415

    shipped = guidance = shipped_guidance()
    used: list[Pack] = []
    paths, problems = toml_files(config_folder, "prompts")
    problems += tuple(f"wording.toml: {line}" for line in shipped.wording.lacking())
    for path in paths:
        try:
            pack = _sound_pack(path, shipped)
        except ContentProblems as mistakes:
            problems += mistakes.problems
            continue
        changed = applied(guidance, pack)
        if changed.help_of(Group.EMERGENCY):
            guidance = changed
            used.append(pack)
        else:  # each pack leaves an entry, and together they would not
            problems += (f"{label(path)}: help.hide: with the packs before it, no emergency entry is left",)
    return InForce(guidance, tuple(used), problems)


def check_prompts(path: Path) -> "Pack":
    """A pack from any file.

    Raises:
        ContentProblems: everything that is wrong with it.
    """
    from cotutor.content.shipped import shipped_guidance  # noqa: PLC0415  a plan alone needs no guidance

    return _sound_pack(path, shipped_guidance())


def _sound_pack(path: Path, shipped: "Guidance") -> "Pack":
    from cotutor.content import packs  # noqa: PLC0415  few people have any

    pack = load(path, packs.PackFile)
    if broken := packs.broken_rules(pack, shipped):
        raise ContentProblems([f"{label(path)}: {line}" for line in broken])
    return pack


def example_pack() -> str:
    """The text of the shipped example of a pack, whose comments explain the format."""
    return shipped_text("example-pack.toml")
