"""Each limit of the service is met by a test, and what is told is what the table says."""

from __future__ import annotations

import re
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from processes import PATIENCE, eventually, run
from pyoxigraph import Literal, NamedNode, Quad
from serving import Served, serving

from graph.serve.connection import refusal
from graph.serve.limits import (
    HEADERS,
    LONGEST_HEADER,
    LONGEST_LINE,
    LONGEST_QUERY_LINE,
    MOST_HEADERS,
    MOST_PARAMETERS,
    MOST_WHOLE,
    PAGE_TRIPLES,
)  # fmt: skip
from graph.serve.settings import limits
from graph.store import Folder

E = "http://example.org/"
#: What the table of limits names → the test that meets it.
MET = {
    "--timeout": "test_limits.test_a_query_that_takes_too_long",
    "--answer": "test_attack.test_an_answer_has_an_end_however_it_is_read",
    "--memory": "test_limits.test_a_query_that_takes_too_much_memory",
    "--queue": "test_hostile.test_too_many_at_once_are_sent_away_and_the_rest_answered",
    "--max-query": "test_hostile.test_oversized_requests_are_refused",
    "--max-body": "test_limits.test_a_body_that_is_too_large",
    "--max-rows": "test_hostile.test_a_row_limit_is_told_and_never_passed_over_in_silence",
    "--patience": "test_hostile.test_slow_senders_are_let_go",
    "--grace": "test_limits.test_a_query_that_runs_on_when_the_service_stops",
    "Request line with a query in it": "test_limits.test_a_head_of_just_the_size_that_may_be",
    "Any other request line": "test_limits.test_a_head_of_just_the_size_that_may_be",
    "All headers of a request": "test_limits.test_a_head_of_just_the_size_that_may_be",
    "One header": "test_limits.test_a_head_of_just_the_size_that_may_be",
    "Parameters of a request": "test_limits.test_too_many_parameters",
    "Answer to an HTTP/1.0 client, which gets it whole or not at all": "test_limits.test_a_large_answer_for_http_1_0",
    "Data shown on one page": "test_limits.test_a_page_is_made_of_the_first_triples",
    "Time after which a query counts as a long one": "test_limits.test_a_long_query_makes_way",
}


def test_each_limit_is_met_by_a_test() -> None:
    assert [flag.strip("`") or what for what, flag, _, _ in limits()] == list(MET)
    assert [place for place in MET.values() if not is_a_test(place)] == []


def test_the_help_names_every_limit() -> None:
    said = "".join(run("serve", "--help").stdout.split())
    for what, flag, much, told in limits():
        line = f"{what}. If exceeded: {told}." if flag else f"{what}: {much}. If exceeded: {told}."
        assert line.replace(" ", "") in said


def is_a_test(place: str) -> bool:
    """`module.name`, as pytest finds it: read, for importing what a browser needs takes seconds."""
    module, _, name = place.partition(".")
    text = Path(f"tests/{module}.py").read_text("utf-8")
    return name.startswith("test_") and re.search(rf"^def {name}\(", text, re.MULTILINE) is not None


def test_each_promise_is_held_by_a_test() -> None:
    page = Path("docs/threats.md").read_text("utf-8").partition("## What is not promised")[0]
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    promises = [(promise, re.findall(r"`(\w+\.\w+)`", tests)) for promise, tests in rows if promise != "promise"]
    assert len(promises) > 30
    assert [promise for promise, tests in promises if not tests] == []
    assert [place for _, tests in promises for place in tests if not is_a_test(place)] == []


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path: Path = tmp_path_factory.mktemp("limits") / "store"
    hub, predicate = NamedNode(f"{E}hub"), NamedNode(f"{E}p")
    Folder(path).replace(Quad(hub, predicate, Literal(f"{n} {'x' * 500}")) for n in range(PAGE_TRIPLES + 5000))
    with serving(str(path), "--workers", "2") as served:
        yield served


COUNTING = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DOUBLED = "BIND('0123456789abcdef' AS ?t0)" + "".join(f" BIND(CONCAT(?t{n}, ?t{n}) AS ?t{n + 1})" for n in range(40))


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that may be written to, with low limits."""
    path: Path = tmp_path_factory.mktemp("strict") / "store"
    Folder(path).replace(Quad(NamedNode(f"{E}{n}"), NamedNode(f"{E}p"), Literal(n)) for n in range(2000))
    told = ("--workers", "2", "--timeout", "1.5", "--memory", "64", "--max-body", "1", "--writable")
    with serving(str(path), *told, env={"ACTORGRAPH_TOKEN": "s3cret"}) as served:
        yield served


@pytest.mark.slow
def test_a_query_that_takes_too_long(strict: Served) -> None:
    answer = strict.get(COUNTING)
    assert (answer.status_code, answer.json()["title"]) == (504, "The query ran out of time")
    assert "1.5 seconds" in answer.json()["detail"]


@pytest.mark.slow
def test_a_query_that_takes_too_much_memory(strict: Served) -> None:
    answer = strict.get(f"SELECT (STRLEN(?t40) AS ?n) {{ {DOUBLED} }}")
    assert (answer.status_code, answer.json()["title"]) == (413, "The query needs too much memory")


@pytest.mark.slow
def test_a_body_that_is_too_large(tmp_path: Path) -> None:
    """With time enough, so that it is its size that it is refused for."""
    Folder(tmp_path / "store").replace([Quad(NamedNode(f"{E}a"), NamedNode(f"{E}p"), Literal(1))])
    told = ("--workers", "1", "--max-body", "1", "--writable")
    with serving(str(tmp_path / "store"), *told, env={"ACTORGRAPH_TOKEN": "s3cret"}) as served:
        for much, status in ((900_000, 201), (1_100_000, 413)):
            answer = served.client.put(
                f"{served.url}data?graph={E}g", content=f'<urn:a> <urn:b> "{"x" * much}" .',
                headers={"Content-Type": "application/n-triples", "Authorization": "Bearer s3cret"},
            )  # fmt: skip
            assert answer.status_code == status, answer.text


@pytest.mark.slow
def test_a_query_that_runs_on_when_the_service_stops(tmp_path: Path) -> None:
    path = tmp_path / "store"
    Folder(path).replace(Quad(NamedNode(f"{E}{n}"), NamedNode(f"{E}p"), Literal(n)) for n in range(2000))
    with serving(str(path), "--workers", "1", "--timeout", "600", "--grace", "0.2") as served:
        where = urlsplit(served.url)
        with socket.create_connection((str(where.hostname), int(where.port or 0)), timeout=PATIENCE) as line:
            line.sendall(f"GET /sparql?query={quote(COUNTING)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            eventually(lambda: served.running() == 1)
            served.process.send_signal(signal.SIGTERM)
            said = b""
            with suppress(ConnectionResetError):
                said = line.recv(1 << 16)
            assert b" 200 " not in said
        served.process.wait(timeout=PATIENCE)


@pytest.mark.slow
def test_a_long_query_makes_way(strict: Served) -> None:
    """Others wait for a worker: whoever has had one for longest is told when to come again."""
    with ThreadPoolExecutor(12) as together:
        long = list(together.map(lambda _: strict.get(COUNTING), range(12)))
    assert {answer.status_code for answer in long} <= {503, 504}
    refused = [answer for answer in long if answer.status_code == 503]
    assert refused and all(int(answer.headers["retry-after"]) >= 1 for answer in refused)


@pytest.mark.parametrize(
    ("first", "longest"),
    [(b"GET /sparql?query=", LONGEST_QUERY_LINE), (b"GET /describe?iri=", LONGEST_LINE), (b"GET /", LONGEST_LINE)],
)
def test_a_head_of_just_the_size_that_may_be(first: bytes, longest: int) -> None:
    headers = b"Host: localhost\r\n\r\n"
    line = first + b"a" * (longest - len(first) - len(b"\r"))
    assert refusal(line + b"\r\n" + headers) is None
    assert refusal(line + b"a\r\n" + headers) == (414, "The address is too long")
    plain = b"GET / HTTP/1.1\r\n"
    fits = b"a:" + b"b" * (LONGEST_HEADER - 3) + b"\r\n"
    assert refusal(plain + fits + b"\r\n") is None
    assert refusal(plain + b"b" + fits + b"\r\n") == (431, "A header is too long")
    assert refusal(plain + fits * (MOST_HEADERS // len(fits))) is None
    assert refusal(plain + fits * (MOST_HEADERS // len(fits) + 1)) == (431, "There are too many headers")
    assert refusal(plain + b"a: b\r\n" * HEADERS + b"\r\n") is None
    assert refusal(plain + b"a: b\r\n" * (HEADERS + 1) + b"\r\n") == (431, "There are too many headers")


def test_too_many_parameters(service: Served) -> None:
    data = "query=ASK%7B%7D" + "&x=1" * MOST_PARAMETERS
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = service.client.post(service.sparql, content=data, headers=form)
    assert (answer.status_code, answer.json()["title"]) == (400, "Too many parameters in the body")


@pytest.mark.slow
def test_a_large_answer_for_http_1_0(service: Served) -> None:
    where = urlsplit(service.url)
    query = f"SELECT ?o ?n {{ ?s ?p ?o VALUES ?n {{ {' '.join(map(str, range(8)))} }} }}"
    with socket.create_connection((str(where.hostname), int(where.port or 0)), timeout=PATIENCE) as line:
        line.sendall(f"GET /sparql?query={quote(query)} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
        said = b""
        while part := line.recv(1 << 16):
            said += part
    assert b" 413 " in said.splitlines()[0]
    assert b"The answer is too large for HTTP/1.0" in said
    assert len(said) < MOST_WHOLE


def test_a_page_is_made_of_the_first_triples(service: Served) -> None:
    """More than a page is made of: told, and to be had as data."""
    answer = service.client.get(f"{service.url}describe?iri={E}hub", headers={"Accept": "text/html"})
    assert answer.status_code == 413
    assert "Ask for it as data." in answer.text
    data = service.client.get(f"{service.url}describe?iri={E}hub&format=nt")
    assert data.status_code == 200
    assert len(data.text.splitlines()) == PAGE_TRIPLES + 5000
