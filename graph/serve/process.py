"""A worker process as the web process sees it: started, asked, watched, ended."""

from __future__ import annotations

import asyncio
import json
import os
import struct
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Protocol

import psutil

from ..base.errors import StoreError
from ..store.folder import Held
from .children import command, environment
from .settings import Settings

FRAME = struct.Struct("!cI")
_HEAD = struct.Struct("!I")
#: Bytes that are read ahead of whoever is answered.
_AHEAD = 1 << 20
#: When it is looked again whether another has read an answer to its end, in seconds.
_SOON = 0.01
#: How a process ends that overflowed its stack (SIGSEGV, SIGBUS, and two codes of Windows), or ran out of memory.
_OVERFLOWED = (-11, -10, 0xC00000FD, 0xC0000005)
_ABORTED = -6


def at_once(body: bytes) -> tuple[bytes, bytes]:
    """What is told of a short answer, as JSON, and the answer itself, of what came as one frame."""
    end = _HEAD.size + int(_HEAD.unpack_from(body)[0])
    return body[_HEAD.size : end], body[end:]


class Opening(Protocol):
    """What a worker opens: the edition in force of a store, held for as long as the worker reads it."""

    def hold(self) -> Held: ...

    def current(self) -> str: ...


class Worker:
    """One process and the line to it."""

    def __init__(self, held: Held, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.held = held
        self.process = process
        self.writer, self.reader = process.stdin, process.stdout
        self.patient = False
        #: Whether a query that names no graph reads all of them, as the worker found.
        self.union = False
        #: Whether the system keeps the worker from opening connections, and within its memory.
        self.offline = self.limited = False
        #: Whether it was ended here because it took too much memory.
        self.over = False
        self.resting = 0
        self._leaving: asyncio.Task[None] | None = None

    async def frame(self) -> tuple[bytes, bytes]:
        """The next frame: its letter and its body."""
        letter, size = FRAME.unpack(await self.reader.readexactly(FRAME.size))
        return letter, await self.reader.readexactly(size)

    async def ask(self, question: Mapping[str, Any]) -> None:
        """Send a question."""
        body = json.dumps(question).encode()
        self.writer.write(FRAME.pack(b"Q", len(body)) + body)
        await self.writer.drain()

    def yield_to_others(self) -> None:
        """Let go first what is quick. A process may not take this back, so that it is replaced afterwards."""
        self.patient = True
        with suppress(OSError, psutil.Error):
            process = psutil.Process(self.process.pid)
            process.nice(10 if os.name == "posix" else psutil.BELOW_NORMAL_PRIORITY_CLASS)

    def kill(self) -> None:
        """End it at once, whatever it does."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.writer.close()
        self.held.close()

    def keep_within(self, most: int) -> None:
        """End it when it has taken so many bytes more than at rest, where the system does not see to that."""
        now = memory_of(self.process.pid)
        if now is None or self.limited:
            return
        self.resting = self.resting or now
        if now > self.resting + most:
            self.over = True
            self.kill()

    async def gone(self) -> None:
        """Comes back when a killed process has ended and nothing of it is left to be closed.

        It does so soon, and is waited for even by whoever is cancelled meanwhile: what is left of a process when the
        loop is closed ends in a traceback.
        """
        if self._leaving is None:
            self._leaving = asyncio.get_running_loop().create_task(self._leave())
        await _whatever_comes(self._leaving)

    async def _leave(self) -> None:
        await _to_the_end(self.reader)
        if self.process.stderr is not None:
            await _to_the_end(self.process.stderr)
        await self.process.wait()

    async def end(self) -> None:
        """End it at once, and wait until nothing of it is left."""
        self.kill()
        await self.gone()

    async def cause(self) -> str:
        """Why it died by itself: `depth`, `memory`, or `killed` by somebody else."""
        said = b"" if self.process.stderr is None else await self.process.stderr.read(1 << 16)
        code = await self.process.wait()
        if code in _OVERFLOWED or b"overflowed its stack" in said:
            return "depth"
        if self.over or code == _ABORTED or b"memory" in said or b"bad_alloc" in said:
            return "memory"
        return "killed"


async def _whatever_comes(task: asyncio.Future[Any]) -> None:
    """Wait for what ends soon, however often it is cancelled meanwhile; the cancelling takes its course afterwards."""
    cancelled = False
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            cancelled = True
    if cancelled:
        raise asyncio.CancelledError


async def _to_the_end(reader: asyncio.StreamReader) -> None:
    with suppress(OSError):
        while not reader.at_eof():
            try:
                await reader.read(_AHEAD)
            except RuntimeError:
                await asyncio.sleep(_SOON)  # whoever is answered still reads from it, and comes to its end as well


def memory_of(pid: int) -> int | None:
    """Memory in use by a process, in bytes; None where the system does not tell."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except (psutil.Error, OSError):
        return None


async def start(opening: Opening, settings: Settings, otherwise: str = "") -> Worker:
    """A worker with the edition in force open. `StoreError` when it cannot be opened.

    `otherwise`: `union` or `own`, what a query reads that names no graph, of data that is not ours; `""` as it looks.
    """
    held = opening.hold()
    told = {
        "path": str(held.path) if held.name else "",
        "union": settings.default_graph,
        "otherwise": otherwise,
        "allow": settings.allow_service,
        "memory": settings.memory << 20,
    }
    pipe = asyncio.subprocess.PIPE
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *command("worker", json.dumps(told)), env=environment(), stdin=pipe, stdout=pipe, stderr=pipe, limit=_AHEAD
        )
    )
    try:
        process = await asyncio.shield(starting)
    except asyncio.CancelledError:
        # A process that is half started is waited for, and ended: nobody else would.
        with suppress(asyncio.CancelledError):
            await _whatever_comes(starting)
        await Worker(held, starting.result()).end()
        raise
    except BaseException:
        held.close()
        raise
    worker = Worker(held, process)
    try:
        ready = json.loads((await worker.frame())[1])
    except (asyncio.IncompleteReadError, ConnectionError):
        said = b"" if process.stderr is None else await process.stderr.read(1 << 16)
        await worker.end()
        last = said.decode(errors="replace").strip().rpartition("\n")[2]
        raise StoreError(f"{held.path}: cannot be opened by a worker ({last}). Check the folder.") from None
    except BaseException:
        await worker.end()
        raise
    worker.union, worker.offline, worker.limited = ready["union"], ready["offline"], ready["limited"]
    return worker
