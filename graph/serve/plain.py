"""Requests that are written as nearly all are, read and answered without the machinery that any request may need.

What is such a request is told strictly, so that nothing is read in another way than `h11` would read it: everything
else is left to that. It halves the time that a short answer takes in the web process.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from starlette.types import ASGIApp, Message
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES

#: A request line, and headers of printable signs, without folded lines.
_REQUEST = re.compile(rb"(GET|HEAD|POST) (/[!-~]*) HTTP/1\.1\r\n((?:[A-Za-z0-9-]+:[ -~]*\r\n)+)\r\n")
_LENGTH = re.compile(rb"[0-9]{1,6}")
#: With these a request is more than it seems.
_OTHERWISE = frozenset({b"transfer-encoding", b"expect", b"upgrade", b"te", b"trailer", b"http2-settings"})
#: Largest body that is taken in here, in bytes.
_MOST = 1 << 16
#: Bytes of a body that wait to be read by whoever answers, before no more are taken from the client.
_AHEAD = 1 << 16
_NO_BODY = (204, 304)


class Request(NamedTuple):
    """A request as it was written. `rest`: what came behind its head."""

    method: str
    target: bytes
    headers: list[tuple[bytes, bytes]]
    length: int
    rest: bytes

    def scope(self, common: dict[str, Any]) -> dict[str, Any]:
        """The request as ASGI has it, with what holds for all of its connection."""
        raw_path, _, query = self.target.partition(b"?")
        return common | {
            "method": self.method,
            "path": unquote(raw_path.decode("ascii")),
            "raw_path": raw_path,
            "query_string": query,
            "headers": self.headers,
        }


def read(data: bytes) -> Request | None:
    r"""The request that begins here with a whole head, or None when it is for `h11` to say what it is.

    >>> read(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").target
    b'/'
    >>> read(b"GET / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n\r\n")
    """
    found = _REQUEST.match(data)
    if found is None:
        return None
    method, target, block = found.groups()
    headers = []
    for line in block[:-2].split(b"\r\n"):
        name, _, value = line.partition(b":")
        headers.append((name.lower(), value.strip(b" ")))
    names = [name for name, _ in headers]
    lengths = [value for name, value in headers if name == b"content-length"]
    if (
        names.count(b"host") != 1
        or not _OTHERWISE.isdisjoint(names)
        or any(value.lower() != b"keep-alive" for name, value in headers if name == b"connection")
        or len(lengths) != (method == b"POST")
        or (lengths and not _LENGTH.fullmatch(lengths[0]))
    ):
        return None
    length, rest = int(lengths[0]) if lengths else 0, data[found.end() :]
    # What follows a request at once is another, or no HTTP.
    if length > _MOST or len(rest) > length:
        return None
    return Request(method.decode(), target, headers, length, rest)


class Cycle:
    """One request and its answer, with the names by which uvicorn's protocol knows it."""

    def __init__(
        self,
        request: Request,
        scope: dict[str, Any],
        flow: FlowControl,
        transport: asyncio.Transport,
        usual: Sequence[tuple[bytes, bytes]],
        complete: Callable[[], None],
    ) -> None:
        """`usual`: headers that go with every answer. `complete` is called behind the last byte of the answer."""
        self.scope, self.flow, self.transport, self.usual, self.complete = scope, flow, transport, usual, complete
        self.disconnected = self.response_complete = False
        self.keep_alive = True
        self.message_event = asyncio.Event()
        self.body = bytearray()
        #: Bytes of the body that have yet to come; what came behind it.
        self.coming = request.length
        self.behind = b""
        self.headless = request.method == "HEAD"
        #: The start of the answer until it is written with the first of its body.
        self.start: Message | None = None
        self.written = self.chunked = False
        #: Bytes that the answer has yet to have, where it said how many.
        self.left: int | None = None
        self.take(request.rest)

    def take(self, data: bytes) -> None:
        """More has come from the client. Of a body that nobody waits for any more, nothing is kept."""
        if not self.response_complete:
            self.body += data[: self.coming]
        self.behind += data[self.coming :]
        self.coming = max(0, self.coming - len(data))
        if self.behind or len(self.body) > _AHEAD:
            self.flow.pause_reading()
        self.message_event.set()

    @property
    def is_over(self) -> bool:
        """Whether what comes next is another request."""
        return self.response_complete and not self.coming

    async def run(self, app: ASGIApp) -> None:
        """Have it answered. What does not come to its end is broken off."""
        try:
            await app(self.scope, self.receive, self.send)
        except Exception:  # noqa: BLE001 - whatever it was, the client is told, and the service answers on
            if not self.written and not self.disconnected:
                self.start = None
                told = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
                await self.send({"type": "http.response.start", "status": 500, "headers": told})
                await self.send({"type": "http.response.body", "body": b"Internal Server Error"})
        finally:
            if not self.response_complete:
                self.transport.close()

    async def receive(self) -> Message:
        """See ASGI."""
        if not self.disconnected and not self.response_complete:
            if self.coming:
                self.flow.resume_reading()
            await self.message_event.wait()
            self.message_event.clear()
        if self.disconnected or self.response_complete:
            return {"type": "http.disconnect"}
        body, self.body = bytes(self.body), bytearray()
        return {"type": "http.request", "body": body, "more_body": self.coming > 0}

    async def send(self, message: Message) -> None:
        """See ASGI."""
        if self.flow.write_paused and not self.disconnected:
            await self.flow.drain()
        if self.disconnected:
            return
        if self.start is None:
            self.start = message
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        head = b"" if self.written else self._head(self.start)
        if self.left is not None:
            self.left -= len(body)
            if self.left < 0 or (self.left and not more):
                self.transport.close()  # an answer of another length than it was said to have
                return
        if self.headless:
            body = b""
        elif self.chunked:
            body = (b"%x\r\n%b\r\n" % (len(body), body) if body else b"") + (b"" if more else b"0\r\n\r\n")
        if head or body:
            self.transport.write(head + body)
        if not more:
            self._end()

    def _head(self, start: Message) -> bytes:
        status = start["status"]
        lines, length = [b"HTTP/1.1 %d %b\r\n" % (status, STATUS_PHRASES[status])], None
        for name, value in (*self.usual, *start.get("headers", ())):
            lines.append(b"%b: %b\r\n" % (name, value))
            if name == b"content-length":
                length = int(value)
            elif name == b"connection":
                self.keep_alive = self.keep_alive and value.lower() != b"close"
        if length is None and status not in _NO_BODY:
            self.chunked = not self.headless
            lines.append(b"Transfer-Encoding: chunked\r\n")
        self.left = None if self.headless else length
        head = b"".join(lines)
        if not head.count(b"\r") == head.count(b"\n") == len(lines) or b"\0" in head:
            raise ValueError("a header of an answer holds the end of a line")
        self.written = True
        return head + b"\r\n"

    def _end(self) -> None:
        self.response_complete = True
        self.message_event.set()
        self.body.clear()
        if not self.keep_alive:
            self.transport.close()
        self.complete()
