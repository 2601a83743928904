"""The filter itself, run by a machine written here, for both kinds of processor."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_every_kind_of_processor_refuses_as_many_calls_and_each_once() -> None:
    refused = [calls.refused for calls in _CALLS.values()]
    assert {len(set(numbers)) for numbers in refused} == {len(numbers) for numbers in refused} == {15}
