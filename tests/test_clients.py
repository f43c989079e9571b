"""Real SPARQL clients ask the service: what a research tool does, not what we think that it does."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pandas
import pytest
from peers.virtuoso import PASSWORD, USER
from processes import PATIENCE
from rdflib import Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import Served, serving
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

CASE = "cases/us-el-salvador-prison-deal"
WHO_DENIES = """PREFIX ag: <https://w3id.org/actorgraph/ns#>
PREFIX st: <https://w3id.org/actorgraph/stance/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?who ?sentence WHERE {
  ?claim ag:stance st:denied ; ag:originator/rdfs:label ?who ; rdfs:label ?sentence
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


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not here")
def test_r(service: Served, expected: list[str], tmp_path: Path) -> None:
    (tmp_path / "query.rq").write_text(WHO_DENIES, "utf-8")
    script = """suppressMessages(library(SPARQL))
query <- paste(readLines("query.rq"), collapse = "\\n")
answer <- SPARQL(Sys.getenv("ENDPOINT"), query, curl_args = list(.encoding = "UTF-8"))
write.csv(answer$results, row.names = FALSE)"""
    done = subprocess.run(
        ["Rscript", "-e", script], cwd=tmp_path, check=True, capture_output=True, text=True,
        env={**os.environ, "ENDPOINT": service.sparql, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    found = pandas.read_csv(io.StringIO(done.stdout))
    # The package keeps a literal as it is written in Turtle.
    assert [name.strip('"').removesuffix('"@en') for name in found["who"]] == expected


@pytest.mark.virtuoso
def test_virtuoso_asks_us_by_service(service: Served, expected: list[str], virtuoso: str) -> None:
    query = f"""PREFIX ag: <https://w3id.org/actorgraph/ns#>
PREFIX st: <https://w3id.org/actorgraph/stance/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?who WHERE {{ SERVICE <{service.sparql}> {{
  ?claim ag:stance st:denied ; ag:originator ?w . ?w rdfs:label ?who FILTER(lang(?who) = "en") }} }} ORDER BY ?who"""
    with httpx.Client(timeout=PATIENCE, trust_env=False) as client:
        # Only who is known to it may have Virtuoso ask others.
        answer = client.get(
            virtuoso.replace("/sparql", "/sparql-auth"),
            params={"query": query, "format": "application/sparql-results+json"},
            auth=httpx.DigestAuth(USER, PASSWORD),
        )
    answer.raise_for_status()
    assert [row["who"]["value"] for row in answer.json()["results"]["bindings"]] == expected
