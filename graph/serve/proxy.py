"""Another SPARQL 1.1 server as the store: questions are passed on to it, and its answers back, piece by piece."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from ..base.errors import ActorgraphError, StoreError
from ..store.folder import Held
from ..store.http import address
from ..store.remote import Remote
from .limits import QUICK
from .negotiate import GRAPHS, SENT, TABLES
from .pool import Pool
from .problem import Problem
from .settings import Settings
from .turns import Free, Turn, who_makes_way

#: After so many seconds the graphs of a server are listed again.
_OLD = 60.0
_KINDS = {**dict.fromkeys(TABLES, "table"), **dict.fromkeys(GRAPHS, "graph")}


class _NoStore:
    """What a worker opens that only reads the texts of queries."""

    def hold(self) -> Held:
        return Held("", Path(), None)

    def current(self) -> str:
        return ""


class Proxy:
    """A server by the address of its query endpoint; it keeps our limits of time and of queries at once."""

    def __init__(self, location: str, settings: Settings) -> None:
        given = address(location)
        self.location = location
        self.url = given.url
        #: The graphs to name when all are meant, for a server whose default graph is not all of them.
        self.everything: list[str] = []
        self.listed = 0.0
        self.listing: asyncio.Task[None] | None = None
        self.settings = settings
        #: Reads the texts of queries, which are judged here before the server gets them.
        self.reader = Pool(_NoStore(), replace(settings, workers=2, writable=False))
        self.slots: Free[None] = Free([None] * (2 * settings.workers + 1))
        self.running: list[Passed] = []
        self.waiting = 0
        self.ended = 0
        self.client = httpx.AsyncClient(follow_redirects=False, trust_env=False, auth=given.auth, headers=given.headers)

    @property
    def busy(self) -> int:
        """How many questions are being answered."""
        return len(self.running)

    @property
    def is_full(self) -> bool:
        """Whether the next question has to wait."""
        return not self.slots

    def make_room(self) -> None:
        """Long queries make way for those who wait."""
        free = 2 * self.settings.workers - self.busy
        for _ in range(self.waiting - free - sum(each.ending for each in self.running)):
            turn = who_makes_way(each.turn for each in self.running if not each.ending)
            if turn is None:
                return
            next(each for each in self.running if each.turn is turn).ending = True
            turn.make_way(_busy())

    @property
    def edition(self) -> str:
        """A distant store may change at any time: it has none."""
        return ""

    async def open(self) -> None:
        """Ask once whether it is there, and which graphs it has. `StoreError` when it is not."""
        await self.reader.open()
        try:
            async with self.ask({"query": "ASK {}", "table": "json", "graph": None, "union": True}):
                pass
        except Problem as problem:
            raise StoreError(f"{self.url}: does not answer SPARQL ({problem.title}). Check the address.") from problem
        if self.union:
            await self._list()

    @property
    def union(self) -> bool:
        """Whether a query that names no graph reads all of them."""
        return self.settings.default_graph != "own"

    async def _list(self) -> None:
        self.everything = await asyncio.to_thread(self._graphs)
        self.listed = time.monotonic()

    def _graphs(self) -> list[str]:
        remote = Remote(self.location, timeout=self.settings.timeout)
        try:
            return [] if remote.is_union else [iri for iri, _ in remote.graphs()]
        except ActorgraphError as error:
            failed = str(error)
        finally:
            remote.close()
        # Anew, without where it came from: answers may not be let go of by another thread than the one that asked.
        raise StoreError(failed)

    def all_graphs(self) -> list[str]:
        """The graphs to name when all are meant; a list that has grown old is made anew meanwhile."""
        old = self.everything and time.monotonic() - self.listed > _OLD
        if old and (self.listing is None or self.listing.done()):
            self.listing = asyncio.get_running_loop().create_task(self._list_again())
        return self.everything

    async def _list_again(self) -> None:
        # The old list goes on being used while the server does not give another.
        with suppress(StoreError):
            await self._list()

    async def close(self) -> None:
        if self.listing is not None:
            self.listing.cancel()
            await asyncio.gather(self.listing, return_exceptions=True)
        await self.client.aclose()
        await self.reader.close()

    def ask(self, question: Mapping[str, Any], client: str = "") -> Passed:
        """Ask: `async with proxy.ask(question) as answer:`. `client`: who asks, `""` for ourselves."""
        return Passed(self, question, client)

    async def judge(self, question: Mapping[str, Any], client: str) -> dict[str, Any]:
        """What the text of a query says of itself. `Problem` for what it may not."""
        if "allow" not in question:
            return {"from": question.get("from", False)}
        async with self.reader.ask({**question, "judge": True}, client) as answer:
            async for _ in answer.pieces():
                pass
            return answer.judged


def _busy() -> Problem:
    return Problem(503, "Too many queries at once", "Try again later.", headers={"Retry-After": "3"})


class Passed:
    """One question passed on (an `Answer`)."""

    def __init__(self, proxy: Proxy, question: Mapping[str, Any], client: str) -> None:
        self.proxy = proxy
        self.question = question
        self.client = client
        self.kind = self.format = ""
        self.steady = self.ending = False
        self.rows = 0
        #: Another server's answer is passed on as it comes.
        self.whole: bytes | None = None
        self.turn = Turn(client, proxy.settings.answer)
        self.response: httpx.Response | None = None

    async def __aenter__(self) -> Self:
        here = self.proxy
        self.judged = await here.judge(self.question, self.client)
        full = not here.slots.has(self.client) and here.waiting >= here.settings.queue
        if full and not here.slots.displace(self.client, _busy()):
            raise _busy()
        here.waiting += 1
        try:
            here.make_room()
            async with asyncio.timeout(here.settings.timeout):
                await here.slots.get(self.client)
        except TimeoutError:
            raise _busy() from None
        finally:
            here.waiting -= 1
        here.running.append(self)
        await self.turn.__aenter__()
        self.timer = asyncio.get_running_loop().call_later(1.01 * QUICK, here.make_room)
        try:
            await self._send()
        except BaseException as error:
            await self._leave()
            await self.turn.__aexit__(type(error), error, error.__traceback__)
            raise
        return self

    async def _send(self) -> None:
        q, here = self.question, self.proxy
        named = q.get("default", []), q.get("named", [])
        default = here.all_graphs() if here.union and not any(named) and not self.judged["from"] else named[0]
        form = {"query": q["query"], "default-graph-uri": list(default), "named-graph-uri": named[1]}
        types = [SENT[f].partition(";")[0] for f in (q["table"], q["graph"]) if f]
        request = here.client.build_request(
            "POST", here.url, data=form, headers={"Accept": ", ".join(types)}, timeout=here.settings.timeout
        )
        try:
            async with asyncio.timeout(here.settings.timeout):
                self.response = await here.client.send(request, stream=True)
                if self.response.status_code != 200:
                    said = (await self.response.aread())[:400].decode(errors="replace")
                    raise self._refused(self.response.status_code, " ".join(said.split()))
        except (httpx.TimeoutException, TimeoutError):
            detail = f"The store did not answer within {here.settings.timeout:g} seconds."
            raise Problem(504, "The query ran out of time", detail) from None
        except httpx.HTTPError as error:
            raise Problem(502, "The store cannot be reached", type(error).__name__) from error
        type_ = self.response.headers.get("content-type", "").partition(";")[0].strip().lower()
        self.kind = _KINDS.get(type_, "")
        self.format = {**GRAPHS, **TABLES}.get(type_, "")
        if not self.format:
            raise Problem(502, "The store answers in a format that is not SPARQL's", type_)

    @staticmethod
    def _refused(status: int, said: str) -> Problem:
        if 300 <= status < 400:
            return Problem(502, "The store answered with a redirect", "Give the final address.")
        if status in (400, 406, 408, 413, 503, 504):
            return Problem(status, "The store refused the query", said)
        return Problem(502, "The store could not answer", f"{status}: {said}")

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body as it comes. `Problem` when it is cut off."""
        assert self.response is not None
        try:
            async for piece in self.response.aiter_bytes():
                yield piece
        except httpx.HTTPError as error:
            raise Problem(502, "The store cut off its answer", type(error).__name__) from error

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._leave()
        await self.turn.__aexit__(kind, error, trace)

    async def _leave(self) -> None:
        self.timer.cancel()
        self.proxy.running.remove(self)
        self.proxy.slots.left(self.client)
        self.proxy.slots.put(None)
        if self.response is not None:
            await self.response.aclose()
