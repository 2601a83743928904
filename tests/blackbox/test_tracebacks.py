"""A traceback is shown to whoever starts the program by `tests.with_tracebacks`, and to nobody else."""

import fnmatch
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.blackbox.faulty import UNSEEN
from tests.blackbox.program import QUICK, cotutor
from tests.blackbox.sitting_at import FullScreen
from tests.pseudo_terminal import ROOT, clean_environment

pytestmark = pytest.mark.blackbox

FULL_SCREEN = ["session", "--quick"]
TRACEBACK = "Traceback (most recent call last)"
ONE_LINE = "cotutor stopped because of a fault in itself (LookupError at "

HOSTILE = {
    "PYTHONFAULTHANDLER": "1",
    "PYTHONDEVMODE": "1",
    "PYTHONTRACEMALLOC": "25",
    "PYTHONINSPECT": "1",
    "PYTHONASYNCIODEBUG": "1",
    "PYTHONWARNINGS": "error",
    "PYTHONBREAKPOINT": "traceback.print_stack",
    "PYTHONSTARTUP": str(ROOT / "tests" / "with_tracebacks.py"),
    "TEXTUAL": "debug,devtools",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_LOG": "/dev/stderr",
    "COTUTOR_STARTED_AGAIN": "1",
    "COTUTOR_DEBUG": "1",
    "COTUTOR_TRACEBACK": "1",
    "COTUTOR_TRACEBACKS": "1",
    "COTUTOR_DEV": "1",
    "RICH_TRACEBACK": "1",
    "DEBUG": "1",
}


def those_with(prefix: str | tuple[str, ...]) -> dict[str, str]:
    return {name: value for name, value in HOSTILE.items() if name.startswith(prefix)}


def faulty(how: str, what: str, *words: str) -> list[str]:
    return [sys.executable, "-m", "tests.blackbox.faulty", how, what, *words]


def in_lines(how: str, what: str, env: Mapping[str, str] | None = None) -> "subprocess.Popen[str]":
    """A session in lines that is given one command."""
    return subprocess.Popen(
        faulty(how, what, *QUICK),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=env or clean_environment(),
    )


@pytest.mark.parametrize(
    ("what", "function"), [("face", "send"), ("guard", "run_guarded"), ("hook", "succeeds")]
)
def test_a_developer_sees_the_traceback_in_lines(what: str, function: str) -> None:
    _, errors = in_lines("shown", what).communicate("next\n", timeout=60)
    assert TRACEBACK in errors
    assert f"{UNSEEN} in a message" in errors
    assert errors.rstrip().endswith(f"LookupError: {UNSEEN} in a message")
    assert function in errors


def test_a_developer_sees_the_traceback_once_the_full_screen_is_gone() -> None:
    with FullScreen(*FULL_SCREEN, command=faulty("shown", "face")) as terminal:
        terminal.wait_for("Settle")
        terminal.type("n")
        assert terminal.end() == 1
        assert terminal.text.index(ONE_LINE) < terminal.text.index(TRACEBACK)
        assert f"LookupError: {UNSEEN} in a message" in terminal.text
        assert terminal.echoes


def test_no_variable_shows_a_traceback_in_lines() -> None:
    # One that has acted on Python has the program start again without any: so those that have not are tried alone.
    together = ("PYTHON", "TEXTUAL", "COTUTOR", ("RICH", "DEBUG"), "PYTHONFAULTHANDLER", "PYTHONDEVMODE")
    started = {
        (prefix, what): in_lines("hidden", what, clean_environment(**those_with(prefix)))
        for prefix, what in (*((prefix, "face") for prefix in together), ("PYTHONFAULTHANDLER", "crash"))
    }
    for (prefix, what), process in started.items():
        output, errors = process.communicate("next\n", timeout=120)
        expected = "cotutor stopped unexpectedly." if what == "crash" else ONE_LINE
        assert errors.startswith(expected), prefix
        assert errors.count("\n") == 1, (prefix, errors)
        assert UNSEEN not in output + errors, prefix


def test_no_variable_shows_a_traceback_on_the_full_screen() -> None:
    with ExitStack() as stack:
        terminals = [
            stack.enter_context(
                FullScreen(*FULL_SCREEN, command=faulty("hidden", "face"), env=clean_environment(**variables))
            )
            for variables in (HOSTILE, those_with(("TEXTUAL", "COTUTOR")))
        ]
        for terminal in terminals:
            terminal.wait_for("Settle")
            terminal.type("n")
            assert terminal.end() == 1
            assert ONE_LINE in terminal.text
            assert TRACEBACK not in terminal.text
            assert UNSEEN.encode() not in terminal.raw


@pytest.mark.parametrize("word", ["--traceback", "--tracebacks", "--debug", "--dev", "--verbose", "-v"])
def test_no_argument_asks_for_a_traceback(word: str) -> None:
    assert cotutor("session", "--plain", word).returncode == 2


def test_an_installed_copy_has_nothing_to_ask_for_one() -> None:
    packaging = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    folders = [folder.name for folder in ROOT.iterdir() if folder.is_dir() and folder.name.isidentifier()]
    included = packaging["packages"]["find"]["include"]
    assert [name for name in folders if any(fnmatch.fnmatch(name, one) for one in included)] == ["cotutor"]
    assert set(packaging["package-data"]) == {"cotutor"}
    assert "py-modules" not in packaging


def test_nothing_in_the_package_can_print_a_traceback() -> None:
    words = (
        "with_tracebacks",
        "import traceback",
        "from traceback",
        "faulthandler",
        "print_exc",
        "format_exc",
    )
    found = [
        (file.name, word)
        for file in Path(ROOT / "cotutor").rglob("*.py")
        for word in words
        if word in file.read_text(encoding="utf-8")
    ]
    assert found == []
