"""Another SPARQL 1.1 server as the store: questions are passed on to it, and its answers back, piece by piece."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import httpx

from ..base.errors import QueryError, StoreError
from ..store.remote import Remote
from .negotiate import GRAPHS, SENT, TABLES
from .problem import Problem
from .settings import Settings

#: After so many seconds the graphs of a server are listed again.
_OLD = 60.0
_KINDS = {**dict.fromkeys(TABLES, "table"), **dict.fromkeys(GRAPHS, "graph")}


class Distant:
    """A server by the address of its query endpoint; it keeps our limits of time and of queries at once."""

    def __init__(self, url: str, settings: Settings) -> None:
        self.url = url
        #: The graphs to name when all are meant, for a server whose default graph is not all of them.
        self.everything: list[str] = []
        self.listed = 0.0
        self.listing: asyncio.Task[None] | None = None
        self.settings = settings
        self.slots = asyncio.Semaphore(settings.workers)
        self.waiting = 0
        self.busy = 0
        self.ended = 0
        self.client = httpx.AsyncClient(follow_redirects=False, trust_env=False)

    @property
    def edition(self) -> str:
        """A distant store may change at any time: it has none."""
        return ""

    async def open(self) -> None:
        """Ask once whether it is there, and which graphs it has. `StoreError` when it is not."""
        try:
            async with self.ask({"query": "ASK {}", "table": "json", "graph": None}):
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
        remote = Remote(self.url, timeout=self.settings.timeout)
        try:
            return [] if remote.is_union else [iri for iri, _ in remote.graphs()]
        finally:
            remote.close()

    def all_graphs(self) -> list[str]:
        """The graphs to name when all are meant; a list that has grown old is made anew meanwhile."""
        old = self.everything and time.monotonic() - self.listed > _OLD
        if old and (self.listing is None or self.listing.done()):
            self.listing = asyncio.get_running_loop().create_task(self._list_again())
        return self.everything

    async def _list_again(self) -> None:
        # The old list goes on being used while the server does not give another.
        with suppress(StoreError, QueryError):
            await self._list()

    async def close(self) -> None:
        if self.listing is not None:
            self.listing.cancel()
            await asyncio.gather(self.listing, return_exceptions=True)
        await self.client.aclose()

    def ask(self, question: Mapping[str, Any]) -> Passed:
        """Ask: `async with distant.ask(question) as answer:`."""
        return Passed(self, question)


class Passed:
    """One question passed on (an `Answer`)."""

    def __init__(self, distant: Distant, question: Mapping[str, Any]) -> None:
        self.distant = distant
        self.question = question
        self.kind = self.format = ""
        self.rows = 0
        self.response: httpx.Response | None = None

    async def __aenter__(self) -> Self:
        here = self.distant
        if here.slots.locked() and here.waiting >= here.settings.queue:
            raise Problem(503, "Too many queries at once", "Ask again in a while.", headers={"Retry-After": "3"})
        here.waiting += 1
        try:
            async with asyncio.timeout(here.settings.timeout):
                await here.slots.acquire()
        except TimeoutError:
            raise Problem(503, "Too many queries at once", headers={"Retry-After": "3"}) from None
        finally:
            here.waiting -= 1
        here.busy += 1
        try:
            await self._send()
        except BaseException:
            await self._leave()
            raise
        return self

    async def _send(self) -> None:
        q, here = self.question, self.distant
        named = q.get("default", []), q.get("named", [])
        default = here.all_graphs() if here.union and not any(named) and not q.get("from") else named[0]
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
            return Problem(502, "The store answers with a redirection", "Give its last address.")
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
            raise Problem(502, "The store broke off its answer", type(error).__name__) from error

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._leave()

    async def _leave(self) -> None:
        self.distant.busy -= 1
        self.distant.slots.release()
        if self.response is not None:
            await self.response.aclose()
