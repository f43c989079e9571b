"""The service and its dataset, described in RDF: SPARQL 1.1 Service Description and VoID."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..base.terms import PREFIXES
from .worker import GRAPHS

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads")


def service_description(endpoint: str, void: str, form: str, *, union: bool, updates: bool, services: bool) -> bytes:
    """What the endpoint at this address understands, in a format of `worker.GRAPHS`; `void` is its dataset's."""
    data = pyoxigraph.serialize(
        _service(endpoint, void, union=union, updates=updates, services=services),
        format=GRAPHS[form],
        prefixes={"sd": SD, "formats": FORMATS, "void": PREFIXES["void"]},
    )
    assert data is not None  # only a given output makes it None
    return data


def _service(endpoint: str, void: str, *, union: bool, updates: bool, services: bool) -> Iterator[Triple]:
    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    service, dataset, default = NamedNode(endpoint), BlankNode("dataset"), BlankNode("default")
    a = NamedNode(PREFIXES["rdf"] + "type")
    yield Triple(service, a, sd("Service"))
    yield Triple(service, sd("endpoint"), service)
    yield Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    if updates:
        yield Triple(service, sd("supportedLanguage"), sd("SPARQL11Update"))
    for name in (*_RESULTS, *_GRAPHS):
        yield Triple(service, sd("resultFormat"), NamedNode(FORMATS + name))
    if union:
        yield Triple(service, sd("feature"), sd("UnionDefaultGraph"))
    if services:
        yield Triple(service, sd("feature"), sd("BasicFederatedQuery"))
    yield Triple(service, sd("defaultDataset"), dataset)
    yield Triple(dataset, a, sd("Dataset"))
    yield Triple(dataset, sd("defaultGraph"), default)
    yield Triple(default, a, sd("Graph"))
    yield Triple(service, NamedNode(PREFIXES["rdfs"] + "seeAlso"), NamedNode(void))


def is_empty(body: bytes, form: str) -> bool:
    """Whether an answer in a format of `worker.GRAPHS` has no triple."""
    return next(pyoxigraph.parse(body, format=GRAPHS[form]), None) is None


def has_no_answer(body: bytes, form: str) -> bool:
    """Whether an answer in any format has no row and no triple, or is no."""
    if form in GRAPHS:
        return is_empty(body, form)
    if form == "json":
        told = json.loads(body)
        return not told.get("boolean", (told.get("results") or {}).get("bindings"))
    if form == "xml":
        return b"<result>" not in body and b"<boolean>true" not in body
    return len(body.splitlines()) < 2 and body.strip() != b"true"


def void_description(root: str, form: str, triples: int | None) -> bytes:
    """VoID of a dataset that holds none of its own: where it can be asked and, if known, how many triples it has."""
    dataset = NamedNode(f"{root}.well-known/void#dataset")
    said = [
        Triple(dataset, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(PREFIXES["void"] + "Dataset")),
        Triple(dataset, NamedNode(PREFIXES["void"] + "sparqlEndpoint"), NamedNode(f"{root}sparql")),
    ]
    if triples is not None:
        said.append(Triple(dataset, NamedNode(PREFIXES["void"] + "triples"), Literal(triples)))
    data = pyoxigraph.serialize(said, format=GRAPHS[form], prefixes={"void": PREFIXES["void"]})
    assert data is not None  # only a given output makes it None
    return data


#: Triples that are counted at most, so that counting takes a second or two and no more.
COUNTED_MOST = 1_000_000
COUNT_QUERY = f"""SELECT (COUNT(*) AS ?n) WHERE {{ {{
  SELECT * WHERE {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }} LIMIT {COUNTED_MOST + 1}
}} }}"""


def void_query(root: str) -> str:
    """CONSTRUCT for the VoID that the store holds, with where it can be asked. `root` ends in a slash."""
    return f"""PREFIX void: <{PREFIXES["void"]}>
CONSTRUCT {{ ?dataset ?p ?o ; void:sparqlEndpoint <{root}sparql> . ?part ?q ?r }}
WHERE {{
  {{ ?dataset a void:Dataset ; ?p ?o }}
  UNION {{ ?dataset a void:Dataset ; void:subset ?part . ?part <{PREFIXES["dcterms"]}description> ?r
          BIND(<{PREFIXES["dcterms"]}description> AS ?q) }}
}}"""
