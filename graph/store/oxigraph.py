"""Stores that Oxigraph keeps in this process: in memory, and in a folder."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, takewhile
from pathlib import Path
from threading import Event
from typing import IO, Any

import pyoxigraph
from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, RdfFormat

from ..base import lexer, syntax
from ..base.errors import QueryError
from ..base.offline import offline
from ..base.terms import PREFIXES
from . import files as rdf
from .faults import Faults
from .folder import Editions, Reading
from .interface import Answer, Solutions, Store, T

#: Quads that Oxigraph sorts at once: some 600 bytes each, and so long nobody hears Ctrl-C. It would take two million.
_AT_ONCE = 250_000
#: More quads than this go into an edition as files.
_MANY = 20_000


def ask(
    store: pyoxigraph.Store,
    sparql: str,
    default_graphs: Sequence[str],
    named_graphs: Sequence[str],
    prefixes: Mapping[str, str],
) -> Answer:
    """Answer over the union of all graphs, or over those that the query or the call names.

    `QueryError` for a query that would ask another server, or whose text does not end.
    """
    refuse_services(sparql)
    if default_graphs or named_graphs:
        dataset: dict[str, Any] = {
            "default_graph": [NamedNode(iri) for iri in default_graphs],
            "named_graphs": [NamedNode(iri) for iri in named_graphs],
        }
    else:
        # Oxigraph lets the union win over FROM.
        dataset = {"use_default_graph_as_union": not lexer.names_dataset(sparql)}

    def answered(given_up: Event) -> Answer:
        # All of it is read here: an answer of Oxigraph's belongs to the thread that asked.
        answer = store.query(sparql, prefixes=dict(prefixes), **dataset)
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        if isinstance(answer, QuerySolutions):
            rows = deque(takewhile(lambda _: not given_up.is_set(), answer))
            return Solutions(tuple(variable.value for variable in answer.variables), _emptying(rows))
        return list(takewhile(lambda _: not given_up.is_set(), answer))

    return offline(answered)


def _emptying(rows: deque[T]) -> Iterator[T]:
    """One after another: what was read is kept no longer."""
    while rows:
        yield rows.popleft()


def refuse_services(sparql: str) -> None:
    """`QueryError` for a query or an update that would ask another server, or whose text does not end."""
    if (at := lexer.said(sparql).unclosed) >= 0:
        line, column, what = syntax.unclosed(sparql, at)
        raise QueryError(f"query:{line}:{column}: {what}")
    if lexer.services(sparql):
        raise QueryError("query: SERVICE would ask another server. Leave it out: all data is here.")


def _update(store: pyoxigraph.Store, sparql: str) -> None:
    refuse_services(sparql)
    if lexer.loads(sparql):
        raise QueryError("update: LOAD would fetch an address. Fetch the file, then: actorgraph load STORE FILE.")
    try:
        offline(lambda _: store.update(sparql, prefixes=PREFIXES))
    except SyntaxError as error:
        raise QueryError(f"update: {' '.join(str(error).split())}. Correct the update.") from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"update: cannot be done: {' '.join(str(error).split())}. Change the update.") from error


def _exchange(store: pyoxigraph.Store, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
    for quad in removed:
        store.remove(quad)
    store.extend(added)
    for graph in {quad.graph_name for quad in removed}:
        # A graph that was emptied is no graph any more.
        if isinstance(graph, NamedNode) and not any(store.quads_for_pattern(None, None, None, graph)):
            store.remove_graph(graph)


def fill(store: pyoxigraph.Store, quads: Iterable[Quad]) -> None:
    """Put quads into a new store on disk, in few enough at once that memory stays small."""
    rest = iter(quads)
    for first in rest:
        store.bulk_extend(chain([first], islice(rest, _AT_ONCE - 1)))


class Memory:
    """A store in memory, gone with the process. `store` is Oxigraph's own, which internal code reads directly."""

    def __init__(self, store: pyoxigraph.Store | None = None) -> None:
        """Empty, or over the store given, of which nothing is copied."""
        self.store = pyoxigraph.Store() if store is None else store

    def query(
        self,
        sparql: str,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        *,
        prefixes: Mapping[str, str] = PREFIXES,
    ) -> Answer:
        """See `interface.Store`."""
        return ask(self.store, sparql, default_graphs, named_graphs, prefixes)

    def load(
        self,
        files: Sequence[Path],
        *,
        replace: bool = False,
        graph: str | None = None,
        progress: rdf.Progress | None = None,
        faults: Faults | None = None,
    ) -> int:
        """See `interface.Store`."""
        rdf.check(files, graph)
        quads = rdf.read(files, graph, progress, faults)
        if replace:
            return self.replace(quads)
        before = len(self.store)
        self.store.extend(quads)
        return len(self.store) - before

    def replace(self, quads: Iterable[Quad]) -> int:
        """See `interface.Store`."""
        fresh = pyoxigraph.Store()
        fresh.bulk_extend(quads)
        self.store = fresh
        return len(fresh)

    def change(self, removed: Collection[Quad], added: Collection[Quad]) -> None:
        """See `interface.Store`."""
        _exchange(self.store, removed, added)

    def edit(self, make: Callable[[Store], T], *, keep: bool = True) -> T:
        """See `interface.Store`."""
        fresh = pyoxigraph.Store()
        if keep:
            fresh.bulk_extend(self.store)
        found = make(Memory(fresh))
        self.store = fresh
        return found

    def update(self, sparql: str) -> None:
        """See `interface.Store`."""
        _update(self.store, sparql)

    def graph(self, iri: str) -> Iterator[Quad]:
        """See `interface.Store`."""
        yield from self.store.quads_for_pattern(None, None, None, NamedNode(iri))

    def dump(self, out: IO[bytes]) -> int:
        """See `interface.Store`."""
        self.store.dump(out, RdfFormat.N_QUADS)
        return len(self.store)

    def count(self) -> int:
        """See `interface.Store`."""
        return len(self.store)

    def close(self) -> None:
        """See `interface.Store`."""


class _Edition(Memory):
    """The next edition of a folder while it is made: it may hold more than fits into memory."""

    def load(
        self,
        files: Sequence[Path],
        *,
        replace: bool = False,
        graph: str | None = None,
        progress: rdf.Progress | None = None,
        faults: Faults | None = None,
    ) -> int:
        """See `interface.Store`."""
        rdf.check(files, graph)
        if replace:
            self.store.clear()
        before = len(self.store)
        fill(self.store, rdf.read(files, graph, progress, faults))
        return len(self.store) - before

    def change(self, removed: Collection[Quad], added: Collection[Quad]) -> None:
        """See `interface.Store`. Many are written as files at once: one by one, memory would hold them to the end."""
        many = len(added) > _MANY
        _exchange(self.store, removed, () if many else added)
        if many:
            fill(self.store, added)

    def edit(self, make: Callable[[Store], T], *, keep: bool = True) -> T:
        """See `interface.Store`. It is being edited already."""
        if not keep:
            self.store.clear()
        return make(self)


class Folder(Editions):
    """A store in a folder. It reads the edition that was in force at the first question, until `close` or a change."""

    def __init__(self, path: str | os.PathLike[str], command: str = "") -> None:
        """`command` is what another writer is told that this one does."""
        super().__init__(path)
        self.command = command
        self._reading: Reading | None = None

    @property
    def _store(self) -> pyoxigraph.Store:
        if self._reading is None:
            self._reading = self.reading()
        return self._reading.store

    def query(
        self,
        sparql: str,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        *,
        prefixes: Mapping[str, str] = PREFIXES,
    ) -> Answer:
        """See `interface.Store`."""
        return ask(self._store, sparql, default_graphs, named_graphs, prefixes)

    def load(
        self,
        files: Sequence[Path],
        *,
        replace: bool = False,
        graph: str | None = None,
        progress: rdf.Progress | None = None,
        faults: Faults | None = None,
    ) -> int:
        """See `interface.Store`."""
        rdf.check(files, graph)
        return self._add(rdf.read(files, graph, progress, faults), keep=not replace)

    def replace(self, quads: Iterable[Quad]) -> int:
        """See `interface.Store`."""
        return self._add(quads, keep=False)

    def _add(self, quads: Iterable[Quad], *, keep: bool) -> int:
        with self.writing(keep, self.command) as store:
            before = len(store)
            fill(store, quads)
            added = len(store) - before
        self.close()
        return added

    def change(self, removed: Collection[Quad], added: Collection[Quad]) -> None:
        """See `interface.Store`."""
        with self.writing(keep=True, command=self.command) as store:
            _exchange(store, removed, added)
        self.close()

    def edit(self, make: Callable[[Store], T], *, keep: bool = True) -> T:
        """See `interface.Store`."""
        with self.writing(keep, self.command) as store:
            found = make(_Edition(store))
        self.close()
        return found

    def update(self, sparql: str) -> None:
        """See `interface.Store`."""
        with self.writing(keep=True, command=self.command) as store:
            _update(store, sparql)
        self.close()

    def graph(self, iri: str) -> Iterator[Quad]:
        """See `interface.Store`."""
        yield from self._store.quads_for_pattern(None, None, None, NamedNode(iri))

    def dump(self, out: IO[bytes]) -> int:
        """See `interface.Store`."""
        with self.reading() as reading:
            reading.store.dump(out, RdfFormat.N_QUADS)
            return len(reading.store)

    def count(self) -> int:
        """See `interface.Store`."""
        with self.reading() as reading:
            return len(reading.store)

    def close(self) -> None:
        """Let go of the edition that is read."""
        if self._reading is not None:
            self._reading.close()
            self._reading = None
