"""Each limit of the service is met by a test, and what is told is what the table says."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from processes import PATIENCE
from pyoxigraph import Literal, NamedNode, Quad
from serving import Served, serving

from graph.serve.limits import MOST_PARAMETERS, MOST_WHOLE, PAGE_TRIPLES
from graph.serve.settings import limits
from graph.store import Folder

E = "http://example.org/"
#: What the table of limits names → the test that meets it.
MET = {
    "--timeout": "test_hostile.test_an_exploding_query_is_ended",
    "--answer": "test_attack.test_an_answer_has_an_end_however_it_is_read",
    "--memory": "test_hostile.test_an_exploding_query_is_ended",
    "--queue": "test_hostile.test_too_many_at_once_are_sent_away_and_the_rest_answered",
    "--max-query": "test_hostile.test_oversized_requests_are_refused",
    "--max-body": "test_attack.test_bodies_have_a_limit_all_together",
    "--max-rows": "test_hostile.test_a_row_limit_is_told_and_never_passed_over_in_silence",
    "--patience": "test_hostile.test_slow_senders_are_let_go",
    "--grace": "test_serve.test_a_stop_lets_a_running_query_finish",
    "Request line with a query in it": "test_attack.test_a_large_head_is_refused_while_it_comes",
    "Any other request line": "test_attack.test_a_large_head_is_refused_while_it_comes",
    "All headers of a request": "test_attack.test_a_large_head_is_refused_while_it_comes",
    "One header": "test_attack.test_a_large_head_is_refused_while_it_comes",
    "Parameters of a request": "test_limits.test_too_many_parameters",
    "Answer to an HTTP/1.0 client, which gets it whole or not at all": "test_limits.test_a_large_answer_for_http_1_0",
    "Data shown on one page": "test_limits.test_a_page_is_made_of_the_first_triples",
    "Time after which a query counts as a long one": "test_attack.test_slow_readers_make_way",
}


def test_each_limit_is_met_by_a_test() -> None:
    assert [flag.strip("`") or what for what, flag, _, _ in limits()] == list(MET)
    assert [place for place in MET.values() if not is_a_test(place)] == []


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


def test_too_many_parameters(service: Served) -> None:
    data = "query=ASK%7B%7D" + "&x=1" * MOST_PARAMETERS
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = service.client.post(service.sparql, content=data, headers=form)
    assert (answer.status_code, answer.json()["title"]) == (400, "Too many parameters in the body")


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
