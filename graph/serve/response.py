"""An answer on its way to the client: headers, pieces as they come, and an honest end.

When an answer fails before its first byte the client gets a clear status; when it fails later the connection is broken
off, so that no client takes a part for the whole. When the client leaves, the evaluation is ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from starlette.types import Message, Receive, Scope, Send

from .limits import MOST_WHOLE
from .pool import Answer
from .problem import Problem

#: So many bytes of an answer are looked at before they are sent, unless more comes at once.
_SHORT = 1 << 12


@dataclass
class Sent:
    """What became of an answer, for the log."""

    status: int = 0
    outcome: str = ""
    rows: int = 0
    bytes: int = 0


class Gone(Exception):  # noqa: N818 - the client's doing
    """The client has left, or takes nothing any more."""


async def send_answer(
    answering: Answer,
    scope: Scope,
    receive: Receive,
    send: Send,
    headers: Callable[[Answer], Mapping[str, str]],
    stall: float,
    sent: Sent,
    unless: Callable[[bytes, str], None] = lambda _body, _format: None,
) -> None:
    """Ask, and pass the answer on. `headers`: those of an answer. Raises `Problem` and `Gone`.

    `stall`: for how long a client may take nothing, in seconds. `unless` is shown the body and the format of an answer
    that is short, before anything is sent, and may raise `Problem` instead.
    """
    working = asyncio.ensure_future(_pass(answering, scope, send, headers, stall, sent, unless))
    leaving = asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Gone
    finally:
        leaving.cancel()
        if not working.done():
            working.cancel()
            with suppress(asyncio.CancelledError, Problem, Gone):
                await working
    working.result()


async def _left(receive: Receive) -> None:
    """Comes back when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _pass(
    answering: Answer,
    scope: Scope,
    send: Send,
    headers: Callable[[Answer], Mapping[str, str]],
    stall: float,
    sent: Sent,
    unless: Callable[[bytes, str], None],
) -> None:
    async def give(message: Message) -> None:
        try:
            async with asyncio.timeout(stall):
                await send(message)
        except (TimeoutError, OSError):
            raise Gone from None

    async with answering as answer:
        # A client of HTTP/1.0 cannot tell a broken connection from an end: it gets all or nothing.
        whole = scope.get("http_version") == "1.0"
        pieces = _joined(answer.pieces()) if whole else answer.pieces()
        first, ended = await _first(pieces)
        if ended:
            unless(first, answer.format)
        told = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers(answer).items()]
        if whole:
            told.append((b"content-length", str(len(first)).encode()))
        sent.status = 200
        await give({"type": "http.response.start", "status": 200, "headers": told})
        if scope["method"] == "HEAD":
            async for _ in pieces:  # ended within the limits, so that its worker need not be replaced
                pass
            sent.outcome = "ok"
            await give({"type": "http.response.body", "body": b"", "more_body": False})
            return
        sent.bytes = len(first)
        await give({"type": "http.response.body", "body": first, "more_body": True})
        async for piece in pieces:
            sent.bytes += len(piece)
            await give({"type": "http.response.body", "body": piece, "more_body": True})
        sent.rows, sent.outcome = answer.rows, "ok"
        await give({"type": "http.response.body", "body": b"", "more_body": False})


async def _first(pieces: AsyncIterator[bytes]) -> tuple[bytes, bool]:
    """The beginning of an answer, and whether that is all of it."""
    found = b""
    async for piece in pieces:
        found += piece
        if len(found) > _SHORT:
            return found, False
    return found, True


async def _joined(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    found = bytearray()
    async for piece in pieces:
        found += piece
        if len(found) > MOST_WHOLE:
            raise Problem(413, "The answer is too large for HTTP/1.0", "Ask with HTTP/1.1.")
    yield bytes(found)
