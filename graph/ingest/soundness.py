"""Whether evidence from RDF files is whole, and can be withdrawn again: what `load` refuses, each in one line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..base.errors import StoreError
from ..store import Store
from .source import Source, words

_STRAY = """SELECT ?d WHERE {
  ?d ag:evidenceDigest ?n FILTER NOT EXISTS { GRAPH ?d { ?d ag:evidenceDigest ?n } } } LIMIT 1"""
_VERSIONS = """SELECT ?d ?id WHERE {
  ?d a ag:Document ; dcterms:identifier ?id ; ag:evidenceDigest ?one, ?other
  FILTER(?one < ?other) } ORDER BY ?d LIMIT 1"""
_UNDESCRIBED = """SELECT ?x ?d WHERE {
  VALUES ?cites { ag:subject ag:object ag:speaksFor prov:agent dcterms:publisher dcterms:creator }
  GRAPH ?d { ?d ag:evidenceDigest ?n ; a ag:Document . ?s ?cites ?x }
  FILTER(isIRI(?x) && NOT EXISTS { ?x a ?type }) } ORDER BY ?x ?d LIMIT 1"""


def refuse_without_graph(store: Store, files: Sequence[Path]) -> None:
    """Refuse evidence that lies in one graph with all other: of which document it is cannot be told there."""
    for (iri,) in Source(store).ask(_STRAY):
        raise StoreError(
            f"{files[0]}: holds {words(iri)} without its graph, so that nobody could withdraw it. "
            "Load dataset.trig, or put the file into a store of its own with another tool."
        )


def refuse_two_versions(store: Store, files: Sequence[Path]) -> None:
    """Refuse a document that came with other words than it has already: one graph would hold both versions, mixed."""
    for iri, id_ in Source(store).ask(_VERSIONS):
        raise StoreError(
            f"{_named(files)}: another version of the document {words(id_)} ({words(iri)}) is there already, and the "
            "two would be mixed. Keep one: remove the other first (actorgraph remove), or add its case "
            "(actorgraph add)."
        )


def refuse_undescribed(store: Store, files: Sequence[Path]) -> None:
    """Refuse evidence that cites somebody or something whose name and kind are nowhere. The store is to be settled."""
    for iri, document in Source(store).ask(_UNDESCRIBED):
        citing = words(document).rpartition("/")[2]
        raise StoreError(
            f"{_named(files)}: the document {citing} cites {words(iri)}, and nothing says who or what that is. "
            "Load the graph of its case, too, or dataset.trig as a whole."
        )


def _named(files: Sequence[Path]) -> str:
    return ", ".join(map(str, files))
