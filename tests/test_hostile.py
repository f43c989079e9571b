"""Nothing that is sent can stop the service, or make it say something half: hostile queries and hostile clients.

After each, the next plain query is answered at once, and memory is back.
"""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import quote, urlsplit

import httpx
import pytest
from processes import PATIENCE, eventually
from serving import Served, serving

pytestmark = pytest.mark.slow

CASE = "cases/us-el-salvador-prison-deal"
LIMIT = 2.0
#: How long an answer may take that has to be ended. Nothing of what explodes would end by itself within it.
GRACE = PATIENCE
JOIN = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
DOUBLED = "?t0" + "".join(f" . BIND(CONCAT(?t{n}, ?t{n}) AS ?t{n + 1})" for n in range(40))


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with serving(CASE, "--timeout", f"{LIMIT:g}", "--memory", "300", "--queue", "8", "--patience", "3") as served:
        yield served


def nested(start: str, end: str, middle: str, depth: int) -> str:
    return start * depth + middle + end * depth


DEEP = {
    "groups": f"SELECT * WHERE {nested('{', '}', '?s ?p ?o', 100_000)}",
    "groups-1000": f"SELECT * WHERE {nested('{', '}', '?s ?p ?o', 1_000)}",
    "optionals": f"SELECT * WHERE {{ {nested('OPTIONAL {', '}', '?s ?p ?o', 50_000)} }}",
    "unions": f"SELECT * WHERE {{ {nested('{ ?s ?p ?o } UNION {', '}', '?s ?p ?o', 20_000)} }}",
    "exists": f"SELECT * WHERE {{ ?s ?p ?o {nested('FILTER EXISTS {', '}', '?s ?p ?o', 20_000)} }}",
    "brackets": f"SELECT * WHERE {{ ?s ?p ?o FILTER{nested('(', ')', '1', 100_000)} }}",
    "functions": f"SELECT * WHERE {{ ?s ?p ?o FILTER({nested('STR(', ')', '?o', 50_000)} = 1) }}",
    "minus": f"SELECT * WHERE {{ {nested('?s ?p ?o MINUS {', '}', '?s ?p ?o', 20_000)} }}",
    "subselects": f"SELECT * WHERE {nested('{ SELECT * WHERE ', '}', '{ ?s ?p ?o }', 20_000)}",
    "blanks": f"SELECT * WHERE {{ ?s ?p {nested('[ ?p ', ']', '1', 50_000)} }}",
    "lists": f"SELECT * WHERE {{ ?s ?p {nested('(', ')', '1', 50_000)} }}",
    "paths": f"SELECT * WHERE {{ ?s {nested('(', ')*', '!<x:y>', 20_000)} ?o }}",
    "negations": f"SELECT * WHERE {{ ?s ?p ?o FILTER({'!' * 100_000}true) }}",
    "sums": f"SELECT ({'1+' * 100_000}1 AS ?x) {{}}",
    "triples": f"SELECT * WHERE {{ ?s ?p {nested('<<( ?s ?p ', ')>>', '1', 20_000)} }}",
}
EXPLODING = {
    "count": f"SELECT (COUNT(*) AS ?n) WHERE {{ {JOIN} }}",
    "sort": f"SELECT * WHERE {{ {JOIN} }} ORDER BY ?i",
    "distinct": f"SELECT DISTINCT ?a ?d ?g ?i WHERE {{ {JOIN} }}",
    "reduced": f"SELECT REDUCED ?x WHERE {{ {JOIN} FILTER(?a = ?nothing) }}",
    "group": f"SELECT ?a (COUNT(?i) AS ?n) WHERE {{ {JOIN} }} GROUP BY ?a ?d",
    "concat": f"SELECT (GROUP_CONCAT(?i) AS ?n) WHERE {{ {JOIN} }}",
    "min": f"SELECT (MIN(?i) AS ?n) WHERE {{ {JOIN} }}",
    "sample": f"SELECT (AVG(STRLEN(STR(?i))) AS ?n) WHERE {{ {JOIN} }} GROUP BY (STR(?c))",
    "construct": f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {JOIN} FILTER(STR(?a) < STR(?c)) }}",
    "describe": f"DESCRIBE ?i WHERE {{ {JOIN} }}",
    "doubling": f"SELECT ?t40 WHERE {{ BIND('0123456789abcdef' AS ?t0) {DOUBLED[3:]} }}",
    "replace": "SELECT (REPLACE(?x, '.', '01234567890123456789') AS ?y) WHERE { { SELECT (GROUP_CONCAT(?o) AS ?x) "
    "WHERE { ?s ?p ?o . ?q ?r ?t } } }",
    "regex": "SELECT * WHERE { ?s ?p ?o . ?q ?r ?t FILTER(REGEX(CONCAT(STR(?o), STR(?t)), '(a|b|ab)*c(x+x+)+y$')) }",
    "closure": "SELECT (COUNT(*) AS ?n) WHERE { ?a (<>|!<>)* ?b . ?b (<>|!<>|^<>)* ?c }",
    "closures": "SELECT * WHERE { ?a (!<x:y>)+ ?b . ?c (!<x:y>)+ ?d . ?e (!<x:y>)+ ?f FILTER(?a = ?nothing) }",
    "inverse": "SELECT (COUNT(*) AS ?n) WHERE { ?a ((!<x:y>)|^(!<x:y>))* ?b }",
    "cartesian": "SELECT * WHERE { ?a ?b ?c OPTIONAL { ?d ?e ?f FILTER(?c = ?q) } OPTIONAL { ?g ?h ?i } "
    "FILTER(?i = 1) }",
    "exists": "SELECT * WHERE { ?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f . ?g ?h ?i "
    "FILTER(STR(?c) = CONCAT(STR(?f), STR(?i))) } }",
    "minus": f"SELECT (COUNT(*) AS ?n) WHERE {{ {JOIN} MINUS {{ ?a ?x ?y . ?i ?z ?w }} }}",
    "values": f"SELECT (COUNT(*) AS ?n) WHERE {{ {JOIN} VALUES (?j ?k) {{ {'(1 UNDEF) ' * 2000} }} }}",
    "sub": f"SELECT * WHERE {{ {{ SELECT DISTINCT ?i WHERE {{ {JOIN} }} }} "
    f"{{ SELECT DISTINCT ?c WHERE {{ {JOIN} }} }} }}",
    "hash": f"SELECT (MAX(SHA512(CONCAT(STR(?a), STR(?f), STR(?i)))) AS ?n) WHERE {{ {JOIN} }}",
    "random": f"SELECT (SUM(RAND()) AS ?n) WHERE {{ {JOIN} }}",
    "ask": f"ASK {{ {JOIN} FILTER(?a = ?nothing) }}",
    "offset": f"SELECT * WHERE {{ {JOIN} }} OFFSET 10000000000",
    "graphs": "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?k { ?i ?j ?l } }",
}


def plain(service: Served) -> None:
    """The next plain query is answered, soon and right, by as many workers as there were."""
    begun = time.monotonic()
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?c <https://w3id.org/actorgraph/ns#claims> ?p }"
    while (answer := service.get(query)).status_code == 503 and time.monotonic() - begun < GRACE:
        # Every worker had to be ended, and none has started again within the time of a query: one comes when told.
        time.sleep(int(answer.headers["retry-after"]))
    assert answer.status_code == 200
    assert int(answer.json()["results"]["bindings"][0]["n"]["value"]) > 200
    assert time.monotonic() - begun < GRACE


@pytest.mark.parametrize("name", DEEP)
def test_a_deep_query_is_refused_or_answered(service: Served, name: str) -> None:
    begun = time.monotonic()
    answer = service.client.post(service.sparql, data={"query": DEEP[name]})
    assert answer.status_code in (200, 400, 413, 504)
    assert time.monotonic() - begun < LIMIT + GRACE
    if answer.status_code != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["title"]
    plain(service)


@pytest.mark.parametrize("name", EXPLODING)
def test_an_exploding_query_is_ended(service: Served, name: str) -> None:
    """By time or by memory, with a clear status; never by a part that looks whole."""
    begun = time.monotonic()
    try:
        answer = service.client.post(service.sparql, data={"query": EXPLODING[name]})
    except httpx.RemoteProtocolError:
        pass  # broken off after its beginning: honest, too
    else:
        assert answer.status_code in (413, 504), answer.text[:300]
        assert answer.json()["title"] in ("The query ran out of time", "The query needs too much memory")
    assert time.monotonic() - begun < LIMIT + GRACE
    plain(service)


def send(service: Served, query: str, accept: str = "text/csv") -> httpx.Response:
    """The answer with its head alone, so far."""
    asked = service.client.build_request("GET", service.sparql, params={"query": query}, headers={"Accept": accept})
    return service.client.send(asked, stream=True)


def test_memory_is_back(service: Served) -> None:
    before = service.resident()
    for name in ("sort", "distinct", "concat", "doubling"):
        with suppress(httpx.RemoteProtocolError):
            service.client.post(service.sparql, data={"query": EXPLODING[name]})
    eventually(lambda: service.resident() <= before + (100 << 20))


def test_an_answer_that_is_ended_midway_is_broken_off(service: Served) -> None:
    """Over HTTP/1.1 the last piece is missing; as CSV, too, which otherwise would look whole."""
    endless = f"SELECT * WHERE {{ {JOIN} }}"
    for accept in ("text/csv", "application/sparql-results+json"):
        answer = send(service, endless, accept)
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            answer.read()
    plain(service)


def test_a_client_of_http_1_0_gets_all_or_nothing(service: Served) -> None:
    host, port = urlsplit(service.url).hostname, urlsplit(service.url).port
    for query, expected in ((f"SELECT * WHERE {{ {JOIN} }}", (b"413", b"504")), ("SELECT (1 AS ?x) {}", (b"200",))):
        with socket.create_connection((str(host), int(port or 0)), timeout=PATIENCE) as line:
            line.sendall(f"GET /sparql?query={quote(query)} HTTP/1.0\r\n\r\n".encode())
            said = b""
            while part := line.recv(1 << 16):
                said += part
        status = said.split(b" ", 2)[1]
        assert status in expected
        head, _, body = said.partition(b"\r\n\r\n")
        assert f"content-length: {len(body)}".encode() in head.lower()
    plain(service)


def test_a_row_limit_is_told_and_never_passed_over_in_silence() -> None:
    with serving(CASE, "--max-rows", "100") as served:
        small = served.get("SELECT * WHERE { ?s ?p ?o } LIMIT 100")
        assert (small.status_code, small.headers["row-limit"]) == (200, "100")
        assert len(small.json()["results"]["bindings"]) == 100
        assert served.get("SELECT ?s WHERE { ?s ?p ?o } LIMIT 101").status_code == 413
    with serving(CASE, "--max-rows", "20000") as served:
        answer = send(served, "SELECT * WHERE { ?s ?p ?o . ?q ?r ?t }")
        assert answer.headers["row-limit"] == "20000"
        with pytest.raises(httpx.RemoteProtocolError):
            answer.read()


def test_a_client_that_leaves_ends_its_query() -> None:
    """Ended because the client left, and not by the limit of time: that is told otherwise."""
    with serving(CASE, "--timeout", "600") as served:
        place = (str(urlsplit(served.url).hostname), urlsplit(served.url).port or 0)
        for _ in range(6):
            with socket.create_connection(place, timeout=PATIENCE) as line:
                line.sendall(
                    f"GET /sparql?query={quote(EXPLODING['count'])} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
                )
                eventually(lambda: served.running() == 1)
            eventually(lambda: served.running() == 0)
        plain(served)
        outcomes: list[object] = []

        def told() -> bool:
            outcomes.extend(line["outcome"] for line in served.logged())
            return outcomes.count("client left") >= 6

        eventually(told)


def test_a_client_that_reads_nothing_is_let_go(service: Served) -> None:
    host, port = urlsplit(service.url).hostname, urlsplit(service.url).port
    service.logged()
    lines = []
    for _ in range(3):
        line = socket.create_connection((str(host), int(port or 0)), timeout=PATIENCE)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        query = quote("SELECT * WHERE { ?s ?p ?o . ?q ?r ?t }")
        line.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        lines.append(line)
    outcomes: list[object] = []

    def told() -> bool:
        outcomes.extend(line["outcome"] for line in service.logged())
        return len(outcomes) >= 3

    eventually(told)
    assert "ok" not in outcomes
    plain(service)
    for line in lines:
        line.close()


def test_idle_connections_are_no_harm(service: Served) -> None:
    host, port = urlsplit(service.url).hostname, urlsplit(service.url).port
    idle = [socket.create_connection((str(host), int(port or 0)), timeout=PATIENCE) for _ in range(300)]
    plain(service)
    # And they are not kept for ever.
    idle[0].settimeout(PATIENCE)
    assert idle[0].recv(1) == b""
    for line in idle:
        line.close()


def test_slow_senders_are_let_go(service: Served) -> None:
    host, port = urlsplit(service.url).hostname, urlsplit(service.url).port
    with socket.create_connection((str(host), int(port or 0)), timeout=PATIENCE) as head:
        head.sendall(b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: localhost\r\nX-Slow:")
        plain(service)
        assert head.recv(1) == b""
    with socket.create_connection((str(host), int(port or 0)), timeout=PATIENCE) as body:
        body.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 1000\r\n\r\nASK"
        )
        plain(service)
        assert body.recv(1 << 16).startswith(b"HTTP/1.1 408 ")


def test_oversized_requests_are_refused(service: Served) -> None:
    large = "ASK { } #" + "x" * (2 << 20)
    for answer in (
        service.client.post(service.sparql, data={"query": large}),
        service.client.post(service.sparql, content=large, headers={"Content-Type": "application/sparql-query"}),
        service.client.post(
            service.sparql, content=iter([b"query=ASK%20%7B%7D&x="] + [b"y" * (1 << 16)] * 64),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        ),
    ):  # fmt: skip
        assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    plain(service)


@pytest.mark.parametrize(
    "sent",
    [
        b"GET\r\n\r\n",
        b"\x16\x03\x01\x00\xa5\x01\x00\x00",
        b"GET /sparql HTTP/9.9\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /sparql?query=%00%ff%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /" + b"a" * 4_000_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /queries/..%2f..%2fpyproject.rq HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ],
)
def test_bytes_that_are_no_request(service: Served, sent: bytes) -> None:
    host, port = urlsplit(service.url).hostname, urlsplit(service.url).port
    with socket.create_connection((str(host), int(port or 0)), timeout=PATIENCE) as line:
        said = b""
        try:
            line.sendall(sent)
            while part := line.recv(1 << 16):
                said += part
        except (ConnectionResetError, BrokenPipeError):
            pass
        assert not said or 200 <= int(said.split(b" ", 2)[1]) < 500
        assert b"Traceback" not in said
        assert b"[build-system]" not in said
    plain(service)


def test_too_many_at_once_are_sent_away_and_the_rest_answered(service: Served) -> None:
    """Twice as many as may run and wait: each gets an answer, those too many a 503 that says when to come again."""
    with ThreadPoolExecutor(30) as together:
        answers = list(
            together.map(lambda _: service.client.post(service.sparql, data={"query": EXPLODING["count"]}), range(30))
        )
    statuses = [answer.status_code for answer in answers]
    assert set(statuses) == {503, 504}
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in answers if answer.status_code == 503)
    plain(service)


def test_a_worker_that_is_killed_is_replaced(service: Served) -> None:
    killed = set(service.children())
    for number in killed:
        # One that was to be replaced may have ended by itself.
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    eventually(lambda: killed.isdisjoint(service.children()))
    plain(service)
    plain(service)
    assert service.client.get(f"{service.url}healthz").status_code == 200
