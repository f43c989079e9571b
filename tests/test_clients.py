"""Real SPARQL clients ask the service: what a research tool does, not what we think that it does."""

from __future__ import annotations

import io
import json
import os
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx
import pandas
import pytest
from peers import jena
from peers.virtuoso import PASSWORD, USER
from processes import PATIENCE, finished
from pyoxigraph import RdfFormat, parse
from rdflib import Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from serving import Served, serving
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

CASE = "cases/us-el-salvador-prison-deal"
WHO_DENIES = """PREFIX ag: <https://w3id.org/actorgraph/ns#>
PREFIX st: <https://w3id.org/actorgraph/stance/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?who ?sentence WHERE {
  ?claim ag:stance st:denied ; ag:speaker/rdfs:label ?who ; rdfs:label ?sentence
  FILTER(lang(?who) = "en" && lang(?sentence) = "en")
} ORDER BY ?who ?sentence"""


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with serving(CASE) as served:
        yield served


@pytest.fixture(scope="module")
def expected(service: Served) -> list[str]:
    names = [row["who"] for row in service.rows(WHO_DENIES)]
    assert names
    return names


def test_sparqlwrapper(service: Served, expected: list[str]) -> None:
    client = SPARQLWrapper(service.sparql)
    client.setQuery(WHO_DENIES)
    client.setReturnFormat(JSON)
    assert [row["who"]["value"] for row in client.queryAndConvert()["results"]["bindings"]] == expected
    client.setMethod(POST)
    client.setReturnFormat(XML)
    found = client.queryAndConvert().getElementsByTagName("result")
    assert len(found) == len(expected)
    client.setQuery("CONSTRUCT { ?s ?p ?o } WHERE { ?s <https://w3id.org/actorgraph/ns#stance> ?o ; ?p ?o } LIMIT 5")
    client.setReturnFormat(TURTLE)
    assert b"https://w3id.org/actorgraph/" in client.queryAndConvert()


TABLE = "SELECT ?s ?o WHERE { ?s a ?o } ORDER BY ?s ?o LIMIT 3"
GRAPH = "CONSTRUCT { ?s a ?k } WHERE { ?s a ?k } LIMIT 3"
#: Kind of query → one of it.
QUERIES = {
    "SELECT": TABLE,
    "ASK": "ASK { ?s ?p ?o }",
    "CONSTRUCT": GRAPH,
    "DESCRIBE": "DESCRIBE <https://w3id.org/actorgraph/id/dataset>",
}
TABLES = {"application/sparql-results+json": "json", "application/sparql-results+xml": "xml", "text/csv": "csv",
          "text/tab-separated-values": "tsv"}  # fmt: skip
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE, "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML, "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG, "application/n-quads": RdfFormat.N_QUADS,
}  # fmt: skip


def holds(kind: str, type_: str, body: bytes) -> bool:
    """Whether the answer to one of these queries is what it should be, read as what it says that it is."""
    if kind in ("CONSTRUCT", "DESCRIBE"):
        found = list(parse(body, format=GRAPHS[type_]))
        return len(found) == 3 if kind == "CONSTRUCT" else bool(found)
    if kind == "SELECT":
        return len(Result.parse(io.BytesIO(body), format=TABLES[type_])) == 3
    return type_ in TABLES and b"true" in body


def holds_what_was_asked(kind: str, answer: httpx.Response) -> str:
    """The media type of an answer, which is of its kind and can be read as what it says that it is."""
    assert answer.status_code == 200, answer.text
    type_: str = answer.headers["content-type"].partition(";")[0]
    assert holds(kind, type_, answer.content)
    return type_


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("kind", QUERIES)
def test_each_kind_of_query_comes_in_each_format(service: Served, kind: str, method: str) -> None:
    for type_ in GRAPHS if kind in ("CONSTRUCT", "DESCRIBE") else TABLES:
        given = {"params" if method == "GET" else "data": {"query": QUERIES[kind]}}
        answer = service.client.request(method, service.sparql, headers={"Accept": type_}, **given)  # type: ignore[arg-type]
        assert holds_what_was_asked(kind, answer) == type_


_JENA = {
    "SELECT": "application/sparql-results+json, application/sparql-results+xml;q=0.9, "
    "text/tab-separated-values;q=0.7, text/csv;q=0.5, application/json;q=0.2, application/xml;q=0.2, */*;q=0.1",
    "CONSTRUCT": "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,"
    "application/rdf+xml;q=0.7,*/*;q=0.3",
}
_COMUNICA = {
    "SELECT": "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7",
    "CONSTRUCT": "text/turtle",
}
_YASGUI = {"SELECT": "application/sparql-results+json,*/*;q=0.9", "CONSTRUCT": "application/n-triples,*/*;q=0.9"}
_RDF4J = {
    "SELECT": "application/x-binary-rdf-results-table;q=0.8, application/sparql-results+json, application/json;q=0.8, "
    "application/sparql-results+xml;q=0.8, application/xml;q=0.8, text/csv;q=0.8, text/tab-separated-values;q=0.8",
    "CONSTRUCT": "application/x-binary-rdf, application/n-triples;q=0.9, text/turtle;q=0.8, application/rdf+xml;q=0.7",
}
_DOTNET = (
    "application/sparql-results+xml,application/sparql-results+json,text/csv,text/html,application/rdf+xml,*/*;q=0.5"
)
_DOTNET_RDF = {"SELECT": _DOTNET, "CONSTRUCT": _DOTNET}
_HTTR = "application/json, text/xml, application/xml, */*"

#: What clients send with their defaults → what they get for a table or a graph.
CLIENTS: dict[str, tuple[str, dict[str, str], tuple[str, str]]] = {
    "Jena": ("GET", _JENA, ("application/sparql-results+json", "text/turtle")),
    "Comunica 3": ("POST", _COMUNICA, ("application/sparql-results+json", "text/turtle")),
    "Comunica 4": ("GET", _COMUNICA, ("application/sparql-results+json", "text/turtle")),
    "YASGUI": ("POST", _YASGUI, ("application/sparql-results+json", "application/n-triples")),
    "RDF4J": ("POST", _RDF4J, ("application/sparql-results+json", "application/n-triples")),
    "dotNetRDF": ("GET", _DOTNET_RDF, ("application/sparql-results+json", "application/rdf+xml")),
    "R's httr": (
        "GET", {"SELECT": _HTTR, "CONSTRUCT": _HTTR}, ("application/sparql-results+json", "application/rdf+xml"),
    ),
    "R's SPARQL": (
        "GET", {"SELECT": "application/sparql-results+xml"}, ("application/sparql-results+xml", ""),
    ),
    "nothing said": ("POST", {"SELECT": "", "CONSTRUCT": ""}, ("application/sparql-results+json", "text/turtle")),
}  # fmt: skip


@pytest.mark.parametrize("client", CLIENTS)
def test_what_clients_send_by_default_is_answered_in_what_they_read(service: Served, client: str) -> None:
    method, accepts, types = CLIENTS[client]
    for kind, query in QUERIES.items():
        of_graph = kind in ("CONSTRUCT", "DESCRIBE")
        accept = accepts.get("CONSTRUCT" if of_graph else "SELECT")
        if accept is None:
            continue  # it does not ask for such
        request = service.client.build_request(
            method, service.sparql, **({"params" if method == "GET" else "data": {"query": query}})
        )  # type: ignore[arg-type]
        request.headers["Accept"] = accept
        if not accept:
            del request.headers["Accept"]
        assert holds_what_was_asked(kind, service.client.send(request)) == types[of_graph]


def test_comunica_finds_out_that_it_is_a_sparql_service(service: Served) -> None:
    accept = (
        "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
        "text/turtle;q=0.6,application/rdf+xml;q=0.5,application/json;q=0.45,text/n3;q=0.35,image/svg+xml;q=0.3,"
        "text/html;q=0.2,application/xhtml+xml;q=0.18"
    )
    answer = service.client.get(service.sparql, headers={"Accept": accept})
    said = {quad.predicate.value.rpartition("#")[2] for quad in parse(answer.content, format=RdfFormat.N_QUADS)}
    assert {"endpoint", "resultFormat", "supportedLanguage"} <= said


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("kind", QUERIES)
@pytest.mark.parametrize("form", [None, XML, JSON, CSV, TSV, TURTLE, N3, RDFXML, JSONLD])
def test_sparqlwrapper_with_whatever_format_it_is_told(
    service: Served, kind: str, method: str, form: str | None
) -> None:
    client = SPARQLWrapper(service.sparql)
    client.setMethod(method)
    client.setQuery(QUERIES[kind])
    if form is not None:
        client.setReturnFormat(form)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of formats that are none of such a query
        answer = client.query()
    type_ = answer.info()["content-type"].partition(";")[0]
    assert type_ in (GRAPHS if kind in ("CONSTRUCT", "DESCRIBE") else TABLES)
    assert answer.response.read()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv", "application/rdf+xml"])
def test_rdflib_with_each_of_its_formats(service: Served, form: str, method: str) -> None:
    store = SPARQLStore(service.sparql, returnFormat=form, method=method)
    if form != "application/rdf+xml":
        assert len(list(store.query(TABLE))) == 3
    if form in ("xml", "json"):
        assert store.query(QUERIES["ASK"]).askAnswer is True
    if form in ("xml", "application/rdf+xml"):
        for kind in ("CONSTRUCT", "DESCRIBE"):
            found = store.query(QUERIES[kind]).graph
            assert found is not None and len(found)


def test_pandas(service: Served, expected: list[str]) -> None:
    client = SPARQLWrapper(service.sparql)
    client.setQuery(WHO_DENIES)
    client.setReturnFormat(CSV)
    table = pandas.read_csv(io.BytesIO(client.queryAndConvert()))
    assert list(table.columns) == ["who", "sentence"]
    assert list(table["who"]) == expected


def test_rdflib(service: Served, expected: list[str]) -> None:
    store = SPARQLStore(service.sparql)
    assert [str(row["who"]) for row in store.query(WHO_DENIES)] == expected
    label = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
    assert any(True for _ in store.triples((None, label, Literal("Cristosal", lang="en"))))


def test_curl(service: Served, expected: list[str]) -> None:
    done = subprocess.run(
        ["curl", "-s", "-H", "Accept: text/csv", "--data-urlencode", f"query={WHO_DENIES}", service.sparql],
        check=True,
        capture_output=True,
        text=True,
    )
    assert list(pandas.read_csv(io.StringIO(done.stdout))["who"]) == expected


#: Each program in R reads the query from a file and writes what it got as CSV.
R_ASKS = """query <- paste(readLines("query.rq", warn = FALSE), collapse = "\\n")
service <- Sys.getenv("ENDPOINT")
"""


def asked_in_r(service: Served, folder: Path, query: str, program: str) -> str:
    (folder / "query.rq").write_text(query, "utf-8")
    done = finished(
        ["Rscript", "--vanilla", "-e", R_ASKS + program], cwd=folder,
        env={**os.environ, "ENDPOINT": service.sparql, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.r
@pytest.mark.parametrize("form", ["xml", "csv", "tsv"])
def test_the_package_sparql_of_r(service: Served, expected: list[str], tmp_path: Path, form: str) -> None:
    program = f"""suppressMessages(library(SPARQL))
answer <- SPARQL(service, query, format = "{form}", extra = list(format = "{form}"),
  curl_args = list(.encoding = "UTF-8"))
write.csv(answer$results, row.names = FALSE)"""
    found = pandas.read_csv(io.StringIO(asked_in_r(service, tmp_path, WHO_DENIES, program)))
    # The package keeps a literal as it is written in Turtle.
    assert [name.replace('"', "").removesuffix("@en") for name in found.iloc[:, 0]] == expected


@pytest.mark.r
@pytest.mark.parametrize("kind", QUERIES)
def test_httr_of_r(service: Served, tmp_path: Path, kind: str) -> None:
    program = """answer <- httr::GET(service, query = list(query = query))
httr::stop_for_status(answer)
cat(httr::http_type(answer), httr::content(answer, "text", encoding = "UTF-8"), sep = "\\n")"""
    type_, _, body = asked_in_r(service, tmp_path, QUERIES[kind], program).partition("\n")
    assert holds(kind, type_, body.encode())


JENA_JOBS = [
    (method, accept, kind)
    for kind in QUERIES
    for method in ("GET", "POST")
    for accept in ("", *(GRAPHS if kind in ("CONSTRUCT", "DESCRIBE") else TABLES))
    # Jena reads yes or no as JSON and XML alone, and what is one graph in formats of one graph.
    if not (kind == "ASK" and accept in ("text/csv", "text/tab-separated-values"))
]


@pytest.mark.jena
def test_jena_asks_with_its_defaults_and_in_each_format(service: Served, tmp_path: Path) -> None:
    jobs = [(method, accept, QUERIES[kind]) for method, accept, kind in JENA_JOBS]
    rows = {(row["s"], row["o"]) for row in service.rows(TABLE)}
    wanted = {
        kind: {str(quad.triple) for quad in parse(service.get(QUERIES[kind], "text/turtle").content, RdfFormat.TURTLE)}
        for kind in ("CONSTRUCT", "DESCRIBE")
    }
    for job, answer in zip(JENA_JOBS, jena.asked(tmp_path, service.sparql, jobs), strict=True):
        kind = job[-1]
        if kind in wanted:
            found = {str(quad.triple) for quad in parse(answer, RdfFormat.N_TRIPLES)}
            assert found == wanted[kind], job
        elif kind == "ASK":
            assert json.loads(answer)["boolean"] is True, job
        else:
            bindings = json.loads(answer)["results"]["bindings"]
            assert {(row["s"]["value"], row["o"]["value"]) for row in bindings} == rows, job


@pytest.mark.virtuoso
def test_virtuoso_asks_us_by_service(service: Served, expected: list[str], virtuoso: str) -> None:
    query = f"""PREFIX ag: <https://w3id.org/actorgraph/ns#>
PREFIX st: <https://w3id.org/actorgraph/stance/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?who WHERE {{ SERVICE <{service.sparql}> {{
  ?claim ag:stance st:denied ; ag:speaker ?w . ?w rdfs:label ?who FILTER(lang(?who) = "en") }} }} ORDER BY ?who"""
    with httpx.Client(timeout=PATIENCE, trust_env=False) as client:
        # Only who is known to it may have Virtuoso ask others.
        answer = client.get(
            virtuoso.replace("/sparql", "/sparql-auth"),
            params={"query": query, "format": "application/sparql-results+json"},
            auth=httpx.DigestAuth(USER, PASSWORD),
        )
    answer.raise_for_status()
    assert [row["who"]["value"] for row in answer.json()["results"]["bindings"]] == expected
