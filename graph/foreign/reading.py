"""RDF files in, their quads out, with a name for what has none and a graph for what stands in none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, unquote

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from ..base.errors import StoreError
from ..base.terms import ID, expand
from ..store import Faults
from ..store import files as rdf
from ..words import messages

#: Where triples stand that stand in no named graph.
SOURCE = f"{ID}source"
#: What the graph that a file is begins with.
_FILES = f"{ID}file/"
_OURS = f"ASK {{ ?p a <{expand('ag:Proposition')}> }}"


@dataclass(frozen=True, slots=True)
class Foreign:
    """RDF files as they were read: their quads, with names for what has none, and where each triple stands."""

    store: pyoxigraph.Store
    #: Graph → what it is called, for those that are files.
    files: Mapping[str, str]
    #: The day on which the newest of the files was last written.
    version: str
    #: What could not be read of them.
    faults: Faults = field(default_factory=Faults)
    #: How many triples of the files are not held, because they are too many for a page (`part.drawable`).
    left_out: int = 0

    @property
    def ours(self) -> bool:
        """Whether it holds relationships in our vocabulary."""
        return bool(self.store.query(_OURS, use_default_graph_as_union=True))

    @property
    def part(self) -> dict[str, str]:
        """By language: that this is only a part, how large a part, and what shows all; empty where it is the whole."""
        n = len(self.store)
        told = messages("foreign.part", n=n, all=n + self.left_out, names=self.names)
        return told if self.left_out else {}

    @property
    def names(self) -> str:
        """What the files are called."""
        return ", ".join(self.files.values())


def read(paths: Iterable[Path], faults: Faults | None = None, *, alike: bool = False) -> Foreign:
    """RDF files. `StoreError` when one cannot be read, or when they hold nothing.

    `faults` is told what could not be read; without it, that is refused. `alike`: as if the file had no name, so that
    two files can be compared.
    """
    every = list(dict.fromkeys(paths))
    store = pyoxigraph.Store()
    store.bulk_extend(quads(every, faults, alike=alike))
    files = {_graph(name): name for name in rdf.names(every)}
    if not len(store):
        raise StoreError(f"{', '.join(files.values())}: contains no triples. Name a file that has some.")
    days = [datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat() for path in every]
    return Foreign(store, files, max(days), faults or Faults())


def quads(paths: Sequence[Path], faults: Faults | None = None, *, alike: bool = False) -> Iterator[Quad]:
    """The quads of RDF files that are not ours, as they are drawn and served.

    Each file is a graph, named by what tells it from the others; so are the nodes without a name.
    """
    names = rdf.names(paths)
    # What a file says of itself, as `<>`, is said of the graph that it is.
    files = {NamedNode(rdf.address(name)): NamedNode(_graph(name)) for name in names}
    if alike:
        files = {NamedNode(rdf.address("data")): NamedNode(SOURCE)}
    for path, name in zip(paths, names, strict=True):
        address = rdf.address("data" if alike else name)
        found = rdf.read([path], faults=faults, bases=[address])
        yield from named_apart(found, files[NamedNode(address)], files)


def are_ours(paths: Iterable[Path]) -> bool:
    """Whether RDF files hold relationships in our vocabulary. Reads them as far as the first."""
    kind, proposition = NamedNode(expand("rdf:type")), NamedNode(expand("ag:Proposition"))
    return any(quad.object == proposition and quad.predicate == kind for quad in rdf.read(paths, faults=Faults()))


def _graph(name: str) -> str:
    return f"{_FILES}{quote(name, safe='')}"


def named_apart(
    quads: Iterable[Quad], graph: NamedNode, known: Mapping[NamedNode, NamedNode] = MappingProxyType({})
) -> Iterator[Quad]:
    """The quads with an IRI for each blank node, numbered as they come, and this graph for what stands in none.

    `known` names some nodes otherwise.
    """
    names: dict[BlankNode, NamedNode] = {}

    def named(term: Any) -> Any:
        if isinstance(term, NamedNode):
            return known.get(term, term) if known else term
        if isinstance(term, BlankNode):
            return names.setdefault(term, NamedNode(f"{graph.value}/unnamed/{len(names) + 1}"))
        if isinstance(term, Triple):
            return Triple(named(term.subject), term.predicate, named(term.object))
        return term

    for quad in quads:
        where = graph if isinstance(quad.graph_name, DefaultGraph) else named(quad.graph_name)
        yield Quad(named(quad.subject), quad.predicate, named(quad.object), where)


def file_called(graph: str) -> str:
    """The name of the file that a graph stands for, or nothing."""
    name = graph.removeprefix(_FILES)
    return unquote(name) if name != graph and "/" not in name else ""
