"""How findings are printed: grouped, counted, clean, and as wide as the terminal."""

import re
from pathlib import Path

import pytest

from cotutor.cli.doctor import as_lines
from cotutor.services import doctor
from cotutor.services.doctor import Finding, State

# The fence is tried in a child, and a runner of tests may have threads, which newer Pythons warn of.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.mark.parametrize(("columns", "widest"), [(40, 40), (59, 59), (60, 60), (80, 78), (200, 78)])
def test_lines_are_grouped_counted_clean_and_fit_the_terminal(
    columns: int, widest: int, tmp_path: Path
) -> None:
    strange = tmp_path / "v\x1b]0;x\x07ault"
    environ = {"TMUX": "x", "STY": "x", "SSH_TTY": "x", "TERM": "xterm"}
    found = doctor.findings(strange, tmp_path / "c\x9bonfig", environ)
    lines = list(as_lines(found, columns))
    heads = [line for line in lines if line.endswith(":") and not line.startswith(" ")]
    assert heads == ["Protects you:", "Does not protect you:", "Cannot be known:", "Good to know:"]
    assert all(line.isprintable() for line in lines)
    assert all(len(line) <= widest or str(tmp_path) in line for line in lines if "compileall" not in line)
    count = " ".join(lines).rpartition("In all: ")[2]
    assert sum(map(int, re.findall(r"\d+", count))) == len(found)


def test_what_is_to_be_copied_stays_in_one_piece() -> None:
    path = "/home/ana/" + "deep/" * 20
    lines = list(as_lines([Finding("vault", State.DOES_NOT, "Open.", f"chmod -R go= {path}")]))
    assert any(line.endswith(path) for line in lines)
    assert lines[:2] == ["Does not protect you:", "  vault            Open."]
    assert lines[-1] == "In all: 0 protect you, 1 do not, 0 cannot be known, 0 good to know."


def test_in_a_narrow_terminal_the_name_has_a_line_of_its_own() -> None:
    finding = Finding("kernel, network", State.PROTECTS, "It refuses.", "Nothing to do.")
    shown = list(as_lines([finding], 59))[:4]
    assert shown == ["Protects you:", "  kernel, network", "    It refuses.", "    Advice: Nothing to do."]
