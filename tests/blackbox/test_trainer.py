"""The trainer's commands from outside: two windows, crashes, and what is never loaded."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cotutor.content.loader import SHIPPED_PLANS
from tests.blackbox.program import COTUTOR, cotutor
from tests.pseudo_terminal import PseudoTerminal, clean_environment

pytestmark = pytest.mark.blackbox

LAST = re.compile(r"\d\d:\d\d:\d\d  nothing was kept\n\Z")
SESSIONS = len(SHIPPED_PLANS)
"""Lines of the home screen above those beside them."""
NEVER = ("cotutor.vault", "sqlcipher3", "sqlite3", "cryptography", "pyrage", "zxcvbn")


def test_a_workshop_in_lines_runs_alone_to_its_end(tmp_path: Path) -> None:
    env = clean_environment(XDG_RUNTIME_DIR=str(tmp_path))
    tmp_path.chmod(0o700)
    ended = cotutor("workshop", "lunchtime", "--people", "7", "--plain", "--rehearse", "3600", env=env)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("REHEARSAL at 3600 times the speed")
    assert "Part 6 of 6: Close" in ended.stdout
    assert LAST.search(ended.stdout)
    assert list((tmp_path / "cotutor").iterdir()) == []


def test_demonstrations_and_practice_in_lines() -> None:
    ended = cotutor("demo", "the-letter", "--plain", "--rehearse", "3600")
    assert ended.returncode == 0
    assert "An invented conversation. Nobody in it exists" in ended.stdout
    assert LAST.search(ended.stdout)
    ended = cotutor("practise", "--plain", typed="3\n\n\nend\n")
    assert ended.returncode == 0
    assert LAST.search(ended.stdout)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["workshop", "nowhere", "--plain"], 1, 'There is no programme "nowhere"'),
        (["workshop", "half-dya", "--plain"], 1, 'did you mean "half-day"?'),
        (["demo", "nowhere", "--plain"], 1, 'There is no demonstration "nowhere"'),
        (["workshop", "--people", "61"], 2, "whole number from 2 to 60"),
        (["workshop", "--people", "Ana"], 2, "first names are asked for later"),
        (["cards", "nowhere"], 1, 'There is no programme "nowhere"'),
        (["workshop"], 2, "terminal"),
    ],
)
def test_what_can_not_be_had_is_one_line(words: list[str], code: int, said: str) -> None:
    ended = cotutor(*words)
    assert ended.returncode == code
    assert said in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_cards_with_a_timetable_as_text_and_as_one_html_file() -> None:
    text = cotutor("cards", "lunchtime").stdout
    for word in ("LISTENING CUES", "OBSERVER'S TALLY", "Welcome", "I-A"):
        assert word in text
    assert max(map(len, text.splitlines())) <= 78
    html = cotutor("cards", "lunchtime", "--html").stdout
    assert html.startswith("<!DOCTYPE html>")
    assert html.rstrip().endswith("</html>")
    assert "An hour at lunchtime" in html
    assert "<script" not in html


def test_two_windows_a_crash_and_a_restart(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    env = clean_environment(XDG_RUNTIME_DIR=str(tmp_path))
    notice = tmp_path / "cotutor" / "workshop"
    trainer = [COTUTOR, "workshop", "lunchtime", "--people", "4"]
    with PseudoTerminal([COTUTOR, "workshop", "--audience"], env=env) as room:
        room.wait_for("Waiting for the trainer")
        with PseudoTerminal(trainer, env=env) as first:
            _start(first)
            room.wait_for("Eat. Phones away.")
            assert "Your notes" not in room.text
            assert "behind" not in room.text
            pid = json.loads(notice.read_bytes())["pid"]
            assert pid == first.face
            os.kill(pid, signal.SIGKILL)
            first.end()
            assert not notice.exists(), "whatever ended the face, its notice does not outlive it"
        room.screen.reset()
        room.wait_for("Waiting for the trainer")
        with PseudoTerminal(trainer, env=env) as second:
            _start(second)
            second.type("n")
            room.wait_for("What you hear stays here")
            second.type("q")
            second.wait_for("End the workshop for everybody?")
            second.type("y")
            assert second.end() == 0
        room.wait_for("Waiting for the trainer")
        room.type("q")
        assert room.end() == 0
    assert list((tmp_path / "cotutor").iterdir()) == []


def _start(trainer: PseudoTerminal) -> None:
    trainer.wait_for("Start the workshop's clock")
    trainer.type("\r")
    trainer.wait_for("Your notes")


def test_a_tally_is_printed_after_the_program_only_if_that_was_confirmed() -> None:
    with PseudoTerminal([COTUTOR], env=clean_environment()) as observer:
        observer.wait_for("Observer tally")
        observer.type("\x1b[B" * (SESSIONS + 4) + "\r")  # below Reflections and the trainer's three
        observer.wait_for("since the turn began")
        observer.type("ooe\r")
        observer.wait_for("Gone when it closes.")
        observer.type("p")
        observer.wait_for("No file is written.")
        observer.type("y")
        observer.wait_for("It will be printed when cotutor ends.")
        observer.type("\x1b")
        observer.wait_for("Two people, equal turns, one clock.")
        observer.screen.reset()
        observer.type("q")
        assert observer.end() == 0
        assert re.search(r"open question +2 +2  ##", observer.text)
        assert "Borrowed from motivational interviewing" in observer.text


_FULL_SCREEN = """
import asyncio, sys
from pathlib import Path
from cotutor.content.workshop import DEMOS, PROGRAMMES
from cotutor.domain.demonstration import Which
from cotutor.tui.trainer.app import TrainerApp, page
from cotutor.tui.trainer.demo import DemoPage
from cotutor.conversation.trainer.projector import Projector
from cotutor.tui.trainer.workshop_setup import WorkshopSetup
from cotutor.services.clock import clock_at
from tests.fakes import FakeClock
from tests.tui.sitting import Sitting

async def drive(first, keys):
    app = TrainerApp(first, clock_at(1))
    async with app.run_test() as pilot:
        await Sitting(app, pilot, FakeClock()).press(*keys)

demo = DEMOS.named("the-letter").value
asyncio.run(drive(lambda: WorkshopSetup(PROGRAMMES.named("lunchtime").value, Projector(), 5), ["enter", *"nnvnvnnnnnnsopqy"]))
asyncio.run(drive(lambda: DemoPage(demo, Which.HELPFUL, clock_at(1)), [*["right"] * 60, "c", "escape", "w"]))
for what in ("workshop", "demo", "practise", "tally"):
    asyncio.run(drive(lambda: page(what, clock_at(1)), ["enter", "enter", "e"]))
"""
_IN_LINES = """
from cotutor.conversation.trainer.projector import Projector
from cotutor.plain.trainer import start
start.workshop("lunchtime", 5, 3600, Projector())
start.demonstration("the-letter", 3600)
start.practice()
"""


@pytest.mark.parametrize("code", [_FULL_SCREEN, _IN_LINES], ids=["full screen", "lines"])
def test_a_whole_workshop_and_demonstration_never_load_the_vault(code: str) -> None:
    asked = f"{code}\nprint([name for name in sys.modules if name.startswith({NEVER!r})])"
    child = subprocess.run(
        [sys.executable, "-c", "import sys\n" + asked],
        input="",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert child.returncode == 0, child.stderr[-2000:]
    assert child.stdout.splitlines()[-1] == "[]"
