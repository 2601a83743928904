"""Hostile names, files and pastes, in terminals that would obey them: nothing acts, all of it is text or nothing."""

import os
import shlex
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.blackbox.program import COTUTOR
from tests.blackbox.sitting_at import (
    CANARY,
    FullScreen,
    assert_no_control_strings,
    assert_nothing_left,
    to_scratchpad,
)
from tests.multiplexers import GnuScreen, Tmux, wait
from tests.pseudo_terminal import children, state, wait_until_waiting

pytestmark = pytest.mark.blackbox

ACTS = "\x1b]0;OWNED\x07\x1b]52;c;T1dORUQ=\x07\x1b[5;1HOWNED\x9b7;1HOWNED\x1b[2J\x1bP+q\x1b\\\x1b#8"
LOOKS = "\u202eDENWO\u2066\U000e0041[/nope][@click=app.quit][red]"
HOSTILE = ACTS + LOOKS
ACTS_IN_TOML = "".join(
    f"\\U{ord(char):08x}" if not char.isprintable() else char for char in HOSTILE.replace("\\", "\\\\")
)

PLAN = f"""
format = 1
name = "hostile"
title = "Title {ACTS_IN_TOML}"
people = ["A", "B"]
turn = "5m"
[[phases]]
kind = "settle"
say = "Say {ACTS_IN_TOML}"
[[phases]]
kind = "turn"
speaker = 1
[[phases]]
kind = "turn"
speaker = 2
[[phases]]
kind = "close"
"""
PACK = f"""
format = 1
name = "hostile"
title = "Pack"
[cues]
replace = true
add = ["Cue {HOSTILE[-20:]} with as many words as there must be."]
[[steps]]
id = "I-A"
replace = true
job = "Job {LOOKS}"
questions = ["Question [/nope] [@click=app.quit] here?"]
"""


@pytest.fixture
def tmux() -> Iterator[Tmux]:
    """A terminal that lets programs set its title and its clipboard."""
    with Tmux() as terminal:
        terminal.tell("set-option", "-s", "set-clipboard", "on")
        terminal.tell("set-option", "-g", "allow-passthrough", "on")
        terminal.tell("select-pane", "-T", "ours")
        yield terminal


def _title(tmux: Tmux) -> str:
    return tmux.tell("display-message", "-p", "#{pane_title}").strip()


def _clipboard(tmux: Tmux) -> str:
    return tmux.tell("list-buffers", "-F", "#{buffer_sample}").strip()


def _unharmed(tmux: Tmux) -> bool:
    rows = tmux.visible.split("\n")
    return (_title(tmux), _clipboard(tmux)) == ("ours", "") and not any(
        row.startswith("OWNED") for row in rows
    )


def test_the_terminal_would_obey(tmux: Tmux) -> None:
    tmux.type(f"printf %b {shlex.quote(ACTS.encode('unicode_escape').decode())}", "Enter")
    wait(lambda: (_title(tmux), _clipboard(tmux)) == ("OWNED", "OWNED"), lambda: tmux.visible)
    tmux.tell("delete-buffer")
    tmux.tell("select-pane", "-T", "ours")
    tmux.type("reset; clear", "Enter")
    wait(lambda: _unharmed(tmux), lambda: tmux.visible)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("\x1b]0;OWNED\x07", "]0;OWNED"),
        ("\x1b]52;c;T1dORUQ=\x07", "]52;c;T1dORUQ="),
        ("\x9b5;1HOWNED\x1b[7;1H", "5;1HOWNED[7;1H"),
        ("[@click=app.quit]", "[@click=app.quit]"),
        ("[/nope]\u202eDENWO", "[/nope]DENWO"),
    ],
)
def test_a_hostile_name_on_the_command_line_is_text(name: str, shown: str, tmux: Tmux) -> None:
    tmux.tell("respawn-pane", "-k", shlex.join([COTUTOR, "session", "--quick", "--as", name, "B"]))
    tmux.wait_for("Settle")
    tmux.type("n")
    tmux.wait_for(f"{shown} speaks")
    assert _unharmed(tmux)
    assert "nothing kept" in tmux.visible.split("\n")[0]


def test_a_hostile_plan_and_a_hostile_pack_are_text(tmux: Tmux, tmp_path: Path) -> None:
    plan = tmp_path / "hostile.toml"
    plan.write_text(PLAN)
    pack = tmp_path / "cotutor" / "prompts" / "hostile.toml"
    pack.parent.mkdir(parents=True)
    pack.write_text(PACK)
    tmux.type(f"XDG_CONFIG_HOME={tmp_path} {COTUTOR} session {plan} --quick", "Enter")
    tmux.wait_for("[/nope]")
    assert _unharmed(tmux)
    tmux.type("n")
    tmux.wait_for("A speaks")
    tmux.type("g")
    tmux.wait_for("Question [/nope] [@click=app.quit] here?")
    tmux.type("c")
    tmux.wait_for("with as many words")
    assert _unharmed(tmux)


def test_a_hostile_paste_is_text_and_presses_no_key(tmux: Tmux, tmp_path: Path) -> None:
    paste = tmp_path / "paste"
    paste.write_bytes((HOSTILE + "\x1b" + "q" * 8 + "\x11").encode() * 200 + b"\xff\xfe\x9b2J")
    tmux.type(f"{COTUTOR} session --quick", "Enter")
    tmux.wait_for("Settle")
    tmux.type("n")
    tmux.wait_for("A speaks")
    for place in ("where nothing is typed", "on the scratchpad"):
        tmux.tell("load-buffer", "-b", "hostile", str(paste))
        tmux.tell("paste-buffer", "-p", "-d", "-b", "hostile")
        tmux.type("s")
        tmux.wait_for("A's scratchpad")
        assert "A speaks" in tmux.visible, place
        assert _unharmed(tmux)
    tmux.wait_for("[/nope]")
    assert _unharmed(tmux)


def test_a_paste_of_five_megabytes_is_cut_and_does_not_hold_the_session_up() -> None:
    flood = (HOSTILE + "\x11\x1bq").encode() * 47_000
    assert len(flood) > 5_000_000
    with FullScreen() as terminal:
        terminal.wait_until_drawn()
        to_scratchpad(terminal)
        terminal.pour(b"\x1b[200~" + flood + b"\x1b[201~" + b"\x11")
        terminal.wait_for("Leave it?")
        terminal.type("n")
        terminal.wait(lambda: "Leave it?" not in terminal.text)
        terminal.wait_for("[/nope]")
        assert_no_control_strings(terminal.raw)
        os.kill(terminal.guard, signal.SIGTERM)
        assert terminal.end() == 143
        assert_nothing_left(terminal, but="<exit 143>")


@pytest.mark.parametrize("alternate_screen", [True, False], ids=["alternate screen", "no alternate screen"])
def test_in_tmux_ctrl_z_and_every_end_leave_nothing(alternate_screen: bool) -> None:  # noqa: FBT001
    with Tmux(alternate_screen=alternate_screen) as tmux:
        for end in (signal.SIGTERM, signal.SIGKILL):
            tmux.type(f"clear; {COTUTOR} session --quick", "Enter")
            _jot(tmux)
            face = tmux.processes("cotutor session")[-1]
            os.kill(face, signal.SIGTSTP)
            tmux.wait_for("Stopped")
            assert not _words_in(tmux.everything)
            assert tmux.modes == set()
            assert state(face) == "T"
            tmux.type("clear; fg", "Enter")
            tmux.wait_for(CANARY)
            os.kill(face, end)
            wait(lambda: not tmux.processes("cotutor session"), lambda: tmux.visible)
            tmux.type("echo $((40 + 2))", "Enter")
            tmux.wait_for("\n42\n")
            assert not _words_in(tmux.everything)
            assert tmux.modes == set()


@pytest.mark.needs("screen")
def test_in_gnu_screen_every_end_leaves_nothing() -> None:
    with GnuScreen() as screen:
        for number, end in enumerate((signal.SIGTERM, signal.SIGKILL), 41):
            screen.type("clear\n")
            screen.type(f"{COTUTOR} session --quick; echo $((1 + {number}))\n")
            _jot(screen)
            os.kill(_face_in(screen), end)
            screen.wait_for(f"\n{number + 1}\n")
            assert not _words_in(screen.everything)


def _face_in(screen: GnuScreen) -> int:
    """The face of the one program that runs in it: the youngest of its descendants."""
    found = screen.server
    while below := children(found):
        found = below[-1]
    return found


def _jot(terminal: Tmux | GnuScreen) -> None:
    """Write on the scratchpad of a session that is about to begin."""
    terminal.wait_for("Settle")
    terminal.type("n")
    terminal.wait_for("A speaks")
    terminal.type("s")
    terminal.wait_for("A's scratchpad")
    # The field has the focus a moment after it is drawn.
    wait_until_waiting(
        _face_in(terminal) if isinstance(terminal, GnuScreen) else terminal.processes("cotutor session")[-1]
    )
    terminal.type(CANARY)
    terminal.wait_for(CANARY)


def _words_in(text: str) -> list[str]:
    """What a session showed and must not have left."""
    return [word for word in (CANARY, "scratchpad", "nothing kept", "Pause", "speaks") if word in text]
