"""What a worker process cannot do: take more memory than it may, open a socket, outlive its parent.

The kernel holds it: RLIMIT_AS, a seccomp filter (Linux, `seccomp(2)`) under which `socket` and
`connect` fail with EACCES, and a signal at the parent's death. None of it needs privileges, and
the worker cannot undo the first two: of memory it may let itself have more for a while, as far as
it was told at first.
"""

import ctypes
import errno
import platform
import resource
import signal
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SYSTEM_CALLS = {"x86_64": (0xC000003E, 41, 42), "aarch64": (0xC00000B7, 198, 203)}
"""Machine → audit architecture, and the numbers of `socket` and `connect`."""

_PARENT_DEATH_SIGNAL = 1
_NO_NEW_PRIVILEGES = 38
_SET_SECCOMP = 22
_FILTER = 2
_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000 | errno.EACCES
_KILL = 0x80000000
_LOAD = 0x20
_JUMP_EQUAL = 0x15
_RETURN = 0x06
_NUMBER_AT = 0
_ARCHITECTURE_AT = 4


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def limit_memory(more: int, most: int = 0) -> None:
    """Let this process map at most `more` bytes beyond what it has mapped by now.

    For a while it may let itself have more, see `roomier`: `most` bytes, where these are more.
    """
    mapped = _mapped()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + more, mapped + max(more, most)))


@contextmanager
def roomier(more: int) -> Iterator[None]:
    """Let this process map so many bytes more, as far as `limit_memory` said."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (min(soft + more, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def room() -> int:
    """Return how many bytes this process, which has a limit, may still map."""
    return resource.getrlimit(resource.RLIMIT_AS)[0] - _mapped()


def _mapped() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * resource.getpagesize()


def die_with_parent() -> None:
    """Let the kernel kill this process when the one that forked it ends."""
    ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def close_network() -> bool:
    """Forbid new sockets and connections; return whether the kernel took the filter."""
    known = _SYSTEM_CALLS.get(platform.machine())
    if known is None:
        return False
    instructions = _instructions(*known)
    buffer = ctypes.create_string_buffer(instructions, len(instructions))
    program = _Program(len(instructions) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        and libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0
    )


def _instructions(architecture: int, *forbidden: int) -> bytes:
    """Return a BPF program that refuses the system calls of those numbers."""
    last = len(forbidden)
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        *((_JUMP_EQUAL, last - place, 0, number) for place, number in enumerate(forbidden)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO),
    ]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in program)
