"""What the audit hook lets through and what it refuses, by the arguments that Python reports."""

import os
from pathlib import Path
from typing import Any

import pytest

from cotutor.process import fence
from cotutor.process.fence import Refused


@pytest.fixture
def writable(tmp_path: Path) -> Path:
    (tmp_path / "writable").mkdir()
    (tmp_path / "writable-but-not-named").mkdir()
    return tmp_path / "writable"


def refuses(limits: fence._Limits, event: str, *arguments: Any) -> bool:
    try:
        limits.check(event, arguments)
    except Refused:
        return True
    return False


@pytest.mark.parametrize(
    ("mode", "flags", "refused"),
    [
        ("r", os.O_RDONLY | os.O_CLOEXEC, False),
        ("rb", None, False),
        (None, os.O_RDONLY, False),
        (None, None, False),
        ("r+", os.O_RDWR, True),
        ("w", None, True),
        ("a", None, True),
        ("x", None, True),
        ("rb+", None, True),
        (None, os.O_WRONLY, True),
        (None, os.O_RDWR, True),
        (None, os.O_RDONLY | os.O_APPEND, True),
        (None, os.O_RDONLY | os.O_CREAT, True),
        (None, os.O_RDONLY | os.O_TRUNC, True),
    ],
)
def test_a_file_is_opened_to_read_only(mode: str | None, flags: int | None, refused: bool) -> None:  # noqa: FBT001
    assert refuses(fence._Limits(()), "open", "/tmp/file", mode, flags) == refused
    assert not refuses(fence._Limits(("/tmp",)), "open", "/tmp/file", mode, flags)
    assert not refuses(fence._Limits(()), "open", 7, mode, flags), "it is open already"


def test_a_folder_is_writable_with_all_that_is_in_it_and_no_neighbour(writable: Path) -> None:
    limits = fence._Limits((writable,))
    neighbour = writable.with_name("writable-but-not-named")
    (writable / "way out").symlink_to(neighbour)
    assert not refuses(limits, "os.mkdir", writable / "a" / "b", 0o700, -1)
    assert not refuses(limits, "os.mkdir", os.fsencode(writable), 0o700, -1)
    assert refuses(limits, "os.mkdir", neighbour / "a", 0o700, -1)
    assert refuses(limits, "os.mkdir", writable / ".." / "a", 0o700, -1)
    assert refuses(limits, "os.mkdir", writable / "way out" / "a", 0o700, -1)


CHANGES: dict[str, tuple[Any, ...]] = {
    "os.rmdir": ("FILE", "IN"),
    "os.remove": ("FILE", "IN"),
    "os.mkdir": ("FILE", 0o700, "IN"),
    "os.chmod": ("FILE", 0o700, "IN"),
    "os.chown": ("FILE", 0, 0, "IN"),
    "os.utime": ("FILE", None, None, "IN"),
    "os.symlink": ("TARGET", "FILE", "IN"),
    "os.rename": ("FILE", "FILE", "IN", "IN"),
    "os.link": ("FILE", "FILE", "IN", "IN"),
}


@pytest.mark.parametrize("event", CHANGES)
def test_a_change_is_judged_by_the_folder_that_its_path_is_relative_to(event: str, writable: Path) -> None:
    limits = fence._Limits((writable,))
    for folder, refused in ((writable, False), (writable.parent, True)):
        opened = os.open(folder, os.O_RDONLY)
        try:
            given = {"FILE": "file", "IN": opened, "TARGET": writable / "target"}
            assert refuses(limits, event, *(given.get(one, one) for one in CHANGES[event])) == refused
        finally:
            os.close(opened)


@pytest.mark.parametrize("event", ["os.rename", "os.link"])
def test_neither_end_of_a_move_may_be_outside(event: str, writable: Path) -> None:
    limits = fence._Limits((writable,))
    inside, outside = writable / "a", writable.parent / "b"
    assert not refuses(limits, event, inside, inside, -1, -1)
    assert refuses(limits, event, inside, outside, -1, -1)
    assert refuses(limits, event, outside, inside, -1, -1)
    folders = [os.open(folder, os.O_RDONLY) for folder in (writable, writable.parent)]
    try:
        assert refuses(limits, event, "a", "b", *folders)
        assert refuses(limits, event, "a", "b", *reversed(folders))
    finally:
        for folder in folders:
            os.close(folder)


@pytest.mark.parametrize("event", ["os.truncate", "os.setxattr", "os.removexattr"])
def test_a_change_that_no_folder_precedes_is_judged_by_its_path(event: str, writable: Path) -> None:
    limits = fence._Limits((writable,))
    assert not refuses(limits, event, writable / "file", -1)
    assert refuses(limits, event, writable.parent / "file", -1)
    assert not refuses(limits, event, 7, 0), "it is open already"


@pytest.mark.parametrize("device", ["/dev/tty", os.devnull])
def test_the_terminal_and_the_device_that_keeps_nothing_may_be_written(device: str) -> None:
    assert not refuses(fence._Limits(()), "open", device, "w", None)
    assert refuses(fence._Limits(()), "open", "/dev/full", "w", None)


def test_other_events_pass() -> None:
    assert not refuses(fence._Limits(()), "import", "module", None, None, None, None)


@pytest.mark.parametrize("event", [*fence._NETWORK, *fence._PROGRAMS, "ctypes.dlopen"])
def test_network_programs_and_libraries_are_refused_whatever_the_arguments(event: str) -> None:
    assert refuses(fence._Limits(("/",)), event, None)


def test_only_pairs_of_local_sockets_are_made() -> None:
    limits = fence._Limits(())
    assert not refuses(limits, "socket.__new__", None, 1, 1, 0)
    assert refuses(limits, "socket.__new__", None, 2, 1, 0)
    assert refuses(limits, "socket.__new__", None, 10, 2, 0)


def test_where_the_event_loop_needs_sockets_of_the_network_they_are_refused_once_it_has_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        windows.setattr(fence, "_terminal_devices", frozenset)
        limits = fence._Limits(())
        windows.setattr(fence, "_limits", [limits])
        assert not refuses(limits, "socket.connect", None, None)
        assert not refuses(limits, "ctypes.dlopen", "ws2_32")
        assert refuses(limits, "os.system", b"true")
        fence.close_sockets()
        assert refuses(limits, "socket.connect", None, None)
        assert refuses(limits, "socket.__new__", None, 1, 1, 0), "it has no local pairs"


def test_the_terminal_is_known_by_its_own_name_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = os.openpty()
    try:
        monkeypatch.setattr(fence, "terminal_fd", lambda: theirs)
        assert fence._terminal_devices() == {"/dev/tty", os.devnull, os.ttyname(theirs)}
        monkeypatch.setattr(fence, "terminal_fd", lambda: None)
        assert fence._terminal_devices() == {"/dev/tty", os.devnull}
    finally:
        os.close(ours)
        os.close(theirs)
