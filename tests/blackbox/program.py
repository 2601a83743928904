"""The installed program, started as people start it."""

import subprocess
import sys
from pathlib import Path

COTUTOR = str(Path(sys.executable).with_name("cotutor"))
QUICK = ["session", "--plain", "--quick", "--rehearse", "3600"]


def cotutor(*words: str, typed: str | bytes = "", **extra: object) -> subprocess.CompletedProcess[str]:
    """Run the program to its end through pipes."""
    data = typed if isinstance(typed, bytes) else typed.encode()
    ended = subprocess.run(
        [COTUTOR, *words], input=data, capture_output=True, timeout=60, check=False, **extra
    )  # type: ignore[call-overload]  # whatever subprocess takes
    return subprocess.CompletedProcess(
        ended.args, ended.returncode, ended.stdout.decode(), ended.stderr.decode()
    )
