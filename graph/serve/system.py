"""What the operating system does to keep a worker within bounds, and whether it does.

Linux ends a process past its memory. Elsewhere, or where this is taken away, the web process watches the memory. What
keeps a worker from opening connections is `base.offline`.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

#: How a process ends, as its exit code, that does one thing and met its limit of memory.
TOO_MUCH = 9


def _limits() -> Any:
    """Python's module `resource`, which Windows does not have."""
    try:
        return importlib.import_module("resource")
    except ImportError:
        return None


limits = _limits()


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


def limits_data() -> bool:
    """Whether the system sees to `limit_data`: others than Linux know the limit, and do not keep it."""
    return limits is not None and sys.platform == "linux"


def limit_data(most: int) -> None:
    """At most so many bytes of data of this process, where the system sees to it."""
    if limits is not None:
        limits.setrlimit(limits.RLIMIT_DATA, (most, most))


def raise_connections() -> None:
    """As many open connections as the system gives: one that is idle costs one, too."""
    if limits is not None:
        _, most = limits.getrlimit(limits.RLIMIT_NOFILE)
        limits.setrlimit(limits.RLIMIT_NOFILE, (most, most))
