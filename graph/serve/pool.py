"""Worker processes that evaluate queries, each with an end: of time, of memory, or because the client left.

A worker that had to be ended is replaced; a worker over an edition that is no longer in force is replaced before it
is asked again, so that a build is served without a restart. A query that has run for half a second goes on beside the
others: another worker takes its place, up to twice as many in all; past that long ones make way for those who wait.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Protocol, Self

from ..base.errors import StoreError
from .limits import QUICK
from .negotiate import GRAPHS, SENT, TABLES
from .problem import Problem
from .process import Opening, Worker, at_once, memory_of, start
from .settings import Settings
from .turns import Free, Turn, who_makes_way

#: Longest pause before another try to start a worker, in seconds.
_PAUSE = 5.0
#: Seconds between two looks at the memory of workers that the system does not keep within it.
_LOOK = 0.1
#: After so many seconds a query yields the processor to those that have just come; its worker is then replaced.
_YIELDS = 1.0
#: Seconds between two looks at which edition is in force.
_FRESH = 1.0
#: An answer of so many bytes is kept here until its client has it, and its worker answers the next question meanwhile.
_KEPT = 1 << 16


class Answer(Protocol):
    """The answer to one question, while it comes. Leaving its `async with` early ends the evaluation."""

    kind: str
    format: str
    #: Whether the same question is answered alike over the same data.
    steady: bool
    #: Rows written; known at the end.
    rows: int
    #: All of it, where it came at once.
    whole: bytes | None

    def pieces(self) -> AsyncIterator[bytes]: ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Pool:
    """So many workers, and a short queue before them."""

    def __init__(self, opening: Opening, settings: Settings, log: Callable[[str], None] = lambda _: None) -> None:
        """`log`: where whoever keeps the service is told what no client is told."""
        self.opening = opening
        self.log = log
        self.settings = settings
        self.idle: Free[Worker] = Free()
        self.running: list[Evaluation] = []
        self.waiting = 0
        self.ended = 0
        #: Workers that take the place of those whose query is a long one.
        self.beside = 0
        #: Whether a query that names no graph reads all of them.
        self.union = False
        #: Whether the system keeps workers from opening connections, and within their memory.
        self.offline = self.limited = True
        #: What is written to stays as it began: the first triple without a graph must not hide all the others.
        self.otherwise = ""
        #: Workers that are being started, and such that are coming to their end.
        self.tasks: set[asyncio.Task[None]] = set()
        self.leaving: set[asyncio.Task[None]] = set()
        self.watching: asyncio.Task[None] | None = None
        self.closed = False

    async def open(self) -> None:
        """Start all workers; the first that cannot be started raises `StoreError`."""
        # One more than work at once: it is kept for whoever has none.
        starting = (self._start() for _ in range(self.settings.workers + 1))
        found = await asyncio.gather(*starting, return_exceptions=True)
        for worker in found:
            if isinstance(worker, Worker):
                self.idle.put(worker)
                self.offline, self.limited = worker.offline, worker.limited
        # Told only now, so that `close` ends those that did start.
        for error in found:
            if isinstance(error, BaseException):
                raise error
        if self.settings.writable:
            self.otherwise = "union" if self.union else "own"
        self.watching = asyncio.get_running_loop().create_task(self._watch())

    @property
    def busy(self) -> int:
        """How many questions are being answered."""
        return len(self.running)

    @property
    def is_full(self) -> bool:
        """Whether the next question has to wait for a worker."""
        return not self.idle

    @property
    def is_watched(self) -> bool:
        """Whether the memory of a worker has an end, of whatever kind."""
        return self.limited or memory_of(os.getpid()) is not None

    async def _watch(self) -> None:
        looked = 0.0
        while True:
            for evaluation in self.running if not self.limited else ():
                if evaluation.worker is not None:
                    evaluation.worker.keep_within(self.settings.memory << 20)
            if time.monotonic() - looked > _FRESH:
                looked = time.monotonic()
                self._let_go()
            await asyncio.sleep(_FRESH if self.limited else _LOOK)

    def _let_go(self) -> None:
        """Replace workers that wait over an edition no longer in force: what is in it may have been withdrawn."""
        with suppress(Problem):
            edition = self.edition
            for worker in self.idle.take_all():
                if worker.held.name == edition:
                    self.idle.put(worker)
                else:
                    self.replace(worker)

    async def _start(self) -> Worker:
        worker = await start(self.opening, self.settings, self.otherwise)
        self.union = worker.union
        return worker

    async def close(self) -> None:
        """End all workers, also those that answer."""
        self.closed = True
        stopping = [*self.tasks, *([self.watching] if self.watching else ())]
        for task in stopping:
            task.cancel()
        await asyncio.gather(*stopping, return_exceptions=True)
        for worker in [*self.idle.take_all(), *(each.worker for each in self.running if each.worker is not None)]:
            self._end(worker)
        while self.leaving:  # those whose query ends meanwhile come to it
            await asyncio.gather(*self.leaving, return_exceptions=True)

    @property
    def edition(self) -> str:
        """The name of the edition that the next question is answered from. `Problem` when the store cannot be read."""
        try:
            return self.opening.current()
        except StoreError as error:
            raise self._unreadable(error) from error

    def ask(self, question: Mapping[str, Any], client: str = "") -> Evaluation:
        """Ask: `async with pool.ask(question) as answer:`. `client`: who asks, `""` for ourselves."""
        return Evaluation(self, question, client)

    async def take(self, client: str) -> Worker:
        """A worker that waits for work, over the edition in force; `idle.left` tells that it is not had any more.

        `Problem` when too many wait.
        """
        if not self.idle.has(client):
            # No worker comes back over a store that is gone: that is told at once, and not as "too many queries".
            _ = self.edition
            if self.waiting >= self.settings.queue and not self.idle.displace(client, self._full()):
                raise self._full()
        self.waiting += 1
        try:
            self.make_room()
            worker = self.idle.get_now(client)
            if worker is None:
                async with asyncio.timeout(self.settings.timeout):
                    worker = await self.idle.get(client)
        except TimeoutError:
            raise self._full() from None
        finally:
            self.waiting -= 1
        try:
            if worker.reader.at_eof() or worker.held.name != self.edition:
                self._end(worker)
                worker = await self._start()
        except BaseException as error:
            self.idle.left(client)
            self.replace(worker)
            if isinstance(error, StoreError):
                raise self._unreadable(error) from error
            raise
        return worker

    def make_room(self) -> None:
        """For those who wait, where long queries hold workers: others are started beside, and past that one ends."""
        coming = len(self.idle) + len(self.tasks) + sum(each.ending and not each.beside for each in self.running)
        # One more than wait: it is kept for whoever comes next and has none.
        for number in range(self.waiting + 1 - coming):
            staying = [each for each in self.running if each.turn.is_long and not each.ending]
            holding = [each for each in staying if not each.beside]
            if not holding:
                return
            if self.beside >= self.settings.workers and number >= self.waiting:
                return  # nobody is ended for whom there may be no need
            if self.beside >= self.settings.workers and (turn := who_makes_way(each.turn for each in staying)):
                ending = next(each for each in staying if each.turn is turn)
                ending.ending = True
                turn.make_way(self._full())
                if not ending.beside:
                    continue  # its own worker is replaced
            holding[0].beside = True
            self.beside += 1
            self._add(None)

    def _full(self) -> Problem:
        after = str(max(1, round(self.settings.timeout / 10)))
        detail = f"{self.settings.workers} queries run and {self.settings.queue} may wait. Try again later."
        return Problem(503, "Too many queries at once", detail, headers={"Retry-After": after})

    def _unreadable(self, error: StoreError) -> Problem:
        """What is told of a store that cannot be opened: not where it is."""
        self.log(str(error))
        detail = "Whoever keeps this service finds the reason in its log."
        return Problem(503, "The store cannot be opened", detail, headers={"Retry-After": "5"})

    def give_back(self, worker: Worker) -> None:
        """It has answered and waits for the next question."""
        self.idle.put(worker)

    def replace(self, worker: Worker) -> None:
        """It had to be ended, or has grown: another takes its place."""
        self.ended += 1
        self._end(worker)
        if not self.closed:
            self._add(worker)

    def remove(self, worker: Worker) -> None:
        """It is ended, and another has taken its place already."""
        self.ended += 1
        self._end(worker)

    def _end(self, worker: Worker) -> None:
        """End it, and see to it that `close` waits until nothing of it is left."""
        worker.kill()
        task = asyncio.get_running_loop().create_task(worker.gone())
        self.leaving.add(task)
        task.add_done_callback(self.leaving.discard)

    def _add(self, gone: Worker | None) -> None:
        task = asyncio.get_running_loop().create_task(self._start_again(gone))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _start_again(self, gone: Worker | None) -> None:
        if gone is not None:
            await gone.gone()
        pause = 0.1
        while True:
            try:
                self.idle.put(await self._start())
            except (StoreError, OSError):
                await asyncio.sleep(pause)
                pause = min(_PAUSE, pause * 2)
            else:
                return


class Evaluation:
    """One question at one worker (an `Answer`)."""

    def __init__(self, pool: Pool, question: Mapping[str, Any], client: str) -> None:
        self.pool = pool
        self.question = question
        self.kind = self.format = ""
        self.steady = False
        self.rows = 0
        self.whole: bytes | None = None
        #: Whether the worker has come to the end of it, and whether it asks to be replaced.
        self.done = self.retire = False
        #: Whether another worker has taken the place of its own, and whether it has been told to end.
        self.beside = self.ending = False
        #: What the worker found the text to say of itself, when it was asked for nothing else.
        self.judged: dict[str, Any] = {}
        self.left = pool.settings.timeout
        self.turn = Turn(client, pool.settings.answer)
        self.worker: Worker | None = None

    async def __aenter__(self) -> Self:
        self.worker = await self.pool.take(self.turn.client)
        self.pool.running.append(self)
        await self.turn.__aenter__()
        self.timer = asyncio.get_running_loop().call_later(1.01 * QUICK, self._is_long)
        try:
            await self._begin()
        except BaseException as error:
            self._leave()
            await self.turn.__aexit__(type(error), error, error.__traceback__)
            raise
        return self

    def _is_long(self) -> None:
        """It takes longer than is usual: others come beside it, and before it."""
        assert self.worker is not None
        self.pool.make_room()
        self.timer = asyncio.get_running_loop().call_later(_YIELDS - 1.01 * QUICK, self.worker.yield_to_others)

    async def _begin(self) -> None:
        assert self.worker is not None
        await self.worker.ask(self.question)
        letter, body = await self._next()
        if letter == b"A":
            body, self.whole = at_once(body)
        told = json.loads(body)
        if letter == b"X":
            self.done = True
            raise self._problem(told)
        self.kind, self.format, self.steady = told["kind"], told["format"], told.get("steady", False)
        self.judged = told.get("judged", {})
        if self.whole is not None:
            self._ended(told)
            if len(self.whole) <= _KEPT:
                # What its client does with so little is no matter of the worker's.
                self._leave()

    def _ended(self, told: Mapping[str, Any]) -> None:
        self.done, self.rows, self.retire = True, told["rows"], told["retire"]

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()
        await self.turn.__aexit__(kind, error, trace)

    def _leave(self) -> None:
        worker, self.worker = self.worker, None
        if worker is None:
            return
        self.timer.cancel()
        self.pool.running.remove(self)
        self.pool.idle.left(self.turn.client)
        if self.beside:
            self.pool.beside -= 1
            self.pool.remove(worker)
        elif self.done and not self.retire and not worker.patient:
            self.pool.give_back(worker)
        else:
            self.pool.replace(worker)

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body as it comes. `Problem` when it ends before its end; what was sent then is a part."""
        if self.whole is not None:
            yield self.whole
            return
        while True:
            letter, body = await self._next()
            if letter == b"D":
                yield body
                continue
            self.done = True
            told = json.loads(body)
            if letter == b"X":
                raise self._problem(told)
            self._ended(told)
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
                detail = "Its process was ended from outside. Ask again."
                return Problem(503, "The query could not be evaluated", detail, headers={"Retry-After": "1"})

    def _memory(self) -> Problem:
        detail = f"It was ended at {self.pool.settings.memory} megabytes. Ask for less: name terms, add LIMIT."
        return Problem(413, "The query needs too much memory", detail)

    def _problem(self, told: Mapping[str, Any]) -> Problem:
        what, detail = told["what"], " ".join(told.get("detail", "").split())
        if what == "syntax":
            line, column = told["line"], told["column"]
            return Problem(400, "The query cannot be read", detail[:1].upper() + detail[1:], line, column)
        if what == "memory":
            return self._memory()
        if what == "unacceptable":
            return unacceptable(detail)
        if what == "rows":
            detail = str(self.pool.settings.max_rows)
        status, title, words = _TOLD.get(what, (400, "The query cannot be answered", "{}."))
        return Problem(status, title, words.format(detail))


#: What a worker says of a question → status, title, and detail with its own.
_TOLD = {
    "service": (403, "SERVICE is not allowed", "This service asks no other server. Leave SERVICE out."),
    "update": (400, "An update is no query", "{} changes data. Ask with SELECT, ASK or CONSTRUCT."),
    "rows": (413, "The answer has too many rows", "At most {} are given. Add LIMIT."),
    "nograph": (404, "There is no such graph", "{}"),
    "xml": (406, "The answer cannot be XML", "XML has no place for a character in it. Ask for JSON or Turtle."),
    "rdfxml": (406, "The answer cannot be RDF/XML", "It has no name for the predicate {}. Ask for Turtle."),
}


def unacceptable(kind: str) -> Problem:
    """None of the formats that were asked for is one in which this kind of answer can be written."""
    offered = TABLES if kind in ("table", "boolean") else GRAPHS
    types = dict.fromkeys(SENT[form].partition(";")[0] for form in offered.values())
    return Problem(406, "No acceptable format", f"This answer can be sent as {', '.join(types)}.")
