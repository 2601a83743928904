"""Real terminals to look into: tmux, with and without its alternate screen, and GNU screen."""

import os
import re
import select
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.pseudo_terminal import PATIENCE, ROOT, clean_environment, end_with_family


def wait(reached: Callable[[], bool], what: Callable[[], str]) -> None:
    """Look again and again until something is reached; fail if it is not within `PATIENCE`."""
    for _ in range(int(PATIENCE / 0.05)):
        if reached():
            return
        select.select([], [], [], 0.05)
    raise AssertionError(f"not reached; the screen shows:\n{what()}")


class Tmux:
    """A tmux server of its own with an interactive shell in it."""

    def __init__(self, *, alternate_screen: bool = True) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._socket = str(Path(self._folder.name) / "tmux")
        shell = "exec bash --norc --noprofile -i"
        self.tell("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "-c", str(ROOT), shell)
        if not alternate_screen:
            self.tell("set-option", "-g", "alternate-screen", "off")
        self.type("PS1='ready> '; clear", "Enter")
        self.wait_for("ready>")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _tb: TracebackType | None
    ) -> None:
        # A shell that is merely told to go still writes its history into the folder.
        end_with_family(self.server)
        self._folder.cleanup()

    def tell(self, *command: str) -> str:
        """Give tmux a command; returns what it says."""
        env = clean_environment(HOME=self._folder.name)
        env.pop("TMUX", None)
        done = subprocess.run(
            ["tmux", "-S", self._socket, *command], env=env, capture_output=True, text=True, check=True
        )
        return done.stdout

    @property
    def server(self) -> int:
        """The process that everything in this terminal descends from."""
        return int(self.tell("display-message", "-p", "#{pid}"))

    def type(self, *keys: str) -> None:
        """Send keys by their tmux names, or text."""
        self.tell("send-keys", *keys)

    @property
    def visible(self) -> str:
        return self.tell("capture-pane", "-p")

    @property
    def everything(self) -> str:
        """The screen and all of the scrollback, and the screen behind an alternate one."""
        return self.tell("capture-pane", "-p", "-S", "-")

    @property
    def modes(self) -> set[str]:
        """Which modes of a full-screen program the pane still has on."""
        flags = ("alternate_on", "mouse_any_flag", "mouse_sgr_flag", "keypad_flag", "insert_flag")
        shown = (
            "".join(f"#{{?{flag},{flag} ,}}" for flag in flags)
            + "#{?cursor_flag,,no_cursor }#{?wrap_flag,,no_wrap }"
        )
        return set(self.tell("display-message", "-p", shown).split())

    def wait_for(self, text: str) -> None:
        wait(lambda: text in self.visible, lambda: self.visible)

    def processes(self, name: str) -> list[int]:
        """The processes in the pane whose command line holds ``name``, oldest first."""
        shell = self.tell("display-message", "-p", "#{pane_pid}").strip()
        done = subprocess.run(
            ["ps", "-wweo", "pid,sid,args"], capture_output=True, text=True, check=True
        ).stdout
        found = re.findall(rf"^\s*(\d+)\s+{shell}\s.*{name}", done, re.MULTILINE)
        return sorted(map(int, found))


class GnuScreen:
    """A session of GNU screen, which has no alternate screen unless told, with a shell in it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._env = clean_environment(SCREENDIR=self._folder.name, HOME=self._folder.name, TERM="xterm")
        os.chmod(self._folder.name, 0o700)  # noqa: PTH101
        bare = ["screen", "-c", "/dev/null", "-S", "probe", "-h", "2000"]
        subprocess.run(
            [*bare, "-d", "-m", "bash", "--norc", "--noprofile", "-i"], env=self._env, cwd=ROOT, check=True
        )
        wait(lambda: any(Path(self._folder.name).glob("*.probe")), lambda: "no session")
        self.tell("width", "-w", "80", "24")
        self.type("PS1='ready> '; clear\n")
        self.wait_for("ready>")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _tb: TracebackType | None
    ) -> None:
        end_with_family(self.server)
        self._folder.cleanup()

    def tell(self, *command: str) -> None:
        """Give screen a command."""
        subprocess.run(
            ["screen", "-S", "probe", "-p", "0", "-X", *command],
            env=self._env,
            check=True,
            capture_output=True,
        )

    def type(self, keys: str) -> None:
        self.tell("stuff", keys)

    @property
    def server(self) -> int:
        """The process that everything in this session descends from."""
        return int(next(Path(self._folder.name).glob("*.probe")).name.partition(".")[0])

    @property
    def everything(self) -> str:
        """The screen and all of the scrollback."""
        copy = Path(self._folder.name) / "copy"
        copy.unlink(missing_ok=True)
        self.tell("hardcopy", "-h", str(copy))
        wait(copy.exists, lambda: "no copy")
        return copy.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, text: str) -> None:
        wait(lambda: text in self.everything, lambda: self.everything)
