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
    WALK = ("walk", Traits(length=Length(7 * MINUTE), headline="Walk", headline_of="{} leads the walk"))
    """Round the building and back."""
'''
_ITS_WORDS = """
[[phases]]
kind = "walk"
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
kind = "walk"

[[phases]]
kind = "walk"
speaker = 2
length = "3m"

[[phases]]
kind = "turn"
speaker = 2
"""
_ON_THE_SCREEN = """
import asyncio, sys
from pathlib import Path

sys.path.append({repository!r})

import cotutor
from cotutor.content.loader import load_plan
from tests.tui.sitting import sitting

assert Path(cotutor.__file__).is_relative_to(Path.cwd()), cotutor.__file__


async def look():
    async with sitting(plan=load_plan("walking.toml"), quick=True) as two:
        while two.where != "Home":
            print(two.shown)
            await two.press("n")


asyncio.run(look())
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


def test_a_kind_of_phase_is_added_in_one_file_of_code_and_runs_in_both_faces(copy: Path) -> None:
    add(copy, "domain/phase_kinds.py", _NEW_KIND)
    add(copy, "content/wording.toml", _ITS_WORDS)
    (copy / "walking.toml").write_text(_PLAN, encoding="utf-8")

    assert run(copy, "-m", "cotutor", "plans", "check", "walking.toml") == "No mistakes.\n"
    lines = run(copy, "-m", "cotutor", "session", "--plain", "--quick", "--rehearse", "3600", "walking.toml")
    screen = run(copy, "-c", _ON_THE_SCREEN.format(repository=str(REPOSITORY)))

    assert "Walk: 7 minutes. Go round the building, in silence." in lines
    assert "B leads the walk: 3 minutes. Go round the building, in silence." in lines
    for shown in ("Walk", "B leads the walk", "Go round the building, in silence."):
        assert shown in screen
    assert changed(copy) == ["cotutor/domain/phase_kinds.py"]


def test_a_kind_of_phase_without_words_is_named_by_the_checker_and_runs_all_the_same(copy: Path) -> None:
    add(copy, "domain/phase_kinds.py", _NEW_KIND)
    (copy / "walking.toml").write_text(_PLAN, encoding="utf-8")

    lines = run(copy, "-m", "cotutor", "session", "--plain", "--quick", "--rehearse", "3600", "walking.toml")
    screen = run(copy, "-c", _ON_THE_SCREEN.format(repository=str(REPOSITORY)))
    listed = run(copy, "-m", "cotutor", "prompts", "list")

    assert "Walk: 7 minutes." in lines
    assert "B leads the walk" in screen
    assert "wording.toml: phases: the kind walk has no words" in listed
