"""Landlock: the Linux kernel keeps this process to the folders it needs.

The numbers and structures are those of https://docs.kernel.org/userspace-api/landlock.html and of
``linux/landlock.h``. Each newer interface of the kernel (ABI) adds rights that can be taken away;
only those the running kernel knows may be named.
"""

# Importing pathlib would cost more time than everything this module does.
# ruff: noqa: PTH100, PTH109, PTH111, PTH120, PTH123

import os
import stat
import struct
import sys
from collections.abc import Iterable, Sequence

from cotutor.process.kernel import PR_SET_NO_NEW_PRIVS, machine, process_control, system_call
from cotutor.process.protection import Protection

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_RULE_PATH_BENEATH = 1
_QUIET = 1  # LANDLOCK_RESTRICT_SELF_LOG_SAME_EXEC_OFF: what was refused goes into no system log

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_ALL_OF_FIRST_ABI = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_ON_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEVICE
_BIND_AND_CONNECT_TCP = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

_READ = _READ_FILE | _READ_DIR
_USE_DEVICE = _READ_FILE | _WRITE_FILE | _IOCTL_DEVICE
_KEEP_FILES = ~(_EXECUTE | _IOCTL_DEVICE)

_SYSTEM_FOLDERS = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"),
    *("/usr/share/zoneinfo", "/etc/localtime", "/etc/timezone", "/usr/share/locale", "/usr/lib/locale"),
    *("/usr/share/terminfo", "/lib/terminfo", "/etc/terminfo"),
    *("/proc/self", "/dev/urandom", "/dev/random", "/dev/zero", "/sys/devices/system/cpu"),
)
_DEVICES = ("/dev/tty", "/dev/null")


def interface_version() -> int:
    """The version of Landlock that this kernel offers; 0 if it has none or it is switched off."""
    if sys.platform != "linux" or not machine():
        return 0
    try:
        return system_call(_CREATE_RULESET, 0, 0, _ASK_VERSION)
    except OSError:
        return 0


def confine(
    *, readable: Sequence[str | os.PathLike[str]], writable: Sequence[str | os.PathLike[str]]
) -> Protection:
    """Take away from this process all files but those that Python needs and those named.

    Also taken away, where the kernel can: TCP connections, abstract sockets, and signals to
    processes outside. Cannot be undone, and counts for the calling thread and those it starts.
    A path that does not exist now stays out of reach. Never fails: see what is returned.
    """
    name = "Landlock"
    version = interface_version()
    if not version:
        return Protection(name, holds=False, detail="this system has none")
    try:
        rules = _create_ruleset(version)
        try:
            _allow(rules, (*_needed_by_python(), *readable), _READ, version)
            _allow(rules, _DEVICES, _USE_DEVICE, version)
            _allow(rules, writable, _KEEP_FILES, version)
            process_control(PR_SET_NO_NEW_PRIVS, 1)
            system_call(_RESTRICT_SELF, rules, _QUIET if version >= 7 else 0)
        finally:
            os.close(rules)
    except OSError as problem:
        return Protection(name, holds=False, detail=f"the kernel refused it ({problem.strerror})")
    return Protection(name, holds=True, detail=f"kernel interface {version}")


def _file_rights(version: int) -> int:
    """All rights to files that an interface of the kernel knows."""
    later = ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEVICE))
    return _ALL_OF_FIRST_ABI | sum(right for since, right in later if version >= since)


def taken_away(version: int) -> list[int]:
    """What an interface of the kernel can take away: rights to files, to TCP, and what reaches other processes."""
    handled = [_file_rights(version)]
    if version >= 4:
        handled.append(_BIND_AND_CONNECT_TCP)
    if version >= 6:
        handled.append(_ABSTRACT_SOCKETS_AND_SIGNALS)
    return handled


def given_back(rights: int, version: int, *, folder: bool) -> int:
    """Those of ``rights`` that may be named in a rule about a folder, or about one file."""
    known = rights & _file_rights(version)
    return known if folder else known & _ON_A_FILE


def _create_ruleset(version: int) -> int:
    import ctypes  # noqa: PLC0415

    handled = taken_away(version)
    attributes = struct.pack(f"={len(handled)}Q", *handled)
    return system_call(_CREATE_RULESET, ctypes.c_char_p(attributes), len(attributes), 0)


def _allow(rules: int, paths: Iterable[str | os.PathLike[str]], rights: int, version: int) -> None:
    import ctypes  # noqa: PLC0415

    for path in paths:
        try:
            fd = os.open(path, os.O_PATH)
        except OSError:
            continue  # what is not there needs no permission
        try:
            allowed = given_back(rights, version, folder=stat.S_ISDIR(os.fstat(fd).st_mode))
            beneath = struct.pack("=Qi", allowed, fd)
            system_call(_ADD_RULE, rules, _RULE_PATH_BENEATH, ctypes.c_char_p(beneath), 0)
        finally:
            os.close(fd)


def _needed_by_python() -> frozenset[str]:
    """Where modules, shared libraries, time zones and terminal descriptions are read from."""
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    python = {
        sys.prefix,
        sys.exec_prefix,
        sys.base_prefix,
        sys.base_exec_prefix,
        own,
        *filter(None, sys.path),
    }
    home = os.path.expanduser("~")
    needed = {*python, *_SYSTEM_FOLDERS, *_folders_of_loaded_libraries(), f"{home}/.terminfo"}
    # ``python -m`` puts the working folder on the path; it is somebody's own and nothing is imported from it.
    return frozenset(needed - {"/", home, os.getcwd()})


def _folders_of_loaded_libraries() -> frozenset[str]:
    """Systems that keep libraries elsewhere (Nix, Guix, Homebrew) give it away by what is loaded."""
    try:
        with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as maps:
            files = {line.rpartition(" ")[2].strip() for line in maps if ".so" in line}
    except OSError:
        return frozenset()
    return frozenset(os.path.dirname(file) for file in files if file.startswith("/"))
