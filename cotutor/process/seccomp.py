"""seccomp: the Linux kernel refuses this process the network and other programs.

The filter is a small program for the kernel's packet-filter machine, described in
https://docs.kernel.org/userspace-api/seccomp_filter.html and ``linux/filter.h``. It looks at the
number of each system call and, for two of them, at an argument.

``sendto`` without an address must stay: it is how ``send`` arrives in the kernel, and asyncio wakes
its own loop with it.
"""

import struct
import sys
from typing import NamedTuple

from cotutor.process.kernel import PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, machine, process_control
from cotutor.process.protection import Protection

_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | 1  # SECCOMP_RET_ERRNO with EPERM
_MODE_FILTER = 2
_AF_UNIX = 1

# offsets in struct seccomp_data, little-endian
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT, _FIFTH_ARGUMENT = 0, 4, 16, 48

_OTHER_NUMBERING = 0x40000000  # the x32 calls of x86-64 start here


class _Calls(NamedTuple):
    """The numbers of system calls on one kind of processor."""

    architecture: int
    socket: int
    sendto: int
    refused: tuple[int, ...]


_CALLS = {
    # from the kernel's arch/x86/entry/syscalls/syscall_64.tbl
    "x86_64": _Calls(
        architecture=0xC000003E,
        socket=41,
        sendto=44,
        refused=(
            *(42, 43, 49, 50, 288, 46, 307),  # connect accept bind listen accept4 sendmsg sendmmsg
            *(59, 322),  # execve execveat
            *(101, 310, 311),  # ptrace process_vm_readv process_vm_writev
            *(425, 426, 427),  # io_uring, which would do all of the above unseen
        ),
    ),
    # from the kernel's include/uapi/asm-generic/unistd.h, in the same order
    "aarch64": _Calls(
        architecture=0xC00000B7,
        socket=198,
        sendto=206,
        refused=(*(203, 202, 200, 201, 242, 211, 269), *(221, 281), *(117, 270, 271), *(425, 426, 427)),
    ),
}

Instruction = tuple[int, int, int, int]
"""Code, instructions to skip if true, if false, and a constant."""


def refuse_network_and_programs() -> Protection:
    """Have the kernel refuse sockets other than local pairs, and starting or tracing programs.

    Cannot be undone, and counts for the calling thread and those it starts. Never fails: see what
    is returned.
    """
    name = "seccomp"
    calls = _CALLS.get(machine()) if sys.platform == "linux" and sys.byteorder == "little" else None
    if calls is None:
        return Protection(name, holds=False, detail="this system has none, or its numbers are not known here")
    try:
        process_control(PR_SET_NO_NEW_PRIVS, 1)
        _install(program(calls))
    except OSError as problem:
        return Protection(name, holds=False, detail=f"the kernel refused it ({problem.strerror})")
    return Protection(name, holds=True, detail=f"{len(calls.refused) + 2} kinds of system call are refused")


def program(calls: _Calls) -> list[Instruction]:
    """The filter for one kind of processor.

    Jumps of the packet-filter machine only go forward, so each test says how many instructions lie
    between it and the verdict.
    """
    known = (
        _load(_ARCHITECTURE),
        (_JUMP_IF_EQUAL, 1, 0, calls.architecture),
        _verdict(_REFUSE),
        _load(_NUMBER),
        (_JUMP_IF_AT_LEAST, 0, 1, _OTHER_NUMBERING),
        _verdict(_REFUSE),
    )
    only_unix_sockets = (
        (_JUMP_IF_EQUAL, 0, 4, calls.socket),
        _load(_FIRST_ARGUMENT),
        (_JUMP_IF_EQUAL, 1, 0, _AF_UNIX),
        _verdict(_REFUSE),
        _verdict(_ALLOW),
    )
    only_to_the_peer = (
        (_JUMP_IF_EQUAL, 0, 6, calls.sendto),
        _load(_FIFTH_ARGUMENT),
        (_JUMP_IF_EQUAL, 0, 3, 0),
        _load(_FIFTH_ARGUMENT + 4),
        (_JUMP_IF_EQUAL, 0, 1, 0),
        _verdict(_ALLOW),
        _verdict(_REFUSE),
    )
    refused = [
        (_JUMP_IF_EQUAL, len(calls.refused) - place, 0, number) for place, number in enumerate(calls.refused)
    ]
    return [*known, *only_unix_sockets, *only_to_the_peer, *refused, _verdict(_ALLOW), _verdict(_REFUSE)]


def _load(offset: int) -> Instruction:
    return (_LOAD, 0, 0, offset)


def _verdict(value: int) -> Instruction:
    return (_RETURN, 0, 0, value)


def _install(instructions: list[Instruction]) -> None:
    import ctypes  # noqa: PLC0415

    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *one) for one in instructions))
    # struct sock_fprog: a length, and a pointer at the next multiple of its size
    header = struct.pack("@HP", len(instructions), ctypes.addressof(code))
    process_control(PR_SET_SECCOMP, _MODE_FILTER, ctypes.c_char_p(header))
