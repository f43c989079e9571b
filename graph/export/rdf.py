"""Quads in, a file of RDF out: TriG, N-Quads, Turtle, JSON-LD, RDF 1.2. The same quads give the same bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple

from ..base.terms import PREFIXES, expand
from ..store import dumped
from . import LOST
from .jsonld import jsonld


def rdf(quads: Collection[Quad], form: str, prefixes: Mapping[str, str] = PREFIXES, suffix: str = "") -> bytes:
    """The quads in one of the first five formats; sorted, so that the same quads give the same bytes."""
    match form:
        case "trig":
            return dumped(quads, RdfFormat.TRIG, prefixes)
        case "nquads":
            return dumped(quads, RdfFormat.N_QUADS, prefixes)
        case "turtle":
            return f"# {LOST['turtle']}\n".encode() + turtle(quads, prefixes)
        case "jsonld":
            return jsonld(quads, prefixes).encode()
        case "rdf12":
            lines = RdfFormat.N_QUADS if suffix == ".nq" else RdfFormat.TRIG
            return dumped([*quads, *_reified(quads)], lines, prefixes)
        case _:
            raise ValueError(form)


def turtle(quads: Iterable[Quad], prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """The union of all graphs as Turtle, sorted."""
    triples = sorted({quad.triple for quad in quads}, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    data = pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(sorted(prefixes.items())))
    assert data is not None  # only a given output makes it None
    return data


_PARTS = {expand(f"rdf:{part}"): part for part in ("subject", "predicate", "object")}


def _reified(quads: Iterable[Quad]) -> Iterable[Quad]:
    """`rdf:reifies` for each proposition, never for a claim: a proposition is neither true nor false."""
    parts: dict[NamedNode | BlankNode, dict[str, Any]] = {}
    graphs: dict[NamedNode | BlankNode, Any] = {}
    for quad in quads:
        if isinstance(quad.subject, Triple) or quad.predicate.value not in _PARTS:
            continue
        parts.setdefault(quad.subject, {})[_PARTS[quad.predicate.value]] = quad.object
        graphs[quad.subject] = quad.graph_name
    reifies = NamedNode(expand("rdf:reifies"))
    for node, found in parts.items():
        if len(found) == len(_PARTS):
            yield Quad(node, reifies, Triple(found["subject"], found["predicate"], found["object"]), graphs[node])
