"""The service as an ASGI application: which address is answered by what, and what stands before all of them."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..base.terms import BASE, PREFIXES
from .guard import Guard, Origins
from .problem import Problem, problem_response
from .response import Gone, Sent
from .service import Service

#: Where the IRIs of the dataset and of the vocabulary lead, below the base.
_WORDS = sorted({iri.removeprefix(BASE).rstrip("/#") for iri in PREFIXES.values() if iri.startswith(BASE)} - {"ns"})


class _Raw:
    """A route that answers by itself, without a Response; Starlette calls an object with the three of ASGI."""

    def __init__(self, answer: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.answer(scope, receive, send)


class _Routes:
    """The addresses of a service, and what answers at each; every answer is noted, however it ended."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def told(self, name: str, answer: Callable[[Request], Awaitable[Response]]) -> _Raw:
        """An answer that is made whole before it is sent."""

        async def whole(request: Request, _send: Send, _sent: Sent) -> Response:
            return await answer(request)

        return self.streamed(name, whole)

    def streamed(self, name: str, answer: Callable[[Request, Send, Sent], Awaitable[Response | None]]) -> _Raw:
        """An answer that may send itself as it comes."""

        async def logged(scope: Scope, receive: Receive, send: Send) -> None:
            request, sent, begun = Request(scope, receive), Sent(), time.perf_counter()
            try:
                response = await answer(request, send, sent)
                if response is not None:
                    sent.status, sent.outcome, sent.bytes = response.status_code, "ok", len(response.body)
                    await response(scope, receive, send)
            except Problem as problem:
                await self.service.tell(problem, request, send, sent)
            except Gone:
                sent.outcome = "client left"
            finally:
                self.service.note(name, request, sent, begun)

        return _Raw(logged)

    def all(self) -> list[Route]:
        service, told, reading = self.service, self.told, ["GET", "HEAD"]
        return [
            Route("/sparql", _Raw(service.sparql)),
            Route("/sparql/", _Raw(service.sparql)),
            Route("/", told("/", service.page), methods=reading),
            Route("/cast", told("/cast", service.cast), methods=reading),
            Route("/data", self.streamed("/data", service.data), methods=["GET", "HEAD", "PUT", "POST", "DELETE"]),
            Route("/ontology", told("/ontology", service.vocabulary), methods=reading),
            Route("/.well-known/void", told("/.well-known/void", service.void), methods=reading),
            Route("/queries", told("/queries", service.queries), methods=reading),
            Route("/queries.json", told("/queries", service.queries), methods=reading),
            Route("/queries/{name}.rq", told("/queries/NAME", service.named_query), methods=reading),
            Route("/describe", self.streamed("/describe", service.describe), methods=reading),
            Route("/healthz", told("/healthz", service.health), methods=reading),
            Route("/metrics", told("/metrics", service.metrics), methods=reading),
            Route("/ns", told("/ns", service.namespace), methods=reading),
            *(Route(f"/{word}/{{rest:path}}", told("/id", service.resource), methods=reading) for word in _WORDS),
        ]


async def _unknown(request: Request, _: Exception) -> Response:
    return problem_response(Problem(404, "There is nothing at this address"), request)


async def _refused(request: Request, error: Exception) -> Response:
    allowed = ", ".join(sorted(re.findall(r"\w+", dict(getattr(error, "headers", None) or {}).get("Allow", ""))))
    problem = Problem(405, "This method is not answered here", f"Send {allowed}.", headers={"Allow": allowed})
    return problem_response(problem, request)


class _Application:
    """All addresses, of which that of queries is reached without looking through the routes."""

    def __init__(self, sparql: ASGIApp, routes: ASGIApp) -> None:
        self.sparql, self.routes = sparql, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        chosen = self.sparql if scope["type"] == "http" and scope["path"] == "/sparql" else self.routes
        await chosen(scope, receive, send)


def application(service: Service) -> ASGIApp:
    """The ASGI application."""

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        service.casts.begin()
        yield
        await service.casts.close()
        await service.backend.close()

    middleware = [Middleware(GZipMiddleware, minimum_size=1024, compresslevel=4)]
    if origins := service.settings.origins:
        middleware.insert(0, Middleware(Origins, origins=origins, writable=service.writer is not None))
    middleware.insert(0, Middleware(Guard, settings=service.settings))
    routes = Starlette(
        routes=_Routes(service).all(),
        middleware=middleware,
        lifespan=life,
        exception_handlers={404: _unknown, 405: _refused},
    )
    sparql: ASGIApp = _Raw(service.sparql)
    for each in reversed(middleware):
        sparql = each.cls(sparql, *each.args, **each.kwargs)
    return _Application(sparql, routes)
