"""A store in, rdflib's `Dataset` and `Graph` over the same quads out, for reading with everything that rdflib has.

Both are read-only, so that what is changed in one can never be missing from the other: copy a graph to change it.
By itself, because only who uses rdflib pays for importing it: no command of ours needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, TypeVar

import pyoxigraph
from oxrdflib import OxigraphStore
from rdflib import XSD, Dataset, Graph, Literal
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from ..base.errors import StoreError
from ..base.terms import PREFIXES
from .memory import in_memory
from .oxigraph import refuse_services


def as_dataset(store: pyoxigraph.Store, prefixes: Mapping[str, str] = PREFIXES) -> Dataset:
    """A read-only `Dataset` over the same quads, its default graph the union of all: nothing is copied."""
    return _bound(Dataset(store=_ReadOnly(store=store), default_union=True), prefixes)


def as_graph(store: pyoxigraph.Store, prefixes: Mapping[str, str] = PREFIXES) -> Graph:
    """A read-only `Graph` of every triple of a store, whichever graph it is in; a triple in several graphs is one."""
    triples = in_memory(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in store)
    return _bound(Graph(store=_ReadOnly(store=triples), identifier=DATASET_DEFAULT_GRAPH_ID), prefixes)


_G = TypeVar("_G", bound=Graph)


def _bound(graph: _G, prefixes: Mapping[str, str]) -> _G:
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return graph


class _ReadOnly(OxigraphStore):
    """Oxigraph's store for rdflib that refuses changes, with texts as `Literal("x")`.

    Oxigraph gives a plain text the datatype xsd:string, which rdflib does not hold equal to `Literal("x")`.
    """

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        return ((_plain(triple), graphs) for triple, graphs in super().triples(triple_pattern, context))

    def query(self, query: Any, initNs: Any, initBindings: Any, queryGraph: str, **more: object) -> Any:  # noqa: N803
        # What it is given as an object is a query that rdflib has read, and writes out again.
        refuse_services(str(query))
        answer = super().query(query, initNs, initBindings, queryGraph, **more)
        if answer.type == "SELECT":
            answer.bindings = [_bindings(row) for row in answer.bindings]
        elif answer.type == "CONSTRUCT" and answer.graph is not None:
            plain = Graph()
            plain += map(_plain, answer.graph)
            answer.graph = plain
        return answer

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise StoreError("This graph is read-only. Copy it to change it: changed = rdflib.Graph() + case.graph.")

    def add_graph(self, *_: object) -> None:
        """Nothing: rdflib's serializers name the graphs they write, and a graph without triples is none here."""

    add = remove = update = remove_graph = open = destroy = _refuse
    addN = _refuse  # noqa: N815 - rdflib calls it so


def _bindings(row: Mapping[Any, Any]) -> dict[Any, Any]:
    """A row without what is not bound."""
    return {name: _plain(term) for name, term in row.items() if term is not None}


def _plain(term: Any) -> Any:
    if isinstance(term, tuple):
        return tuple(map(_plain, term))
    return Literal(str(term)) if isinstance(term, Literal) and term.datatype == XSD.string else term
