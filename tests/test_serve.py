"""The SPARQL Protocol to the letter, honest errors, and what goes with it: asked over HTTP as any client would."""

from __future__ import annotations

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import httpx
import pyoxigraph
import pytest
from serving import ROOT, Served, serving

from graph.store.folder import Editions

CASE = "cases/us-el-salvador-prison-deal"
ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
ONE = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"
GRAPH = "CONSTRUCT { ?s a ?k } WHERE { ?s a ?k } LIMIT 5"


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with serving(CASE, "--timeout", "5", "--memory", "512") as served:
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


def test_head_has_the_headers_and_no_body(service: Served) -> None:
    answer = service.client.head(service.sparql, params={"query": ONE})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/sparql-results+json"


def test_options_names_what_is_allowed(service: Served) -> None:
    answer = service.client.options(service.sparql)
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_a_page_elsewhere_may_ask(service: Served) -> None:
    preflight = service.client.options(
        service.sparql,
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    asked = service.client.get(service.sparql, params={"query": ONE}, headers={"Origin": "https://example.org"})
    assert asked.headers["access-control-allow-origin"] == "*"


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


def test_other_methods_are_refused_with_allow(service: Served) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        answer = service.client.request(method, service.sparql, params={"query": "ASK {}"})
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_an_unacceptable_format_is_406(service: Served) -> None:
    for query in (ONE, GRAPH, "ASK {}"):
        answer = service.get(query, "image/png")
        assert (answer.status_code, answer.json()["title"]) == (406, "No acceptable format")


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
    actors = "https://w3id.org/actorgraph/id/graph/actors"
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
    wins = service.get(count.format("FROM <https://example.org/none>"), **{"default-graph-uri": actors}).json()
    assert wins["results"]["bindings"][0]["n"]["value"] == by_from[0]["n"]


def test_from_fetches_nothing(service: Served) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.5)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/data"
        assert service.rows(f"SELECT * FROM <{address}> WHERE {{ ?s ?p ?o }}") == []
        with pytest.raises(TimeoutError):
            listening.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * WHERE {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * WHERE {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * WHERE {{ BIND(<{0}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
        "PREFIX x: <{0}> SELECT * WHERE {{ SERVICE x: {{ ?s ?p ?o }} }}",
        "ASK {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    ],
)
def test_no_query_reaches_another_server(service: Served, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.5)
        answer = service.get(query.format(f"http://127.0.0.1:{listening.getsockname()[1]}/"))
        assert (answer.status_code, answer.json()["title"]) == (403, "SERVICE is not allowed")
        with pytest.raises(TimeoutError):
            listening.accept()


def test_a_worker_cannot_open_a_connection(tmp_path: Path) -> None:
    """The second wall: the process that evaluates is refused by the kernel, even if the first had a hole."""
    folder = tmp_path / "store"
    with Editions(folder).writing(keep=False) as store:
        store.load(b"<urn:a> <urn:b> <urn:c> .", format=pyoxigraph.RdfFormat.TURTLE)
    ours, its = socket.socketpair()
    path = Editions(folder).edition_path(Editions(folder).current())
    told = {"path": str(path), "union": "", "offline": True, "memory": 256 << 20}
    with socket.create_server(("127.0.0.1", 0)) as listening, ours:
        listening.settimeout(0.5)
        worker = subprocess.Popen(
            [sys.executable, "-I", str(ROOT / "graph" / "serve" / "worker.py"), json.dumps(told)], stdin=its
        )
        its.close()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        query = f"SELECT * WHERE {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
        question = json.dumps({"query": query, "table": "json", "graph": None}).encode()
        ours.settimeout(20)
        line = ours.makefile("rwb")
        ready = line.read(5)
        assert ready[:1] == b"R"
        line.read(int.from_bytes(ready[1:], "big"))
        line.write(b"Q" + len(question).to_bytes(4, "big") + question)
        line.flush()
        head = line.read(5)
        told_ = json.loads(line.read(int.from_bytes(head[1:], "big")))
        assert head[:1] == b"X"
        assert "ermission denied" in told_["detail"]
        with pytest.raises(TimeoutError):
            listening.accept()
        line.close()
    worker.wait(timeout=10)


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


def test_health_and_metrics(service: Served) -> None:
    assert service.client.get(f"{service.url}healthz").text == "ok\n"
    service.get(ONE)
    told = service.client.get(f"{service.url}metrics")
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    values = dict(line.rsplit(" ", 1) for line in told.text.splitlines() if not line.startswith("#"))
    assert float(values['actorgraph_requests_total{route="/sparql",outcome="ok"}']) >= 1
    assert float(values["actorgraph_rows_total"]) >= 1
    assert float(values["actorgraph_queries_running"]) == 0


def test_the_log_tells_neither_query_nor_client(service: Served) -> None:
    service.logged()
    service.get("SELECT ?secret WHERE { ?secret ?p ?o } LIMIT 7")
    (line,) = service.logged()
    assert {"route": "/sparql", "status": 200, "outcome": "ok", "rows": 7, "method": "GET"}.items() <= line.items()
    assert "secret" not in json.dumps(line)
    assert "127.0.0.1" not in json.dumps(line)


def test_the_log_tells_more_when_it_is_asked_for() -> None:
    with serving(CASE, "--log-queries", "--log-clients") as served:
        served.get("ASK { ?asked ?p ?o }")
        line = served.logged()[-1]
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


def test_a_file_with_a_default_graph_of_its_own_is_read_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "data.trig"
    file.write_text("<urn:a> <urn:b> 1 . <urn:g> { <urn:a> <urn:b> 2 }", "utf-8")
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    with serving(str(file)) as served:
        assert served.rows(count)[0]["n"] == "1"
        assert served.rows("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")[0]["n"] == "1"
    with serving(str(file), "--default-graph", "union") as served:
        assert served.rows(count)[0]["n"] == "2"


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


# --- writing


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("writable") / "store"
    with Editions(folder).writing(keep=False):
        pass
    with serving(str(folder), "--writable", "--timeout", "10", env={"ACTORGRAPH_TOKEN": "s3cret"}) as served:
        served.client.headers["Authorization"] = "Bearer s3cret"
        yield served


def update(served: Served, text: str, **more: str) -> httpx.Response:
    return served.client.post(served.sparql, data={"update": text, **more})


def test_an_update_needs_the_token(writable: Served) -> None:
    for header, status in (({"Authorization": ""}, 401), ({"Authorization": "Bearer wrong"}, 403)):
        answer = writable.client.post(writable.sparql, data={"update": "CLEAR ALL"}, headers=header)
        assert answer.status_code == status


def test_an_update_is_done_whole(writable: Served) -> None:
    assert update(writable, "CLEAR ALL; INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1, 2 } }").status_code == 204
    assert len(writable.rows(ALL)) == 2
    broken = update(writable, "DELETE WHERE { GRAPH ?g { ?s ?p ?o } } ; INSERT DATA { oops")
    assert (broken.status_code, broken.json()["title"]) == (400, "The query cannot be read")
    assert len(writable.rows(ALL)) == 2
    direct = writable.client.post(
        writable.sparql, content="BASE <urn:x> DELETE DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }",
        headers={"Content-Type": "application/sparql-update"},
    )  # fmt: skip
    assert direct.status_code == 204
    assert len(writable.rows(ALL)) == 1


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
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.5)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        for text in (f"LOAD <{address}>", f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
                     f"LO\\u0041D SILENT <{address}>"):  # fmt: skip
            assert update(writable, text).status_code == 403
        with pytest.raises(TimeoutError):
            listening.accept()


def test_the_graph_store_protocol(writable: Served) -> None:
    update(writable, "CLEAR ALL")
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
        (["--workers", "0"], "--workers must be more than 0"),
        (["--writable"], "--writable needs a token: set ACTORGRAPH_TOKEN"),
        (["--default-graph", "both"], "--default-graph is union or own"),
        (["http://127.0.0.1:9/sparql"], "does not answer SPARQL"),
    ],
)
def test_what_cannot_be_served_is_said_in_one_line(arguments: list[str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "graph", "serve", *arguments, "--port", "0"], cwd=ROOT, capture_output=True, text=True,
        timeout=60, env={**os.environ, "ACTORGRAPH_TOKEN": ""}, check=False,
    )  # fmt: skip
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "graph", "serve", CASE, "--port", str(port)], cwd=ROOT, capture_output=True,
            text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == f"127.0.0.1:{port}: cannot be listened on (Address already in use). Choose another --port.\n"


def test_a_stop_is_quiet() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "graph", "serve", CASE, "--port", "0"], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert "is the page" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, "")


def test_a_stop_lets_a_running_query_finish() -> None:
    slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(STR(?c)) > STRLEN(STR(?f))) }"
    with serving(CASE, "--timeout", "2", "--grace", "20") as served:
        with httpx.Client(timeout=30, trust_env=False) as client:
            request = client.build_request("GET", served.sparql, params={"query": slow})
            # Sent by hand, so that the answer is waited for after the signal.
            host, port = request.url.host, request.url.port
        with socket.create_connection((host, port or 80), timeout=30) as line:
            line.sendall(f"GET {request.url.raw_path.decode()} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.5)
            served.process.send_signal(signal.SIGTERM)
            said = line.recv(65536)
        assert said.startswith((b"HTTP/1.1 200", b"HTTP/1.1 504"))
        served.process.wait(timeout=30)
    assert served.process.returncode == 0
