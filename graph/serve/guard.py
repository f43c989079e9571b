"""What every request passes before a route answers it: whom it takes this service for, and what it says of itself."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from .problem import Problem, problem_response
from .settings import Settings

_NO_GZIP = re.compile(r"gzip\s*;\s*q\s*=\s*0(?:\.0*)?\s*(?:,|$)", re.IGNORECASE)
_ANY = ("0.0.0.0", "::")  # noqa: S104 - compared, not bound


class Guard:
    """An application that answers 421 to whoever asked for another host, and hands on all other requests.

    A page of another site can have its own name lead to this machine. What it asks then has that name in `Host`.
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
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if scope["path"].startswith(("http://", "https://")):
            # The absolute form of a request, as for a proxy.
            whole = urlsplit(scope["path"])
            host = whole.netloc
            scope = {**scope, "path": whole.path or "/", "raw_path": (whole.path or "/").encode()}
        if host and not self.is_ours(host):
            detail = "Ask under the name that was given by --host or --base, or as localhost."
            problem = Problem(421, "This service goes by another name", detail)
            await problem_response(problem, Request(scope))(scope, receive, send)
            return
        if _NO_GZIP.search(headers.get("accept-encoding", "")):
            kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": kept}
        await self.app(scope, receive, send)

    def is_ours(self, host: str) -> bool:
        """Whether a `Host`, with or without a port, is this service."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self.names or (self.any_number and _is_number(name))


def _is_number(name: str) -> bool:
    """Whether a host is an address in numbers: no name of somebody else leads to it."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
