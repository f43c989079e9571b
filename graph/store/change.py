"""A change to a SPARQL server: all its quads, gathered on disk first, and the updates that put them there.

An operation holds few enough quads for any server's parser, a request as many operations as a server takes at once.
What hangs together by blank nodes stays in one operation, for a label means another node in the next.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from types import TracebackType
from typing import Self, TypeAlias

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from ..base.errors import StoreError
from .oxigraph import fill

#: Quads in one operation. Virtuoso 7 refuses some 1,500, and fewer than 5,000 of the simplest kind.
_OPERATION = 500
#: Quads, characters and operations in one request; Virtuoso 7 refuses some hundred operations more.
_REQUEST, _LONGEST, _MANY = 100_000, 8_000_000, 250

#: An operation and how many quads are in it.
_Operation: TypeAlias = tuple[str, int]


class Change:
    """Quads on their way to a server. A context manager: what it keeps on disk goes when it ends."""

    def __init__(self, quads: Iterable[Quad], unnamed: str) -> None:
        """Reads all quads; those without a graph go to the graph `unnamed`. Those with blank nodes stay in memory."""
        self._unnamed = unnamed
        self._blank: list[Quad] = []
        self._folder = tempfile.TemporaryDirectory(prefix="actorgraph-")
        try:
            # A store sorts them by graph and keeps each once.
            self._store = pyoxigraph.Store(self._folder.name)
            fill(self._store, self._without_blank(quads))
        except BaseException:
            self._folder.cleanup()
            raise
        self._blank = list(dict.fromkeys(self._blank))
        self.count = len(self._store) + len(self._blank)
        names = [*self._store.named_graphs(), *(quad.graph_name for quad in self._blank)]
        self.graphs = {name.value for name in names if isinstance(name, NamedNode)}
        if any(self._store.quads_for_pattern(None, None, None, DefaultGraph())) or DefaultGraph() in names:
            self.graphs.add(unnamed)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del self._store
        self._folder.cleanup()

    def _without_blank(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        for quad in quads:
            if isinstance(quad.graph_name, BlankNode):
                raise StoreError(f"{quad.graph_name}: has a graph name that no server accepts. Give it an IRI.")
            if any(_blank_nodes(quad)):
                self._blank.append(quad)
            else:
                yield quad

    def requests(self, first: Sequence[str] = ()) -> Iterator[list[str]]:
        """The operations of each request. `first`: those that come before all others, in the first request."""
        return _requests(chain(((text, 0) for text in first), self._operations()))

    def removals(self) -> list[str]:
        """The operations that take the quads out, each from one graph.

        From several graphs at once, Virtuoso 7 removes no text that has a language.
        """
        by_graph = (list(quads) for _, quads in groupby(self._store, key=lambda quad: str(quad.graph_name)))
        return [
            f"DELETE DATA {{ {self._block(quads[at : at + _OPERATION])} }}"
            for quads in by_graph
            for at in range(0, len(quads), _OPERATION)
        ]

    def _operations(self) -> Iterator[_Operation]:
        quads = iter(self._store)
        while part := list(islice(quads, _OPERATION)):
            yield self._operation(part)
        for web in _webs(self._blank):
            if len(web) > _OPERATION:
                raise StoreError(
                    f"{web[0].subject}: hangs together with {len(web)} statements by blank nodes, more than one update "
                    "holds. Give some of these nodes IRIs."
                )
            if len(part) + len(web) > _OPERATION:
                yield self._operation(part)
                part = []
            part += web
        if part:
            yield self._operation(part)

    def _operation(self, quads: list[Quad]) -> _Operation:
        return f"INSERT DATA {{ {self._block(quads)} }}", len(quads)

    def _block(self, quads: Iterable[Quad]) -> str:
        graphs: dict[str, list[str]] = {}
        for quad in quads:
            name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else self._unnamed
            graphs.setdefault(name, []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
        return " ".join(f"GRAPH <{name}> {{ {' '.join(triples)} }}" for name, triples in graphs.items())


def _requests(operations: Iterable[_Operation]) -> Iterator[list[str]]:
    """As many operations in a request as a server takes at once."""
    gathered: list[str] = []
    quads = length = 0
    for text, size in operations:
        if gathered and (quads + size > _REQUEST or length + len(text) > _LONGEST or len(gathered) == _MANY):
            yield gathered
            gathered, quads, length = [], 0, 0
        gathered.append(text)
        quads += size
        length += len(text)
    if gathered:
        yield gathered


def _blank_nodes(quad: Quad | Triple) -> Iterator[BlankNode]:
    for term in (quad.subject, quad.object):
        if isinstance(term, BlankNode):
            yield term
        elif isinstance(term, Triple):
            yield from _blank_nodes(term)


def _webs(quads: Sequence[Quad]) -> list[list[Quad]]:
    """The quads, together with those with which they share a blank node, directly or by others."""
    above: dict[BlankNode, BlankNode] = {}

    def top(node: BlankNode) -> BlankNode:
        while (higher := above.setdefault(node, node)) != node:
            above[node] = above[higher]
            node = higher
        return node

    for quad in quads:
        first, *others = _blank_nodes(quad)
        for other in others:
            above[top(other)] = top(first)
    webs: dict[BlankNode, list[Quad]] = {}
    for quad in quads:
        webs.setdefault(top(next(_blank_nodes(quad))), []).append(quad)
    return list(webs.values())
