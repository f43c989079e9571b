"""A store in, rdflib's `Dataset` and `Graph` over the same quads out, for reading with everything that rdflib has.

Both are read-only, so that what is changed in one can never be missing from the other: copy a graph to change it.
By itself, because only who uses rdflib pays for importing it: no command of ours needs it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from threading import Event
from typing import Any, NoReturn, TypeVar

import pyoxigraph
from oxrdflib import OxigraphStore
from rdflib import XSD, Dataset, Graph, Literal
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from ..base import lexer
from ..base.errors import QueryError, StoreError
from ..base.offline import offline
from ..base.terms import PREFIXES
from .memory import in_memory
from .oxigraph import refuse_services


def as_dataset(store: pyoxigraph.Store, prefixes: Mapping[str, str] = PREFIXES) -> Dataset:
    """A read-only `Dataset` over the same quads, its default graph the union of all: nothing is copied."""
    return _bound(_Dataset(store=_ReadOnly(store=store), default_union=True), prefixes)


def as_graph(store: pyoxigraph.Store, prefixes: Mapping[str, str] = PREFIXES) -> Graph:
    """A read-only `Graph` of every triple of a store, whichever graph it is in; a triple in several graphs is one."""
    triples = in_memory(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in store)
    return _bound(_Graph(store=_ReadOnly(store=triples), identifier=DATASET_DEFAULT_GRAPH_ID), prefixes)


_G = TypeVar("_G", bound=Graph)


def _bound(graph: _G, prefixes: Mapping[str, str]) -> _G:
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return graph


def _refuse(*_: object, **__: object) -> NoReturn:
    raise StoreError("This graph is read-only. Copy it to change it: changed = rdflib.Graph() + case.graph.")


class _Graph(Graph):
    """A graph whose queries reach no other server, whichever engine answers: Oxigraph, or rdflib's own.

    rdflib's answers what was prepared, and whoever asks for it. It would fetch what a query names in FROM, too.
    """

    def query(self, query_object: Any, *more: Any, **named: Any) -> Result:
        """See rdflib. `QueryError` for a query that would ask another server."""
        if isinstance(query_object, Query):
            _refuse_prepared(query_object)
        else:
            refuse_services(str(query_object))
            # Given anything but prefixes and values, rdflib's engine may be the one that answers.
            if (more or set(named) - {"initNs", "initBindings"}) and lexer.names_dataset(str(query_object)):
                raise QueryError(_FETCHED)
        ask = super().query

        def answered(_: Event) -> Result:
            answer = ask(query_object, *more, **named)
            # All of it is read here: what Oxigraph answers belongs to the thread that asked.
            if answer.type == "SELECT":
                answer.bindings = list(answer.bindings)
            return answer

        return offline(answered)

    update = _refuse


class _Dataset(_Graph, Dataset):
    pass


_FETCHED = "query: FROM would fetch an address. Leave it out: all data is here."


def _refuse_prepared(query: Query) -> None:
    """`QueryError` for a query that rdflib has read, and that would ask another server."""
    parts: list[Any] = [query.algebra]
    while parts:
        part = parts.pop()
        if isinstance(part, CompValue):
            if part.name == "ServiceGraphPattern":
                raise QueryError("query: SERVICE would ask another server. Leave it out: all data is here.")
            if OrderedDict.get(part, "datasetClause"):
                raise QueryError(_FETCHED)
            parts += part.values()
        elif isinstance(part, list | tuple | set):
            parts += part


class _ReadOnly(OxigraphStore):
    """Oxigraph's store for rdflib that refuses changes, with texts as `Literal("x")`.

    Oxigraph gives a plain text the datatype xsd:string, which rdflib does not hold equal to `Literal("x")`.
    """

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        return ((_plain(triple), graphs) for triple, graphs in super().triples(triple_pattern, context))

    def query(self, query: Any, initNs: Any, initBindings: Any, queryGraph: str, **more: object) -> Any:  # noqa: N803
        answer = super().query(query, initNs, initBindings, queryGraph, **more)
        if answer.type == "SELECT":
            answer.bindings = [_bindings(row) for row in answer.bindings]
        elif answer.type == "CONSTRUCT" and answer.graph is not None:
            plain = Graph()
            plain += map(_plain, answer.graph)
            answer.graph = plain
        return answer

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
