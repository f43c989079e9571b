"""Requests that are read without h11 are read as h11 reads them, whatever comes before, between and behind them."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import quote, urlsplit

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st
from processes import PATIENCE
from serving import Served, in_a_loop, serving
from starlette.types import Message, Receive, Scope, Send
from uvicorn.protocols.http.flow_control import FlowControl

from graph.serve.plain import Cycle, read

HOST = b"Host: localhost\r\n"
LINES = [
    HOST, b"Host:localhost \r\n", b"host: evil.example\r\n", b"Accept: */*\r\n", b"Accept:\r\n",
    b"Connection: keep-alive\r\n", b"Connection: close\r\n", b"Connection: upgrade\r\n",
    b"Content-Length: 4\r\n", b"Content-Length: 04\r\n",
    b"Content-Length: +4\r\n", b"Content-Length: 4, 4\r\n", b"Content-Length: 99999999\r\n", b"content-length:4\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding : chunked\r\n", b"Expect: 100-continue\r\n",
    b"Upgrade: h2c\r\n", b" folded: yes\r\n", b"X: a\tb\r\n", b"X: \xc3\xa9\r\n", b"X: a\rb\r\n", b"X : y\r\n",
    b": y\r\n",
    b"X_Y: z\r\n", b"X: \x00\r\n", b"Y: z\n", b"TE: trailers\r\n", b"Content-Type: application/sparql-query\r\n",
]  # fmt: skip
FIRST = [
    b"GET / HTTP/1.1\r\n", b"POST /sparql HTTP/1.1\r\n", b"HEAD /a?b=%20#c HTTP/1.1\r\n", b"GET / HTTP/1.0\r\n",
    b"PUT / HTTP/1.1\r\n", b"GET  / HTTP/1.1\r\n", b"GET /a b HTTP/1.1\r\n",
    b"GET http://x/ HTTP/1.1\r\n", b"GET / HTTP/1.1\n",
    b"GET /\xc3\xa9 HTTP/1.1\r\n", b"\r\nGET / HTTP/1.1\r\n", b"get / HTTP/1.1\r\n", b"OPTIONS * HTTP/1.1\r\n",
]  # fmt: skip


@given(
    st.sampled_from(FIRST[:3]) | st.sampled_from(FIRST),
    st.lists(st.sampled_from(LINES), max_size=4),
    st.sampled_from([b"", b"ASK{}", b"abcd", b"ab", b"0\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"]),
    st.booleans(),
)
def test_what_is_read_without_h11_is_read_alike(first: bytes, lines: list[bytes], rest: bytes, host: bool) -> None:
    data = first + (HOST if host else b"") + b"".join(lines) + b"\r\n" + rest
    found = read(data)
    if found is None:
        return
    other = h11.Connection(h11.SERVER)
    other.receive_data(data)
    request = other.next_event()
    assert isinstance(request, h11.Request)
    assert not other.they_are_waiting_for_100_continue
    assert (found.method.encode(), found.target) == (request.method, request.target)
    assert found.headers == [(name.lower(), value) for name, value in request.headers]
    body, event = b"", other.next_event()
    while isinstance(event, h11.Data):
        body, event = body + bytes(event.data), other.next_event()
    assert body == found.rest
    assert isinstance(event, h11.EndOfMessage) == (len(body) == found.length)
    # The connection is kept for the next request, and nothing of one has come.
    assert other.their_state in (h11.SEND_BODY, h11.DONE)
    assert not other.trailing_data[0]


def test_what_clients_send_is_read_without_h11() -> None:
    for line in (b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n", b"POST /sparql HTTP/1.1\r\nContent-Length: 4\r\n"):
        assert read(line + HOST + b"Accept: */*\r\nUser-Agent: made/1.0 (up)\r\nConnection: keep-alive\r\n\r\n")


# --- over a connection


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with serving("tests/cases/ownership-deal.yaml") as served:
        yield served


@contextmanager
def line(served: Served) -> Iterator[socket.socket]:
    where = urlsplit(served.url)
    with closing(socket.create_connection((str(where.hostname), int(where.port or 0)), timeout=PATIENCE)) as opened:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield opened


def answers(opened: socket.socket, number: int) -> list[bytes]:
    """The bodies of so many answers that come one after another."""
    found: list[bytes] = []
    data = b""
    while len(found) < number:
        part = opened.recv(1 << 16)
        assert part, f"ended after {found} and {data!r}"
        data += part
        while b"\r\n\r\n" in data:
            head, _, rest = data.partition(b"\r\n\r\n")
            size = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            if len(rest) < size:
                break
            found.append(rest[:size])
            data = rest[size:]
    assert not data
    return found


def asking(text: str, more: bytes = b"") -> bytes:
    return b"GET /sparql?query=%b HTTP/1.1\r\n%b%bAccept: text/csv\r\n\r\n" % (quote(text).encode(), HOST, more)


def number(value: int) -> str:
    return f"SELECT ?n {{ BIND({value} AS ?n) }}"


def test_requests_that_come_together_are_answered_in_order(service: Served) -> None:
    slower = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } HAVING (COUNT(*) < 0)"
    many = [asking(number(0)), asking(slower), asking(number(1), b"Expect:\r\n"), asking(number(2)), asking(number(3))]
    with line(service) as opened:
        opened.sendall(b"".join(many))
        first, _, *others = answers(opened, 5)
        assert [first, *others] == [b"n\r\n%d\r\n" % n for n in range(4)]


def test_a_request_may_come_in_any_pieces(service: Served) -> None:
    body = number(7).encode()
    whole = (
        b"POST /sparql HTTP/1.1\r\n%bAccept: text/csv\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: %d\r\n\r\n" % (HOST, len(body))
    ) + body
    with line(service) as opened:
        for at in (*range(1, 40, 7), len(whole) - len(body), len(whole) - 3):
            opened.sendall(whole[:at])
            assert service.get("ASK {}").json()["boolean"]
            opened.sendall(whole[at:] + asking(number(at)))
            assert answers(opened, 2) == [b"n\r\n7\r\n", b"n\r\n%d\r\n" % at]


@pytest.mark.parametrize("path", [b"/sparql", b"/queries"])
def test_a_body_that_nobody_wanted_is_no_request(service: Served, path: bytes) -> None:
    hidden = asking(number(9))
    head = b"POST %b HTTP/1.1\r\n%bContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (path, HOST, len(hidden))
    with line(service) as opened:
        opened.sendall(head)
        (refused,) = answers(opened, 1)
        assert b'"title"' in refused
        opened.sendall(hidden[:20])
        opened.sendall(hidden[20:] + asking(number(1)))
        assert answers(opened, 1) == [b"n\r\n1\r\n"]


# --- what goes wrong inside


class Written(asyncio.Transport):
    """What was written, and whether it was closed then."""

    def __init__(self) -> None:
        super().__init__()
        self.said, self.closed = b"", False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.said += data

    def close(self) -> None:
        self.closed = True


def sent(*messages: Message, method: bytes = b"GET", fails: bool = False) -> Written:
    """What a client is sent by an application that sends so, and fails then."""

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)
        if fails:
            raise ValueError("a fault of ours")

    async def answered() -> Written:
        transport, request = Written(), read(method + b" / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert request is not None
        await Cycle(request, request.scope({}), FlowControl(transport), transport, (), lambda: None).run(app)
        return transport

    return in_a_loop(answered())


START = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]}
OPEN = {**START, "headers": []}


def body(data: bytes, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": data, "more_body": more}


def test_what_fails_before_an_answer_is_told() -> None:
    told = sent(fails=True)
    assert told.said.startswith(b"HTTP/1.1 500 Internal Server Error\r\n")
    assert told.closed


@pytest.mark.parametrize(
    "messages",
    [
        [START, body(b"ab")],
        [START, body(b"abcde")],
        [START, body(b"ab", more=True)],
        [OPEN, body(b"a", more=True)],
    ],
)
def test_an_answer_without_its_end_is_broken_off(messages: list[Message]) -> None:
    told = sent(*messages)
    assert told.closed
    assert b"0\r\n\r\n" not in told.said


def test_no_header_ends_another() -> None:
    told = sent({**OPEN, "headers": [(b"x", b"a\r\nset-cookie: b")]}, body(b"ab"))
    assert told.said.startswith(b"HTTP/1.1 500 Internal Server Error\r\n")
    assert b"cookie" not in told.said


def test_an_answer_is_framed_as_it_was_begun() -> None:
    whole = sent(START, body(b"ab", more=True), body(b"cd"))
    assert whole.said == b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nabcd"
    parts = sent(OPEN, body(b"ab", more=True), body(b"", more=True), body(b"cd"))
    assert parts.said == b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n"
    assert sent(START, body(b""), method=b"HEAD").said == b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n"
    empty = sent({**OPEN, "status": 304}, body(b""))
    assert empty.said == b"HTTP/1.1 304 Not Modified\r\n\r\n"
    assert not any(each.closed for each in (whole, parts, empty))
