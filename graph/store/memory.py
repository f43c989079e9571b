"""Where quads are kept and queried: Oxigraph, in memory or in a folder; and the files that a dataset is written to.

Every query reads the union of all graphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Store

from ..base.terms import PREFIXES
from . import files as rdf
from .faults import Faults


def in_memory(quads: Iterable[Quad]) -> Store:
    """A store in memory that holds these quads."""
    store = Store()
    store.bulk_extend(quads)
    return store


def trig(quads: Iterable[Quad], prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """TriG: sorted, so that the same quads always give the same bytes."""
    return dumped(quads, RdfFormat.TRIG, prefixes)


def dumped(quads: Iterable[Quad], form: RdfFormat, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """The quads in a format, sorted by graph, subject, predicate and object."""
    # By graph and subject first: short lists sort faster than one long one with four keys.
    groups: dict[object, dict[object, list[Quad]]] = {}
    for quad in quads:
        groups.setdefault(quad.graph_name, {}).setdefault(quad.subject, []).append(quad)
    ordered = [
        quad
        for graph in sorted(groups, key=str)
        for subject in sorted(groups[graph], key=str)
        for quad in sorted(groups[graph][subject], key=lambda q: (_rank(q), str(q.object)))
    ]
    data = pyoxigraph.serialize(ordered, format=form, prefixes=dict(sorted(prefixes.items())))
    assert data is not None  # only a given output makes it None
    return data


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def _rank(quad: Quad) -> str:
    """Types first, then the predicate."""
    name = quad.predicate.value
    return "" if name == _TYPE else name


def read_files(paths: Sequence[Path], faults: Faults | None = None) -> Store:
    """A store in memory with the content of RDF files. `StoreError` names file, line and column.

    `faults` is told what could not be read; without it, that is refused.
    """
    store = Store()
    store.bulk_extend(rdf.read(paths, faults=faults, bases=list(map(rdf.address, rdf.names(paths)))))
    return store
