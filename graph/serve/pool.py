"""Worker processes that evaluate queries, each with an end: of time, of memory, or because the client left.

A worker that had to be ended is replaced; a worker over an edition that is no longer in force is replaced before it
is asked again, so that a build is served without a restart.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import struct
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from ..base.errors import StoreError
from ..query.sparql import explained
from ..store.folder import Editions, Held
from .problem import Problem
from .settings import Settings

FRAME = struct.Struct("!cI")
#: Longest pause before another try to start a worker, in seconds.
_PAUSE = 5.0
#: After so many seconds a query yields the processor to those that have just come.
_QUICK = 1.0
_WORKER = Path(__file__).with_name("worker.py")


class Answer(Protocol):
    """The answer to one question, while it comes. Leaving its `async with` early ends the evaluation."""

    kind: str
    format: str
    #: Rows written; known at the end.
    rows: int

    def pieces(self) -> AsyncIterator[bytes]: ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Worker:
    """One process and the line to it."""

    def __init__(
        self,
        held: Held,
        process: asyncio.subprocess.Process,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.held = held
        self.process = process
        self.reader = reader
        self.writer = writer
        self.patient = False
        #: Whether a query that names no graph reads all of them, as the worker found.
        self.union = False

    async def frame(self) -> tuple[bytes, bytes]:
        letter, size = FRAME.unpack(await self.reader.readexactly(FRAME.size))
        return letter, await self.reader.readexactly(size)

    async def ask(self, question: Mapping[str, Any]) -> None:
        body = json.dumps(question).encode()
        self.writer.write(FRAME.pack(b"Q", len(body)) + body)
        await self.writer.drain()

    def yield_to_others(self) -> None:
        """Let go first what is quick. A process may not take this back, so that it is replaced afterwards."""
        self.patient = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, 10)

    def kill(self) -> None:
        """End it at once, whatever it does."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.writer.close()
        self.held.close()

    async def gone(self) -> None:
        """Comes back when the process has ended and nothing of it is left to be closed."""
        if self.process.stderr is not None:
            await self.process.stderr.read()
        await self.process.wait()

    async def cause(self) -> str:
        """Why it died by itself: `depth`, `memory` or `unknown`."""
        said = b"" if self.process.stderr is None else await self.process.stderr.read(1 << 16)
        code = await self.process.wait()
        if code == -signal.SIGSEGV or b"overflowed its stack" in said:
            return "depth"
        if code in (-signal.SIGABRT, -signal.SIGKILL) or b"memory" in said or b"bad_alloc" in said:
            return "memory"
        return "unknown"


async def start(editions: Editions, settings: Settings, otherwise: str = "") -> Worker:
    """A worker with the edition in force open. `StoreError` when it cannot be opened.

    `otherwise`: `union` or `own`, what a query reads that names no graph, of data that is not ours; `""` as it looks.
    """
    held = editions.hold()
    told = {
        "path": str(held.path),
        "union": settings.default_graph,
        "otherwise": otherwise,
        "offline": not settings.allow_service,
        "memory": settings.memory << 20,
    }
    ours, its = socket.socketpair()
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", str(_WORKER), json.dumps(told),
            stdin=its.fileno(), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, limit=1 << 20,
        )  # fmt: skip
        reader, writer = await asyncio.open_connection(sock=ours, limit=1 << 20)
    except BaseException:
        held.close()
        ours.close()
        raise
    finally:
        its.close()
    worker = Worker(held, process, reader, writer)
    try:
        worker.union = json.loads((await worker.frame())[1])["union"]
    except (asyncio.IncompleteReadError, ConnectionError):
        said = b"" if process.stderr is None else await process.stderr.read(1 << 16)
        worker.kill()
        last = said.decode(errors="replace").strip().rpartition("\n")[2]
        raise StoreError(f"{editions.path}: cannot be opened by a worker ({last}). Check the folder.") from None
    return worker


class Pool:
    """So many workers, and a short queue before them."""

    def __init__(self, editions: Editions, settings: Settings) -> None:
        self.editions = editions
        self.settings = settings
        self.idle: asyncio.Queue[Worker] = asyncio.Queue()
        self.waiting = 0
        self.busy = 0
        self.ended = 0
        #: Whether a query that names no graph reads all of them.
        self.union = False
        #: What is written to stays as it began: the first triple without a graph must not hide all the others.
        self.otherwise = ""
        self.tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Start all workers; the first that cannot be started raises `StoreError`."""
        for worker in await asyncio.gather(*(self._start() for _ in range(self.settings.workers))):
            self.idle.put_nowait(worker)
        if self.settings.writable:
            self.otherwise = "union" if self.union else "own"

    async def _start(self) -> Worker:
        worker = await start(self.editions, self.settings, self.otherwise)
        self.union = worker.union
        return worker

    async def close(self) -> None:
        """End all workers."""
        starting = list(self.tasks)
        for task in starting:
            task.cancel()
        await asyncio.gather(*starting, return_exceptions=True)
        while not self.idle.empty():
            worker = self.idle.get_nowait()
            worker.kill()
            await worker.gone()

    @property
    def edition(self) -> str:
        """The name of the edition that the next question is answered from."""
        return self.editions.current()

    def ask(self, question: Mapping[str, Any]) -> Evaluation:
        """Ask: `async with pool.ask(question) as answer:`."""
        return Evaluation(self, question)

    async def take(self) -> Worker:
        """A worker that waits for work, over the edition in force. `Problem` when too many wait."""
        if self.idle.empty() and self.waiting >= self.settings.queue:
            raise self._full()
        self.waiting += 1
        try:
            async with asyncio.timeout(self.settings.timeout):
                worker = await self.idle.get()
        except TimeoutError:
            raise self._full() from None
        finally:
            self.waiting -= 1
        self.busy += 1
        try:
            if worker.reader.at_eof() or worker.held.name != self.edition:
                worker.kill()
                worker = await self._start()
        except BaseException as error:
            self.replace(worker)
            if isinstance(error, StoreError):
                raise Problem(503, "The store cannot be opened", str(error), headers={"Retry-After": "5"}) from error
            raise
        return worker

    def _full(self) -> Problem:
        after = str(max(1, round(self.settings.timeout / 10)))
        detail = f"{self.settings.workers} queries run and {self.settings.queue} may wait. Ask again in a while."
        return Problem(503, "Too many queries at once", detail, headers={"Retry-After": after})

    def give_back(self, worker: Worker) -> None:
        """It has answered and waits for the next question."""
        self.busy -= 1
        self.idle.put_nowait(worker)

    def replace(self, worker: Worker) -> None:
        """It had to be ended, or has grown: another takes its place."""
        self.busy -= 1
        self.ended += 1
        worker.kill()
        task = asyncio.get_running_loop().create_task(self._start_again(worker))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _start_again(self, gone: Worker) -> None:
        await gone.gone()
        pause = 0.1
        while True:
            try:
                self.idle.put_nowait(await self._start())
            except (StoreError, OSError):
                await asyncio.sleep(pause)
                pause = min(_PAUSE, pause * 2)
            else:
                return


class Evaluation:
    """One question at one worker (an `Answer`)."""

    def __init__(self, pool: Pool, question: Mapping[str, Any]) -> None:
        self.pool = pool
        self.question = question
        self.kind = self.format = ""
        self.rows = 0
        self.whole = False
        self.retire = False
        self.left = pool.settings.timeout
        self.worker: Worker | None = None

    async def __aenter__(self) -> Self:
        self.worker = await self.pool.take()
        self.slow = asyncio.get_running_loop().call_later(_QUICK, self.worker.yield_to_others)
        try:
            await self.worker.ask(self.question)
            letter, body = await self._next()
            told = json.loads(body)
        except BaseException:
            self._leave()
            raise
        if letter == b"X":
            self.whole = True
            self._leave()
            raise self._problem(told)
        self.kind, self.format = told["kind"], told["format"]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def _leave(self) -> None:
        worker, self.worker = self.worker, None
        if worker is None:
            return
        self.slow.cancel()
        if self.whole and not self.retire and not worker.patient:
            self.pool.give_back(worker)
        else:
            self.pool.replace(worker)

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body as it comes. `Problem` when it ends before its end; what was sent then is a part."""
        while True:
            letter, body = await self._next()
            if letter == b"D":
                yield body
                continue
            self.whole = True
            told = json.loads(body)
            if letter == b"X":
                raise self._problem(told)
            self.rows, self.retire = told["rows"], told["retire"]
            return

    async def _next(self) -> tuple[bytes, bytes]:
        """The next frame, within what is left of the time. Only waiting for the worker counts, not for the client."""
        assert self.worker is not None
        begun = time.monotonic()
        try:
            async with asyncio.timeout(self.left):
                return await self.worker.frame()
        except TimeoutError:
            raise Problem(
                504, "The query ran out of time",
                f"It was ended after {self.pool.settings.timeout:g} seconds. Ask for less: name terms, add LIMIT.",
            ) from None  # fmt: skip
        except (asyncio.IncompleteReadError, ConnectionError):
            raise await self._died() from None
        finally:
            self.left -= time.monotonic() - begun

    async def _died(self) -> Problem:
        assert self.worker is not None
        match await self.worker.cause():
            case "depth":
                return Problem(400, "The query is nested too deeply", "Write it with fewer brackets.")
            case "memory":
                return self._memory()
            case _:
                return Problem(500, "The query could not be evaluated", "Its process ended. Change the query.")

    def _memory(self) -> Problem:
        detail = f"It was ended at {self.pool.settings.memory} megabytes. Ask for less: name terms, add LIMIT."
        return Problem(413, "The query needs too much memory", detail)

    def _problem(self, told: Mapping[str, str]) -> Problem:
        match told["what"]:
            case "syntax":
                return syntax(str(self.question["query"]), told["detail"])
            case "memory":
                return self._memory()
            case "rows":
                most = self.pool.settings.max_rows
                return Problem(413, "The answer has too many rows", f"At most {most} are given. Add LIMIT.")
            case "unacceptable":
                return unacceptable(told["detail"])
            case "nograph":
                return Problem(404, "There is no such graph", told["detail"])
            case _:
                return Problem(400, "The query cannot be answered", f"{' '.join(told['detail'].split())}.")


def syntax(text: str, message: str) -> Problem:
    """Oxigraph's message about a text, as where and what."""
    line, column, what = explained(text, message)
    return Problem(400, "The query cannot be read", what[:1].upper() + what[1:], line, column)


def unacceptable(kind: str) -> Problem:
    """None of the formats that were asked for is one in which this kind of answer can be written."""
    ours = "JSON, XML, CSV and TSV" if kind in ("table", "boolean") else "Turtle, N-Triples, RDF/XML, JSON-LD and TriG"
    return Problem(406, "No acceptable format", f"This answer can be sent as {ours}.")
