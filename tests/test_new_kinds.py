"""What somebody adds in one file of code is known everywhere: a kind of phase, a part of a prompt pack.

The package is copied, the addition is made in the copy, and the copy is used as a person would use
it: from the command line, in lines, and on the full screen.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cotutor

PACKAGE = Path(cotutor.__file__).parent
REPOSITORY = PACKAGE.parent

_NEW_KIND = '''
    STROLL_OUT = ("stroll-out", Traits(length=Length(7 * MINUTE), headline="Walk", headline_of="{} leads the walk"))
    """Round the building and back."""
'''
_ITS_WORDS = """
[[phases]]
kind = "stroll-out"
line = "Go round the building, in silence."
"""
_PLAN = """
format = 1
name = "walking"
title = "A walk between two turns"

[[phases]]
kind = "turn"
speaker = 1

[[phases]]
kind = "stroll-out"

[[phases]]
kind = "stroll-out"
speaker = 2
length = "3m"

[[phases]]
kind = "turn"
speaker = 2
"""
_NEW_TURN_AND_CLOSE = '''
    ALOUD = (
        "aloud",
        Traits(
            length=Length(MINUTE),
            headline="Thinking aloud",
            headline_of="{} thinks aloud",
            time_up="{} has thought for long enough.",
            is_turn=True,
            announces_parts=True,
        ),
    )
    """A turn by another name."""
    PARTING = ("parting", Traits(length=Length(MINUTE), headline="Parting", closes=True))
    """A close by another name."""
'''
_ALOUD = """
format = 1
name = "aloud"
title = "A turn and a close by other names"

[[phases]]
kind = "turn"
speaker = 1

[[phases]]
kind = "aloud"
speaker = 2

[[phases]]
kind = "parting"
"""
_ON_THE_SCREEN = """
import asyncio, sys
from pathlib import Path

sys.path.append({repository!r})

import cotutor
from cotutor.content.loader import PLANS
from cotutor.services.folders import config_folder
from tests.tui.sitting import sitting

assert Path(cotutor.__file__).is_relative_to(Path.cwd()), cotutor.__file__


async def look():
    async with sitting(plan=PLANS.named({plan!r}).value, quick=True, config_folder=config_folder()) as two:
        while two.where != "Home":
            print(two.shown)
            await two.press("n")


asyncio.run(look())
"""

_NEW_PART = '''
class ThanksChanges(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to the thanks at the end."""

    line: Line


def _thanks_applied(guidance: Guidance, change: ThanksChanges) -> Guidance:
    closing = replace(guidance.wording.closing, appreciation=change.line)
    return replace(guidance, wording=replace(guidance.wording, closing=closing))


def _thanks_rules(change: ThanksChanges, _guidance: Guidance) -> Iterator[str]:
    if "advice" in change.line:
        yield "thanks.line: nobody is thanked for advice"


_THANKS = Part(
    key="thanks",
    about=lambda _guidance: "the thanks at the end",
    shown=lambda guidance: (Passage((guidance.wording.closing.appreciation,), "THANKS"),),
    change=ThanksChanges,
    applied=_thanks_applied,
    rules=_thanks_rules,
)


PARTS: tuple[Part, ...] = (
    _THANKS,
'''
_PACK = """
format = 1
name = "scheme"
title = "A scheme"

[thanks]
line = "Thank each other for the silence."
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package, in a folder of its own."""
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "cotutor", ignore=without)
    return tmp_path


def add(copy: Path, name: str, addition: str) -> None:
    """Add to the end of one of the package's files."""
    with (copy / "cotutor" / name).open("a", encoding="utf-8") as file:
        file.write(addition)


def changed(copy: Path) -> list[str]:
    """The files of code that are not as in the package."""
    files = sorted(copy.rglob("*.py"))
    return [
        path.relative_to(copy).as_posix()
        for path in files
        if path.read_bytes() != (REPOSITORY / path.relative_to(copy)).read_bytes()
    ]


def run(copy: Path, *words: str) -> str:
    """What the copied program writes; it must succeed."""
    command = [sys.executable, *words]
    done = subprocess.run(
        command, cwd=copy, capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(copy: Path, pack: str) -> str:
    """What the copied program says is wrong with a pack."""
    command = [sys.executable, "-m", "cotutor", "prompts", "check", pack]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1, done.stdout
    return done.stderr


def in_lines(copy: Path, plan: str) -> str:
    """A whole session in line mode."""
    return run(copy, "-m", "cotutor", "session", "--plain", "--quick", "--rehearse", "3600", plan)


def on_the_screen(copy: Path, plan: str) -> str:
    """A whole session on the full screen, each phase as it is drawn."""
    return run(copy, "-c", _ON_THE_SCREEN.format(repository=str(REPOSITORY), plan=plan))


def test_a_kind_of_phase_is_added_in_one_file_of_code_and_runs_in_both_faces(copy: Path) -> None:
    add(copy, "domain/phase_kinds.py", _NEW_KIND)
    add(copy, "content/wording.toml", _ITS_WORDS)
    (copy / "walking.toml").write_text(_PLAN, encoding="utf-8")

    assert run(copy, "-m", "cotutor", "plans", "check", "walking.toml") == "No mistakes.\n"
    lines = in_lines(copy, "walking.toml")
    screen = on_the_screen(copy, "walking.toml")

    assert "Walk: 7 minutes. Go round the building, in silence." in lines
    assert "B leads the walk: 3 minutes. Go round the building, in silence." in lines
    for shown in ("Walk", "B leads the walk", "Go round the building, in silence."):
        assert shown in screen
    assert changed(copy) == ["cotutor/domain/phase_kinds.py"]


def test_what_a_new_kind_of_phase_is_like_decides_what_is_done_in_it(copy: Path) -> None:
    add(copy, "domain/phase_kinds.py", _NEW_TURN_AND_CLOSE)
    (copy / "aloud.toml").write_text(_ALOUD, encoding="utf-8")

    lines = in_lines(copy, "aloud.toml")
    screen = on_the_screen(copy, "aloud.toml")

    for shown in ("B thinks aloud", "A listens", "Parting", "B: 20:00 of 20:00 planned"):
        assert shown in lines
    assert "B has thought for long enough." in lines
    assert "Listener: never bring it up again, unless the speaker does." in lines
    assert "B thinks aloud" in screen
    assert changed(copy) == ["cotutor/domain/phase_kinds.py"]


def test_a_kind_of_phase_without_words_is_named_by_the_checker_and_runs_all_the_same(copy: Path) -> None:
    add(copy, "domain/phase_kinds.py", _NEW_KIND)
    (copy / "walking.toml").write_text(_PLAN, encoding="utf-8")

    lines = in_lines(copy, "walking.toml")
    screen = on_the_screen(copy, "walking.toml")
    listed = run(copy, "-m", "cotutor", "prompts", "list")

    assert "Walk: 7 minutes." in lines
    assert "B leads the walk" in screen
    assert "wording.toml: phases: the kind stroll-out has no words" in listed


def test_a_part_of_a_prompt_pack_is_added_in_one_file_of_code_and_holds_in_both_faces(
    copy: Path, home: Path
) -> None:
    code = copy / "cotutor" / "content" / "packs.py"
    before, opening, after = code.read_text(encoding="utf-8").partition("PARTS: tuple[Part, ...] = (\n")
    assert opening
    code.write_text(before + _NEW_PART.lstrip() + after, encoding="utf-8")
    prompts = home / ".config" / "cotutor" / "prompts"
    prompts.mkdir(parents=True)
    (prompts / "scheme.toml").write_text(_PACK, encoding="utf-8")
    bad = _PACK.replace("the silence", "the advice") + "lien = 1\n"
    (copy / "misspelt.toml").write_text(bad, encoding="utf-8")
    (copy / "bad.toml").write_text(bad.replace("lien = 1\n", ""), encoding="utf-8")

    assert run(copy, "-m", "cotutor", "prompts", "check") == "No mistakes in your own: scheme.\n"
    assert "thanks.lien: there is no such key" in refused(copy, "misspelt.toml")
    assert "thanks.line: nobody is thanked for advice" in refused(copy, "bad.toml")
    assert "  thanks      the thanks at the end\n" in run(copy, "-m", "cotutor", "prompts", "list")
    shown = run(copy, "-m", "cotutor", "prompts", "show", "thanks")
    assert shown == "THANKS\nThank each other for the silence.\n"
    assert "Thank each other for the silence." in in_lines(copy, "pair")
    assert "Thank each other for the silence." in on_the_screen(copy, "pair")
    assert changed(copy) == ["cotutor/content/packs.py"]
