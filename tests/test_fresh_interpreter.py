"""What is loaded, seen in an interpreter of its own: the start is fast and the small modes stay small."""

import json
import subprocess
import sys

import pytest

_TELL = "; import json, sys; print(json.dumps(sorted(sys.modules)))"
_WHOLE_SESSION = (
    "from cotutor.conversation.session.request import SessionRequest; from cotutor.plain.session.start import run; "
    "run(SessionRequest(quick=True, rehearse=3600))"
)


def loaded_after(code: str) -> set[str]:
    child = subprocess.run(
        [sys.executable, "-c", code + _TELL],
        input="guide II-B\ncue\nmode listen\nsignposts\njot a line\nowed\nhelp\nstop\nresume\n",
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    return {name.partition(".")[0] for name in json.loads(child.stdout.splitlines()[-1])}


@pytest.mark.parametrize(
    "code",
    [
        "import cotutor.domain.wording, cotutor.domain.commands, cotutor.domain.guidance",
        "import cotutor.content.loader, cotutor.content.packs",
        "import cotutor.plain.session.start, cotutor.plain.printed",
    ],
)
def test_domain_content_and_line_mode_need_no_screen(code: str) -> None:
    assert not loaded_after(code) & {"textual", "rich", "asyncio", "dataclasses"}


def test_a_session_without_notes_loads_no_encryption_and_no_network() -> None:
    loaded = loaded_after(_WHOLE_SESSION)
    assert "msgspec" in loaded
    assert not loaded & {
        "sqlcipher3",
        "cryptography",
        "pyrage",
        "zxcvbn",
        "textual",
        "rich",
        "ssl",
        "sqlite3",
        "http",
    }


def test_the_first_line_waits_for_nothing_slow() -> None:
    loaded = loaded_after("import cotutor.cli, cotutor.plain.greeting")
    assert not loaded & {"msgspec", "tomllib", "platformdirs", "ctypes", "textual", "subprocess"}
