"""A connection of the web server, with limits on what comes before a request is read: how much, and for how long."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any, cast

import h11
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from . import plain
from .limits import HEADERS, LONGEST_HEADER, LONGEST_LINE, LONGEST_QUERY_LINE, MOST_HEADERS

#: How long a client that was refused is listened to, so that it reads why, in seconds.
_LISTENED = 1.0
_END = re.compile(rb"\n\r?\n")
#: A body whose length is told in two ways: whoever stands before the service may read another request in it.
_LENGTHS = re.compile(rb"\n(content-length|transfer-encoding)[ \t]*:", re.IGNORECASE)
_QUERY_LINE = re.compile(rb"[A-Z]+ [^ ?]*/sparql/?\?")


class _Connection(H11Protocol):
    """Uvicorn's protocol with a limit on how much is read of a head, and for how long."""

    #: How long no whole request head may come.
    seconds: float

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._since = self.loop.time()
        self._head = bytearray()
        self._refused = False
        self._plain: plain.Cycle | None = None
        self._common = {
            "type": "http", "asgi": {"version": self.asgi_version, "spec_version": "2.3"}, "http_version": "1.1",
            "server": self.server, "client": self.client, "scheme": self.scheme, "root_path": self.root_path,
        }  # fmt: skip
        self._look()

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        if self._plain is not None:
            self._plain.take(data)
            self._go_on()
            return
        if self.conn.their_state is not h11.IDLE:
            super().data_received(data)
            return
        searched = max(0, len(self._head) - 3)
        self._head += data
        end = _END.search(self._head, searched)
        status = refusal(bytes(self._head[: end.end() if end else None]))
        if status:
            self._refuse(*status)
        elif end:
            head, self._head = bytes(self._head), bytearray()
            # What came behind another request is the beginning of this one, and lies with h11.
            request = None if self.conn.trailing_data[0] else plain.read(head)
            if request is None:
                super().data_received(head)
            else:
                self._answer(request)

    def _answer(self, request: plain.Request) -> None:
        self._unset_keepalive_if_required()
        scope = request.scope({**self._common, "state": self.app_state.copy()})
        usual = self.server_state.default_headers
        self._plain = cycle = plain.Cycle(request, scope, self.flow, self.transport, usual, self.on_response_complete)
        # Uvicorn asks no more of it than these two have alike.
        self.cycle = cast(RequestResponseCycle, cycle)
        task = self.loop.create_task(cycle.run(cast(ASGIApp, self.app)))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)

    def _refuse(self, status: int, title: str) -> None:
        body = json.dumps({"type": "about:blank", "title": title, "status": status}).encode() + b"\n"
        head = (
            f"HTTP/1.1 {status} {title}\r\ncontent-type: application/problem+json\r\n"
            f"content-length: {len(body)}\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
        )
        self._refused = True
        self._head.clear()
        self.transport.write(head.encode() + body)
        self.loop.call_later(_LISTENED, self.transport.close)

    def send_400_response(self, msg: str) -> None:
        # Uvicorn's own way fails for HEAD, and where an answer has begun: then it is broken off.
        with suppress(h11.LocalProtocolError):
            super().send_400_response(msg)
        self.transport.close()

    def on_response_complete(self) -> None:
        self._since = self.loop.time()
        super().on_response_complete()
        self._go_on()

    def _go_on(self) -> None:
        """To the next request, when all of one has come and was answered."""
        if self._plain is not None and self._plain.is_over:
            behind, self._plain = self._plain.behind, None
            if behind and not self.transport.is_closing():
                self.loop.call_soon(self.data_received, behind)

    def _look(self) -> None:
        # Until the first request's head has come there is no cycle.
        idle = getattr(self.cycle, "response_complete", True)
        if idle and self.loop.time() - self._since >= self.seconds:
            self.transport.close()
        else:
            self._timer = self.loop.call_later(self.seconds / 2, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        self._timer.cancel()
        super().connection_lost(exc)


def connection(seconds: float) -> type[H11Protocol]:
    """Uvicorn's protocol, which closes a connection on which no whole request head comes within so many seconds.

    A head that is too large is refused while it comes: 414 for its address, 431 for its headers.
    """
    return type("Connection", (_Connection,), {"seconds": seconds})


def refusal(head: bytes) -> tuple[int, str] | None:
    """Why the head of a request is refused, as far as it has come: status and title; None when it is not.

    >>> refusal(b"GET /" + b"a" * 9000)
    (414, 'The address is too long')
    """
    line, _, headers = head.partition(b"\n")
    if len(line) > (LONGEST_QUERY_LINE if _QUERY_LINE.match(line) else LONGEST_LINE):
        return 414, "The address is too long"
    if len(headers) > MOST_HEADERS or headers.count(b"\n") > HEADERS + 1:
        return 431, "There are too many headers"
    if max(map(len, headers.split(b"\n")), default=0) > LONGEST_HEADER:
        return 431, "A header is too long"
    if len({name.lower() for name in _LENGTHS.findall(head)}) > 1:
        return 400, "The length of the body is told in two ways"
    return None
