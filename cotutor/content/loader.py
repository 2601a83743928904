"""Plans and guidance: the shipped ones, a person's own, and a scheme's, all through one checker.

A person's own plans are ``plans/*.toml`` in the configuration folder, each named after its file;
prompt packs are ``prompts/*.toml`` there. Which folder that is, the caller says. A file is read
only when it is needed: loading a plan loads no guidance.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from cotutor.content.checking import label, load, shipped_text
from cotutor.content.plan_rules import broken_rules
from cotutor.content.shelf import Shelf, gathered, toml_files
from cotutor.domain.errors import ContentProblems
from cotutor.domain.plan import Plan

if TYPE_CHECKING:
    from cotutor.content.packs import Pack
    from cotutor.domain.guidance import Guidance, Wording

SHIPPED_PLANS = ("pair", "pair-short", "thinking-pair", "triad", "one-way", "taster")
"""The plans of this package; the first is used when none is named."""

_PLANS = Shelf("plan", "plans", Plan, SHIPPED_PLANS, broken_rules)


def load_plan(name_or_path: str, config_folder: Path | None = None) -> Plan:
    """A plan by its name, or from a file.

    Args:
        name_or_path: a name such as ``pair``; or, with a slash in it or ``.toml`` at its end, a path.
            A person's own plan goes before a shipped one of the same name.
        config_folder: where a person's own plans are, in ``plans/``; None if there are none.

    Raises:
        ContentProblems: there is no such plan, or it has mistakes; every one is told.
    """
    return _PLANS.load(name_or_path, config_folder)


def check_plan(path: Path) -> Plan:
    """A plan from any file.

    Raises:
        ContentProblems: everything that is wrong with it.
    """
    return _PLANS.check(path)


def shipped_plans() -> tuple[Plan, ...]:
    """The plans of this package, the usual one first."""
    return _PLANS.shipped()


def own_plans(config_folder: Path | None) -> tuple[tuple[Plan, ...], tuple[str, ...]]:
    """A person's own plans, in the order of their names; and a line for every problem in the others."""
    return _PLANS.own(config_folder)


def load_guidance(config_folder: Path | None = None, pack: Path | None = None) -> "Guidance":
    """The shipped guidance with the changes that packs make to it.

    Args:
        config_folder: where packs are, in ``prompts/``; applied in the order of their file names.
        pack: one pack to use instead of those.

    Raises:
        ContentProblems: everything that is wrong with the packs.
    """
    from cotutor.content.packs import applied  # noqa: PLC0415  a plan alone needs no guidance
    from cotutor.content.shipped import shipped_guidance  # noqa: PLC0415

    guidance = shipped_guidance()
    paths = [pack] if pack else toml_files(config_folder, "prompts")
    packs, problems = gathered(paths, check_prompts)
    if problems:
        raise ContentProblems(problems)
    for one in packs:
        guidance = applied(guidance, one)
    return guidance


def load_wording(config_folder: Path | None = None, pack: Path | None = None) -> "Wording":
    """What is said around and between the turns; loads the rest of the guidance only if there are packs.

    Raises:
        ContentProblems: as ``load_guidance``.
    """
    if pack or toml_files(config_folder, "prompts"):
        return load_guidance(config_folder, pack).wording
    from cotutor.content.shipped import shipped_wording  # noqa: PLC0415  a plan alone needs no wording

    return shipped_wording()


def check_prompts(path: Path) -> "Pack":
    """A pack from any file.

    Raises:
        ContentProblems: everything that is wrong with it.
    """
    from cotutor.content import packs  # noqa: PLC0415  few people have any
    from cotutor.content.shipped import shipped_guidance  # noqa: PLC0415

    pack = load(path, packs.PackFile)
    if broken := packs.broken_rules(pack, shipped_guidance()):
        raise ContentProblems([f"{label(path)}: {line}" for line in broken])
    return pack


def own_packs(config_folder: Path | None) -> tuple[tuple["Pack", ...], tuple[str, ...]]:
    """A scheme's packs, in the order of their file names; and a line for every problem in the others.

    A kind of phase or of listening for which this program has no words is a problem too.
    """
    from cotutor.content.shipped import shipped_wording  # noqa: PLC0415  a plan alone needs no wording

    packs, problems = gathered(toml_files(config_folder, "prompts"), check_prompts)
    return packs, (*(f"wording.toml: {line}" for line in shipped_wording().lacking()), *problems)


def example_pack() -> str:
    """The text of the shipped example of a pack, whose comments explain the format."""
    return shipped_text("example-pack.toml")
