"""An answer on its way to the client: headers, pieces as they come, and an honest end.

When an answer fails before its first byte the client gets a clear status; when it fails later the connection is broken
off, so that no client takes a part for the whole. When the client leaves, the evaluation is ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from types import TracebackType

from starlette.types import Message, Receive, Scope, Send

from .limits import MOST_WHOLE
from .pool import Answer
from .problem import Problem

#: So many bytes of an answer are looked at before they are sent, unless more comes at once.
_SHORT = 1 << 12
#: Seconds after which it is watched whether the client is still there.
_LONGER = 0.02


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
    async with _Attended(receive):
        await _pass(answering, scope, send, headers, stall, sent, unless)


class _Attended:
    """What is done within is ended when the client leaves, and leaving it raises `Gone` then.

    Whether the client is there is looked at only where an answer takes longer: most are sent before.
    """

    def __init__(self, receive: Receive) -> None:
        self.receive = receive
        self.watching: asyncio.Task[None] | None = None
        self.left = False

    async def __aenter__(self) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.task, self.cancelling = task, task.cancelling()
        self.timer = asyncio.get_running_loop().call_later(_LONGER, self._watch)

    def _watch(self) -> None:
        self.watching = asyncio.get_running_loop().create_task(self._listen())

    async def _listen(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass
        self.left = True
        self.task.cancel()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.timer.cancel()
        if self.watching is not None:
            self.watching.cancel()
        expected = kind is not None and issubclass(kind, asyncio.CancelledError | Problem | Gone)
        if self.left and self.task.uncancel() <= self.cancelling and expected:
            raise Gone from error


async def _pass(
    answering: Answer,
    scope: Scope,
    send: Send,
    headers: Callable[[Answer], Mapping[str, str]],
    stall: float,
    sent: Sent,
    unless: Callable[[bytes, str], None],
) -> None:
    async def give(*messages: Message) -> None:
        try:
            async with asyncio.timeout(stall):
                for message in messages:
                    await send(message)
        except (TimeoutError, OSError):
            raise Gone from None

    async with answering as answer:
        # A client of HTTP/1.0 cannot tell a broken connection from an end: it gets all or nothing.
        whole = scope.get("http_version") == "1.0"
        pieces = _joined(answer.pieces()) if whole else answer.pieces()
        first, ended = (answer.whole, True) if answer.whole is not None else await _first(pieces)
        if ended and len(first) <= _SHORT:
            unless(first, answer.format)
        told = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers(answer).items()]
        if scope["method"] == "HEAD":
            async for _ in pieces:  # ended within the limits, so that its worker need not be replaced
                pass
            first, ended = b"", True
        elif ended:
            told.append((b"content-length", str(len(first)).encode()))
            sent.rows = answer.rows
        sent.status, sent.bytes = 200, len(first)
        start = {"type": "http.response.start", "status": 200, "headers": told}
        await give(start, {"type": "http.response.body", "body": first, "more_body": not ended})
        if not ended:
            async for piece in pieces:
                sent.bytes += len(piece)
                await give({"type": "http.response.body", "body": piece, "more_body": True})
            sent.rows = answer.rows
            await give({"type": "http.response.body", "body": b"", "more_body": False})
        sent.outcome = "ok"


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
