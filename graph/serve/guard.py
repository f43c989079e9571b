"""What every request passes before a route answers it: whether its Host is ours, and what answers say of themselves."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problem import Problem, problem_response
from .settings import Settings

_NO_GZIP = re.compile(r"gzip\s*;\s*q\s*=\s*0(?:\.0*)?\s*(?:,|$)", re.IGNORECASE)
#: Signs that end the host in an address, or stand before it: none is in a `Host`.
_NO_HOST = re.compile(r"[/?#@\\\s]")
#: What goes with every answer: a browser takes it for what it says it is.
SAFE = {"X-Content-Type-Options": "nosniff"}
#: What `/sparql` answers.
METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
#: Headers that every answer may have read by a page of another origin.
_EXPOSED = ["Empty-Because", "ETag", "Link", "Retry-After", "Row-Limit"]
_ANY = ("0.0.0.0", "::")  # noqa: S104 - compared, not bound


class Guard:
    """An application that answers 421 to whoever asked for another host, and hands on all other requests.

    A page of another site can have its own name lead to this machine. What it asks then has that name in `Host`. Every
    answer, also of a refusal, says that it is what its type says.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.any_number = settings.host in _ANY
        base = urlsplit(settings.base).hostname or ""
        names = {"localhost", "127.0.0.1", "::1", settings.host, base}
        if self.any_number:
            names.add(socket.gethostname())
        self.names = {name.lower() for name in names if name}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = _safely(send)
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if scope["path"].startswith(("http://", "https://")):
            # The absolute form of a request, as for a proxy.
            try:
                whole = urlsplit(scope["path"])
            except ValueError:
                problem = Problem(400, "The address cannot be read", "Ask for a path, such as /sparql.")
                await problem_response(problem, Request({**scope, "path": "/"}))(scope, receive, send)
                return
            host = whole.netloc
            scope = {**scope, "path": whole.path or "/", "raw_path": (whole.path or "/").encode()}
        if host and not self.is_ours(host):
            detail = "Ask under the name that was given by --host or --base, or as localhost."
            problem = Problem(421, "Wrong host name", detail)
            await problem_response(problem, Request(scope))(scope, receive, send)
            return
        if _NO_GZIP.search(headers.get("accept-encoding", "")):
            kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": kept}
        await self.app(scope, receive, send)

    def is_ours(self, host: str) -> bool:
        """Whether a `Host`, with or without a port, is this service."""
        if _NO_HOST.search(host):
            return False
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self.names or (self.any_number and _is_number(name))


class Origins:
    """Which other pages may ask: a preflight is offered the methods that there are at its address."""

    def __init__(self, app: ASGIApp, origins: list[str], *, writable: bool) -> None:
        def offering(methods: Sequence[str]) -> CORSMiddleware:
            return CORSMiddleware(
                app, allow_origins=origins, allow_methods=methods, allow_headers=["*"], expose_headers=_EXPOSED
            )

        reading = ["GET", "HEAD"]
        self.other, self.sparql = offering(reading), offering(METHODS)
        self.data = offering([*reading, "PUT", "POST", "DELETE"] if writable else reading)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "").rstrip("/")
        chosen = {"/sparql": self.sparql, "/data": self.data}.get(path, self.other)
        await chosen(scope, receive, send)


def _safely(send: Send) -> Send:
    """`send`, with the headers in `SAFE` on whatever is sent."""

    async def safe(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(SAFE)
        await send(message)

    return safe


def _is_number(name: str) -> bool:
    """Whether a host is an address in numbers: no name of somebody else leads to it."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
