"""What the service answers at each of its addresses."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from urllib.parse import quote
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from ..base.errors import QueryError
from ..base.resources import ontology
from ..base.terms import BASE, PREFIXES
from ..query.empty import at_sight
from ..query.sparql import find
from ..store.folder import Editions
from ..words import ENGLISH, languages
from .casts import Casts
from .describe import (
    PAGE_MOST,
    describe_query,
    description_page,
    exists_query,
    published,
    read_triples,
    unknown_page,
)
from .description import (
    COUNT_QUERY,
    COUNTED_MOST,
    has_no_answer,
    is_empty,
    service_description,
    void_description,
    void_query,
)
from .editor import editor_page, queries_json, queries_page, vocabulary_page
from .guard import METHODS
from .limits import MOST_READ
from .metrics import Watch
from .negotiate import GRAPH_NAMES, GRAPHS, SENT, TABLES, best, names_first
from .pool import Answer, Pool, unacceptable
from .problem import Problem, problem_response
from .proxy import Proxy
from .request import Asked, Budget, body_of, read
from .response import Gone, Sent, send_answer
from .settings import Settings
from .writes import Writer

HTML = "text/html"
#: Methods that are told by name: others may be made up without end.
_KNOWN = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")


@dataclass
class Service:
    """What the routes need: the store behind, how it may be asked, and what is told of it."""

    backend: Pool | Proxy
    settings: Settings
    watch: Watch
    writer: Writer | None = None
    #: How many triples an edition has, None when they are too many to be counted soon.
    counted: tuple[str, int | None] = "", None
    #: Where who is on the cast stays, by IRI.
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    budget: Budget = field(init=False)
    casts: Casts = field(init=False)

    def __post_init__(self) -> None:
        self.budget = Budget(self.settings.max_body << 20)
        store = self.backend.opening if isinstance(self.backend, Pool) else None
        editions = store if isinstance(store, Editions) else None
        self.casts = Casts(self.triples, self.settings, self.places, editions)

    # --- SPARQL

    async def sparql(self, scope: Scope, receive: Receive, send: Send) -> None:
        request, sent, begun = Request(scope, receive), Sent(), time.perf_counter()
        asked: Asked | None = None
        try:
            match request.method:
                case "OPTIONS":
                    sent.status, sent.outcome = 204, "ok"
                    await Response(status_code=204, headers={"Allow": ", ".join(METHODS)})(scope, receive, send)
                    return
                case "GET" | "HEAD" | "POST":
                    pass
                case method:
                    told = {"Allow": ", ".join(METHODS)}
                    title = f"{method} is not answered here" if method in _KNOWN else "Unknown method"
                    await self.tell(Problem(405, title, headers=told), request, send, sent)
                    return
            if request.method != "POST" and not {"query", "update"} & request.query_params.keys():
                await self._about_itself(request)(scope, receive, send)
                sent.status, sent.outcome = 200, "ok"
                return
            if request.method == "GET" and _wants_html(request) and "update" not in request.query_params:
                await _page(editor_page(_language(request)))(scope, receive, send)
                sent.status, sent.outcome = 200, "ok"
                return
            asked = await read(request, self.settings, self.budget, lambda: self._permit(request))
            if asked.update:
                await self._update(request, asked)
                await Response(status_code=204)(scope, receive, send)
                sent.status, sent.outcome = 204, "ok"
            else:
                await self._query(request, asked, send, sent)
        except Problem as problem:
            await self.tell(problem, request, send, sent)
        except Gone:
            sent.outcome = "client left"
        except asyncio.CancelledError:
            sent.outcome = sent.outcome or "stopped"
            raise
        finally:
            self.note("/sparql", request, sent, begun, asked.text if asked else "")

    def note(self, route: str, request: Request, sent: Sent, begun: float, text: str = "") -> None:
        """What came of a request, into the log and the figures."""
        entry = {"route": route, "method": request.method if request.method in _KNOWN else "other",
                 "status": sent.status, "outcome": sent.outcome,
                 "seconds": time.perf_counter() - begun, "rows": sent.rows, "bytes": sent.bytes}  # fmt: skip
        self.watch.note(entry, text, request.client.host if request.client else "")

    async def _query(self, request: Request, asked: Asked, send: Send, sent: Sent) -> None:
        tag = self._tag(asked)
        # Only for an answer that stays the same was the tag ever given out.
        if tag and _has(request, tag):
            sent.status, sent.outcome = 304, "ok"
            await Response(status_code=304, headers={"ETag": tag, "Vary": "Accept"})(
                request.scope, request.receive, send
            )
            return
        question = asked.question(f"{request.base_url}sparql", self.settings.max_rows, self.settings.allow_service)
        more = {"Row-Limit": str(self.settings.max_rows)} if self.settings.max_rows else {}

        def look(body: bytes, form: str) -> None:
            if has_no_answer(body, form) and (because := at_sight(asked.text)):
                more["Empty-Because"] = because.encode("ascii", "replace").decode()

        await self._pass_on(question, request, send, sent, tag, more, look)

    async def _pass_on(
        self,
        question: Mapping[str, object],
        request: Request,
        send: Send,
        sent: Sent,
        tag: str = "",
        more: Mapping[str, str] | None = None,
        unless: Callable[[bytes, str], None] = lambda _body, _format: None,
    ) -> None:
        """Ask, and send the answer as it comes. `tag`: its ETag, when it is one that stays the same."""

        def headers(answer: Answer) -> dict[str, str]:
            steady = {"ETag": tag} if tag and answer.steady else {}
            return {"Content-Type": SENT[answer.format], "Vary": "Accept", **(more or {}), **steady}

        asking = self.backend.ask(question, _client(request))
        patience = self.settings.patience
        await send_answer(asking, request.scope, request.receive, send, headers, patience, sent, unless)

    def _tag(self, asked: Asked) -> str:
        """The same for the same question over the same edition, read in the same way."""
        edition = self.backend.edition
        if not edition:
            return ""
        dataset = "union" if self.backend.union else "own"
        parts = (edition, dataset, asked.text, *asked.default, "", *asked.named, str(asked.table), str(asked.graph))
        digest = sha256("\x1f".join(parts).encode()).hexdigest()
        return f'W/"{digest[:32]}"'

    async def _update(self, request: Request, asked: Asked) -> None:
        writer = self._allowed(request)
        await writer.update(asked.text, f"{request.base_url}sparql", asked.default, asked.named)

    def _permit(self, request: Request) -> None:
        self._allowed(request)

    def _allowed(self, request: Request) -> Writer:
        if self.writer is None:
            raise Problem(403, "This service is read-only", "It takes no updates: it was started without --writable.")
        self.writer.check(request.headers.get("authorization", ""))
        return self.writer

    async def tell(self, problem: Problem, request: Request, send: Send, sent: Sent) -> None:
        sent.outcome = problem.title
        if sent.status:
            return  # something was sent: the server breaks the connection off, for nothing may look whole
        sent.status = problem.status
        await problem_response(problem, request)(request.scope, request.receive, send)

    def _about_itself(self, request: Request) -> Response:
        """Without a query: the editor for people, the Service Description for programs."""
        accept = request.headers.get("accept", "")
        type_ = best(accept, {**GRAPHS, HTML: "html"})
        if type_ == HTML:
            return _page(editor_page(_language(request)))
        form = GRAPHS[type_] if type_ else "turtle"
        root = str(request.base_url)
        text = service_description(
            str(request.url.replace(query="", fragment="")), f"{root}.well-known/void", form,
            union=self.backend.union, updates=self.writer is not None, services=bool(self.settings.allow_service),
        )  # fmt: skip
        return Response(text, media_type=SENT[form], headers={"Vary": "Accept"})

    # --- what goes with it

    async def triples(self, query: str, form: str = "ntriples", client: str = "") -> bytes:
        """The answer to a CONSTRUCT of ours, whole. `Problem` when it is too large for that."""
        return await self._whole(_ours(query, graph=form), client)

    async def _whole(self, question: Mapping[str, object], client: str = "") -> bytes:
        found = bytearray()
        async with self.backend.ask(question, client) as answer:
            async for piece in answer.pieces():
                found += piece
                if len(found) > MOST_READ:
                    raise Problem(413, "The answer is too large for a page", "Ask for it as data.")
        return bytes(found)

    async def page(self, request: Request) -> Response:
        packed = await asyncio.to_thread(_served_page, _language(request))
        page = _page("", {"Link": '<.well-known/void>; rel="describedby"'})
        return _kept(request, packed, page)

    async def cast(self, request: Request) -> Response:
        """Who is in the store and how they are tied, and all else that the page opens with."""
        packed = await self.casts.of(self.backend.edition)
        return _kept(request, packed, Response(media_type="application/json"))

    async def void(self, request: Request) -> Response:
        type_ = best(request.headers.get("accept", ""), GRAPHS) or "text/turtle"
        root, form = str(request.base_url), GRAPHS[type_]
        body = await self.triples(void_query(root), form)
        if is_empty(body, form):
            body = void_description(root, form, await self._count())
        return Response(body, media_type=SENT[form], headers={"Vary": "Accept"})

    async def _count(self) -> int | None:
        """How many triples there are, if that can be said soon; asked once for each edition."""
        edition = self.backend.edition
        if edition and self.counted[0] != edition:
            # It names its graphs itself: in a union of all of them a triple in two graphs would be one.
            told = json.loads(await self._whole(_ours(COUNT_QUERY, table="json") | {"union": False, "from": True}))
            number = int(told["results"]["bindings"][0]["n"]["value"])
            self.counted = edition, number if number <= COUNTED_MOST else None
        return self.counted[1] if edition else None

    async def vocabulary(self, request: Request) -> Response:
        if _wants_html(request) and not request.query_params.get("format"):
            return _page(vocabulary_page(_language(request)))
        return Response((ontology() / "actors.ttl").read_bytes(), media_type=SENT["turtle"], headers={"Vary": "Accept"})

    async def queries(self, request: Request) -> Response:
        if _wants_html(request):
            return _page(queries_page(_language(request)))
        return Response(queries_json(), media_type="application/json", headers={"Vary": "Accept"})

    async def named_query(self, request: Request) -> Response:
        try:
            return Response(find(request.path_params["name"]).text, media_type="application/sparql-query")
        except QueryError as error:
            raise Problem(404, "There is no such query", str(error)) from error

    async def describe(self, request: Request, send: Send, sent: Sent) -> Response | None:
        iri = request.query_params.get("iri", "")
        try:
            query = describe_query(iri)
            page_query = describe_query(iri, PAGE_MOST)
        except QueryError as error:
            raise Problem(400, "No IRI to describe", str(error)) from error
        form = request.query_params.get("format", "")
        offered = {**GRAPHS, HTML: "html"}
        type_ = HTML if form == "html" else best(GRAPH_NAMES.get(form, request.headers.get("accept", "")), offered)
        if type_ == HTML:
            triples = read_triples(await self.triples(page_query, client=_client(request)))
            lang = _language(request)
            if not triples and not published(iri):
                return _page(unknown_page(iri, lang), status=404)
            return _page(await asyncio.to_thread(description_page, iri, triples, lang))
        if type_ is None:
            raise Problem(406, "No acceptable format", "A description can be sent as HTML, Turtle or JSON-LD.")

        def known(body: bytes, form: str) -> None:
            if is_empty(body, form):
                raise Problem(404, "Nothing is known about it", iri)

        await self._pass_on(_ours(query, graph=GRAPHS[type_]), request, send, sent, unless=known)
        return None

    async def resource(self, request: Request) -> Response:
        """An IRI of ours, asked for at this service: see its description, where there is one."""
        iri = BASE + request.url.path.removeprefix("/")
        try:
            asked = exists_query(iri)
        except QueryError:
            raise Problem(404, "There is nothing at this address") from None
        if not json.loads(await self._whole(_ours(asked, table="json"), _client(request)))["boolean"]:
            raise Problem(404, "Nothing is known about it", iri)
        type_ = best(request.headers.get("accept", ""), {"text/turtle": "", HTML: "", **GRAPHS}) or "text/turtle"
        form = {HTML: "html", "text/turtle": "ttl"}.get(type_, GRAPHS.get(type_, "ttl"))
        where = f"{self.settings.base.rstrip('/')}/describe?iri={quote(iri, safe='')}&format={form}"
        return RedirectResponse(where, status_code=303, headers={"Vary": "Accept"})

    async def namespace(self, _: Request) -> Response:
        """The vocabulary's own IRI."""
        return RedirectResponse(f"{self.settings.base.rstrip('/')}/ontology", status_code=303)

    async def health(self, _: Request) -> Response:
        """Whether queries are answered. While all workers are at work they are: each query has an end."""
        if not self.backend.is_full:
            async with self.backend.ask(_ours("ASK {}", table="json")) as answer:
                async for _piece in answer.pieces():
                    pass
        return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})

    async def metrics(self, _: Request) -> Response:
        gauges = {
            "queries_running": ("Queries being evaluated.", float(self.backend.busy)),
            "queries_waiting": ("Queries that wait for a worker.", float(self.backend.waiting)),
            "workers_replaced": ("Worker processes that had to be ended or had grown.", float(self.backend.ended)),
        }
        return Response(self.watch.metrics(gauges), media_type="text/plain; version=0.0.4; charset=utf-8")

    # --- the graph store

    async def data(self, request: Request, send: Send, sent: Sent) -> Response | None:
        """The Graph Store Protocol: one graph, read; written with a token."""
        fresh = request.method == "POST" and not {"graph", "default"} & request.query_params.keys()
        graph = f"urn:uuid:{uuid4()}" if fresh else _graph_named(request)
        if request.method in ("GET", "HEAD"):
            type_ = best(request.headers.get("accept", ""), GRAPHS)
            if type_ is None:
                raise unacceptable("graph")
            if isinstance(self.backend, Proxy):
                raise Problem(501, "The graph store is behind another server", "Ask it there.")
            question = {"dump": graph, "graph": GRAPHS[type_], "prefixes": PREFIXES}
            await self._pass_on(question, request, send, sent)
            return None
        writer = self._allowed(request)
        body = await body_of(request, self.settings.max_body << 20, self.settings.patience, self.budget)
        type_ = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        made = await writer.graph(request.method, graph, body, type_)
        # One that is sent to no graph is a new one, and told where it is.
        where = {"Location": f"{request.url.replace(query='')}?graph={quote(graph, safe='')}"} if fresh else {}
        return Response(status_code=201 if made else 204, headers=where)


def _ours(query: str, *, table: str | None = None, graph: str | None = None) -> dict[str, object]:
    """A query of ours as a worker is asked: over all graphs, with the prefixes that are ours."""
    return {"query": query, "table": table, "graph": graph, "union": True, "prefixes": PREFIXES}


def _client(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _graph_named(request: Request) -> str:
    named, default = request.query_params.getlist("graph"), "default" in request.query_params
    if len(named) + default != 1:
        raise Problem(400, "Name one graph", "Send ?default, or ?graph= with its IRI.")
    return named[0] if named else ""


@cache
def _served_page(language: str) -> bytes:
    """The page, gzipped. What draws it takes longer to import than all else, so it is when it is asked for."""
    from ..draw.html import served_page  # noqa: PLC0415

    return gzip.compress(served_page(language).encode(), 6, mtime=0)


def _has(request: Request, tag: str) -> bool:
    """Whether who asks has the answer of this ETag already."""
    return tag in [each.strip() for each in request.headers.get("if-none-match", "").split(",")]


def _kept(request: Request, packed: bytes, response: Response) -> Response:
    """A response with a body that is kept gzipped; without it for whoever has it already."""
    tag = f'W/"{sha256(packed).hexdigest()[:32]}"'
    told = {"ETag": tag, "Cache-Control": "no-cache"}
    vary = ", ".join(filter(None, (response.headers.get("vary"), "Accept-Encoding")))
    if _has(request, tag):
        return Response(status_code=304, headers=told | {"Vary": vary})
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    response.headers.update(told | {"Vary": vary} | ({"Content-Encoding": "gzip"} if zipped else {}))
    response.body = packed if zipped else gzip.decompress(packed)
    response.headers["Content-Length"] = str(len(response.body))
    return response


def _page(text: str, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
    told = {"Vary": "Accept, Accept-Language", "Referrer-Policy": "no-referrer"}
    return Response(text, status, {**told, **(headers or {})}, "text/html; charset=utf-8")


def _wants_html(request: Request) -> bool:
    """Whether a person asks: HTML is named, and nothing of ours is named before it."""
    accept = request.headers.get("accept", "")
    return names_first(accept, HTML) and best(accept, {HTML: "", **TABLES, **GRAPHS}) == HTML


def _language(request: Request) -> str:
    header = request.headers.get("accept-language", "").lower()
    wanted = (part.partition(";")[0].strip().partition("-")[0] for part in header.split(","))
    return next((tag for tag in (request.query_params.get("lang", ""), *wanted) if tag in languages()), ENGLISH)
