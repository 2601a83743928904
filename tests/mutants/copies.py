"""Copies of the tree in which a change can be tried, each with an interpreter that sees nothing else.

An interpreter of its own, because the tests start the program anew, and a fresh one would find the tree
that is installed for work on it.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from tests.mutants.changes import Change

TREE = Path(__file__).parents[2]
_NEVER_COPIED = shutil.ignore_patterns("__pycache__", ".*", "*.egg-info", "build", "mutants", "bench")
PROFILE = "tests_mutants_profile"
_PROFILE = """\
from hypothesis import Phase, settings
settings.register_profile("mutants", deadline=None, phases=(Phase.explicit, Phase.generate), database=None)
settings.load_profile("mutants")
"""
"""A counter-example is enough; nobody reads it, so it need not become the smallest."""

_PROGRAM = """\
import sys
from cotutor.__main__ import main
sys.exit(main())
"""
"""What an installer makes of the entry point; tests from outside start it."""


class Copy:
    """One copy, for one worker."""

    def __init__(self, folder: Path) -> None:
        self.tree = folder / "tree"
        shutil.copytree(TREE, self.tree, ignore=_NEVER_COPIED)
        venv.create(folder / "python", symlinks=True)
        self.python = folder / "python" / "bin" / "python"
        libraries = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "python")}))
        seen = [str(self.tree), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
        (libraries / "seen.pth").write_text("\n".join(dict.fromkeys(seen)) + "\n")
        (libraries / f"{PROFILE}.py").write_text(_PROFILE)
        program = self.python.with_name("cotutor")
        program.write_text(f"#!{self.python}\n{_PROGRAM}")
        program.chmod(0o755)

    def apply(self, change: Change) -> None:
        """Make a change."""
        self._write(change.path, change.after)

    def restore(self, change: Change) -> None:
        """Take a change back."""
        self._write(change.path, change.before)

    def _write(self, path: str, source: bytes) -> None:
        place = self.tree / path
        place.write_bytes(source)
        # Compiled code is known by its time and size, and both may be those of the change before.
        Path(importlib.util.cache_from_source(str(place))).unlink(missing_ok=True)

    def first_failure(self, tests: tuple[str, ...], seconds: float) -> str | None:
        """Run tests until one fails; its line of pytest's summary, or None if they all pass.

        Raises:
            TimeoutError: it took longer than so many seconds.
        """
        options = ("-x", "-n", "0", "--tb=no", "-p", "no:cacheprovider", "-p", PROFILE)
        running = subprocess.Popen(
            [self.python, "-m", "pytest", *options, *tests],
            cwd=self.tree,
            env={
                name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON"))
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            output, _ = running.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"longer than {seconds:.0f} s") from None
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
                running.communicate()
        if running.returncode == 0:
            return None
        lines = [line for line in output.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return lines[0] if lines else (output.strip().splitlines() or ["pytest ended"])[-1]


def source_of(module: str) -> bytes:
    """A module as it is in the tree."""
    return (TREE / module).read_bytes()


def modules(place: str) -> list[str]:
    """The modules at a place of the tree: one file, or all below a folder."""
    path = TREE / place
    found = [path] if path.is_file() else sorted(path.rglob("*.py"))
    if not found:
        sys.exit(f"{place}: no module there")
    return [one.relative_to(TREE).as_posix() for one in found]
