"""Landlock's rights, for every interface of the kernel there is, and what Python needs to read."""

import ctypes
import fcntl
import os
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cotutor.process import landlock
from cotutor.process.landlock import given_back, taken_away
from cotutor.process.protection import Protection

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
REFER, TRUNCATE, IOCTL_DEV = 0x2000, 0x4000, 0x8000
FIRST = 0x1FFF
"""From linux/landlock.h: thirteen rights to begin with, and one more with the second, third and fifth interface."""

FILES = {1: FIRST, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF, 6: 0xFFFF, 7: 0xFFFF}


@pytest.mark.parametrize("version", FILES)
def test_all_that_an_interface_knows_is_taken_away_and_nothing_it_does_not_know(version: int) -> None:
    network = [0b11] if version >= 4 else []
    other_processes = [0b11] if version >= 6 else []
    assert taken_away(version) == [FILES[version], *network, *other_processes]


@pytest.mark.parametrize("version", FILES)
def test_what_may_be_kept_may_neither_be_executed_nor_drive_a_device(version: int) -> None:
    folder = given_back(landlock._KEEP_FILES, version, folder=True)
    assert folder == FILES[version] & ~EXECUTE & ~IOCTL_DEV
    file = given_back(landlock._KEEP_FILES, version, folder=False)
    assert file == FILES[version] & (WRITE_FILE | READ_FILE | TRUNCATE)


@pytest.mark.parametrize("version", FILES)
def test_what_may_be_read_may_not_be_changed(version: int) -> None:
    assert given_back(landlock._READ, version, folder=True) == READ_FILE | READ_DIR
    assert given_back(landlock._READ, version, folder=False) == READ_FILE


def test_a_terminal_may_be_read_written_and_set_but_not_executed() -> None:
    assert given_back(landlock._USE_DEVICE, 5, folder=False) == READ_FILE | WRITE_FILE | IOCTL_DEV
    assert given_back(landlock._USE_DEVICE, 4, folder=False) == READ_FILE | WRITE_FILE


def test_a_rule_about_a_file_names_every_right_there_is_to_a_file() -> None:
    everything = given_back(-1, 5, folder=False)
    assert everything == EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV


def test_neither_home_nor_the_working_folder_is_read_though_python_would_import_from_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home, working, library = (tmp_path / name for name in ("home", "working", "library"))
    working.mkdir()
    monkeypatch.chdir(working)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(sys, "path", ["", "/", str(home), str(working), str(library)])
    needed = landlock._needed_by_python()
    assert {str(library), sys.prefix, sys.base_prefix, f"{home}/.terminfo", "/proc/self"} <= needed
    assert not needed & {"", "/", str(home), str(working)}
    assert str(Path(landlock.__file__).parents[1]) in needed


def test_the_folders_of_loaded_libraries_are_found_wherever_they_are() -> None:
    folders = landlock._folders_of_loaded_libraries()
    assert any(list(Path(folder).glob("libc.so*")) for folder in folders)
    assert all(folder.startswith("/") and Path(folder).is_dir() for folder in folders)


@pytest.mark.parametrize(("system", "processor"), [("win32", "x86_64"), ("darwin", "aarch64"), ("linux", "")])
def test_a_system_without_it_is_reported_and_not_asked(
    system: str, processor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(landlock, "machine", lambda: processor)
    assert landlock.interface_version() == 0
    protection = landlock.confine(readable=(), writable=())
    assert (protection.holds, protection.detail) == (False, "this system has none")


class Kernel:
    """Stands for a kernel with some version of Landlock, and notes what it is asked."""

    def __init__(self, version: int, refused: int = 0) -> None:
        self.version = version
        self.refused = refused
        self.asked: list[tuple[object, ...]] = []
        self.rules = os.open(os.devnull, os.O_RDONLY)
        self.handled: tuple[int, ...] = ()
        self.given: dict[str, int] = {}

    def system_call(self, number: int, *arguments: Any) -> int:
        self.asked.append((number, *arguments))
        if number == 444 and arguments[1]:
            attributes, size, flags = arguments
            assert flags == 0
            self.handled = struct.unpack(f"={size // 8}Q", ctypes.string_at(attributes, size))
        if number == 445:  # struct landlock_path_beneath_attr, which is packed
            rules, kind, rule, flags = arguments
            assert (rules, kind, flags) == (self.rules, 1, 0)
            rights, fd = struct.unpack("=Qi", ctypes.string_at(rule, 12))
            assert fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_PATH, "it need not be readable to be named"
            self.given[os.readlink(f"/proc/self/fd/{fd}")] = rights  # noqa: PTH115
        if number == self.refused:
            raise OSError(1, "no reason")
        if arguments == (0, 0, 1):  # LANDLOCK_CREATE_RULESET_VERSION
            return self.version
        return self.rules if number == 444 else 0

    def process_control(self, *arguments: int) -> int:
        self.asked.append(("prctl", *arguments))
        return 0


def confined(
    kernel: Kernel,
    monkeypatch: pytest.MonkeyPatch,
    readable: Sequence[Path] = (),
    writable: Sequence[Path] = (Path("/nowhere"),),
) -> Protection:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(landlock, "machine", lambda: "x86_64")
    monkeypatch.setattr(landlock, "system_call", kernel.system_call)
    monkeypatch.setattr(landlock, "process_control", kernel.process_control)
    return landlock.confine(readable=readable, writable=writable)


@pytest.mark.parametrize("version", FILES)
def test_each_path_is_given_back_what_it_is_for_and_one_that_is_missing_keeps_no_other_from_it(
    version: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing, read, kept, file = (tmp_path / name for name in ("missing", "read", "kept", "file"))
    read.mkdir()
    kept.mkdir()
    file.touch()
    kernel = Kernel(version)
    assert confined(kernel, monkeypatch, readable=(missing, read), writable=(missing, kept, file)).holds
    assert kernel.handled == tuple(taken_away(version))
    named = {str(read): READ_FILE | READ_DIR, str(kept): FILES[version] & ~EXECUTE & ~IOCTL_DEV}
    named[str(file)] = FILES[version] & (WRITE_FILE | READ_FILE | TRUNCATE)
    named[os.devnull] = FILES[version] & (WRITE_FILE | READ_FILE | IOCTL_DEV)
    assert {path: kernel.given[path] for path in named} == named
    assert kernel.given[os.path.realpath(sys.prefix)] == READ_FILE | READ_DIR


@pytest.mark.parametrize(("version", "quiet"), [(1, 0), (6, 0), (7, 1), (8, 1)])
def test_a_kernel_is_asked_in_this_order_and_to_be_quiet_only_if_it_can(
    version: int, quiet: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = Kernel(version)
    before = len(list(Path("/proc/self/fd").iterdir()))
    protection = confined(kernel, monkeypatch)
    assert (protection.holds, protection.detail) == (True, f"kernel interface {version}")
    assert [call[0] for call in kernel.asked[:3]] == [444, 444, 445]
    assert kernel.asked[-2:] == [("prctl", 38, 1), (446, kernel.rules, quiet)]
    assert len(list(Path("/proc/self/fd").iterdir())) == before - 1, "the rules and each path are closed"


@pytest.mark.parametrize(
    ("refused", "detail"), [(444, "this system has none"), (446, "the kernel refused it (no reason)")]
)
def test_what_the_kernel_refuses_does_not_hold(
    refused: int, detail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    protection = confined(Kernel(6, refused), monkeypatch)
    assert (protection.holds, protection.detail) == (False, detail)
