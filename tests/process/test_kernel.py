"""Calls to the kernel: what is refused raises with the kernel's own reason."""

import ctypes
import errno
import os
import sys
from pathlib import Path

import pytest

from cotutor.process import kernel

GETPID = {"x86_64": 39, "aarch64": 172}
SCHED_YIELD = {"x86_64": 24, "aarch64": 124}
GET_DUMPABLE, GET_NAME, GET_NO_NEW_PRIVS = 3, 16, 39


@pytest.mark.parametrize(
    ("named", "known"),
    [
        ("x86_64", "x86_64"),
        ("AMD64", "x86_64"),
        ("aarch64", "aarch64"),
        ("arm64", "aarch64"),
        ("riscv64", ""),
    ],
)
def test_a_processor_has_one_name_however_the_system_calls_it(
    named: str, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "uname", lambda: os.uname_result(("", "", "", "", named)))
    assert kernel.machine() == known


def test_a_process_that_numbers_its_calls_otherwise_has_no_known_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "uname", lambda: os.uname_result(("", "", "", "", "x86_64")))
    monkeypatch.setattr(sys, "maxsize", 2**31 - 1)
    assert kernel.machine() == ""
    monkeypatch.setattr(sys, "maxsize", 2**63 - 1)
    monkeypatch.setattr(sys, "platform", "win32")
    assert kernel.machine() == ""


def test_a_call_returns_what_the_kernel_does_and_raises_what_it_refuses() -> None:
    if not kernel.machine():
        pytest.skip("no number of a call is known here")
    assert kernel.system_call(GETPID[kernel.machine()]) == os.getpid()
    assert kernel.system_call(SCHED_YIELD[kernel.machine()]) == 0
    with pytest.raises(OSError, match="not implemented") as caught:
        kernel.system_call(100_000)
    assert caught.value.errno == errno.ENOSYS


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_prctl_passes_numbers_and_zeros_for_the_rest() -> None:
    assert kernel.process_control(GET_DUMPABLE) in {0, 1, 2}
    assert kernel.process_control(GET_NO_NEW_PRIVS) in {0, 1}, "it takes nothing but zeros"
    assert kernel.process_control(kernel.PR_SET_PDEATHSIG, 0) == 0
    with pytest.raises(OSError, match="Invalid argument") as caught:
        kernel.process_control(kernel.PR_SET_DUMPABLE, 7)
    assert caught.value.errno == errno.EINVAL
    with pytest.raises(OSError, match="Invalid argument"):
        kernel.process_control(kernel.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 5)


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_what_the_kernel_writes_to_is_passed_as_the_place_where_it_is() -> None:
    name = ctypes.create_string_buffer(16)
    assert kernel.process_control(GET_NAME, name) == 0
    assert name.value.decode() == Path("/proc/thread-self/comm").read_text().rstrip("\n")


def test_the_switches_have_the_numbers_of_linuxs_prctl() -> None:
    switches = (kernel.PR_SET_PDEATHSIG, kernel.PR_SET_DUMPABLE, kernel.PR_SET_SECCOMP)
    assert (*switches, kernel.PR_SET_NO_NEW_PRIVS) == (1, 4, 22, 38)
