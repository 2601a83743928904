"""What a trainer loads: programmes, demonstrations and practice, shipped or a person's own.

A person's own programmes are ``programmes/*.toml`` in the configuration folder, and their own
demonstrations ``demos/*.toml``.
"""

from collections.abc import Iterator
from itertools import pairwise

from cotutor.content.checking import load_shipped
from cotutor.content.plan_rules import broken_rules as plan_rules
from cotutor.content.shelf import Shelf
from cotutor.domain.demonstration import Script, Spoken, Version, Which
from cotutor.domain.duration import MINUTE, short
from cotutor.domain.practice import Practice
from cotutor.domain.programme import Item, ItemKind, Programme, expand
from cotutor.domain.rotation import LONGEST_ROTATION

SHIPPED_PROGRAMMES = (
    "half-day",
    "one-day",
    "lunchtime",
    "stage-one",
    "masterclass",
    "action-learning-set",
)
"""The programmes of this package; the first is used when none is named."""
SHIPPED_DEMOS = ("two-posts", "the-letter", "thursday-round", "not-tomorrow")
"""The demonstrations of this package; the first is used when none is named."""

LONGEST_LINE = MINUTE
"""No line of a demonstration is said, and no silence kept, for longer than this."""


def programme_rules(programme: Programme) -> list[str]:
    """What a programme must be beyond its types; a line for each mistake."""
    lines = [line for number, item in enumerate(programme.items, start=1) for line in _item(item, number)]
    if programme.fewest > programme.most:
        lines.append("fewest: is more than most")
    for number, (before, item) in enumerate(pairwise(programme.items), start=2):
        if item.day not in (before.day, before.day + 1):
            lines.append(f"items[{number}].day: follows day {before.day}, so it is {before.day} or the next")
    if programme.items[0].day != 1:
        lines.append("items[1].day: the first day is 1")
    return lines or [*_totals(programme)]


def _item(item: Item, number: int) -> Iterator[str]:
    at = f"items[{number}]"
    if item.turns and item.length:
        yield f"{at}.length: a round's length follows from its turns ({short(item.turns.length)}); leave it out"
    if not item.turns and not item.length:
        key = "turns" if item.kind is ItemKind.ROUND else "length"
        yield f"{at}.{key}: is missing"
    if item.kind is ItemKind.ROUND and item.length and not item.turns:
        yield f"{at}.turns: is missing; a round consists of turns"
    if item.demo and item.kind is not ItemKind.DEMONSTRATION:
        yield f"{at}.demo: only a demonstration plays one, and this is {item.kind}"


def _totals(programme: Programme) -> Iterator[str]:
    """What follows from all items together, once each of them is sound."""
    total = sum(item.lasts for item in programme.items)
    if total != programme.length:
        yield f"length: found {short(programme.length)}; the items add up to {short(total)}"
    sections = expand(programme)
    if max(section.round or 0 for section in sections) > LONGEST_ROTATION:
        yield f"items: more than {LONGEST_ROTATION} rounds with new groups"
    for number, section in enumerate(sections, start=1):
        if section.round:
            yield from (f"items[{number}]: {line}" for line in plan_rules(section.plan))


def script_rules(script: Script) -> list[str]:
    """What a demonstration must be beyond its types; a line for each mistake."""
    lines = [*_spoken(script.opening, "opening")]
    if script.speaker.name.casefold() == script.listener.name.casefold():
        lines.append("listener.name: both people have the same name")
    for which in Which:
        version = script.version(which)
        lines += [
            *_spoken(version.lines, f"{which}.lines"),
            *_stops(version, len(script.lines(which)), which),
        ]
    return lines


def _spoken(lines: tuple[Spoken, ...], at: str) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if line.who == "listener" and line.skill is None:
            yield f"{at}[{number}].skill: is missing; every line of the listener shows a skill, or the lack of one"
        if line.who == "speaker" and line.skill is not None:
            yield f"{at}[{number}].skill: the speaker shows no skill; leave it out"
        if line.lasts > LONGEST_LINE:
            yield f"{at}[{number}].wait: found {short(line.lasts)}; allowed is at most {short(LONGEST_LINE)}"


def _stops(version: Version, count: int, which: Which) -> Iterator[str]:
    before = 0
    for number, stop in enumerate(version.stops, start=1):
        at = f"{which}.stops[{number}]"
        if stop.after > count:
            yield f"{at}.after: found {stop.after}; this version has {count} lines, with the opening"
        if stop.after <= before:
            yield f"{at}.after: stops come in order, each after a line of its own"
        before = stop.after
        if len({choice.helps for choice in stop.choices}) < 2:
            yield f"{at}.choices: at least one should help, and at least one hinder"


PROGRAMMES = Shelf("programme", "programmes", Programme, SHIPPED_PROGRAMMES, programme_rules)
"""All programmes."""
DEMOS = Shelf("demonstration", "demos", Script, SHIPPED_DEMOS, script_rules)
"""All demonstrations."""


def load_practice() -> Practice:
    """The exercises for practising alone."""
    return load_shipped("practice.toml", Practice)
