"""A person's own files, good, broken and out of reach: the same comes of them in every face."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.screen import Screen
from textual.widgets import OptionList, Static

import cotutor.content
from cotutor.content.loader import PLANS
from cotutor.tui.trainer.demo_menu import DemoMenu
from cotutor.tui.trainer.workshop_setup import WorkshopMenu
from tests.blackbox.program import cotutor as program
from tests.tui.sitting import sitting
from tests.tui.trainer.room import trainer

SHIPPED = Path(cotutor.content.__file__).parent
OURS = "Ours and no other's"


class Kind(NamedTuple):
    """A kind of file that a person can have of their own."""

    folder: str
    name: str
    lines: tuple[str, ...]
    """The words that show it in the line mode."""
    listed: tuple[str, ...]
    """The words that print it; none if no command does."""


PLAN = Kind("plans", "pair", ("session",), ("plans", "list"))
KINDS = (
    PLAN,
    Kind("programmes", "half-day", ("workshop",), ("cards", "half-day")),
    Kind("demos", "two-posts", ("demo",), ()),
    Kind("prompts", "scheme", ("session",), ("prompts", "show", "agreement")),
)


def _text(kind: Kind) -> str:
    if kind.folder == "prompts":
        return f'format = 1\nname = "scheme"\ntitle = "A"\n[agreement]\nlimits = ["{OURS}"]\n'
    shipped = (SHIPPED / kind.folder / f"{kind.name}.toml").read_text(encoding="utf-8")
    titled = re.sub('(?m)^title = ".*"$', f'title = "{OURS}"', shipped, count=1)
    return titled.replace('people = ["A", "B"]', f'people = ["{OURS}", "B"]') if kind is PLAN else titled


def _replaces(kind: Kind, folder: Path) -> tuple[str, ...]:
    folder.mkdir()
    (folder / f"{kind.name}.toml").write_text(_text(kind), encoding="utf-8")
    return ()


def _broken(kind: Kind, folder: Path) -> tuple[str, ...]:
    folder.mkdir()
    path = folder / f"{kind.name}.toml"
    path.write_text(f"{_text(kind)}\nnonsense = 1\n", encoding="utf-8")
    return (str(path),)


def _out_of_reach(_kind: Kind, folder: Path) -> tuple[str, ...]:
    folder.symlink_to(folder.name)
    return (str(folder),)


async def _on_screen(kind: Kind, config: Path) -> tuple[str, str]:
    """What the full screen shows of the kind, and what it says is left out."""
    menus: dict[str, Callable[[], Screen[None]]] = {"programmes": WorkshopMenu, "demos": DemoMenu}
    if kind.folder == "prompts":
        async with sitting((100, 60), plan=PLANS.named("pair").value, config_folder=config) as two:
            return two.shown, " ".join(each.message for each in two.app._notifications)
    if kind is PLAN:
        async with sitting((100, 60), config_folder=config) as two:
            return _menu(two.app.screen)
    async with trainer(lambda _clock: menus[kind.folder](), (100, 60), config_folder=config) as room:
        return _menu(room.app.screen)


def _menu(screen: Screen[object]) -> tuple[str, str]:
    options = screen.query_one(OptionList).options
    return " ".join(str(each.prompt) for each in options), str(screen.query_one("#problems", Static).content)


def _plain(text: str) -> str:
    """Without what differs by the width and the style of a face."""
    return "".join(text.split()).casefold()


@pytest.mark.parametrize("state", [_replaces, _broken, _out_of_reach])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
async def test_ones_own_file_means_the_same_in_every_face(
    kind: Kind, state: Callable[[Kind, Path], tuple[str, ...]], home: Path
) -> None:
    config = home / ".config" / "cotutor"
    config.mkdir(parents=True)
    left_out = [f"Left out: {path}: " for path in state(kind, config / kind.folder)]
    shown, problems = await _on_screen(kind, config)
    lines = program(*kind.lines, "--plain", typed="\nleave\n" if kind.lines == ("session",) else "leave\n")
    seen = [(shown, problems), (lines.stdout, lines.stdout)]
    if kind.listed:
        printed = program(*kind.listed)
        assert printed.returncode == 0
        seen.append((printed.stdout, printed.stdout + printed.stderr))
    for text, problems in seen:
        assert (_plain(OURS) in _plain(text)) is not bool(left_out)
        assert all(_plain(line) in _plain(problems) for line in left_out)
        assert bool(left_out) == ("Left out" in problems)


def test_a_plan_with_mistakes_stops_only_whoever_asks_for_it_by_name(home: Path) -> None:
    folder = home / ".config" / "cotutor" / "plans"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text("format = 9")
    refused = program("session", "mine", "--plain")
    assert refused.returncode == 1
    assert "mine.toml: format: the file is in format 9" in refused.stderr
    assert program("session", "--plain", typed="leave\n").returncode == 0


async def test_many_mistakes_take_one_line_where_a_session_begins_and_are_all_printed_where_they_are_asked_for(
    home: Path,
) -> None:
    config = home / ".config" / "cotutor"
    (config / "prompts").mkdir(parents=True)
    wrong = '[cues]\nadd = ["too short"]\nrepalce = true\n'
    (config / "prompts" / "scheme.toml").write_text(f'format = 1\nname = "scheme"\ntitle = 7\n{wrong}')
    lines = program("session", "--plain", "--quick", "--rehearse", "3600").stdout
    assert len(re.findall(r"^Left out: .*\(and 2 more\)$", lines, re.MULTILINE)) == 1
    assert lines.count("scheme.toml") == 1
    async with sitting(config_folder=config, plan=PLANS.named("pair").value, quick=True) as two:
        toasts = [note.message for note in two.app._notifications]
        assert len(toasts) == 1
        assert toasts[0].count("scheme.toml") == 1
        assert "(and 2 more)" in toasts[0]
    assert program("prompts", "check").stderr.count("scheme.toml") >= 3
