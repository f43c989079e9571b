"""What the operating system does to keep a worker within bounds, and whether it does.

Linux ends a process past its memory and keeps it from opening connections. Elsewhere, or where these are taken away,
the web process watches the memory, and the text of a query alone says whether it asks another server.
"""

from __future__ import annotations

import ctypes
import importlib
import platform
import struct
import sys
from typing import Any


def _limits() -> Any:
    """Python's module `resource`, which Windows does not have."""
    try:
        return importlib.import_module("resource")
    except ImportError:
        return None


limits = _limits()


def keep_offline() -> bool:
    """No socket can be opened from here on, by a filter of the kernel that cannot be taken off again (Linux).

    A query that asks another server is refused before it comes here; this is the second wall. Whether it stands.
    """
    numbers = {"x86_64": (0xC000003E, 41, 42), "aarch64": (0xC00000B7, 198, 203)}
    control = process_control()
    if control is None or platform.machine() not in numbers:
        return False
    machine, socket_, connect = numbers[platform.machine()]

    def step(code: int, yes: int, no: int, value: int) -> bytes:
        return struct.pack("HBBI", code, yes, no, value)

    load, equal, give = 0x20, 0x15, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_RET|K
    program = b"".join((
        step(load, 0, 0, 4),  # of which machine the call is
        step(equal, 0, 4, machine),
        step(load, 0, 0, 0),  # which call it is
        step(equal, 1, 0, socket_),
        step(equal, 0, 1, connect),
        step(give, 0, 0, 0x00050000 | 13),  # SECCOMP_RET_ERRNO, EACCES
        step(give, 0, 0, 0x7FFF0000),  # SECCOMP_RET_ALLOW
    ))  # fmt: skip
    held = ctypes.create_string_buffer(program)

    class Filter(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))

    filter_ = Filter(len(program) // 8, ctypes.addressof(held))
    # PR_SET_NO_NEW_PRIVS; PR_SET_SECCOMP, SECCOMP_MODE_FILTER
    return bool(control(38, 1, 0, 0, 0) == 0 and control(22, 2, ctypes.byref(filter_), 0, 0) == 0)


def process_control() -> Any:
    """Linux's `prctl`; None elsewhere."""
    if sys.platform != "linux":
        return None
    try:
        return ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return None


def taken(column: int) -> int | None:
    """Memory of this process in bytes: 0 is its address space, 1 what of it is in use. None where it is not told."""
    if limits is None:
        return None
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - one import less
            pages = int(statm.read().split()[column])
            return pages * int(limits.getpagesize())
    except OSError:
        return None


def limit_memory(more: int) -> bool:
    """At most so many bytes beside what the open store takes. Whether the system sees to it."""
    now = taken(0)
    if limits is None or now is None:
        return False
    limits.setrlimit(limits.RLIMIT_AS, (now + more, now + more))
    limits.setrlimit(limits.RLIMIT_CORE, (0, 0))
    return True


def limit_data(most: int) -> None:
    """At most so many bytes of data of this process, where the system sees to it."""
    if limits is not None:
        limits.setrlimit(limits.RLIMIT_DATA, (most, most))


def raise_connections() -> None:
    """As many open connections as the system gives: one that is idle costs one, too."""
    if limits is not None:
        _, most = limits.getrlimit(limits.RLIMIT_NOFILE)
        limits.setrlimit(limits.RLIMIT_NOFILE, (most, most))
