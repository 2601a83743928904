"""The filter itself, run by a machine written here, for both kinds of processor."""

import ctypes
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotutor.process import seccomp
from cotutor.process.seccomp import _CALLS, Instruction, program

ALLOWED, REFUSED = 0x7FFF0000, 0x00050001
LOCAL, INTERNET = 1, 2
MACHINES = ["x86_64", "aarch64"]


def verdict(
    filter_: list[Instruction], number: int, architecture: int, arguments: tuple[int, ...] = ()
) -> int:
    """What the kernel's packet-filter machine would return, see linux/seccomp.h for the data."""
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("<IIQ6Q", number, architecture, 0, *padded)
    accumulator = place = 0
    while True:
        code, if_true, if_false, constant = filter_[place]
        place += 1
        match code:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, constant)
            case 0x15:
                place += if_true if accumulator == constant else if_false
            case 0x35:
                place += if_true if accumulator >= constant else if_false
            case 0x06:
                return constant
            case _:
                raise AssertionError(code)


@pytest.mark.parametrize("machine", MACHINES)
def test_every_listed_call_is_refused_and_no_other(machine: str) -> None:
    calls = _CALLS[machine]
    filter_ = program(calls)
    refused = {
        number for number in range(600) if verdict(filter_, number, calls.architecture, (LOCAL,)) == REFUSED
    }
    assert refused == set(calls.refused)


@pytest.mark.parametrize("machine", MACHINES)
@given(family=st.integers(0, 2**32 - 1))
def test_only_local_sockets_are_let_through(machine: str, family: int) -> None:
    calls = _CALLS[machine]
    found = verdict(program(calls), calls.socket, calls.architecture, (family,))
    assert (found == ALLOWED) == (family == LOCAL)


@pytest.mark.parametrize("machine", MACHINES)
@given(address=st.integers(0, 2**64 - 1) | st.sampled_from([0, 1, 2**31, 2**32, 2**63]))
def test_sending_is_let_through_only_without_an_address(machine: str, address: int) -> None:
    calls = _CALLS[machine]
    found = verdict(program(calls), calls.sendto, calls.architecture, (3, 4096, 1, 0, address, 16))
    assert (found == ALLOWED) == (address == 0)


@pytest.mark.parametrize("machine", MACHINES)
@given(number=st.integers(0, 2**32 - 1), architecture=st.integers(0, 2**32 - 1))
def test_another_numbering_of_calls_is_refused_whole(machine: str, number: int, architecture: int) -> None:
    calls = _CALLS[machine]
    filter_ = program(calls)
    if architecture != calls.architecture:
        assert verdict(filter_, number, architecture) == REFUSED
    assert verdict(filter_, number | 0x40000000, calls.architecture) == REFUSED


@pytest.mark.parametrize("machine", MACHINES)
def test_the_filter_is_small_and_its_jumps_fit_a_byte(machine: str) -> None:
    filter_ = program(_CALLS[machine])
    assert len(filter_) < 64
    assert all(0 <= jump < 256 for _, if_true, if_false, _ in filter_ for jump in (if_true, if_false))


NUMBERS = {
    "accept": (43, 202),
    "accept4": (288, 242),
    "bind": (49, 200),
    "connect": (42, 203),
    "execve": (59, 221),
    "execveat": (322, 281),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "listen": (50, 201),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "sendmmsg": (307, 269),
    "sendmsg": (46, 211),
    "sendto": (44, 206),
    "socket": (41, 198),
}
"""On x86_64 and aarch64, as ``ausyscall`` of the Linux audit tools lists them."""


@pytest.mark.parametrize(("place", "machine"), enumerate(MACHINES))
def test_each_call_has_the_number_that_the_kernel_gives_it(place: int, machine: str) -> None:
    calls = _CALLS[machine]
    numbers = {name: both[place] for name, both in NUMBERS.items()}
    assert (calls.socket, calls.sendto) == (numbers.pop("socket"), numbers.pop("sendto"))
    assert sorted(calls.refused) == sorted(numbers.values())
    # AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64: the number of the ELF machine, 64 bits, little-endian
    assert calls.architecture == 0xC0000000 | (62, 183)[place]


@pytest.mark.parametrize(
    ("system", "order", "processor"),
    [("win32", "little", "x86_64"), ("linux", "big", "aarch64"), ("linux", "little", "")],
)
def test_a_system_without_it_is_reported_and_not_asked(
    system: str, order: str, processor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("sys.byteorder", order)
    monkeypatch.setattr(seccomp, "machine", lambda: processor)
    monkeypatch.setattr(seccomp, "process_control", _refuse)
    found = seccomp.refuse_network_and_programs()
    assert (found.holds, found.detail[:20]) == (False, "this system has none")


def test_what_the_kernel_refuses_does_not_hold_and_its_reason_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seccomp, "machine", lambda: "x86_64")
    monkeypatch.setattr(seccomp, "process_control", _refuse)
    found = seccomp.refuse_network_and_programs()
    assert (found.holds, found.detail) == (False, "the kernel refused it (no reason)")


def _refuse(*_arguments: object) -> int:
    raise OSError(1, "no reason")


def test_the_filter_is_handed_over_whole_and_what_it_refuses_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handed: list[list[Instruction]] = []
    monkeypatch.setattr(seccomp, "machine", lambda: "x86_64")
    asked: list[tuple[int, ...]] = []
    monkeypatch.setattr(seccomp, "process_control", lambda *arguments: asked.append(arguments))
    monkeypatch.setattr(seccomp, "_install", handed.append)
    found = seccomp.refuse_network_and_programs()
    assert handed == [program(_CALLS["x86_64"])]
    assert asked == [(38, 1)], "only root may install a filter without PR_SET_NO_NEW_PRIVS"
    assert (found.holds, found.detail) == (True, f"{len(NUMBERS)} kinds of system call are refused")


def test_the_kernel_is_handed_the_number_of_instructions_and_where_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[Instruction] = []

    def process_control(option: int, mode: int, header: Any) -> int:
        assert (option, mode) == (22, 2), "PR_SET_SECCOMP and SECCOMP_MODE_FILTER"
        count, place = struct.unpack("@HP", ctypes.string_at(header, struct.calcsize("@HP")))
        read.extend(struct.iter_unpack("=HBBI", ctypes.string_at(place, 8 * count)))
        return 0

    monkeypatch.setattr(seccomp, "process_control", process_control)
    filter_ = program(_CALLS["x86_64"])
    seccomp._install(filter_)
    assert read == filter_
