"""The dataset's description of itself, in a graph of its own: what it is and where to start.

How much it holds is counted and stated by `figures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..base.terms import BASE, ID, Literal, NamedNode, Quad
from ..case.model import CaseInfo
from ..words import messages
from .opening import FIRST_QUERIES, declared
from .shape import (
    ACCEPTED,
    DATASET,
    DESCRIPTION,
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


def description(parts: Iterable[CaseInfo], evidence: int) -> Iterator[Quad]:
    """What describes the whole. `evidence` is the digest of all evidence that was settled."""
    cases = sorted(parts, key=lambda part: part.id)
    yield typed(DATASET, "void:Dataset", DESCRIPTION)
    languages = sorted({tag for part in cases for tag in part.title})
    title = {tag: " · ".join(part.title[tag] for part in cases if part.title.get(tag)) for tag in languages}
    yield from texts(DATASET, "dcterms:title", title, DESCRIPTION)
    yield from texts(DATASET, "rdfs:label", title, DESCRIPTION)
    yield from texts(DATASET, "dcterms:description", messages("dataset.description"), DESCRIPTION)
    if version := max((part.version for part in cases), default=""):
        yield Quad(DATASET, term("dcterms:modified"), Literal(version, datatype=term("xsd:date")), DESCRIPTION)
    if cases:
        yield from _owner(cases[0])
    yield text(DATASET, "void:uriSpace", ID, DESCRIPTION)
    yield link(DATASET, "void:vocabulary", BASE + "ns", DESCRIPTION)
    for query in start_here():
        yield text(DATASET, "ag:startHere", query, DESCRIPTION)
    yield text(DATASET, "ag:settledFor", f"{evidence:032x}", DESCRIPTION)
    for graph, words in _SETTLED_GRAPHS.items():
        yield from _graph(graph, words)


def _owner(first: CaseInfo) -> Iterator[Quad]:
    """Who answers for the dataset: the first of its cases, in the order of ids."""
    if first.editor:
        yield text(DATASET, "dcterms:creator", first.editor, DESCRIPTION)
    if first.licence.startswith("http"):
        yield link(DATASET, "dcterms:license", first.licence, DESCRIPTION)
    elif first.licence:
        yield text(DATASET, "dcterms:rights", first.licence, DESCRIPTION)
    for predicate, said in (("ag:contact", first.contact), ("ag:corrections", first.corrections)):
        if said:
            yield text(DATASET, predicate, said, DESCRIPTION)


def evidence_graph(iri: str) -> Iterator[Quad]:
    """What describes one graph of evidence."""
    words = (
        "Actors and things: identity, kind, names."
        if is_case_graph(iri)
        else "Claims made in this document, their passages and chains, and the relationships that they are about."
    )
    yield from _graph(node_of(iri), words)


def _graph(name: NamedNode, words: str) -> Iterator[Quad]:
    yield link(DATASET, "void:subset", name.value, DESCRIPTION)
    yield Quad(name, term("dcterms:description"), Literal(words, language="en"), DESCRIPTION)


_SETTLED_GRAPHS: Mapping[NamedNode, str] = {
    SETTLED: "How each relationship stands, with every name and sentence. None is a fact.",
    ACCEPTED: "Plain triples of what an editor accepted. Empty when nothing was.",
    MIRRORS["said"]: "Mirrors: somebody affirms it firmly, as a fact.",
    MIRRORS["alleged"]: "Mirrors: affirmed only softly: alleged, supposed, reported, sensitive or unnamed.",
    MIRRORS["notyet"]: "Mirrors: only planned, possible, required or conditional.",
    MIRRORS["counterfactual"]: "Mirrors: it would have been so, and was not.",
    MIRRORS["denied"]: "Mirrors: somebody denies or disputes it.",
    VOCABULARY: "The words that are used here.",
    DESCRIPTION: "What this dataset is, what it holds, and where to start.",
}
#: For a client that reads named graphs one by one, and no union of them.
_BY_GRAPH = (
    """SELECT ?label ?kind WHERE {
  GRAPH ?g { ?actor ag:kind ?k } GRAPH ?l { ?actor rdfs:label ?label } GRAPH ?v { ?k rdfs:label ?kind }
  FILTER(lang(?label) = "en" && lang(?kind) = "en") }""",
    """SELECT ?who ?sentence WHERE {
  GRAPH ?g { ?claim ag:claims ?p ; ag:speaker ?w } GRAPH ?l { ?claim rdfs:label ?sentence . ?w rdfs:label ?who }
  FILTER(lang(?sentence) = "en" && lang(?who) = "en") }""",
)


def start_here() -> Iterator[str]:
    """Queries to begin with, each with its prefixes and a comment that says what it is for.

    The same data is published as one graph (Turtle) and as many (TriG), and no short query reads both: a pattern
    without `GRAPH` finds nothing where the default graph is empty, one with `GRAPH` nothing where no graph has a name.
    """
    for query in tuple(FIRST_QUERIES.values())[:2]:
        yield f"# Everything in one graph, as in dataset.ttl, or the union of all graphs\n{declared(query)}"
    for query in _BY_GRAPH:
        yield f"# Each document in a graph of its own, as in dataset.trig\n{declared(query)}"
