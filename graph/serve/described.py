"""The service and its dataset, described in RDF: SPARQL 1.1 Service Description and VoID."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Triple

from ..terms import PREFIXES
from .worker import GRAPHS

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads")


def service_description(endpoint: str, form: str, *, union: bool, updates: bool) -> bytes:
    """What the endpoint at this address understands, in a format of `worker.GRAPHS`."""
    data = pyoxigraph.serialize(
        _service(endpoint, union=union, updates=updates),
        format=GRAPHS[form],
        prefixes={"sd": SD, "formats": FORMATS, "void": PREFIXES["void"]},
    )
    assert data is not None  # only a given output makes it None
    return data


def _service(endpoint: str, *, union: bool, updates: bool) -> Iterator[Triple]:
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
    yield Triple(service, sd("defaultDataset"), dataset)
    yield Triple(dataset, a, sd("Dataset"))
    yield Triple(dataset, sd("defaultGraph"), default)
    yield Triple(default, a, sd("Graph"))
    void = NamedNode(endpoint.removesuffix("sparql") + ".well-known/void")
    yield Triple(service, NamedNode(PREFIXES["rdfs"] + "seeAlso"), void)


def void_query(root: str) -> str:
    """CONSTRUCT for the VoID that the store holds, with where it can be asked. `root` ends in a slash."""
    return f"""PREFIX void: <{PREFIXES["void"]}>
CONSTRUCT {{ ?dataset ?p ?o ; void:sparqlEndpoint <{root}sparql> . ?part ?q ?r }}
WHERE {{
  {{ ?dataset a void:Dataset ; ?p ?o }}
  UNION {{ ?dataset a void:Dataset ; void:subset ?part . ?part <{PREFIXES["dcterms"]}description> ?r
          BIND(<{PREFIXES["dcterms"]}description> AS ?q) }}
}}"""
