"""The dataset's description of itself, in the default graph: what it is and where to start.

How much it holds is counted and stated by `figures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..base.terms import BASE, ID, DefaultGraph, Literal, NamedNode, Quad
from ..case.model import CaseInfo
from ..words import messages
from .shape import (
    ACCEPTED,
    DATASET,
    MIRRORS,
    SETTLED,
    VOCABULARY,
    is_case_graph,
    link,
    node_of,
    term,
    text,
    texts,
    typed,
)

_GRAPH = DefaultGraph()


def description(parts: Iterable[CaseInfo], evidence: int) -> Iterator[Quad]:
    """What describes the whole. `evidence` is the digest of all evidence that was settled."""
    cases = sorted(parts, key=lambda part: part.id)
    yield typed(DATASET, "void:Dataset", _GRAPH)
    languages = sorted({tag for part in cases for tag in part.title})
    title = {tag: " · ".join(part.title[tag] for part in cases if part.title.get(tag)) for tag in languages}
    yield from texts(DATASET, "dcterms:title", title, _GRAPH)
    yield from texts(DATASET, "rdfs:label", title, _GRAPH)
    yield from texts(DATASET, "dcterms:description", messages("dataset.description"), _GRAPH)
    if version := max((part.version for part in cases), default=""):
        yield Quad(DATASET, term("dcterms:modified"), Literal(version, datatype=term("xsd:date")), _GRAPH)
    if cases:
        yield from _owner(cases[0])
    yield text(DATASET, "void:uriSpace", ID, _GRAPH)
    yield link(DATASET, "void:vocabulary", BASE + "ns", _GRAPH)
    for query in _START:
        yield text(DATASET, "ag:startHere", query, _GRAPH)
    yield text(DATASET, "ag:settledFor", f"{evidence:032x}", _GRAPH)
    for graph, words in _SETTLED_GRAPHS.items():
        yield from _graph(graph, words)


def _owner(first: CaseInfo) -> Iterator[Quad]:
    """Who answers for the dataset: the first of its cases, in the order of ids."""
    if first.editor:
        yield text(DATASET, "dcterms:creator", first.editor, _GRAPH)
    if first.licence.startswith("http"):
        yield link(DATASET, "dcterms:license", first.licence, _GRAPH)
    elif first.licence:
        yield text(DATASET, "dcterms:rights", first.licence, _GRAPH)
    for predicate, said in (("ag:contact", first.contact), ("ag:corrections", first.corrections)):
        if said:
            yield text(DATASET, predicate, said, _GRAPH)


def evidence_graph(iri: str) -> Iterator[Quad]:
    """What describes one graph of evidence."""
    words = (
        "Actors and things: identity, kind, names."
        if is_case_graph(iri)
        else "Claims made in this document, their passages and chains, and the relationships that they are about."
    )
    yield from _graph(node_of(iri), words)


def _graph(name: NamedNode, words: str) -> Iterator[Quad]:
    yield link(DATASET, "void:subset", name.value, _GRAPH)
    yield Quad(name, term("dcterms:description"), Literal(words, language="en"), _GRAPH)


_SETTLED_GRAPHS: Mapping[NamedNode, str] = {
    SETTLED: "How each relationship stands, with every name and sentence. None is a fact.",
    ACCEPTED: "Plain triples of what an editor accepted. Empty when nothing was.",
    MIRRORS["said"]: "Mirrors: somebody affirms it firmly, as a fact.",
    MIRRORS["alleged"]: "Mirrors: affirmed only softly: alleged, supposed, reported, sensitive or unnamed.",
    MIRRORS["notyet"]: "Mirrors: only planned, possible, required or conditional.",
    MIRRORS["denied"]: "Mirrors: somebody denies or disputes it.",
    VOCABULARY: "The vocabulary.",
}
_START = (
    """SELECT ?label ?kind WHERE {
  GRAPH ?g { ?actor ag:kind ?k } GRAPH ?l { ?actor rdfs:label ?label } GRAPH ?v { ?k rdfs:label ?kind }
  FILTER(lang(?label) = "en" && lang(?kind) = "en") }""",
    """SELECT ?who ?sentence WHERE {
  GRAPH ?g { ?claim ag:claims ?p ; ag:originator ?w } GRAPH ?l { ?claim rdfs:label ?sentence . ?w rdfs:label ?who }
  FILTER(lang(?sentence) = "en" && lang(?who) = "en") }""",
)
