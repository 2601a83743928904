import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.blackbox.program import COTUTOR, QUICK, cotutor
from tests.pseudo_terminal import PseudoTerminal, clean_environment, gone_within

pytestmark = pytest.mark.blackbox

LAST = re.compile(r"\d\d:\d\d:\d\d  nothing was kept\n\Z")


def test_a_whole_session_at_six_hundred_times_the_speed() -> None:
    ended = cotutor("session", "--plain", "--quick", "--rehearse", "600")
    assert (ended.returncode, ended.stderr) == (0, "")
    lines = ended.stdout.splitlines()
    assert lines[0].startswith("REHEARSAL at 600 times the speed")
    assert lines[1].startswith("cotutor 0.1.0, line mode: nothing kept.")
    assert LAST.search(ended.stdout)
    assert "A: 20:00 of 20:00 planned" in lines
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2500-\u257f]", ended.stdout)


def test_without_a_rehearsal_there_is_no_banner_and_the_clock_is_real() -> None:
    ended = cotutor("session", "--plain", "--quick", typed="end\nend\n")
    assert ended.stdout.startswith("cotutor 0.1.0")
    assert "REHEARSAL" not in ended.stdout
    assert LAST.search(ended.stdout)


def test_a_script_of_commands_is_obeyed_in_order() -> None:
    typed = "\n\nnext\nmore 5\nguide II-B\nmode listen\nguide\nstop\nresume\nowed\nend\nend\n"
    ended = cotutor("session", "pair-short", "--plain", "--as", "Ana", "Ben", "--first", "B", typed=typed)
    assert (ended.returncode, ended.stderr) == (0, "")
    said = [
        "Here are Ben and Ana. Ben speaks first, then Ana.",
        "Press Enter to agree and start the clock.",
        "Ben speaks, Ana listens: 10 minutes.",
        "5 minutes more for Ben. Ana: 5:00 more to come. undo takes it back.",
        "II-B Change agenda",
        "Ben asks for: listen only.",
        "so guidance is hidden.",
        "Stop and explain.",
        "Going on.",
        "Ended early.",
        "nothing was kept",
    ]
    places = [ended.stdout.find(one) for one in said]
    assert -1 not in places
    assert places == sorted(places)


def test_leaving_before_the_start_keeps_nothing_either() -> None:
    ended = cotutor("session", "--plain", typed="leave\n")
    assert ended.returncode == 0
    assert LAST.search(ended.stdout)
    assert "speaks, B listens" not in ended.stdout


def test_with_the_input_closed_from_the_start_the_agreement_is_taken_as_it_is() -> None:
    closed = subprocess.run(
        ["sh", "-c", '"$@" <&-', "sh", COTUTOR, "session", "--plain", "--rehearse", "3600"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "So nobody here promises absolute secrecy." in closed.stdout
    assert "Press Enter when you are ready." not in closed.stdout
    assert LAST.search(closed.stdout)


def test_a_mistake_in_ones_own_prompts_stops_no_session(home: Path) -> None:
    folder = home / ".config" / "cotutor" / "prompts"
    folder.mkdir(parents=True)
    (folder / "ours.toml").write_text("format = 1\nnmae = 'ours'\n")
    ended = cotutor(*QUICK, typed="next\ncue\n")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Left out: " in ended.stdout
    assert 'did you mean "name"?' in ended.stdout
    assert LAST.search(ended.stdout)


@pytest.mark.needs("strace")
def test_it_opens_no_file_for_writing_no_network_and_no_other_program(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    typed = "jot canary-text\njottings\nguide\nstop\nresume\nsignposts\n"
    subprocess.run(
        ["strace", "-f", "-o", trace, "-e", "trace=%file,%network,%process,write,pwrite64", COTUTOR, *QUICK],
        input=typed.encode(),
        capture_output=True,
        timeout=120,
        check=True,
    )
    calls = trace.read_text(errors="replace").splitlines()
    written = [
        call
        for call in calls
        if re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", call) and "/dev/tty" not in call
    ]
    assert written == []
    changed = re.compile(r" (mkdir|unlink|rename|link|symlink|chmod|truncate|mknod)\w*\(")
    assert [call for call in calls if changed.search(call)] == []
    assert [call for call in calls if "socket(" in call and "AF_UNIX" not in call] == []
    assert [call for call in calls if " connect(" in call] == []
    assert sum(" execve(" in call for call in calls) == 1


def test_hostile_names_and_a_five_megabyte_line_never_act() -> None:
    names = ["\x1b[@click=app.quit]A", "\u202e\x9b2JB\x07[/nope]"]
    flood = b"\x1b[2J\x1b]0;x\x07" * 500_000 + b"\njot \x1b[31mred\njottings\n"
    ended = cotutor(*QUICK, "--as", *names, typed=b"next\n" + flood)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", ended.stdout)
    assert "[@click=app.quit]A speaks, 2JB[/nope] listens" in ended.stdout
    assert "[31mred" in ended.stdout


@pytest.mark.parametrize(
    "hostile",
    [
        {"LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii"},
        {"PYTHONINSPECT": "1", "PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"},
        {
            "PYTHONSTARTUP": "/nonexistent",
            "PYTHONPROFILEIMPORTTIME": "",
            "TEXTUAL_LOG": "log",
            "TEXTUAL": "devtools",
        },
        {"XDG_CONFIG_HOME": "/proc/1/nothing", "TZ": "\x1b[2J", "COLUMNS": "-1", "TERM": ""},
        {"HOME": "", "XDG_CONFIG_HOME": ""},
    ],
)
def test_a_hostile_environment_changes_nothing(hostile: dict[str, str], tmp_path: Path) -> None:
    env = {name: value for name, value in clean_environment(**hostile).items() if value or name != "TERM"}
    ended = cotutor(*QUICK, env=env, cwd=str(tmp_path))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert LAST.search(ended.stdout)
    assert list(tmp_path.iterdir()) == []


def test_the_bell_rings_in_a_terminal_unless_silent() -> None:
    for silent, rings in (([], True), (["--silent"], False)):
        with PseudoTerminal([COTUTOR, *QUICK, *silent], redirect="</dev/null") as seen:
            assert seen.end() == 0
            assert (b"\a" in seen.raw) is rings
            assert b"\x1b" not in seen.raw


def test_in_a_terminal_words_are_typed_and_it_stays_sane() -> None:
    with PseudoTerminal([COTUTOR, "session", "--plain", "--quick"]) as seen:
        seen.wait_for("Settle: 1 minute")
        seen.type("help\n")
        seen.wait_for("hear whether it sounds.")
        seen.type("\n")
        seen.wait_for("A speaks, B listens")
        seen.type("end\n\n")
        seen.wait_for("Press Enter to leave.")
        seen.type("\n")
        assert seen.end() == 0
        assert "nothing was kept" in seen.text
        assert seen.echoes


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_told_to_go_it_says_so_in_one_line_and_goes(number: signal.Signals) -> None:
    with PseudoTerminal([COTUTOR, "session", "--plain", "--quick"]) as seen:
        seen.wait_for("Settle: 1 minute")
        os.kill(seen.guard, number)
        assert seen.end() == 128 + number
        assert (
            len(
                re.findall(
                    r"\d\d:\d\d:\d\d  Interrupted\. The session is over; nothing was kept\.", seen.text
                )
            )
            == 1
        )
        assert "Traceback" not in seen.text
        assert seen.echoes


def test_control_c_is_quiet_and_clean() -> None:
    with PseudoTerminal([COTUTOR, "session", "--plain"]) as seen:
        seen.wait_for("Press Enter to accept")
        seen.type("\x03")
        assert seen.end() == 130
        assert seen.text.count("nothing was kept") == 1
        assert seen.echoes


def test_a_closed_terminal_ends_it() -> None:
    seen = PseudoTerminal([COTUTOR, "session", "--plain", "--quick"])
    seen.wait_for("Settle: 1 minute")
    family = seen.family()
    os.close(seen.fd)
    assert all(gone_within(pid) for pid in family)
    os.waitpid(seen.shell, 0)


def test_when_nobody_reads_any_more_it_ends_quietly() -> None:
    piped = f'("{COTUTOR}" {" ".join(QUICK)} </dev/null; echo "code $?" >&2) | head -n 1'
    ended = subprocess.run(["sh", "-c", piped], capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout.startswith("REHEARSAL")
    assert ended.stderr in {"code 0\n", "code 141\n"}
