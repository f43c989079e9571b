"""One stranger neither stops the service nor holds up the others: each attack, and a plain query beside it.

Nothing here leaves this machine, and nothing depends on how fast it is: what is asked beside an attack is answered,
with the statuses that are promised, in time that only an attack which works would exceed.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
from processes import PATIENCE, eventually
from pyoxigraph import Literal, NamedNode, Quad
from serving import Served, in_a_loop, serving

from graph.base import lexer
from graph.base.errors import QueryError
from graph.query import sparql
from graph.serve.turns import Free
from graph.store import Folder, Memory

pytestmark = pytest.mark.slow

WORKERS = 2
MANY = 150_000
E = "http://example.org/"
ENDLESS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LIMITS = ("--workers", str(WORKERS), "--timeout", "300", "--patience", "5")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node of very many triples, in a graph of its own."""
    path = tmp_path_factory.mktemp("attack") / "store"
    hub, predicate, graph = NamedNode(f"{E}hub"), NamedNode(f"{E}p"), NamedNode(f"{E}g")
    Folder(path).replace(Quad(hub, predicate, Literal(f"{number} {'x' * 100}"), graph) for number in range(MANY))
    return path


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[Served]:
    with serving(str(folder), *LIMITS) as served:
        yield served


def answered(served: Served) -> None:
    """A plain query is answered, and so is whoever asks whether the service is well."""
    assert served.get("ASK { ?s ?p ?o }").json()["boolean"] is True
    assert served.client.get(f"{served.url}healthz").text == "ok\n"


@contextmanager
def line(served: Served) -> Iterator[socket.socket]:
    where = urlsplit(served.url)
    with closing(socket.create_connection((str(where.hostname), int(where.port or 0)), timeout=PATIENCE)) as opened:
        yield opened


def said(opened: socket.socket) -> tuple[int, bytes]:
    """The status of an answer, and all of it that comes."""
    found = b""
    try:
        while part := opened.recv(1 << 16):
            found += part
            if b"\r\n\r\n" in found and b'"status"' in found:
                break
    except ConnectionResetError:
        pass
    return int(found.split(b" ", 2)[1]), found


# --- what is sent


@pytest.mark.parametrize("type_", ["application/sparql-update", "image/png"])
def test_a_body_that_is_not_wanted_is_refused_from_its_head(service: Served, type_: str) -> None:
    with line(service) as opened:
        head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type_}\r\nContent-Length: 60000000\r\n\r\n"
        opened.sendall(head.encode())
        # Not one byte of the body is sent.
        assert said(opened)[0] in (403, 415)
    answered(service)


def test_bodies_have_a_limit_all_together(folder: Path) -> None:
    with serving(str(folder), *LIMITS, "--max-body", "1") as served, ExitStack() as stack:
        head = (
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 1000000\r\n\r\n"
        )
        first, second = (stack.enter_context(line(served)) for _ in range(2))
        first.sendall(head + b" " * 700_000)
        eventually(lambda: served.client.get(f"{served.url}healthz").status_code == 200)
        second.sendall(head + b" " * 700_000)
        first.settimeout(PATIENCE)
        statuses = {said(opened)[0] for opened in (second,)}
        assert statuses == {503}
        answered(served)


HEADS = {
    "a long type": (431, b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + b";" * 1_000_000),
    "a long accept": (431, b"GET /sparql?query=ASK HTTP/1.1\r\nHost: localhost\r\nAccept: " + b"a/b," * 500_000),
    "many headers": (431, b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"a:b\r\n" * 400_000),
    "a long address": (414, b"GET /describe?iri=urn:" + b"a" * 1_900_000 + b" HTTP/1.1\r\nHost: localhost"),
    "a long query": (414, b"GET /sparql?query=" + b"%20" * 600_000 + b" HTTP/1.1\r\nHost: localhost"),
    "no end": (414, b"GET /" + b"a" * 3_000_000),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_large_head_is_refused_while_it_comes(service: Served, name: str) -> None:
    status, head = HEADS[name]
    with line(service) as opened:
        sending = threading.Thread(target=_send, args=(opened, head))
        sending.start()
        assert said(opened)[0] == status
        answered(service)
        sending.join()


def test_a_body_whose_length_is_told_in_two_ways_is_refused(service: Served) -> None:
    """A proxy before the service might take the rest for another request."""
    with line(service) as opened:
        opened.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"
        )
        status, text = said(opened)
    assert status == 400
    assert text.count(b"HTTP/1.1 ") == 1
    answered(service)


@pytest.mark.parametrize("host", ["localhost#.evil.example", "localhost/", "a@localhost", "localhost\\.evil.example"])
def test_a_host_is_read_whole(service: Served, host: str) -> None:
    answer = service.client.get(f"{service.url}healthz", headers={"Host": host})
    assert answer.status_code in (400, 421)


def _send(opened: socket.socket, data: bytes) -> None:
    with suppress(OSError):  # it was refused meanwhile
        opened.sendall(data)


# --- what a text costs to be read

UNCLOSED = {
    "long double quotes": 'ASK { ?s ?p """' + '\\"' * 300_000,
    "quotes and backslashes": "ASK { ?s ?p '" + "\\'" * 300_000,
    "long quotes on each line": "ASK { ?s ?p '''" + "\\'''\n" * 130_000,
}
LONG = {
    "long quotes that close": "'''\n" * 200_000,
    "one word": "x" * 900_000,
    "dots": "a" + "." * 900_000,
    "opening signs": "<a" * 300_000,
    "brackets": "(" * 500_000,
    "names": "ex:" + "a.-%41" * 100_000,
    "tags": '"x"' + "@a-" * 200_000,
}


@pytest.mark.parametrize("name", [*UNCLOSED, *LONG])
def test_time_to_read_a_text_grows_with_the_text(service: Served, name: str) -> None:
    text = {**UNCLOSED, **LONG}[name]
    answer = service.client.post(service.sparql, content=text, headers={"Content-Type": "application/sparql-query"})
    assert (answer.status_code, answer.json()["title"]) == (400, "The query cannot be read")
    if name in UNCLOSED:
        assert "in quotes begins here that does not end. Close it with " in answer.json()["detail"]
        assert answer.json()["line"] == 1
    answered(service)


def test_a_text_that_does_not_end_is_told_where_it_begins() -> None:
    with pytest.raises(QueryError) as told:
        sparql.run(Memory(), 'ASK {\n    """ }')
    assert str(told.value) == 'query:2:5: a text in quotes begins here that does not end. Close it with """.'
    assert lexer.said("SELECT * { ?s ?p 'it''s' }").unclosed == -1


# --- what an answer costs


def reading_slowly(
    served: Served, query: str, stop: threading.Event, hurry: threading.Event | None = None
) -> threading.Thread:
    """A client that takes its answer bit by bit, up to `stop`; once it is to `hurry`, in larger pieces."""

    def read() -> None:
        with line(served) as opened:
            # Less than a packet of this machine's own would be passed on five times a second, however fast it is read.
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 18)
            opened.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            # Whoever still waits for the first byte leaves when it is time, too.
            opened.settimeout(0.1)
            with suppress(ConnectionError):  # it was broken off
                while not stop.wait(0.02):
                    with suppress(TimeoutError):
                        if not opened.recv(1 << 16 if hurry and hurry.is_set() else 4096):
                            break

    thread = threading.Thread(target=read)
    thread.start()
    return thread


def test_slow_readers_make_way(folder: Path) -> None:
    """Three times as many as there are workers, each with an answer without end, which no limit ends in our time."""
    stop = threading.Event()
    with serving(str(folder), "--workers", str(WORKERS), "--timeout", "7200", "--patience", "7200") as served:
        slow = [reading_slowly(served, ENDLESS, stop) for _ in range(3 * WORKERS)]
        try:
            for _ in range(5):
                answered(served)
        finally:
            stop.set()
            for thread in slow:
                thread.join()
        answered(served)


def test_another_is_answered_while_one_stranger_fills_workers_and_queue(service: Served) -> None:
    """More questions without an end than run and wait: from an address of its own, as every address of 127.0.0.0/8 is
    this machine."""
    where = urlsplit(service.url)
    place = (str(where.hostname), int(where.port or 0))
    with ExitStack() as stack:
        for _ in range(60):
            opened = stack.enter_context(closing(socket.create_connection(place, PATIENCE, ("127.0.0.2", 0))))
            opened.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        for _ in range(5):
            answered(service)
        refused = len([entry for entry in service.logged() if entry["outcome"] == "Too many queries at once"])
    # It was too much, and nobody else was sent away for it.
    assert refused > 0


def test_whoever_has_least_comes_first_and_the_last_is_kept_for_who_has_none() -> None:
    async def handed_out() -> list[str]:
        free, order = Free([1, 2]), []

        async def want(client: str) -> None:
            await free.get(client)
            order.append(client)

        async with asyncio.TaskGroup() as group:
            for client in ("greedy", "greedy", "greedy", "other"):
                group.create_task(want(client))
                await asyncio.sleep(0)
            await asyncio.sleep(0)
            # The second of the greedy one waits, though one was free.
            assert order == ["greedy", "other"]
            assert not free.has("greedy") and not free.has("third")
            assert free.displace("third", QueryError("last")) is True
            free.left("greedy")
            free.put(1)
            free.put(3)
            await asyncio.sleep(0)
        return order

    with pytest.raises(ExceptionGroup) as told:
        in_a_loop(handed_out())
    assert [str(error) for error in told.value.exceptions] == ["last"]


def test_a_free_one_that_nobody_waits_for_any_more_is_not_lost() -> None:
    async def gone() -> int:
        free: Free[int] = Free()
        waiting = asyncio.ensure_future(free.get("a"))
        await asyncio.sleep(0)
        free.put(1)
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
        return await free.get("a")

    assert in_a_loop(gone()) == 1


def test_the_last_one_kept_from_a_client_is_theirs_when_they_have_none_left() -> None:
    async def taken() -> list[int]:
        free = Free([1, 2])
        first = await free.get("a")
        waiting = asyncio.ensure_future(free.get("a"))
        await asyncio.sleep(0)
        assert not waiting.done(), "one is kept for somebody who has none"
        # The first is lost: it does not come back.
        free.left("a")
        return [first, await asyncio.wait_for(waiting, PATIENCE)]

    assert in_a_loop(taken()) == [1, 2]


def test_nobody_gets_one_at_once_before_those_who_wait() -> None:
    async def taken() -> list[int | None]:
        free = Free([1, 2, 3])
        found = [free.get_now("a"), free.get_now("a"), free.get_now("a")]
        waiting = asyncio.ensure_future(free.get("a"))
        await asyncio.sleep(0)
        found.append(free.get_now("b"))
        waiting.cancel()
        await asyncio.wait([waiting])
        free.put(4)
        return [*found, free.get_now("b")]

    # The last one is kept from whoever has some, and what was given back last comes first.
    assert in_a_loop(taken()) == [3, 2, None, None, 4]


def test_who_is_sent_away_in_the_moment_of_leaving_had_nothing_to_give_back() -> None:
    async def sent_away() -> bool:
        free = Free([1, 2])
        await free.get("a")
        waiting = [asyncio.ensure_future(free.get("a")) for _ in range(2)]
        await asyncio.sleep(0)
        assert free.displace("b", ValueError("too many"))
        waiting[-1].cancel()
        await asyncio.wait(waiting[-1:])
        assert waiting[-1].cancelled()
        kept = not waiting[0].done()
        waiting[0].cancel()
        return kept and not free.has("a")

    assert in_a_loop(sent_away()), "what it has is still counted"


def test_a_stop_amid_an_attack_leaves_no_traceback(folder: Path) -> None:
    with serving(str(folder), *LIMITS, "--grace", "0") as served, ExitStack() as stack:
        for _ in range(8):
            opened = stack.enter_context(line(served))
            opened.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        eventually(lambda: served.running() >= WORKERS)
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(PATIENCE)
    assert not [said for said in served.warned if "Traceback" in said or "ignored" in said], served.warned


def test_an_answer_has_an_end_however_it_is_read(folder: Path) -> None:
    hurry = threading.Event()
    with serving(str(folder), *LIMITS, "--answer", "2") as served:
        slow = reading_slowly(served, ENDLESS, threading.Event(), hurry)
        outcomes: list[object] = []

        def ended() -> bool:
            outcomes.extend(entry["outcome"] for entry in served.logged())
            return "The answer took too long" in outcomes

        eventually(ended)
        # What is still on its way is a few megabytes: it would take half a minute at that pace.
        hurry.set()
        slow.join()
        assert "ok" not in outcomes


def resident(served: Served) -> int:
    """Memory of the web process alone, in bytes."""
    status = Path(f"/proc/{served.process.pid}/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) << 10


@pytest.mark.parametrize("path", [f"describe?iri={E}hub&format=nt", f"data?graph={E}g"])
def test_large_answers_are_passed_on_as_they_come(service: Served, path: str) -> None:
    before = resident(service)
    whole = 0
    with service.client.stream("GET", f"{service.url}{path}", headers={"Accept": "application/n-triples"}) as answer:
        assert answer.status_code == 200
        for piece in answer.iter_bytes():
            whole += len(piece)
    assert whole > MANY * 130
    assert resident(service) - before < 20 << 20
    answered(service)


def test_a_page_of_very_much_has_an_end(service: Served) -> None:
    answer = service.client.get(f"{service.url}describe?iri={E}hub", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert len(answer.content) < 10 << 20
    answered(service)


def test_a_client_that_leaves_ends_what_is_sent(service: Served) -> None:
    service.logged()
    with service.client.stream("GET", f"{service.url}data?graph={E}g", headers={"Accept": "text/turtle"}) as answer:
        next(answer.iter_bytes())
    outcomes: list[object] = []

    def left() -> bool:
        outcomes.extend(entry["outcome"] for entry in service.logged() if entry["route"] == "/data")
        return bool(outcomes)

    eventually(left)
    assert outcomes == ["client left"]


def test_many_made_up_methods_are_one(service: Served) -> None:
    for number in range(20):
        assert service.client.request(f"MADE{number}", service.sparql).status_code == 405
    told = service.client.get(f"{service.url}metrics").text
    assert sum("Unknown method" in text for text in told.splitlines()) == 1
    assert "MADE" not in told


def test_an_address_that_is_none_is_404(service: Served) -> None:
    for path in ("nothing", "nothing/at/all", "favicon.ico", ".well-known/other"):
        answer = httpx.get(f"{service.url}{path}", trust_env=False)
        assert (answer.status_code, answer.json()["title"]) == (404, "There is nothing at this address")
