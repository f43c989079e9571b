"""The SPARQL Protocol to the letter, honest errors, and what goes with it: asked over HTTP as any client would."""

from __future__ import annotations

import asyncio
import gzip
import hmac
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import httpx
import pyoxigraph
import pytest
from click.testing import CliRunner
from processes import ACTORGRAPH, PATIENCE, ROOT, eventually, finished, nobody_comes, started
from serving import Served, in_a_loop, serving

import graph as actorgraph
from graph.cli import main
from graph.ingest import graphs_of
from graph.serve import proxy
from graph.serve.app import application
from graph.serve.cast_worker import opening_of_store
from graph.serve.casts import Casts
from graph.serve.children import command
from graph.serve.describe import describe_query
from graph.serve.metrics import Watch
from graph.serve.problem import Problem
from graph.serve.service import Service
from graph.serve.settings import Settings
from graph.serve.writes import Writer
from graph.store import Folder
from graph.store.folder import Editions

CASE = "cases/us-el-salvador-prison-deal"
ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
NAMED = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"
ONE = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"
GRAPH = "CONSTRUCT { ?s a ?k } WHERE { ?s a ?k } LIMIT 5"


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with serving(CASE, "--timeout", "5", "--memory", "512") as served:
        yield served


@pytest.fixture(scope="module")
def configured() -> Iterator[Served]:
    """A service with what is off unless it is asked for."""
    with serving(
        "tests/cases/denied-alone.yaml", "--workers", "1", "--cors", "https://example.org,https://example.net",
        "--base", "https://data.example.org/x", "--host", "0.0.0.0", "--log-queries", "--log-clients",
    ) as served:  # fmt: skip
        yield served


# --- what is asked, and how


def test_get_query(service: Served) -> None:
    answer = service.get("SELECT (1 AS ?one) {}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.json()["results"]["bindings"][0]["one"]["value"] == "1"


def test_post_query_form(service: Served) -> None:
    assert service.client.post(service.sparql, data={"query": "ASK {}"}).json()["boolean"] is True


def test_post_query_direct(service: Served) -> None:
    answer = service.client.post(
        service.sparql, content="ASK {}", headers={"Content-Type": "application/sparql-query; charset=utf-8"}
    )
    assert answer.json()["boolean"] is True


def test_the_endpoint_answers_with_a_slash_at_its_end_too(service: Served) -> None:
    slashed = f"{service.sparql}/"
    assert service.client.get(slashed, params={"query": "ASK {}"}).json()["boolean"] is True
    assert service.client.post(slashed, data={"query": "ASK {}"}).json()["boolean"] is True
    assert service.client.put(slashed, params={"query": "ASK {}"}).status_code == 405
    said = service.client.get(slashed, headers={"Accept": "application/n-triples"}).text
    assert f"<http://www.w3.org/ns/sparql-service-description#endpoint> <{slashed}> ." in said


def test_head_has_the_headers_and_no_body(service: Served) -> None:
    answer = service.client.head(service.sparql, params={"query": ONE})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/sparql-results+json"


def test_a_short_answer_has_its_length(service: Served) -> None:
    short, long = (
        service.get("SELECT * { ?s ?p ?o } LIMIT 3"),
        service.get("SELECT * { ?s ?p ?o . ?x ?y ?z } LIMIT 9999"),
    )
    assert int(short.headers["Content-Length"]) == len(short.content)
    assert "Transfer-Encoding" not in short.headers
    # It may grow without end, so it is sent as it comes.
    assert "Content-Length" not in long.headers
    assert len(long.json()["results"]["bindings"]) == 9999


def test_options_names_what_is_allowed(service: Served) -> None:
    answer = service.client.options(service.sparql)
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_a_page_elsewhere_may_ask_only_when_it_was_allowed(service: Served, configured: Served) -> None:
    asking = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    assert "access-control-allow-origin" not in service.client.options(service.sparql, headers=asking).headers
    asked = service.client.get(service.sparql, params={"query": ONE}, headers={"Origin": "https://example.org"})
    assert "access-control-allow-origin" not in asked.headers
    preflight = configured.client.options(configured.sparql, headers=asking)
    assert preflight.headers["access-control-allow-origin"] == "https://example.org"
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
    for path in ("data", "queries", ""):  # which take no writes here
        asked_to_read = asking | {"Access-Control-Request-Method": "GET"}
        offered = configured.client.options(f"{configured.url}{path}", headers=asked_to_read)
        assert offered.headers["access-control-allow-methods"] == "GET, HEAD"
    other = {**asking, "Origin": "https://example.com"}
    assert "access-control-allow-origin" not in configured.client.options(configured.sparql, headers=other).headers


def test_whoever_asks_for_another_host_is_sent_away(service: Served, configured: Served) -> None:
    """A page whose name was made to lead here asks with that name (DNS rebinding)."""
    port = urlsplit(service.url).port
    for host in ("evil.example", f"evil.example:{port}", "192.168.1.5", "localhost.evil.example", "[::1", "x@y"):
        for path in ("", "sparql?query=ASK+%7B%7D", "healthz", "data?default"):
            answer = service.client.get(f"{service.url}{path}", headers={"Host": host})
            assert (answer.status_code, answer.json()["title"]) == (421, "Wrong host name")
    for host in ("localhost", f"localhost:{port}", f"127.0.0.1:{port}", "LOCALHOST", "[::1]"):
        assert service.client.get(service.url, headers={"Host": host}).status_code == 200
    for host, status in (("data.example.org", 200), ("192.168.1.5:80", 200), ("example.org", 421)):
        assert configured.client.get(configured.url, headers={"Host": host}).status_code == status


def test_a_long_get(service: Served) -> None:
    query = quote("ASK { VALUES ?x { " + '"0123456789" ' * 5000 + "} }")
    with urlopen(f"{service.sparql}?query={query}") as answer:
        assert json.load(answer)["boolean"] is True


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/*;q=0.3, text/csv;q=0, */*;q=0.1", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_a_table_in_the_format_that_is_wanted(service: Served, accept: str, type_: str) -> None:
    for query in (ONE, "ASK {}"):
        answer = service.get(query, accept)
        assert answer.headers["content-type"] == type_
        assert "accept" in answer.headers["vary"].lower()


@pytest.mark.parametrize(
    ("accept", "type_", "form"),
    [
        ("*/*", "text/turtle; charset=utf-8", pyoxigraph.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
        ("application/ld+json", "application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
        ("application/trig", "application/trig", pyoxigraph.RdfFormat.TRIG),
    ],
)
def test_triples_in_the_format_that_is_wanted(
    service: Served, accept: str, type_: str, form: pyoxigraph.RdfFormat
) -> None:
    answer = service.get(GRAPH, accept)
    assert answer.headers["content-type"] == type_
    assert len(list(pyoxigraph.parse(answer.content, format=form))) == 5
    described = service.get("DESCRIBE <https://w3id.org/actorgraph/id/dataset>", accept)
    assert described.headers["content-type"] == type_


def test_each_format_tells_the_same_rows(service: Served) -> None:
    query = "SELECT ?s ?l WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l } ORDER BY ?s ?l LIMIT 500"
    told = []
    for accept, form in (
        ("application/sparql-results+json", pyoxigraph.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", pyoxigraph.QueryResultsFormat.XML),
        ("text/tab-separated-values", pyoxigraph.QueryResultsFormat.TSV),
    ):
        read = pyoxigraph.parse_query_results(service.get(query, accept).content, format=form)
        told.append([tuple(map(str, row)) for row in read])
    assert told[0] == told[1] == told[2]
    assert len(told[0]) == 500


@pytest.mark.parametrize(
    ("status", "title", "parameters", "headers", "body"),
    [
        (400, "There is no query", [], {}, b"x=1"),
        (400, "More than one query", [("query", "ASK {}"), ("query", "ASK {}")], {}, None),
        (400, "The query cannot be read", [("query", "ASK {")], {}, None),
        (400, "Not UTF-8 text in the body", [], {}, b"query=%FF%FE"),
        (415, "The body is of an unknown type", [], {"content-type": "text/plain"}, b"ASK {}"),
        (415, "The body is of an unknown type", [], {"content-type": ""}, b"query=ASK%20%7B%7D"),
        (415, "The query is not in UTF-8", [], {"content-type": "application/sparql-query; charset=utf-16"}, b"A"),
        (400, "The query is not UTF-8 text", [], {"content-type": "application/sparql-query"}, b"ASK { } # \xff"),
        (400, "More than one query", [("query", "ASK {}")], {"content-type": "application/sparql-query"}, b"ASK {}"),
        (405, "An update is not sent by GET", [("update", "CLEAR ALL")], {}, None),
        (400, "Both a query and an update", [("query", "ASK {}"), ("update", "CLEAR ALL")], {}, None),
        (400, "An update is no query", [("query", "CLEAR ALL")], {}, None),
        (400, "A graph has no IRI", [("query", "ASK {}"), ("default-graph-uri", "not an iri")], {}, None),
        (403, "This service is read-only", [], {"content-type": "application/sparql-update"}, b"CLEAR ALL"),
        (403, "This service is read-only", [], {}, b"update=CLEAR%20ALL"),
    ],
)
def test_what_is_wrong_is_said(
    service: Served, status: int, title: str, parameters: list[tuple[str, str]], headers: dict[str, str], body: bytes
) -> None:
    sent = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json", **headers}
    if not sent["content-type"]:
        del sent["content-type"]
    method = "GET" if body is None else "POST"
    answer = service.client.request(method, service.sparql, params=parameters, headers=sent, content=body)
    assert (answer.status_code, answer.json()["title"]) == (status, title)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("type_", ["application/sparql-query", "application/x-www-form-urlencoded"])
def test_a_compressed_query_is_415(service: Served, type_: str) -> None:
    body = b"ASK {}" if type_.endswith("query") else b"query=ASK%20%7B%7D"
    headers = {"content-type": type_, "accept": "application/json"}
    packed = {**headers, "content-encoding": "gzip"}
    answer = service.client.post(service.sparql, headers=packed, content=gzip.compress(body))
    assert (answer.status_code, answer.json()["title"]) == (415, "The body is compressed")
    assert answer.headers["accept-encoding"] == "identity"
    plain = {**headers, "content-encoding": "identity"}
    assert service.client.post(service.sparql, headers=plain, content=body).status_code == 200


def test_other_methods_are_refused_with_allow(service: Served) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        answer = service.client.request(method, service.sparql, params={"query": "ASK {}"})
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_an_unacceptable_format_is_406(service: Served) -> None:
    for query in (ONE, GRAPH, "ASK {}"):
        answer = service.get(query, "image/png")
        assert (answer.status_code, answer.json()["title"]) == (406, "No acceptable format")
        assert ("text/turtle" if query is GRAPH else "text/csv") in answer.json()["detail"]


def test_an_error_has_line_and_column(service: Served) -> None:
    told = service.get("SELECT *\nWHERE [ ?s ?p ?o ]").json()
    assert (told["line"], told["column"]) == (2, 7)
    assert told["detail"].startswith('Cannot be read from "[ ?s ?p ?o ]" on.')
    plain = service.get("SELECT *\nWHERE [ ?s ?p ?o ]", "text/plain")
    assert plain.headers["content-type"] == "text/plain; charset=utf-8"
    assert plain.text.startswith("The query cannot be read. 2:7: ")
    undeclared = service.get("SELECT * { ?s nope:p ?o }").json()
    assert undeclared["detail"] == "The prefix nope: is not declared. Write PREFIX nope: <…> on top."


def test_gzip_when_it_is_accepted(service: Served) -> None:
    with service.client.stream(
        "GET", service.sparql, params={"query": ALL}, headers={"Accept-Encoding": "gzip"}
    ) as answer:
        packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert "accept-encoding" in answer.headers["vary"].lower()
    whole = service.client.get(service.sparql, params={"query": ALL}, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in whole.headers
    assert json.loads(gzip.decompress(packed)) == whole.json()
    assert len(packed) < len(whole.content) / 3


def test_an_unchanged_store_needs_no_second_answer(service: Served) -> None:
    first = service.get(ALL)
    tag = first.headers["etag"]
    again = service.client.get(
        service.sparql,
        params={"query": ALL},
        headers={"If-None-Match": tag, "Accept": "application/sparql-results+json"},
    )
    assert (again.status_code, again.content) == (304, b"")
    assert service.get(ALL, "text/csv").headers["etag"] != tag
    assert "etag" not in service.get("SELECT (RAND() AS ?x) {}").headers


# --- the dataset


def test_without_a_dataset_all_graphs_are_read(service: Served) -> None:
    assert service.get("ASK { ?s <https://w3id.org/actorgraph/ns#claims> ?p }").json()["boolean"] is True


def test_a_dataset_by_parameter_and_by_from(service: Served) -> None:
    graphs = [row["g"] for row in service.rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")]
    actors = "https://w3id.org/actorgraph/id/graph/case/us-el-salvador-prison-deal"
    assert actors in graphs
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"
    by_from = service.rows(count.format(f"FROM <{actors}>"))
    by_parameter = service.get(count.format(""), **{"default-graph-uri": actors}).json()
    assert by_from[0]["n"] == by_parameter["results"]["bindings"][0]["n"]["value"] != "0"
    named = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    found = service.get(named, **{"named-graph-uri": actors}).json()["results"]["bindings"]
    assert [row["g"]["value"] for row in found] == [actors]
    assert service.get("ASK { ?s ?p ?o }", **{"named-graph-uri": actors}).json()["boolean"] is False
    # The Protocol's dataset wins over the query's.
    empty = service.get(count.format(""), **{"default-graph-uri": "", "named-graph-uri": ""}).json()
    assert empty == service.get(count.format("")).json() != by_parameter
    wins = service.get(count.format("FROM <https://example.org/none>"), **{"default-graph-uri": actors}).json()
    assert wins["results"]["bindings"][0]["n"]["value"] == by_from[0]["n"]


def test_triples_are_written_with_the_prefixes_of_the_question(service: Served) -> None:
    query = """PREFIX a: <https://w3id.org/actorgraph/ns#> PREFIX rel: <elsewhere/> PREFIX b: <urn:it>
    CONSTRUCT { ?s a:kind ?k } WHERE { ?s a:kind ?k } LIMIT 3"""
    for accept in ("text/turtle", "application/trig"):
        told = service.get(query, accept).text
        assert "@prefix a: <https://w3id.org/actorgraph/ns#> ." in told and " a:kind " in told
        assert "@prefix b: <urn:it> ." in told and "rel:" not in told
    described = service.get("DESCRIBE <https://w3id.org/actorgraph/id/dataset>", "text/turtle").text
    assert "@prefix dcterms: <http://purl.org/dc/terms/> ." in described and "dcterms:title " in described
    xml = service.get(query, "application/rdf+xml")
    assert len(list(pyoxigraph.parse(xml.content, format=pyoxigraph.RdfFormat.RDF_XML))) == 3


@pytest.mark.parametrize(
    "pattern",
    [
        "?s ex:my-service ?from",
        "?s service:load ?service . ?service from:x service:y",
        "GRAPH service:g { ?s ?p ?o }",
        "?s ex:a.service <http://example.org/>",
        "?s ex:it\\'s_a ex:service , 'a service'",
        "?s ?p 'SERVICE <http://example.org/>' # SERVICE <http://example.org/>",
        "?s ?p 'x'@service FILTER(?o<?p && ?p>?o) ?s ?p ?o",
        "?s <urn:a(b)> <urn:SERVICE#c> FILTER(?s IN (<#service>, <urn:load>))",
        'VALUES ?x { "\\u0022 at your service" }',
        "VALUES (?s ?p) { (<urn:a#b> <urn:c#SERVICE>) (UNDEF <urn:d#e>) } ?s ?p ?service FILTER(?p IN (<urn:c#d>))",
    ],
)
def test_names_that_look_like_keywords_are_names(service: Served, pattern: str) -> None:
    declared = "".join(f"PREFIX {name}: <http://example.org/{name}#> " for name in ("ex", "service", "from", "load"))
    answer = service.get(f"{declared} SELECT * WHERE {{ {pattern}\n}}")
    assert answer.status_code == 200, answer.text


def test_a_long_query_is_answered(service: Served) -> None:
    texts = '"at your service" ' * 10_000
    answer = service.client.post(service.sparql, data={"query": f"ASK {{ VALUES ?x {{ {texts} }} }}"})
    assert answer.json()["boolean"] is True


def test_from_fetches_nothing(service: Served) -> None:
    with nobody_comes() as address:
        assert service.rows(f"SELECT * FROM <{address}data> WHERE {{ ?s ?p ?o }}") == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * WHERE {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * WHERE {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * WHERE {{ BIND(<{0}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
        "PREFIX x: <{0}> SELECT * WHERE {{ SERVICE x: {{ ?s ?p ?o }} }}",
        "ASK {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
        "ASK {{ SERVICESILENT <{0}> {{ ?s ?p ?o }} }}",
        "ASK {{ ?s ?p trueSERVICE<{0}>{{ ?s ?p ?o }} }}",
        "PREFIX x: <{0}> ASK {{ SERVICEx:a {{ ?s ?p ?o }} }}",
        "PREFIX x: <{0}> ASK {{ ?s x:it\\'s ?p . SERVICE <{0}> {{ ?s ?p ?o }} FILTER(?p = 'it') }}",
        "PREFIX x: <{0}> ASK {{ ?s x:a\\# ?p . SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "ASK {{ ?s <{0}\\u0041'> ?p . SERVICE <{0}> {{ ?s ?p ?o }} FILTER(?p = 'it') }}",
        'ASK {{ ?s ?p "\\u0022" . SERVICE <{0}> {{ ?s ?p ?o }} ?s ?p "" }}',
        "ASK {{ BIND(<{0}> AS ?x) FILTER(1<2)SERVICE?x#>\n{{ ?s ?p ?o }} }}",
    ],
)
def test_no_query_reaches_another_server(service: Served, query: str) -> None:
    with nobody_comes() as address:
        answer = service.get(query.format(address))
        assert (answer.status_code, answer.json()["title"]) == (403, "SERVICE is not allowed")


@pytest.mark.parametrize("allowed", [[], ["http://127.0.0.1:9/sparql", "http://localhost/sparql"]])
def test_a_worker_cannot_open_a_connection(tmp_path: Path, allowed: list[str]) -> None:
    """The second wall: the process that evaluates is refused by the kernel, even if the first had a hole.

    Also where it may connect to others than the one that is asked.
    """
    folder = tmp_path / "store"
    with Editions(folder).writing(keep=False) as store:
        store.load(b"<urn:a> <urn:b> <urn:c> .", format=pyoxigraph.RdfFormat.TURTLE)
    path = Editions(folder).edition_path(Editions(folder).current())
    told = {"path": str(path), "union": "", "allow": allowed, "memory": 256 << 20}
    pipes = {"stdin": subprocess.PIPE, "stderr": None, "text": False}
    with nobody_comes() as address, started(command("worker", json.dumps(told)), **pipes) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        query = f"SELECT * WHERE {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
        question = json.dumps({"query": query, "table": "json", "graph": None}).encode()
        ready = worker.stdout.read(5)
        assert ready[:1] == b"R"
        assert json.loads(worker.stdout.read(int.from_bytes(ready[1:], "big")))["offline"] is True
        worker.stdin.write(b"Q" + len(question).to_bytes(4, "big") + question)
        worker.stdin.flush()
        head = worker.stdout.read(5)
        told_ = json.loads(worker.stdout.read(int.from_bytes(head[1:], "big")))
        assert head[:1] == b"X"
        assert "ermission denied" in told_["detail"]


# --- what goes with it


def test_it_describes_itself(service: Served) -> None:
    told = list(pyoxigraph.parse(service.client.get(service.sparql).content, format=pyoxigraph.RdfFormat.TURTLE))
    sd = "http://www.w3.org/ns/sparql-service-description#"
    said = {(t.predicate.value, getattr(t.object, "value", "")) for t in told}
    assert (f"{sd}endpoint", service.sparql) in said
    assert (f"{sd}feature", f"{sd}UnionDefaultGraph") in said
    xml = service.client.get(service.sparql, headers={"Accept": "application/rdf+xml"})
    assert xml.headers["content-type"] == "application/rdf+xml"


def test_void_tells_where_to_ask(service: Served) -> None:
    told = service.client.get(f"{service.url}.well-known/void")
    triples = list(pyoxigraph.parse(told.content, format=pyoxigraph.RdfFormat.TURTLE))
    void = "http://rdfs.org/ns/void#"
    assert any(t.predicate.value == f"{void}sparqlEndpoint" and t.object.value == service.sparql for t in triples)
    assert any(t.predicate.value.endswith("propositionCount") for t in triples)


def test_what_has_no_description_of_its_own_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "data.nq"
    file.write_text("".join(f"<urn:a> <urn:b> <urn:c> {graph} .\n" for graph in ("", "<urn:g>", "<urn:h>")), "utf-8")
    with serving(str(file), "--workers", "1") as served:
        for form in (pyoxigraph.RdfFormat.TURTLE, pyoxigraph.RdfFormat.RDF_XML):
            told = served.client.get(f"{served.url}.well-known/void", headers={"Accept": form.media_type})
            said = {t.predicate.value: t.object.value for t in pyoxigraph.parse(told.content, format=form)}
            void = "http://rdfs.org/ns/void#"
            assert (said[f"{void}sparqlEndpoint"], said[f"{void}triples"]) == (served.sparql, "3")


def test_health_and_metrics(service: Served) -> None:
    assert service.client.get(f"{service.url}healthz").text == "ok\n"
    service.get(ONE)
    told = service.client.get(f"{service.url}metrics")
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    values = dict(line.rsplit(" ", 1) for line in told.text.splitlines() if not line.startswith("#"))
    assert float(values['actorgraph_requests_total{route="/sparql",outcome="ok"}']) >= 1
    assert float(values["actorgraph_rows_total"]) >= 1
    eventually(lambda: service.running() == 0)


def test_the_log_tells_neither_query_nor_client(service: Served) -> None:
    service.logged()
    service.get("SELECT ?secret WHERE { ?secret ?p ?o } LIMIT 7")
    (line,) = service.logged()
    assert {"route": "/sparql", "status": 200, "outcome": "ok", "rows": 7, "method": "GET"}.items() <= line.items()
    assert "secret" not in json.dumps(line)
    assert "127.0.0.1" not in json.dumps(line)


def test_the_log_tells_more_when_it_is_asked_for(configured: Served) -> None:
    configured.get("ASK { ?asked ?p ?o }")
    line = configured.logged()[-1]
    assert (line["query"], line["client"]) == ("ASK { ?asked ?p ?o }", "127.0.0.1")


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv",
                                    "text/tab-separated-values"])  # fmt: skip
def test_rows_are_counted_right(service: Served, accept: str) -> None:
    """Texts that look like the end of a row, in an answer of many pieces."""
    query = """SELECT ?i ?t WHERE {
      ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l . BIND(CONCAT(?l, '},{', '<result>') AS ?t) BIND(1 AS ?i) }"""
    number = service.rows("SELECT (COUNT(*) AS ?n) { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l }")[0]["n"]
    service.logged()
    service.get(query, accept)
    assert service.logged()[-1]["rows"] == int(number)


# --- IRIs that answer


def test_an_iri_answers_with_its_claims(service: Served) -> None:
    actor = service.rows(
        'SELECT ?a WHERE { ?a <http://www.w3.org/2000/01/rdf-schema#label> "Cristosal"@en ; '
        "<https://w3id.org/actorgraph/ns#kind> ?k }"
    )[0]["a"]
    path = urlsplit(actor).path.removeprefix("/actorgraph")
    seen = service.client.get(service.url.rstrip("/") + path, headers={"Accept": "text/turtle"})
    assert seen.status_code == 303
    told = service.client.get(httpx.URL(service.url).join(seen.headers["location"]), headers={"Accept": "text/turtle"})
    predicates = {t.predicate.value for t in pyoxigraph.parse(told.content, format=pyoxigraph.RdfFormat.TURTLE)}
    assert "https://w3id.org/actorgraph/ns#claims" in predicates
    assert "https://w3id.org/actorgraph/ns#stance" in predicates
    html = service.client.get(service.url.rstrip("/") + path, headers={"Accept": "text/html"}, follow_redirects=True)
    assert html.headers["content-type"].startswith("text/html")
    assert "Cristosal" in html.text
    assert service.client.get(f"{service.url}describe", params={"iri": "urn:nothing"}).status_code == 404
    assert service.client.get(f"{service.url}describe", params={"iri": "no iri"}).status_code == 400


def test_a_description_is_asked_for_once() -> None:
    """Whatever the format: over a large store or another server each question counts."""
    asked: list[str] = []

    @asynccontextmanager
    async def ask(question: dict[str, Any], client: str) -> AsyncIterator[SimpleNamespace]:
        asked.append(question["query"])

        async def pieces() -> AsyncIterator[bytes]:
            yield b"<urn:a> <urn:b> <urn:c> .\n" if "urn:a" in question["query"] else b""

        yield SimpleNamespace(kind="graph", format="ntriples", rows=0, steady=True, whole=None, pieces=pieces)

    service = Service(cast(Any, SimpleNamespace(ask=ask)), Settings(), Watch(queries=False, clients=False))

    async def get(iri: str, accept: str) -> int:
        transport = httpx.ASGITransport(application(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost/", trust_env=False) as client:
            return (await client.get("/describe", params={"iri": iri}, headers={"Accept": accept})).status_code

    assert in_a_loop(get("urn:a", "application/n-triples")) == 200
    assert asked == [describe_query("urn:a")]
    assert in_a_loop(get("urn:none", "text/turtle")) == 404
    assert len(asked) == 2


SLEEPING = (sys.executable, "-c", "import time; time.sleep(600)")


@pytest.mark.parametrize("still", ["asked", "chosen"])
def test_a_service_that_stops_ends_the_choice_of_a_cast(still: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the store is asked, and while the process chooses."""
    choosing: list[asyncio.subprocess.Process] = []

    async def answer(_: str) -> bytes:
        if still == "asked":
            choosing.append(process := await asyncio.create_subprocess_exec(*SLEEPING))
            try:
                await asyncio.Event().wait()
            finally:
                process.kill()
                await process.wait()
        return b""

    start = asyncio.create_subprocess_exec

    async def started_as(*words: str, **how: Any) -> asyncio.subprocess.Process:
        choosing.append(process := await start(*SLEEPING, **how))
        return process

    async def stopped() -> int | None:
        casts = Casts(answer, Settings(), {})
        asked = asyncio.create_task(casts.of("edition"))
        while not choosing:
            await asyncio.sleep(0.01)
        await casts.close()
        with pytest.raises(asyncio.CancelledError):
            await asked
        assert casts.kept == ("", "", b"")
        return choosing[0].returncode

    if still == "chosen":
        monkeypatch.setattr("graph.serve.casts.asyncio.create_subprocess_exec", started_as)
    assert in_a_loop(stopped()) == -signal.SIGKILL


def opened_by(folder: Path, places: dict[str, tuple[float, float]] | None = None) -> dict[str, Any]:
    """What the page over a store opens with, as a service that has just started finds it."""

    async def found() -> bytes:
        editions = Editions(folder)
        casts = Casts(cast(Any, None), Settings(), places or {}, editions)
        return await casts.of(editions.current())

    told: dict[str, Any] = json.loads(gzip.decompress(in_a_loop(found())))
    return told


def test_what_the_page_opens_with_is_found_before_anybody_asks_and_again_after_a_change(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = Folder(folder)
    store.replace(actorgraph.load("tests/cases/narrowing.yaml").quads)

    def kept() -> set[Path]:
        return set((folder / "editions").glob("*.opening"))

    with serving(str(folder)) as served:
        eventually(lambda: len(kept()) == 1)
        before = kept()
        asked = served.client.get(f"{served.url}cast").json()
        assert asked == opened_by(folder) and asked["cast"]["nodes"]
        other = actorgraph.load("tests/cases/formerly.yaml")
        store.replace(other.quads)
        # At once that of the evidence in force, not of what was there before.
        told = served.client.get(f"{served.url}cast").json()
        assert told["cast"] == json.loads(json.dumps(opening_of_store(other.store, {})))["cast"] != asked["cast"]
        assert set(told["opening"]["props"]).isdisjoint(asked["opening"]["props"])
        # What was found of an edition goes with it: it may have been withdrawn.
        eventually(lambda: before.isdisjoint(kept()) and len(kept()) == 1)


@pytest.mark.slow
def test_what_the_page_opens_with_is_kept_as_long_as_it_holds(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    Folder(folder).replace(actorgraph.load("tests/cases/narrowing.yaml").quads)
    found = opened_by(folder)
    (kept,) = (folder / "editions").glob("*.opening")
    key, _, answer = kept.read_bytes().partition(b"\n")
    marked = gzip.compress(json.dumps({**found, "marked": True}).encode())
    kept.write_bytes(key + b"\n" + marked)
    assert opened_by(folder)["marked"]
    # Of other places or of other code, or damaged, it is found anew.
    node = "https://w3id.org/actorgraph/id/nobody"
    assert opened_by(folder, {node: (1.0, 2.0)}) == found
    for damaged in (key + b"\n" + marked[:-9], b"other\n" + marked, b"", answer):
        kept.write_bytes(damaged)
        assert opened_by(folder) == found
    assert kept.read_bytes() == key + b"\n" + answer


def test_what_the_page_opens_with_is_sent_once(service: Served) -> None:
    for path in ("", "cast"):
        answer = service.client.get(f"{service.url}{path}", headers={"Accept-Encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        plain = service.client.get(f"{service.url}{path}", headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers and plain.content == answer.content
        again = service.client.get(f"{service.url}{path}", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_pages_for_people(service: Served) -> None:
    for path in (
        "",
        "sparql",
        "queries",
        "ontology",
        f"describe?iri={quote('https://w3id.org/actorgraph/id/dataset')}",
    ):
        answer = service.client.get(service.url + path, headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "<title>" in answer.text
        assert "Content-Security-Policy" in answer.text


def test_the_cookbook_is_served_and_each_query_is_answered(service: Served) -> None:
    listed = service.client.get(f"{service.url}queries", headers={"Accept": "application/json"}).json()
    assert len(listed) >= 20
    for each in listed:
        text = service.client.get(f"{service.url}queries/{each['name']}.rq")
        assert text.headers["content-type"].startswith("application/sparql-query")
        assert service.get(text.text).status_code == 200
    assert service.client.get(f"{service.url}queries/nothing.rq").status_code == 404


def test_the_vocabulary_is_served(service: Served) -> None:
    for path, accept in (("ontology", "text/turtle"), ("ontology?format=ttl", "text/html")):
        told = service.client.get(f"{service.url}{path}", headers={"Accept": accept})
        assert any(pyoxigraph.parse(told.content, format=pyoxigraph.RdfFormat.TURTLE))


# --- other stores


UNION = "http://www.w3.org/ns/sparql-service-description#UnionDefaultGraph"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "options", "union", "seen"),
    [
        ("", (), False, []),
        ("<urn:a> <urn:b> 1 .", (), True, ["1"]),
        # What a file has outside of named graphs is answered beside them.
        ("<urn:a> <urn:b> 1 . <urn:g> { <urn:a> <urn:b> 2 }", (), True, ["1", "2"]),
        ("<urn:g> { <urn:a> <urn:b> 2 }", ("--default-graph", "own"), False, []),
        ("<urn:g> { <urn:a> <urn:b> 2 }", ("--default-graph", "union"), True, ["2"]),
    ],
)
def test_it_says_which_default_graph_it_has(
    tmp_path: Path, data: str, options: tuple[str, ...], union: bool, seen: list[str]
) -> None:
    file = tmp_path / "data.trig"
    file.write_text(data, "utf-8")
    with serving(str(file), "--workers", "1", *options) as served:
        assert (UNION in served.client.get(served.sparql, headers={"Accept": "application/n-triples"}).text) is union
        assert [row["o"] for row in served.rows("SELECT ?o WHERE { <urn:a> <urn:b> ?o } ORDER BY ?o")] == seen
        assert len(served.rows(NAMED)) == len(seen if union else data and ["2"])
        assert served.get("DESCRIBE <urn:nobody>", "text/turtle").status_code == 200
        assert served.client.get(served.url, headers={"Accept": "text/html"}).status_code == 200


@pytest.mark.slow
def test_what_is_written_to_keeps_its_default_graph(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with Editions(folder).writing(keep=False) as store:
        store.add(pyoxigraph.Quad(*(pyoxigraph.NamedNode(f"urn:{name}") for name in "abcg")))
    options = (str(folder), "--workers", "1", "--writable")
    with serving(*options, env={"ACTORGRAPH_TOKEN": "s3cret"}) as served:
        served.client.headers["Authorization"] = "Bearer s3cret"
        assert len(served.rows(ALL)) == 1
        assert update(served, "INSERT DATA { <urn:a> <urn:b> 2 }").status_code == 204
        assert len(served.rows(ALL)) == 2


def test_a_build_is_served_without_a_restart(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with Editions(folder).writing(keep=False) as store:
        store.load(b"<urn:a> <urn:b> 1 .", format=pyoxigraph.RdfFormat.TURTLE, to_graph=pyoxigraph.NamedNode("urn:g"))
    with serving(str(folder)) as served:
        first = served.get(ALL)
        assert len(first.json()["results"]["bindings"]) == 1
        with Editions(folder).writing(keep=True) as store:
            store.load(
                b"<urn:a> <urn:b> 2 .", format=pyoxigraph.RdfFormat.TURTLE, to_graph=pyoxigraph.NamedNode("urn:g")
            )
            # While it is being written, the old content is what there is.
            assert len(served.rows(ALL)) == 1
        second = served.get(ALL)
        assert len(second.json()["results"]["bindings"]) == 2
        assert second.headers["etag"] != first.headers["etag"]


def test_another_server_as_the_store(service: Served) -> None:
    with serving(service.sparql) as served:
        assert served.rows(ONE) == service.rows(ONE)
        assert served.get("ASK {").status_code == 400
        assert served.get(GRAPH, "text/turtle").headers["content-type"] == "text/turtle; charset=utf-8"


@pytest.mark.slow
def test_the_graphs_of_another_server_are_listed_again(writable: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    done(writable, "CLEAR ALL; INSERT DATA { GRAPH <urn:1> { <urn:a> <urn:b> 1 } }")

    async def ask(behind: proxy.Proxy) -> list[str]:
        async with behind.ask({"query": "SELECT ?o WHERE { ?s ?p ?o }", "table": "csv", "graph": None}) as answer:
            return sorted(b"".join([piece async for piece in answer.pieces()]).decode().split()[1:])

    async def grown() -> None:
        behind = proxy.Proxy(writable.sparql, Settings())
        await behind.open()
        try:
            assert await ask(behind) == ["1"]
            done(writable, "INSERT DATA { GRAPH <urn:2> { <urn:a> <urn:b> 2 } }")
            assert await ask(behind) == ["1"]
            monkeypatch.setattr(proxy, "_OLD", -1.0)
            # A server that is busy gives no list, and the old one stays until the next question.
            for _ in range(20):
                found = await ask(behind)
                assert behind.listing is not None
                await behind.listing
                if found != ["1"]:
                    break
            assert found == ["1", "2"]
        finally:
            await behind.close()

    in_a_loop(grown())


# --- writing


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("writable") / "store"
    with Editions(folder).writing(keep=False):
        pass
    options = ("--writable", "--workers", "1", "--timeout", "10")
    with serving(str(folder), *options, env={"ACTORGRAPH_TOKEN": "s3cret"}) as served:
        served.client.headers["Authorization"] = "Bearer s3cret"
        yield served


def update(served: Served, text: str, **more: str) -> httpx.Response:
    return served.client.post(served.sparql, data={"update": text, **more})


def done(served: Served, text: str) -> None:
    answer = update(served, text)
    assert answer.status_code == 204, answer.text


def test_an_update_needs_the_token(writable: Served) -> None:
    for header, status in (({"Authorization": ""}, 401), ({"Authorization": "Bearer wrong"}, 403)):
        answer = writable.client.post(writable.sparql, data={"update": "CLEAR ALL"}, headers=header)
        assert answer.status_code == status


def test_the_token_is_compared_in_constant_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How long it takes tells nobody how much of a guess was right: no other comparison decides."""
    compared = []

    def compare(given: bytes, token: bytes) -> bool:
        compared.append((given, token))
        return given == b"whatever is said to be right"

    monkeypatch.setattr(hmac, "compare_digest", compare)
    writer = Writer(tmp_path, Settings(token="s3cret"))
    for guess in ("s3cret", "s", "wrong"):
        with pytest.raises(Problem, match="Invalid token"):
            writer.check(f"Bearer {guess}")
    writer.check("Bearer whatever is said to be right")
    assert compared[:3] == [(guess, b"s3cret") for guess in (b"s3cret", b"s", b"wrong")]


def test_a_compressed_update_is_415_and_changes_nothing(writable: Served) -> None:
    triple = '<urn:packed> <urn:b> "1"'
    for url, type_, body in (
        (writable.sparql, "application/sparql-update", f"INSERT DATA {{ {triple} }}"),
        (f"{writable.url}data?default", "text/turtle", f"{triple} ."),
    ):
        headers = {"Content-Encoding": "gzip", "Content-Type": type_}
        answer = writable.client.post(url, headers=headers, content=gzip.compress(body.encode()))
        assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")
    assert writable.get("ASK { <urn:packed> ?p ?o }").json()["boolean"] is False


@pytest.mark.slow
def test_an_update_is_done_whole(writable: Served) -> None:
    assert update(writable, "CLEAR ALL; INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1, 2 } }").status_code == 204
    assert len(writable.rows(NAMED)) == 2
    broken = update(writable, "DELETE WHERE { GRAPH ?g { ?s ?p ?o } } ; INSERT DATA { oops")
    assert (broken.status_code, broken.json()["title"]) == (400, "The query cannot be read")
    assert len(writable.rows(NAMED)) == 2
    direct = writable.client.post(
        writable.sparql, content="BASE <urn:x> DELETE DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }",
        headers={"Content-Type": "application/sparql-update"},
    )  # fmt: skip
    assert direct.status_code == 204, direct.text
    assert len(writable.rows(NAMED)) == 1


@pytest.mark.slow
def test_a_graph_that_is_not_there_is_clear_already(writable: Served) -> None:
    text = "PREFIX ex: <urn:x#> INSERT DATA { GRAPH <urn:new> { <urn:a> ex:clear <here> } } ; CLEAR GRAPH ex:clear"
    assert update(writable, text).status_code == 204
    assert writable.rows("SELECT ?o WHERE { GRAPH <urn:new> { ?s ?p ?o } }") == [{"o": f"{writable.url}here"}]
    dropped = update(writable, f"{text} ; DROP GRAPH <urn:none>")
    assert (dropped.status_code, dropped.json()["detail"]) == (400, "The graph <urn:none> does not exist")
    wrong = update(writable, "CLEAR GRAPH <urn:none> ; DROP oops").json()
    assert (wrong["line"], wrong["column"]) == (1, 35)


def test_an_update_over_a_dataset_of_its_own(writable: Served) -> None:
    update(
        writable, "CLEAR ALL; INSERT DATA { GRAPH <urn:1> { <urn:a> <urn:b> 1 } GRAPH <urn:2> { <urn:a> <urn:b> 2 } }"
    )
    text = "INSERT { GRAPH <urn:3> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert update(writable, text, **{"using-graph-uri": "urn:2"}).status_code == 204
    assert [row["o"] for row in writable.rows("SELECT ?o WHERE { GRAPH <urn:3> { ?s ?p ?o } }")] == ["2"]
    clash = update(writable, "WITH <urn:1> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", **{"using-graph-uri": "urn:2"})
    assert clash.status_code == 400


def test_load_and_service_stay_refused(writable: Served) -> None:
    with nobody_comes() as address:
        for text in (f"LOAD <{address}>", f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
                     f"LO\\u0041D SILENT <{address}>", f"LOADSILENT<{address}>", f"PREFIX x: <{address}> LOADx:a",
                     f"INSERT DATA {{ <urn:a> <urn:b> '' }};LOAD<{address}>"):  # fmt: skip
            assert update(writable, text).status_code == 403


@pytest.mark.slow
def test_load_reads_files_named_at_start(tmp_path: Path) -> None:
    folder, file, other, broken = (tmp_path / name for name in ("store", "a;b.ttl", "other.ttl", "broken.ttl"))
    with Editions(folder).writing(keep=False):
        pass
    file.write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    other.write_text("<urn:a> <urn:b> <urn:other> .", "utf-8")
    broken.write_text("<urn:a> <urn:b>", "utf-8")
    allowed = [option for path in (file, broken) for option in ("--allow-load", str(path))]
    with serving(str(folder), "--writable", "--workers", "1", *allowed, env={"ACTORGRAPH_TOKEN": "s3cret"}) as served:
        served.client.headers["Authorization"] = "Bearer s3cret"
        text = f"""PREFIX ex: <urn:x;y#> # ; LOAD
        INSERT DATA {{ GRAPH <urn:g> {{ ex:a ex:load 'x;y' }} }} ;
        LOAD <{file.as_uri()}> INTO GRAPH <urn:g> ; LOAD SILENT <{file.as_uri()}> ;
        BASE <urn:x;> DELETE WHERE {{ GRAPH <urn:g> {{ ex:a ex:load ?o }} }} ;"""
        assert update(served, text).status_code == 204
        assert served.rows("SELECT ?g { GRAPH ?g { <urn:a> <urn:b> <urn:c> } }") == [{"g": "urn:g"}]
        assert served.rows(ALL) == [{"s": "urn:a", "p": "urn:b", "o": "urn:c"}]
        assert len(served.rows(NAMED)) == 1
        for refused in (f"LOAD <{other.as_uri()}>", f"{text} LOAD <{other.as_uri()}>", f"LOAD <{file.as_uri()}x>",
                        f"PREFIX x: <{file.as_uri()}> LOAD x:", f"LOAD <{file.as_uri()}> INTO GRAPH x:g"):  # fmt: skip
            assert update(served, refused).status_code == 403
        failed = update(served, f"CLEAR ALL ; LOAD <{broken.as_uri()}>")
        assert (failed.status_code, failed.json()["title"]) == (400, "The file cannot be loaded")
        assert len(served.rows(NAMED)) == 1
        wrong = update(served, f"LOAD <{file.as_uri()}> ;\n DROP oops").json()
        assert (wrong["line"], wrong["column"]) == (2, 11)


def test_names_in_an_update_that_look_like_keywords_are_names(writable: Served) -> None:
    text = """PREFIX load: <urn:load#> PREFIX service: <urn:service#>
    INSERT DATA { GRAPH load:g { service:a load:b 'LOAD <urn:c>' ; load:c service:load } } ;
    COPY load:g TO load:h ; CLEAR GRAPH load:g"""
    assert update(writable, text).status_code == 204
    assert len(writable.rows("SELECT * WHERE { GRAPH <urn:load#h> { ?s ?p ?o } }")) == 2


#: Writes whatever its text says: nobody judges it.
UNJUDGED = "from graph.serve import write_worker; write_worker.judged = lambda text, _: text; write_worker.main()"


@pytest.mark.parametrize("allowed", [[], ["http://127.0.0.1:9/sparql"]])
def test_a_writer_cannot_open_a_connection(tmp_path: Path, allowed: list[str]) -> None:
    folder = tmp_path / "store"
    with Editions(folder).writing(keep=False):
        pass
    with nobody_comes() as address:
        told = {
            "what": "update", "base": None, "path": str(folder), "memory": 1024,
            "allow_service": allowed, "allow_load": [], "default": [], "named": [],
        }  # fmt: skip
        given = f"{json.dumps(told)}\nINSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
        done = finished([ACTORGRAPH[0], "-c", UNJUDGED], given=given)
        assert done.returncode == 0, done.stderr
        assert "ermission denied" in json.loads(done.stdout)["detail"]


@pytest.mark.slow
def test_the_graph_store_protocol(writable: Served) -> None:
    done(writable, "CLEAR ALL")
    url, graph = f"{writable.url}data", {"graph": "https://example.org/g"}
    turtle = {"Content-Type": "text/turtle"}
    assert writable.client.get(url, params=graph).status_code == 404
    assert writable.client.put(url, params=graph, content="<a> <b> 1 .", headers=turtle).status_code == 201
    assert writable.client.post(url, params=graph, content="<a> <b> 2 .", headers=turtle).status_code == 204
    got = writable.client.get(url, params=graph, headers={"Accept": "application/n-triples"})
    assert min(got.text.splitlines()).startswith("<https://example.org/a> <https://example.org/b>")
    assert len(got.text.splitlines()) == 2
    assert writable.client.put(url, params=graph, content="<a> <b> 3 .", headers=turtle).status_code == 204
    assert (
        len(writable.client.get(url, params=graph, headers={"Accept": "application/n-triples"}).text.splitlines()) == 1
    )
    assert writable.client.put(url, params=graph, content="oops", headers=turtle).status_code == 400
    assert writable.client.put(url, params=graph, content="{}", headers={"Content-Type": "x/y"}).status_code == 415
    assert writable.client.delete(url, params=graph).status_code == 204
    assert writable.client.get(url, params=graph).status_code == 404
    assert writable.client.delete(url, params=graph).status_code == 404
    assert writable.client.put(f"{url}?default", content="<urn:a> <urn:b> 4 .", headers=turtle).status_code in (
        201,
        204,
    )
    assert "4" in writable.client.get(f"{url}?default").text
    assert writable.client.get(url).status_code == 400
    assert (
        writable.client.put(url, params=graph, content="", headers={**turtle, "Authorization": ""}).status_code == 401
    )


# --- starting and stopping


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such-folder"], "no-such-folder"),
        (["--workers", "0"], "--workers must be from 1 to 256, not 0"),
        (["--writable"], "--writable needs a token: set ACTORGRAPH_TOKEN"),
        (["--default-graph", "both"], "--default-graph must be union or own"),
        (["--allow-load", "no-such-file"], "no-such-file: is not a file"),
    ],
)
def test_what_cannot_be_served_is_said_in_one_line(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        # So that what is served by mistake does not begin.
        port = str(taken.getsockname()[1])
        done = CliRunner(env={"ACTORGRAPH_TOKEN": ""}).invoke(main, ["serve", *arguments, "--port", port])
    assert done.exit_code in (1, 2) and isinstance(done.exception, SystemExit)
    assert said in done.stderr


def test_a_store_that_does_not_answer_is_said() -> None:
    done = finished([*ACTORGRAPH, "serve", "http://127.0.0.1:9/sparql", "--port", "0"], cwd=ROOT)
    assert done.returncode == 1
    assert "does not answer SPARQL" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--port", "99999", "--port must be from 0 to 65,535, not 99,999"),
        ("--port", "-1", "--port must be from 0 to 65,535, not -1"),
        ("--port", "eighty", "'eighty' is not a valid integer"),
        ("--workers", "100000", "--workers must be from 1 to 256"),
        ("--memory", "99999999999999", "--memory must be from 16 to 1,048,576"),
        ("--timeout", "nan", "--timeout must be from 0.01 to 86,400, not nan"),
        ("--answer", "inf", "--answer must be from 0.01 to 86,400, not inf"),
        ("--patience", "0", "--patience must be from 0.01 to 86,400"),
        ("--grace", "nan", "--grace must be from 0 to 86,400"),
        ("--max-rows", "-1", "--max-rows must be from 0 to "),
        ("--max-query", "0", "--max-query must be from 1 to "),
        ("--max-body", "1e3", "'1e3' is not a valid integer"),
        ("--queue", "-1", "--queue must be from 0 to 10,000"),
        ("--host", "", "--host is empty"),
        ("--base", "notaurl", "--base notaurl: is not an address. Write https://…"),
        ("--base", "http://[::1", "--base http://[::1: is not an address"),
        ("--cors", "https://a.example/page", "--cors https://a.example/page: is not an origin"),
        ("--cors", "https://a.example, b.example", "--cors b.example: is not an origin"),
        ("--allow-service", "urn:x", "--allow-service urn:x: is not an address"),
        ("--default-graph", "both", "--default-graph must be union or own"),
        ("--made-up", "1", "No such option"),
    ],
)
def test_every_option_that_is_wrong_is_told_in_one_line(option: str, value: str, said: str) -> None:
    told = CliRunner().invoke(main, ["serve", CASE, option, value])
    assert (told.exit_code, told.stdout, len(told.stderr.splitlines())) == (2, "", 1)
    assert told.stderr.startswith("Error: ") and said in told.stderr


@pytest.mark.parametrize("host", ["nowhere.invalid", "203.0.113.5"])
def test_a_host_that_is_not_this_machine_is_said(host: str) -> None:
    told = CliRunner().invoke(main, ["serve", "tests/cases/denied-alone.yaml", "--host", host, "--port", "0"])
    assert told.exit_code == 1
    assert told.stderr.startswith(f"{host}:0: cannot be used (")
    assert told.stderr.endswith("). Choose another --host.\n")


def test_a_damaged_store_is_said_in_one_line(tmp_path: Path) -> None:
    graph_store = tmp_path / "store"
    run = CliRunner().invoke(main, ["load", str(graph_store), str(written_triple(tmp_path))])
    assert run.exit_code == 0, run.output
    for table in (graph_store / "editions").glob("*/MANIFEST*"):
        table.write_bytes(b"broken")
    done = finished([*ACTORGRAPH, "serve", str(graph_store), "--port", "0"], cwd=ROOT)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
    assert done.stderr.startswith(f"{graph_store}: cannot be opened as a store (Corruption: ")
    assert done.stderr.endswith("). Restore a backup.\n")


def written_triple(folder: Path) -> Path:
    file = folder / "one.nt"
    file.write_text("<urn:a> <urn:b> <urn:c> .\n", "utf-8")
    return file


def test_a_port_in_use_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = finished([*ACTORGRAPH, "serve", CASE, "--port", str(port)], cwd=ROOT)
    assert done.returncode == 1
    assert done.stderr == f"127.0.0.1:{port}: cannot be used (Address already in use). Choose another --port.\n"


@pytest.mark.slow
def test_a_stop_is_quiet() -> None:
    with started([*ACTORGRAPH, "serve", CASE, "--port", "0"], cwd=ROOT) as process:
        assert process.stdout is not None
        assert "Serving the page at" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (0, "")


@pytest.mark.slow
def test_a_stop_lets_a_running_query_finish() -> None:
    with serving(CASE, "--timeout", "600", "--grace", "600") as served:
        place = (str(urlsplit(served.url).hostname), urlsplit(served.url).port or 80)
        workers = served.children()
        with socket.create_connection(place, timeout=PATIENCE) as line:
            for worker in workers:
                os.kill(worker, signal.SIGSTOP)
            line.sendall(b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n")
            eventually(lambda: served.running() == 1)
            served.process.send_signal(signal.SIGTERM)
            eventually(lambda: not listens(place))
            for worker in workers:
                os.kill(worker, signal.SIGCONT)
            said = line.recv(65536)
        assert said.startswith(b"HTTP/1.1 200")
        served.process.wait(timeout=PATIENCE)
    assert served.process.returncode == 0


def listens(place: tuple[str, int]) -> bool:
    with socket.socket() as line:
        return line.connect_ex(place) == 0


# --- what public clients and kits ask


def test_a_format_in_the_address_is_a_hint_and_not_a_trap(service: Served) -> None:
    def asked(query: str, extra: str) -> str:
        address = f"{service.sparql}?query={quote(query)}{extra}"
        answer = service.client.get(address, headers={"Accept": "*/*"})
        assert answer.status_code == 200, answer.text
        return answer.headers["content-type"].partition(";")[0]

    # As SPARQLWrapper sends them.
    assert asked(GRAPH, "&format=xml&output=xml&results=xml") == "application/rdf+xml"
    assert asked(ONE, "&format=json&output=json&results=json") == "application/sparql-results+json"
    assert asked(GRAPH, "&format=json-ld") == "application/ld+json"
    assert asked(ONE, "&format=csv&format=csv") == "text/csv"
    assert asked(ONE, "&format=nothing-known") == "application/sparql-results+json"
    # A format in which such an answer cannot be written says nothing of it.
    assert asked(GRAPH, "&format=csv") == "text/turtle"
    assert asked(ONE, "&format=turtle") == "application/sparql-results+json"
    tsv = {"Accept": "text/tab-separated-values"}
    for hint in ("foo", "turtle", "text/html"):
        answer = service.client.get(service.sparql, params={"query": ONE, "format": hint}, headers=tsv)
        assert answer.headers["content-type"].startswith("text/tab-separated-values")


def test_gzip_that_is_refused_is_not_sent(service: Served) -> None:
    for wanted in ("gzip;q=0", "gzip; q=0.0, identity", "identity"):
        answer = service.client.get(service.sparql, params={"query": ALL}, headers={"Accept-Encoding": wanted})
        assert "content-encoding" not in answer.headers


def test_every_answer_says_that_it_is_what_it_says(service: Served) -> None:
    paths = (
        "",
        "sparql",
        "ontology",
        "queries.json",
        ".well-known/void",
        "metrics",
        "healthz",
        "nowhere",
        "data",
        "ns",
    )
    asked = [service.client.get(f"{service.url}{path}") for path in paths]
    asked += [service.get(ONE), service.get(GRAPH, "text/turtle"), service.get("nonsense")]
    asked += [service.get(ONE, "image/png"), service.client.put(service.url)]
    asked.append(service.client.get(f"{service.url}{'x' * 9000}"))
    assert {answer.headers.get("x-content-type-options") for answer in asked} == {"nosniff"}


def test_only_what_is_there_has_an_address(service: Served) -> None:
    def status(path: str, accept: str = "text/turtle") -> int:
        return service.client.get(f"{service.url}{path}", headers={"Accept": accept}).status_code

    for path in ("nowhere", "id/nobody", "id/", "said/nothing", "sparql/x", "ns/x", "id/%E4"):
        assert (status(path), status(path, "text/html")) == (404, 404), path
    assert status("id/dataset") == 303
    vocabulary = service.client.get(f"{service.url}ns")
    assert (vocabulary.status_code, vocabulary.headers["location"]) == (303, "/ontology")


def test_a_method_that_is_not_answered_is_told_with_those_that_are(service: Served) -> None:
    for path, allowed in (("", "GET, HEAD"), ("metrics", "GET, HEAD"), ("describe", "GET, HEAD"),
                          ("data", "DELETE, GET, HEAD, POST, PUT")):  # fmt: skip
        for method in ("BREW", "PATCH"):
            answer = service.client.request(method, f"{service.url}{path}")
            assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
            assert answer.json()["title"] == "This method is not answered here"


def test_the_absolute_form_of_a_request_is_answered(service: Served) -> None:
    where = urlsplit(service.url)
    for host, status in ((where.netloc, b"200"), ("evil.example", b"421")):
        with socket.create_connection((str(where.hostname), int(where.port or 0)), timeout=PATIENCE) as line:
            line.sendall(
                f"GET http://{host}/sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: {where.netloc}\r\n"
                "Connection: close\r\n\r\n".encode()
            )
            assert line.recv(65536).split(b" ", 2)[1] == status


@pytest.mark.slow
def test_evidence_that_is_sent_is_settled_with_what_is_there(writable: Served) -> None:
    done(writable, "CLEAR ALL")
    case = actorgraph.load("tests/cases/denied-alone.yaml")
    graphs = graphs_of(case.quads)
    url, headers = f"{writable.url}data", {"Content-Type": "application/n-triples"}
    for name, quads in graphs.items():
        triples = pyoxigraph.serialize([quad.triple for quad in quads], format=pyoxigraph.RdfFormat.N_TRIPLES)
        sent = writable.client.put(url, params={"graph": name}, content=triples, headers=headers)
        assert sent.status_code == 201, sent.text
    asked = "PREFIX ag: <https://w3id.org/actorgraph/ns#> SELECT ?line { ?p ag:line ?line } ORDER BY ?line"
    held = [row["line"] for row in writable.rows(asked)]
    assert held == sorted(docket.line for docket in case.dockets.by_proposition.values())
    document = next(name for name in graphs if "/doc/" in name)
    assert writable.client.delete(url, params={"graph": document}).status_code == 204
    assert writable.rows(asked) == []
    done(writable, "CLEAR ALL")


@pytest.mark.slow
def test_a_graph_that_is_sent_to_none_is_a_new_one(writable: Served) -> None:
    turtle = {"Content-Type": "text/turtle"}
    made = writable.client.post(f"{writable.url}data", content="<urn:a> <urn:b> 9 .", headers=turtle)
    assert made.status_code == 201
    assert writable.client.get(made.headers["location"], headers={"Accept": "text/turtle"}).text.count(" 9 ") == 1
    assert writable.client.delete(made.headers["location"]).status_code == 204
