"""Work divided among copies of this process: they have all that it holds, so that nothing is sent to them.

In: how many pieces there are, and what makes one. Out: the pieces, in their order. It is only done where a copy is
safe, on Linux and while this process has a single thread; elsewhere each piece is made as it is asked for.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

#: A number as it is written before a piece: which it is, and how long.
_WIDTH = 8


@contextmanager
def divided(make: Callable[[int], bytes], count: int) -> Iterator[Iterator[bytes]]:
    """The pieces of some work: `make(0)`, `make(1)` and so on.

    Copies begin at once, one for each further core. When the first piece is asked for, this process does its share of
    what is left, and waits for them. A piece that a copy could not make, as when it was killed, is made here.

    Parameters:
        make: Makes a piece, the same wherever it is made; it may change nothing that others rely on.
        count: How many pieces.
    """
    copies = min(_cores(), count) - 1
    if copies < 1 or not _alone():
        yield map(make, range(count))
        return
    running: list[int] = []
    with ExitStack() as stack:
        files = [stack.enter_context(TemporaryFile()) for _ in range(1 + copies)]
        waiting = stack.enter_context(TemporaryFile(buffering=0))
        waiting.write(b"".join(at.to_bytes(_WIDTH, "big") for at in range(count)))
        waiting.seek(0)
        try:
            for file in files[1:]:
                copy = os.fork()
                if not copy:
                    _leave(make, waiting, file)
                running.append(copy)
            yield _pieces(make, count, waiting, files, running)
        finally:
            for copy in running:
                os.kill(copy, signal.SIGKILL)
                os.waitpid(copy, 0)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _alone() -> bool:
    """Whether this process has one thread: a copy has only the one that copies, and the locks of all."""
    tasks = Path("/proc/self/task")
    return tasks.is_dir() and len(list(tasks.iterdir())) == 1


def _leave(make: Callable[[int], bytes], waiting: IO[bytes], file: IO[bytes]) -> None:
    """What a copy does: its share, and nothing of what this process does at its end."""
    parent, done = os.getppid(), False
    try:
        _share(make, waiting, file, lambda: os.getppid() == parent)
        done = True
    finally:
        os._exit(not done)


def _share(make: Callable[[int], bytes], waiting: IO[bytes], file: IO[bytes], wanted: Callable[[], bool]) -> None:
    """Pieces into a file, each behind its number and its length, as long as `waiting` has numbers.

    A copy reads on where the others are: the place in an open file is one for all.
    """
    with suppress(OSError):  # a disk that is full: what is not written is made again
        while wanted() and (taken := waiting.read(_WIDTH)):
            data = make(int.from_bytes(taken, "big"))
            file.write(taken + len(data).to_bytes(_WIDTH, "big") + data)
            file.flush()


def _pieces(
    make: Callable[[int], bytes], count: int, waiting: IO[bytes], files: Sequence[IO[bytes]], running: list[int]
) -> Iterator[bytes]:
    _share(make, waiting, files[0], lambda: True)
    while running:
        os.waitpid(running[-1], 0)
        running.pop()
    written = {at: (file, begins, length) for file in files for at, begins, length in _written(file)}
    for at in range(count):
        file, begins, length = written.get(at, (files[0], 0, 0))
        file.seek(begins)
        yield file.read(length) if at in written else make(at)


def _written(file: IO[bytes]) -> Iterator[tuple[int, int, int]]:
    """The number of each piece that is whole in a file, where it begins, and its length."""
    ends = file.seek(0, os.SEEK_END)
    begins = 2 * _WIDTH
    while begins <= ends:
        file.seek(begins - 2 * _WIDTH)
        at, length = (int.from_bytes(file.read(_WIDTH), "big") for _ in range(2))
        if begins + length <= ends:
            yield at, begins, length
        begins += length + 2 * _WIDTH
