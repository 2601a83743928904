import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.blackbox.program import COTUTOR, cotutor

pytestmark = pytest.mark.blackbox

PLAN = (Path(__file__).parents[2] / "cotutor" / "content" / "plans" / "pair.toml").read_text()


def shell(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", script],
        env={**os.environ, "COTUTOR": COTUTOR},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_module_and_the_command_are_one() -> None:
    module = subprocess.run(
        [sys.executable, "-m", "cotutor", "--version"], capture_output=True, text=True, check=True
    )
    assert module.stdout == cotutor("--version").stdout == "cotutor 0.1.0\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["sesion"], 2),
        (["session", "--plain", "--turn", "nonsense"], 2),
        (["session", "--plain", "--mode"], 2),
        (["session", "--plain", "nosuchplan"], 1),
        (["session", "--plain", "--turn", "4h"], 1),
        (["session", "--plain", "--warn", "25m"], 1),
        (["session", "--plain", "--first", "C"], 1),
        (["session", "--plain", "--as", "Ana"], 1),
        (["session", "--plain", "--as", "Ana", "ANA"], 1),
        (["session", "thinking-pair", "--plain", "--mode", "challenge"], 1),
        (["plans", "check", "/nowhere.toml"], 1),
        (["prompts", "show", "nothing"], 1),
    ],
)
def test_what_is_wrong_is_one_line_on_standard_error(words: list[str], code: int) -> None:
    ended = cotutor(*words)
    assert ended.returncode == code
    assert ended.stderr.startswith("cotutor: ")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("", "format"),
        ("format = 1\nname =", "plan.toml"),
        (PLAN.replace('"20m"', '"20 parsecs"'), "turn"),
        (PLAN.replace("speaker = 2", "speaker = 3"), "speaker"),
        (PLAN + "\x1b]0;owned\x07 = 1", "plan.toml"),
        (PLAN + "[phases.a" + ".a" * 9_000 + "]", "plan.toml"),
        (PLAN + "# " + "x" * 70_000, "plan.toml"),
    ],
)
def test_a_bad_plan_is_told_and_never_acts(plan: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(plan)
    for words in (["session", str(path), "--plain", "--quick"], ["plans", "check", str(path)]):
        ended = cotutor(*words)
        assert (ended.returncode, ended.stdout) == (1, "")
        assert said in ended.stderr
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", ended.stderr)
        assert "Traceback" not in ended.stderr


def test_a_plan_from_a_file_runs(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(PLAN.replace('name = "pair"', 'name = "ours"').replace('"20m"', '"3m"'))
    ended = cotutor("session", str(path), "--plain", "--quick", "--rehearse", "3600")
    assert ended.returncode == 0
    assert "A speaks, B listens: 3 minutes." in ended.stdout
    assert ended.stdout.startswith("REHEARSAL")


def test_a_reader_that_stops_early_is_no_problem() -> None:
    ended = shell('("$COTUTOR" cards; echo "code $?" >&2) | head -n 1')
    assert ended.stdout.count("\n") == 1
    assert re.fullmatch(r"code (0|141)\n", ended.stderr)


def test_with_output_closed_nothing_breaks() -> None:
    ended = shell('"$COTUTOR" plans >&-; echo "code $?"')
    assert (ended.stdout, ended.stderr) == ("code 0\n", "")


@pytest.mark.parametrize("words", ["plans", "plans show pair", "prompts show cues", "cards", "plans check"])
def test_with_error_output_closed_nothing_breaks(words: str) -> None:
    ended = shell(f'"$COTUTOR" {words} 2>&-; echo "code $?"')
    assert ended.stdout.endswith("\ncode 0\n")


def test_a_full_disk_is_no_traceback() -> None:
    ended = shell('"$COTUTOR" cards > /dev/full; echo "code $?"')
    assert ended.stdout == "code 1\n"
    assert ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr


def test_in_any_locale_the_output_is_utf8(tmp_path: Path) -> None:
    env = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    ended = cotutor("session", "--plain", "--as", "Zoë", "Ændré", typed="leave\n", env=env)
    assert "Zoë speaks first, then Ændré." in ended.stdout


def test_commands_that_print_write_no_file(home: Path) -> None:
    for words in (["plans"], ["prompts", "show", "cues"], ["cards"], ["--help"], ["plans", "check"]):
        assert cotutor(*words).returncode == 0
    assert list(home.iterdir()) == []
