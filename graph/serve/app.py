"""The routes of the service, and what each answers."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ..base import lexer
from ..base.errors import QueryError
from ..base.resources import ontology
from ..base.terms import BASE, PREFIXES
from ..draw.html import served_page
from ..query.sparql import find
from .description import COUNT_QUERY, COUNTED_MOST, is_empty, service_description, void_description, void_query
from .editor import editor_page, queries_json, queries_page, vocabulary_page
from .metrics import Watch
from .negotiate import GRAPHS, SENT, SHORT, TABLES, best
from .pool import Pool
from .problem import Problem
from .proxy import Distant
from .request import Asked, body_of, read
from .resource import PAGE_MOST, describe_query, description_page, read_triples, unknown_page
from .response import Gone, Sent, send_answer
from .settings import Settings
from .writes import Writer

HTML = "text/html"
#: Headers that every answer may have read by a page of another origin.
_EXPOSED = ["ETag", "Link", "Retry-After", "Row-Limit"]
_METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
#: Characters of a query that is not read in passing.
_LONG = 1 << 14


@dataclass
class Service:
    """What the routes need: the store behind, how it may be asked, and what is told of it."""

    backend: Pool | Distant
    settings: Settings
    watch: Watch
    writer: Writer | None = None
    #: How many triples an edition has, None when they are too many to be counted soon.
    counted: tuple[str, int | None] = "", None

    # --- SPARQL

    async def sparql(self, scope: Scope, receive: Receive, send: Send) -> None:
        request, sent, begun = Request(scope, receive), Sent(), time.perf_counter()
        asked: Asked | None = None
        try:
            match request.method:
                case "OPTIONS":
                    sent.status, sent.outcome = 204, "ok"
                    await Response(status_code=204, headers={"Allow": ", ".join(_METHODS)})(scope, receive, send)
                    return
                case "GET" | "HEAD" | "POST":
                    pass
                case method:
                    told = {"Allow": ", ".join(_METHODS)}
                    await self._tell(Problem(405, f"{method} is not answered here", headers=told), request, send, sent)
                    return
            if request.method != "POST" and not {"query", "update"} & request.query_params.keys():
                await self._about_itself(request)(scope, receive, send)
                sent.status, sent.outcome = 200, "ok"
                return
            if request.method == "GET" and _wants_html(request) and "update" not in request.query_params:
                await _page(editor_page(_language(request)))(scope, receive, send)
                sent.status, sent.outcome = 200, "ok"
                return
            asked = await read(request, self.settings)
            if len(asked.text) > _LONG:
                # It takes a while, in which others are answered; what it finds is kept.
                await asyncio.to_thread(lexer.said, asked.text)
            if asked.update:
                await self._update(request, asked)
                await Response(status_code=204)(scope, receive, send)
                sent.status, sent.outcome = 204, "ok"
            else:
                await self._query(request, asked, send, sent)
        except Problem as problem:
            await self._tell(problem, request, send, sent)
        except Gone:
            sent.outcome = "client left"
        except asyncio.CancelledError:
            sent.outcome = sent.outcome or "stopped"
            raise
        finally:
            entry = {"route": "/sparql", "method": request.method, "status": sent.status, "outcome": sent.outcome,
                     "seconds": time.perf_counter() - begun, "rows": sent.rows, "bytes": sent.bytes}  # fmt: skip
            client = request.client.host if request.client else ""
            self.watch.note(entry, asked.text if asked else "", client)

    async def _query(self, request: Request, asked: Asked, send: Send, sent: Sent) -> None:
        self._refuse(asked.text)
        tag = self._tag(asked)
        if tag and tag in [each.strip() for each in request.headers.get("if-none-match", "").split(",")]:
            sent.status, sent.outcome = 304, "ok"
            await Response(status_code=304, headers={"ETag": tag, "Vary": "Accept"})(
                request.scope, request.receive, send
            )
            return
        question = asked.question(f"{request.base_url}sparql", self.settings.max_rows)
        common = {"Vary": "Accept"} | ({"ETag": tag} if tag else {})
        if self.settings.max_rows:
            common["Row-Limit"] = str(self.settings.max_rows)
        headers = {form: {"Content-Type": type_, **common} for form, type_ in SENT.items()}
        await send_answer(
            self.backend.ask(question), request.scope, request.receive, send, headers, self.settings.patience, sent
        )

    def _refuse(self, text: str) -> None:
        """Nothing that changes data, and nothing that reaches a server that was not allowed."""
        self._keep_here(text)
        if word := lexer.update_word(text):
            raise Problem(400, "An update is no query", f"{word} changes data. Ask with SELECT, ASK or CONSTRUCT.")

    def _keep_here(self, text: str) -> None:
        """`Problem` for a query or an update that asks a server that was not allowed."""
        if not set(lexer.services(text)) <= set(self.settings.allow_service):
            raise Problem(403, "SERVICE is not allowed", "This service asks no other server. Leave SERVICE out.")

    def _load_named(self, text: str) -> None:
        """`Problem` for an update that loads what was not named at start."""
        if not lexer.loads(text):
            return
        named = {Path(file).resolve().as_uri() for file in self.settings.allow_load}
        for step in lexer.steps(text):
            if lexer.loads(step) if isinstance(step, str) else step.source not in named:
                detail = "Only files named at start are loaded, as <file:///…>. Send others to the graph store."
                raise Problem(403, "LOAD is not allowed", detail)

    def _tag(self, asked: Asked) -> str:
        """The same for the same question over the same edition; none where the answer may change by itself."""
        edition = self.backend.edition
        if not edition or lexer.changes_by_itself(asked.text) or lexer.services(asked.text):
            return ""
        key = "\x1f".join((edition, asked.text, *asked.default, "", *asked.named, str(asked.table), str(asked.graph)))
        return f'W/"{sha256(key.encode()).hexdigest()[:32]}"'

    async def _update(self, request: Request, asked: Asked) -> None:
        writer = self._allowed(request)
        text = asked.text
        self._load_named(text)
        self._keep_here(text)
        if asked.default or asked.named:
            rewritten = lexer.with_dataset(text, list(asked.default), list(asked.named))
            if rewritten is None:
                raise Problem(
                    400, "Two datasets", "The update names its own by USING or WITH; leave the parameters out."
                )
            text = rewritten
        await writer.update(text, f"{request.base_url}sparql")

    def _allowed(self, request: Request) -> Writer:
        if self.writer is None:
            raise Problem(403, "This service is read-only", "It takes no updates: it was started without --writable.")
        self.writer.check(request.headers.get("authorization", ""))
        return self.writer

    async def _tell(self, problem: Problem, request: Request, send: Send, sent: Sent) -> None:
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

    async def triples(self, query: str, form: str = "ntriples") -> bytes:
        """The answer to a CONSTRUCT of ours, whole."""
        question = Asked(query, update=False, table=None, graph=form).question(None, 0)
        return await self._whole(question | {"union": True, "prefixes": PREFIXES})

    async def _whole(self, question: dict[str, object]) -> bytes:
        async with self.backend.ask(question) as answer:
            return b"".join([piece async for piece in answer.pieces()])

    async def page(self, request: Request) -> Response:
        return _page(served_page(_language(request)), {"Link": '<.well-known/void>; rel="describedby"'})

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
            question = Asked(COUNT_QUERY, update=False).question(None, 0) | {"from": True}
            told = json.loads(await self._whole(question))
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

    async def describe(self, request: Request) -> Response:
        iri = request.query_params.get("iri", "")
        try:
            query = describe_query(iri)
            page_query = describe_query(iri, PAGE_MOST)
        except QueryError as error:
            raise Problem(400, "No IRI to describe", str(error)) from error
        form = request.query_params.get("format", "")
        offered = {**GRAPHS, HTML: "html"}
        type_ = HTML if form == "html" else best(_GRAPH_NAMES.get(form, request.headers.get("accept", "")), offered)
        if type_ == HTML:
            triples = read_triples(await self.triples(page_query))
            lang = _language(request)
            if not triples:
                return _page(unknown_page(iri, lang), status=404)
            return _page(description_page(iri, triples, lang))
        if type_ is None:
            raise Problem(406, "No acceptable format", "A description can be sent as HTML, Turtle or JSON-LD.")
        body = await self.triples(query, GRAPHS[type_])
        if is_empty(body, GRAPHS[type_]):
            raise Problem(404, "Nothing is known of it", iri)
        return Response(body, media_type=SENT[GRAPHS[type_]], headers={"Vary": "Accept"})

    async def resource(self, request: Request) -> Response:
        """An IRI of ours, asked for at this service: see its description."""
        iri = BASE + request.url.path.removeprefix("/")
        type_ = best(request.headers.get("accept", ""), {"text/turtle": "", HTML: "", **GRAPHS}) or "text/turtle"
        form = {HTML: "html", "text/turtle": "ttl"}.get(type_, GRAPHS.get(type_, "ttl"))
        where = f"{self.settings.base.rstrip('/')}/describe?iri={quote(iri, safe='')}&format={form}"
        return RedirectResponse(where, status_code=303, headers={"Vary": "Accept"})

    async def health(self, _: Request) -> Response:
        """Whether a plain query is answered."""
        question = Asked("ASK {}", update=False).question(None, 0)
        async with self.backend.ask(question) as answer:
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

    async def data(self, request: Request) -> Response:
        """The Graph Store Protocol: one graph, read; written with a token."""
        graph = _graph_named(request)
        if request.method in ("GET", "HEAD"):
            type_ = best(request.headers.get("accept", ""), GRAPHS)
            if type_ is None:
                raise Problem(406, "No acceptable format", "A graph can be sent as Turtle, N-Triples or RDF/XML.")
            if isinstance(self.backend, Distant):
                raise Problem(501, "The graph store is behind another server", "Ask it there.")
            form = GRAPHS[type_]
            body = await self._whole({"dump": graph, "graph": form, "prefixes": PREFIXES})
            return Response(body, media_type=SENT[form], headers={"Vary": "Accept"})
        writer = self._allowed(request)
        sent = await body_of(request, self.settings.max_body << 20, self.settings.patience)
        type_ = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        made = await writer.graph(request.method, graph, sent, type_)
        return Response(status_code=201 if made else 204)


#: Names for a format of triples in a link: `&format=jsonld`.
_GRAPH_NAMES = {name: type_ for name, type_ in SHORT.items() if type_ in GRAPHS}


def _graph_named(request: Request) -> str:
    named, default = request.query_params.getlist("graph"), "default" in request.query_params
    if len(named) + default != 1:
        raise Problem(400, "Name one graph", "Send ?default, or ?graph= with its IRI.")
    return named[0] if named else ""


def problem_response(problem: Problem, request: Request) -> Response:
    """The answer that tells it, as text to whoever prefers text."""
    accept = request.headers.get("accept", "")
    offered = {"application/problem+json": "", "application/json": "", "text/plain": ""}
    body, type_ = problem.body(plain=best(accept, offered) == "text/plain")
    return Response(body, problem.status, {"Vary": "Accept", "Cache-Control": "no-store", **problem.headers}, type_)


def _page(text: str, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
    safe = {"Vary": "Accept, Accept-Language", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
    return Response(text, status, {**safe, **(headers or {})}, "text/html; charset=utf-8")


def _wants_html(request: Request) -> bool:
    """Whether a person asks: HTML is named, and nothing of ours is named before it."""
    accept = request.headers.get("accept", "")
    return HTML in accept.lower() and best(accept, {HTML: "", **TABLES, **GRAPHS}) == HTML


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", "")
    if asked in ("en", "es"):
        return asked
    return "es" if request.headers.get("accept-language", "").lower().lstrip().startswith("es") else "en"


class _Raw:
    """A route that answers by itself, without a Response; Starlette calls an object with the three of ASGI."""

    def __init__(self, answer: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.answer(scope, receive, send)


def application(service: Service) -> Starlette:
    """The ASGI application."""

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        yield
        await service.backend.close()

    def told(name: str, answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def logged(request: Request) -> Response:
            begun = time.perf_counter()
            outcome = "ok"
            try:
                response = await answer(request)
            except Problem as problem:
                response, outcome = problem_response(problem, request), problem.title
            client = request.client.host if request.client else ""
            entry = {"route": name, "method": request.method, "status": response.status_code, "outcome": outcome,
                     "seconds": time.perf_counter() - begun, "rows": 0, "bytes": len(response.body)}  # fmt: skip
            service.watch.note(entry, "", client)
            return response

        return logged

    reading = ["GET", "HEAD"]
    routes = [
        Route("/sparql", _Raw(service.sparql)),
        Route("/sparql/", _Raw(service.sparql)),
        Route("/", told("/", service.page), methods=reading),
        Route("/data", told("/data", service.data), methods=["GET", "HEAD", "PUT", "POST", "DELETE"]),
        Route("/ontology", told("/ontology", service.vocabulary), methods=reading),
        Route("/.well-known/void", told("/.well-known/void", service.void), methods=reading),
        Route("/queries", told("/queries", service.queries), methods=reading),
        Route("/queries.json", told("/queries", service.queries), methods=reading),
        Route("/queries/{name}.rq", told("/queries/NAME", service.named_query), methods=reading),
        Route("/describe", told("/describe", service.describe), methods=reading),
        Route("/healthz", told("/healthz", service.health), methods=reading),
        Route("/metrics", told("/metrics", service.metrics), methods=reading),
        *(
            Route(path, told("/id", service.resource), methods=reading)
            for path in ("/id/{rest:path}", "/ns", "/{word}/{rest:path}")
        ),
    ]
    middleware = [Middleware(GZipMiddleware, minimum_size=1024, compresslevel=4)]
    if service.settings.cors:
        origins = service.settings.cors.split(",")
        middleware.insert(0, Middleware(
            CORSMiddleware, allow_origins=origins, allow_methods=["*"], allow_headers=["*"], expose_headers=_EXPOSED,
        ))  # fmt: skip
    return Starlette(routes=routes, middleware=middleware, lifespan=life)
