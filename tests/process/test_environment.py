"""The clean environment, from inside and as a program that starts itself again."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotutor.process.environment import _can_be_repeated, acting
from tests.pseudo_terminal import ROOT, clean_environment

SHOW = (
    "import os, sys, json; starts = len(sys.orig_argv); from cotutor.process.environment import scrub; scrub(); "
    "mask = os.umask(0); "
    "print(json.dumps({'names': sorted(os.environ), 'inspect': sys.flags.inspect, 'dev': sys.flags.dev_mode, "
    "'mask': mask, 'arguments': sys.argv, 'pid': os.getpid()}))"
)


def shown(*arguments: str, **env: str) -> tuple[dict[str, object], subprocess.CompletedProcess[str]]:
    done = subprocess.run(
        [sys.executable, "-c", SHOW, *arguments],
        env=clean_environment(**env),
        cwd=ROOT,
        capture_output=True,
        text=True,
        input="",
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1]), done


def test_what_could_tell_or_write_is_gone_and_the_rest_stays() -> None:
    seen, done = shown(
        TEXTUAL="devtools",
        TEXTUAL_LOG="x",
        PYTHONHASHSEED="3",
        COLUMNS="9",
        LINES="9",
        NO_COLOR="1",
        HOME="/nowhere",
    )
    names = set(seen["names"]) if isinstance(seen["names"], list) else set()
    assert not {name for name in names if name.startswith(("TEXTUAL", "PYTHON"))}
    assert not names & {"COLUMNS", "LINES"}
    assert {"NO_COLOR", "TERM", "LANG", "HOME"} <= names
    assert done.stderr == ""


@pytest.mark.parametrize(
    "name", ["PYTHONINSPECT", "PYTHONDEVMODE", "PYTHONTRACEMALLOC", "PYTHONINVENTEDLATER"]
)
def test_what_has_acted_already_is_undone_by_a_second_start(name: str) -> None:
    seen, done = shown("an argument", "--and", "another", **{name: "1"})
    assert (seen["inspect"], seen["dev"]) == (0, False)
    assert seen["arguments"] == ["-c", "an argument", "--and", "another"]
    assert ">>>" not in done.stderr


def test_the_file_mask_is_private() -> None:
    seen, _ = shown()
    assert seen["mask"] == 0o077


def test_a_wrapper_that_sets_the_variable_each_time_does_not_loop_and_the_process_stays_the_same() -> None:
    wrapper = (
        "import os; starts = int(os.environ.get('STARTS', 0)) + 1; print(starts, os.getpid(), flush=True)\n"
        "if starts > 3: os._exit(9)\n"
        "os.environ.update(STARTS=str(starts), PYTHONDEVMODE='1')\n"
        "from cotutor.process.environment import scrub; scrub(); print(sorted(os.environ))"
    )
    done = subprocess.run(
        [sys.executable, "-c", wrapper],
        env=clean_environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    first, second, names = done.stdout.splitlines()
    assert (first.split()[0], second.split()[0]) == ("1", "2")
    assert first.split()[1] == second.split()[1]
    assert "COTUTOR" not in names
    assert "PYTHONDEVMODE" not in names


def test_a_mark_left_in_somebodys_profile_switches_nothing_off() -> None:
    seen, _ = shown(PYTHONDEVMODE="1", COTUTOR_STARTED_AGAIN="1")
    assert seen["dev"] is False


def test_an_isolated_interpreter_has_heard_nothing_and_is_not_started_again() -> None:
    started = "import os; print('start'); "
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            started + SHOW.replace("from cotutor", "sys.path.append(os.getcwd()); from cotutor"),
        ],
        env=clean_environment(PYTHONDEVMODE="1"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("start\n") == 1


def test_a_program_read_from_a_pipe_is_not_started_again() -> None:
    done = subprocess.run(
        [sys.executable, "-"],
        input=SHOW,
        env=clean_environment(PYTHONDEVMODE="1"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["arguments"] == ["-"]


def test_an_interpreter_that_reads_from_a_prompt_or_is_not_known_cannot_be_repeated() -> None:
    assert _can_be_repeated("/usr/bin/python", ["-m", "cotutor"])
    assert not _can_be_repeated("", ["-m", "cotutor"])
    assert not _can_be_repeated("/usr/bin/python", [])
    assert not _can_be_repeated("/usr/bin/python", ["-I", "-"])


def test_what_says_where_python_is_or_does_no_harm_is_not_worth_a_second_start() -> None:
    harmless = {"PYTHONHOME", "PYTHONNOUSERSITE", "PYTHONUTF8", "PYTHONIOENCODING", "PYTHONHASHSEED"}
    assert acting(dict.fromkeys(harmless, "1")) == set()
    harmless_and_path = {**dict.fromkeys(harmless, "1"), "PYTHONPATH": str(ROOT)}
    assert acting({**harmless_and_path, "PYTHONSTARTUP": "x"}) == {"PYTHONSTARTUP"}


def test_python_path_stays_only_if_the_program_is_found_by_it() -> None:
    assert acting({"PYTHONPATH": "/elsewhere"}) == {"PYTHONPATH"}
    assert acting({"PYTHONPATH": f"/elsewhere{os.pathsep}{ROOT}"}) == set()
    assert acting({"PYTHONPATH": ""}) == {"PYTHONPATH"}


@given(st.dictionaries(st.text(st.characters(codec="ascii", categories=["Lu"]), max_size=8), st.text()))
def test_other_peoples_variables_never_act(environ: dict[str, str]) -> None:
    assert acting({name: value for name, value in environ.items() if not name.startswith("PYTHON")}) == set()


def test_where_exec_lets_go_of_the_console_the_program_is_run_as_a_child_and_its_exit_code_handed_on() -> (
    None
):
    windows = (
        "import os, sys\n"
        "from cotutor.process import environment\n"
        "sys.orig_argv = ['python', '-c', 'import os, sys; "
        'print(sorted(n for n in os.environ if n.startswith(("PYTHON", "COTUTOR")))); sys.exit(7)\']\n'
        "os.name = 'nt'\n"
        "import subprocess\n"
        "environment.scrub()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", windows],
        env=clean_environment(PYTHONDEVMODE="1"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("['COTUTOR_STARTED_AGAIN']\n", 7)
