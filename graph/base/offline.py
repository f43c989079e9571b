"""No connection is opened by what runs here, whatever it is asked for: a filter of Linux's kernel.

A query that asks another server is refused by its text. This is the second wall, for a text that was read wrongly:
the call that opens a socket fails. A whole process keeps itself offline for good (`keep_offline`). `offline` keeps one
piece of work offline, in a thread of its own, because a filter is never taken off again. Elsewhere, and on machines
whose calls are not listed here, the text alone is judged.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
import threading
import traceback
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class _Machine(NamedTuple):
    """What the kernel calls a machine, and the numbers of its calls."""

    name: int
    socket: int
    connect: int
    seccomp: int


_MACHINES = {"x86_64": _Machine(0xC000003E, 41, 42, 317), "aarch64": _Machine(0xC00000B7, 198, 203, 277)}
_NO_NEW_PRIVILEGES, _SET_FILTER, _MODE_FILTER = 38, 22, 2
#: What a filter says: the call fails with EACCES; a listener is asked; it is made.
_REFUSE, _ASK, _LET = 0x00050000 | 13, 0x7FC00000, 0x7FFF0000
_WITH_LISTENER = 1 << 3
#: So long the work is waited for after Ctrl-C: most of it ends at its next row.
_PATIENCE = 0.2


def keep_offline() -> bool:
    """This thread, and what it starts, opens no socket from here on. Whether the system sees to that."""
    control, machine = process_control(), _MACHINES.get(platform.machine())
    if control is None or machine is None:
        return False
    steps = _filter(machine.name, (machine.socket, machine.connect), _REFUSE)
    return bool(
        control(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        and control(_SET_FILTER, _MODE_FILTER, ctypes.byref(steps), 0, 0) == 0
    )


def ask_about_connections() -> int | None:
    """Each connection of this thread waits from here on for who reads the number that this gives back.

    A thread that was started before. None where the system has no such thing.
    """
    control, machine = process_control(), _MACHINES.get(platform.machine())
    if control is None or machine is None or control(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return None
    steps = _filter(machine.name, (machine.connect,), _ASK)
    number = ctypes.CDLL(None, use_errno=True).syscall(machine.seccomp, 1, _WITH_LISTENER, ctypes.byref(steps))
    return number if number >= 0 else None


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


@cache
def _filter(machine: int, calls: tuple[int, ...], said: int) -> _Filter:
    """A filter that says this to some calls of the machine, and lets all others be made."""

    def step(code: int, yes: int, no: int, value: int) -> bytes:
        return struct.pack("HBBI", code, yes, no, value)

    load, equal, give = 0x20, 0x15, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_RET|K
    many = len(calls)
    steps = (
        step(load, 0, 0, 4),  # of which machine the call is
        step(equal, 0, many + 1, machine),
        step(load, 0, 0, 0),  # which call it is
        *(step(equal, many - at, 0, call) for at, call in enumerate(calls)),
        step(give, 0, 0, _LET),
        step(give, 0, 0, said),
    )
    return _Filter(len(steps), b"".join(steps))


@cache
def process_control() -> Any:
    """Linux's `prctl`; None elsewhere."""
    if sys.platform != "linux":
        return None
    try:
        return ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return None


@cache
def is_walled() -> bool:
    """Whether the system keeps work offline (`offline`)."""
    return process_control() is not None and _in_a_thread(lambda _: keep_offline())


def offline(work: Callable[[threading.Event], T]) -> T:
    """Do some work that can open no connection, where the system sees to that; what it gives back.

    Ctrl-C is answered at once, though the work may not hear of it: it is to stop as soon as it sees the event set.

    Parameters:
        work: What is to be done. What it makes may belong to its thread: it gives back what may leave it.

    Returns:
        What the work gave back.

    Raises:
        BaseException: Whatever the work raised.
    """

    def kept(given_up: threading.Event) -> T:
        keep_offline()
        return work(given_up)

    return _in_a_thread(kept) if is_walled() else work(threading.Event())


def _in_a_thread(work: Callable[[threading.Event], T]) -> T:
    given_up = threading.Event()
    made: list[T] = []
    failed: list[BaseException] = []

    def do() -> None:
        try:
            made.append(work(given_up))
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            # What belongs to this thread stays in it.
            traceback.clear_frames(error.__traceback__)
            failed.append(error)

    thread = threading.Thread(target=do, daemon=True)
    thread.start()
    try:
        thread.join()
    except BaseException:
        given_up.set()
        thread.join(_PATIENCE)
        raise
    if failed:
        raise failed[0]
    return made[0]
