"""A store on a SPARQL 1.1 server, by its address.

A server may know no place for quads without a graph, and no standard query reads such quads together with named graphs:
here they are kept in the graph `UNNAMED`, and `dump` puts them back.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from ..base.errors import QueryError, StoreError
from ..base.terms import ID, PREFIXES
from . import files as rdf
from . import virtuoso
from .change import Change
from .faults import Faults
from .interface import Store, T
from .server import FINENESS, GRAPHS, TRIPLES, Server, declared, parts

#: Where quads without a graph are kept.
UNNAMED = f"{ID}graph/default"
#: What Virtuoso 7 says when it has lost the name of a node, which it has again at the next request.
_LOST = "Bad argument to iri_to_id"
#: What servers say of a request that is too long for them: the last three are Virtuoso's.
_TOO_LONG = re.compile(r"too much at once|exceeded \d+ lines|memory exhausted|Query too large")
#: Quads that are written at once.
_SLICE = 10_000


class Remote(Server):
    """A store on a SPARQL 1.1 server."""

    def __init__(
        self, query_url: str, update_url: str | None = None, *, may_remove: bool = False, timeout: float = 300.0
    ) -> None:
        """`query_url` may hold user and password; so may the environment, see `line.Line`.

        `update_url`: where updates go; left out, it follows from `query_url` as servers usually have it.
        `may_remove`: whether `replace` may remove graphs that the new content does not have.
        """
        super().__init__(query_url, timeout)
        self._update_url = update_url
        self.may_remove = may_remove
        #: How many requests the last change took. More than one: others may have seen a part of it.
        self.requests = 0

    # --- copying

    def dump(self, out: IO[bytes]) -> int:
        """See `interface.Store`. `StoreError` when the server would give less than it counts."""
        expected = self.count()
        # In one answer a blank node that is in two graphs is one; Virtuoso has names for them that last. A server that
        # cannot answer so much at once is asked for less.
        with tempfile.TemporaryFile() as whole, suppress(StoreError):
            if not self.is_virtuoso and _copied(self._quads(), whole) == expected:
                _append(whole, out)
                return expected
        for iri, number in self.graphs():
            self._dump_graph(out, iri, number)
        if left := self.without_graph():
            self._dump_graph(out, "", left)
        return expected

    def _quads(self) -> Iterator[Quad]:
        pattern = "{ GRAPH ?g { ?s ?p ?o } }" if self.graphs() else "{ ?s ?p ?o }"
        try:
            for subject, predicate, value, graph in self.solutions(f"SELECT ?s ?p ?o ?g {pattern}"):
                yield Quad(subject, predicate, value, _graph(graph.value if graph else ""))
        except SyntaxError as error:
            raise StoreError(f"{self.url}: its answer cannot be read ({rdf.told(error)}). Try again.") from error

    def _dump_graph(self, out: IO[bytes], iri: str, expected: int) -> None:
        got = 0
        for digits in FINENESS:
            with tempfile.TemporaryFile() as part:
                got = _copied(self._graph_quads(iri, digits), part)
                if got == expected:
                    _append(part, out)
                    return
        raise StoreError(
            f"{self.url}: gives {got} of the {expected} statements of <{iri}>. It cuts its answers off, or was changed "
            "meanwhile: raise its limit of rows, or try again."
        )

    def _graph_quads(self, iri: str, digits: int) -> Iterator[Quad]:
        """What is in a graph, asked for in parts. No two parts share a subject, so that none comes twice."""
        graph = _graph(iri)
        for part in parts("?s", digits):
            pattern = f"{{ GRAPH <{iri}> {{ ?s ?p ?o }} {part} }}" if iri else f"{{ ?s ?p ?o {part} }}"
            answered = self.line.post(self.url, {"query": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}"}, TRIPLES)
            form = GRAPHS.get(answered.type)
            if form is None:
                answered.close()
                raise StoreError(f"{self.url}: answered with {answered.type}, not with RDF. Check the address.")
            try:
                for triple in pyoxigraph.parse(answered.body, form, rename_blank_nodes=not self.is_virtuoso):
                    yield Quad(triple.subject, triple.predicate, triple.object, graph)
            except SyntaxError as error:
                raise StoreError(f"{self.url}: its answer cannot be read ({rdf.told(error)}). Try again.") from error

    def graph(self, iri: str) -> Iterator[Quad]:
        """See `interface.Store`. `StoreError` when the server would give less than it counts."""
        expected = self._number(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {NamedNode(iri)} {{ ?s ?p ?o }} }}")
        if not expected:
            return
        with tempfile.TemporaryFile() as out:
            self._dump_graph(out, iri, expected)
            out.seek(0)
            yield from pyoxigraph.parse(out, RdfFormat.N_QUADS)

    # --- changing

    def load(
        self,
        files: Sequence[Path],
        *,
        replace: bool = False,
        graph: str | None = None,
        progress: rdf.Progress | None = None,
        faults: Faults | None = None,
    ) -> int:
        """See `interface.Store`. What was not one request, and so not whole at once, is told by `requests`."""
        rdf.check(files, graph)
        return self._change(rdf.read(files, graph, progress, faults), replace=replace)

    def replace(self, quads: Iterable[Quad]) -> int:
        """See `interface.Store`. `StoreError` for graphs that this would remove, unless it `may_remove` them."""
        return self._change(quads, replace=True)

    def _change(self, quads: Iterable[Quad], *, replace: bool) -> int:
        """Everything is read before the first request is sent, so that a wrong file changes nothing."""
        before = 0 if replace else self.count()
        self.forget()
        there = [iri for iri, _ in self.graphs()]
        with Change(virtuoso.as_sent(quads) if self.is_virtuoso else quads, UNNAMED) as change:
            first: list[str] = []
            if replace:
                self._refuse_removal([iri for iri in there if iri not in change.graphs])
                first = [f"DROP SILENT GRAPH <{iri}>" for iri in there]
                first += ["DROP SILENT DEFAULT"] if self.without_graph() else []
            self._send(change.requests(first))
            after = self.count()
            if after < (change.count if replace else max(before, change.count)):
                raise StoreError(
                    f"{self.url}: holds {after - before} of the {change.count} statements it was sent. It takes "
                    "different values for equal, or another changed it: compare it with a backup."
                )
        return after - before

    def _refuse_removal(self, lost: list[str]) -> None:
        if lost and not self.may_remove:
            raise StoreError(
                f"{self.url}: has {len(lost)} graph{'s' if len(lost) > 1 else ''} that this would remove, first "
                f"<{lost[0]}>. Say --yes if nobody needs them."
            )

    def change(self, removed: Collection[Quad], added: Collection[Quad]) -> None:
        """See `interface.Store`. What was not one request, and so not whole at once, is told by `requests`."""
        sent = virtuoso.as_sent if self.is_virtuoso else iter
        with Change(sent(removed), UNNAMED) as gone, Change(sent(added), UNNAMED) as come:
            self._send(come.requests(gone.removals()))

    def edit(self, make: Callable[[Store], T], *, keep: bool = True) -> T:
        """See `interface.Store`. A server does one thing after the other, and others may write between."""
        if not keep:
            self.replace(())
        return make(self)

    def update(self, sparql: str) -> None:
        """See `interface.Store`."""
        self._send([[declared(sparql, PREFIXES)]], again=False)

    def _send(self, requests: Iterable[list[str]], *, again: bool = True) -> None:
        """`again`: done twice they are done once, for no node in what Virtuoso is sent as data is without a name."""
        self.requests = 0
        try:
            for operations in requests:
                try:
                    self._send_one(operations)
                except StoreError as error:
                    if not (again and self.is_virtuoso and _LOST in str(error)):
                        raise
                    self._send_one(operations)
        except (StoreError, QueryError, KeyboardInterrupt) as error:
            # A wrong update is refused before anything is done; Virtuoso 7 may stop in the midst of any other.
            unharmed = isinstance(error, QueryError) or (isinstance(error, StoreError) and not self.is_virtuoso)
            if not self.requests and unharmed:
                raise
            what = "interrupted" if isinstance(error, KeyboardInterrupt) else f"stopped ({error})"
            raise StoreError(
                f"{self.url}: was {what} after {self.requests} requests, and may hold a part. Do it again."
            ) from error
        finally:
            self.forget()

    def _send_one(self, operations: list[str]) -> None:
        """One request, or several when the server says that it is too long for it, which is before it does anything."""
        try:
            form = {"update": ";\n".join(operations)}
            self.line.post(self._updates(), form, "*/*", changing=True).everything()
            self.requests += 1
        except (StoreError, QueryError) as error:
            if len(operations) < 2 or not _TOO_LONG.search(str(error)):
                raise
            middle = len(operations) // 2
            self._send_one(operations[:middle])
            self._send_one(operations[middle:])

    def _updates(self) -> str:
        if self._update_url is None:
            self._update_url = _update_address(self.url, secret=self.line.has_secret, virtuoso=self.is_virtuoso)
        return self._update_url


def _update_address(url: str, *, secret: bool, virtuoso: bool) -> str:
    """Where a server usually takes updates when it takes queries there."""
    if virtuoso:
        return f"{url}-auth" if secret and url.endswith("/sparql") else url
    if re.search(r"/query/?$", url):  # Oxigraph, Fuseki, Stardog
        return re.sub(r"/query/?$", "/update", url)
    if re.search(r"/repositories/[^/]+/?$", url):  # GraphDB, RDF4J
        return f"{url.rstrip('/')}/statements"
    return url


def _graph(iri: str) -> NamedNode | DefaultGraph:
    return DefaultGraph() if iri in ("", UNNAMED) else NamedNode(iri)


def _copied(quads: Iterable[Quad], out: IO[bytes]) -> int:
    """The quads as N-Quads; how many."""
    count = 0
    rest = iter(quads)
    while part := list(islice(rest, _SLICE)):
        pyoxigraph.serialize(part, out, format=RdfFormat.N_QUADS)
        count += len(part)
    return count


def _append(part: IO[bytes], out: IO[bytes]) -> None:
    part.seek(0)
    while piece := part.read(1 << 20):
        out.write(piece)
