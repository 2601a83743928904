"""Finding the person's terminal and giving it back as it was."""

import io
import os
import pty
import sys
import termios

import pytest

from cotutor.domain.errors import WrongUsage
from cotutor.process.terminal import (
    TerminalFound,
    blank_rows,
    find_terminal,
    is_ours,
    require_terminal,
    rows_of,
    terminal_fd,
)


def test_rows_are_erased_one_by_one_and_never_as_a_whole() -> None:
    sequence = blank_rows(3)
    assert sequence == "\x1b[0m\x1b[1;1H\x1b[2K\x1b[2;1H\x1b[2K\x1b[3;1H\x1b[2K\x1b[H"
    assert "J" not in sequence


def test_a_pipe_is_no_terminal_and_a_pseudo_terminal_is() -> None:
    pipe = os.pipe()
    master, slave = pty.openpty()
    try:
        assert terminal_fd(pipe) is None
        assert terminal_fd((pipe[0], slave)) == slave
        assert rows_of(pipe[0]) == 60
        assert rows_of(slave) == 60, "a terminal that says it has no rows has some"
        termios.tcsetwinsize(slave, (31, 80))
        assert rows_of(slave) == 31
    finally:
        for fd in (*pipe, master, slave):
            os.close(fd)


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_each_stream_must_be_a_terminal(stream: str, monkeypatch: pytest.MonkeyPatch) -> None:
    master, slave = pty.openpty()
    with open(slave, "w", encoding="utf-8", closefd=True) as terminal:  # noqa: PTH123
        for name in ("__stdin__", "__stdout__", "__stderr__"):
            monkeypatch.setattr(sys, name, terminal)
        require_terminal()
        for broken in (io.StringIO(), None):
            monkeypatch.setattr(sys, f"__{stream}__", broken)
            with pytest.raises(WrongUsage, match="is not a terminal; use --plain") as caught:
                require_terminal()
            assert caught.value.exit_code == 2
            assert "\n" not in caught.value.message
    os.close(master)


def test_a_terminal_that_no_job_can_have_is_given_back_and_one_that_is_gone_is_left_alone() -> None:
    master, slave = pty.openpty()
    found = TerminalFound(slave, termios.tcgetattr(slave))
    assert is_ours(slave)
    termios.tcsetattr(slave, termios.TCSANOW, [*found.attributes[:3], 0, *found.attributes[4:]])  # type: ignore[index]
    found.restore(blank=True)
    assert termios.tcgetattr(slave) == found.attributes
    given = os.read(master, 1 << 16).decode()
    assert given.index("\x1b[60;1H\x1b[2K") < given.index("\x1b[?1049l")
    os.close(master)
    with pytest.raises(OSError, match="Input/output"):
        is_ours(slave)
    found.restore(blank=True)
    os.close(slave)
    found.restore(blank=True)


@pytest.mark.parametrize("only", [0, 1, 2])
def test_any_standard_stream_may_be_the_terminal_and_errors_come_first(
    only: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "isatty", lambda fd: fd == only)
    assert terminal_fd() == only
    monkeypatch.setattr(os, "isatty", lambda fd: fd in range(3))
    assert terminal_fd() == 2
    monkeypatch.setattr(os, "isatty", lambda _fd: False)
    assert find_terminal() is None


def test_a_system_without_jobs_has_every_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "tcgetpgrp")
    assert is_ours(-1)


def test_a_terminal_that_another_job_has_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    master, slave = pty.openpty()
    try:
        monkeypatch.setattr(os, "tcgetpgrp", lambda _fd: os.getpgrp())
        assert is_ours(slave)
        monkeypatch.setattr(os, "tcgetpgrp", lambda _fd: os.getpgrp() + 1)
        assert not is_ours(slave)
        found = termios.tcgetattr(slave)
        TerminalFound(slave, [*found[:3], 0, *found[4:]]).restore(blank=True)
        assert termios.tcgetattr(slave) == found
    finally:
        os.close(master)
        os.close(slave)
